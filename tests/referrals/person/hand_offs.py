"""Hand-offs and consents in whatever order they come, made by the verbs: a name, and what to do with a case."""

from referrals.handoff import consents, replies, stopping, voiding
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import cases, members
from tests.referrals.person.private import refer

S = ReferralStatus


def used(status, way=Way.PORTAL):
    def act(case, centre):
        if status == S.HANDED_OVER:
            sent = refer(case, centre, way=Way.TELEPHONE)
            place = cases.Town(case.desk, centre, members.caseworker(case.desk), members.counsellor(centre))
            cases._bring(sent, status, place)
        elif status == S.ENTERED_IN_ERROR:
            sent = refer(case, centre, to=S.VIEWED)
            worker = members.caseworker(case.desk)
            sent.refresh_from_db()
            stopping.mark_wrong_centre(referral=sent, why="町", by=worker, seen=sent.version)
        else:
            refer(case, centre, to=status, way=way)

    return act


def take_back(case, centre):
    worker = members.caseworker(case.desk)
    consents.withdraw_consent(case=cases.fresh(case), recipient=centre, channel="telephone", by=worker)


def void(case, centre):
    found = cases.fresh(case)
    number, seen = voiding.entries(found)[0][0], consents.length(found.person)
    voiding.void(case=found, number=number, why="別の方", by=members.caseworker(case.desk), seen=seen)


def follow_up(case, centre):
    back = Referral.objects.get(case=case)
    replies.follow_up(referral=back, note="電話した", by=members.caseworker(case.desk), seen=back.version)


def never_left(case, centre):
    stopped = Referral.objects.get(case=case)
    worker = members.caseworker(case.desk)
    replies.record_told(referral=stopped, note="捨てた", by=worker, seen=stopped.version, had_left=False)


def agree(case, centre):
    cases.consent(cases.fresh(case), centre, by=members.caseworker(case.desk))


def agree_to_less(case, centre):
    cases.consent(cases.fresh(case), centre, by=members.caseworker(case.desk), fields=["name", "reach", "phone"])


def all_of(*acts):
    def act(case, centre):
        for one in acts:
            one(cases.fresh(case), centre)

    return act


def nothing(case, centre):
    pass


HANDS_ON = [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD, S.CLOSED, S.DECLINED, S.EXPIRED]
HAND_OFFS = {
    "given, unused": nothing,
    **{f"used, {status}": used(status) for status in [*HANDS_ON, S.HANDED_OVER, S.ENTERED_IN_ERROR]},
    "used, on paper": used(S.SENT, Way.TELEPHONE),
    "withdrawn, unused": take_back,
    **{f"withdrawn, {status}": all_of(used(status), take_back) for status in (S.SENT, S.VIEWED, S.CLOSED, S.EXPIRED)},
    "withdrawn, on paper": all_of(used(S.SENT, Way.TELEPHONE), take_back),
    "withdrawn, agreed anew": all_of(used(S.VIEWED), take_back, agree_to_less),
    "withdrawal voided": all_of(used(S.ACCEPTED), take_back, void),
    "narrowed": all_of(used(S.CLOSED), agree_to_less),
}
# With the others the box changes nothing but when it has come, and when the case is over.
STEP_BY_STEP = ("given, unused", f"used, {S.ACCEPTED}", f"withdrawn, {S.VIEWED}")
# What stands beside the box, looked at where the case goes on and where it was ended.
BACK = {S.EXPIRED: [], S.DECLINED: [], "expired, followed up": [follow_up], "declined, followed up": [follow_up]}
AGREED_ANEW = {
    f"{back}, agreed anew to {how}": all_of(used(back.split(",")[0]), *acts, anew)
    for back, acts in {**BACK, S.CLOSED: [], S.HANDED_OVER: []}.items()
    for how, anew in (("all", agree), ("less", agree_to_less))
    if (back, how) != (S.CLOSED, "less")
}
ON_PAPER = used(S.SENT, Way.TELEPHONE)
LATER = {
    **AGREED_ANEW,
    "expired, followed up, withdrawn": all_of(used(S.EXPIRED), follow_up, take_back),
    "expired, withdrawn, agreed anew": all_of(used(S.EXPIRED), take_back, agree_to_less),
    "expired, consent voided": all_of(take_back, agree, used(S.EXPIRED), void, void),
    "on paper, withdrawal voided": all_of(ON_PAPER, take_back, void),
    "on paper, never left, withdrawal voided": all_of(ON_PAPER, take_back, never_left, void),
    "closed, withdrawal voided": all_of(used(S.CLOSED), take_back, void),
    "expired, withdrawal voided": all_of(used(S.EXPIRED), take_back, void),
}
