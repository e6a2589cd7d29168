"""Whatever is pressed, and taken back: for whom something is still to be done stands in one of the desk's lists."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as some

from foundation import access, clock
from foundation.errors import DomainError
from referrals.desk import casework, undoing
from referrals.desk.queue import TABS, cases_in
from referrals.handoff import consents, replies, reply_corrections, retelling, sending, stopping, voiding
from referrals.models import Case, Referral
from referrals.outcomes import DeclineReason, Outcome
from referrals.states import REFERRAL_LIVE, REFERRAL_RETURNED, ReferralStatus
from referrals.tasks import expire_unanswered
from tests.factories.cases import ALL_FIELDS, case, town

S = ReferralStatus
LISTS = {tab.key: tab for tab in TABS if tab.waits or tab.key in ("to_hand_on", "awaiting")}
ACTS = {
    "send": lambda at: at.send(),
    "wrong centre": lambda at: stopping.mark_wrong_centre(referral=at.newest(), why="x", **at.seen()),
    "accepted": lambda at: replies.record_reply(referral=at.newest(), to=S.ACCEPTED, **at.seen()),
    "declined": lambda at: replies.record_reply(
        referral=at.newest(), to=S.DECLINED, reason=DeclineReason.FULL, **at.seen()
    ),
    "closed": lambda at: replies.record_reply(
        referral=at.newest(), to=S.CLOSED, outcome=Outcome.FIRST_INTERVIEW, **at.seen()
    ),
    "take back the answer": lambda at: reply_corrections.correct_reply(referral=at.newest(), why="x", **at.seen()),
    "take up": lambda at: replies.follow_up(referral=at.newest(), note="x", **at.seen()),
    "tell the person": lambda at: retelling.record_person_told(referral=at.newest(), note="x", **at.seen()),
    "tell the centre": lambda at: replies.record_told(referral=at.newest(), note="x", **at.seen()),
    "withdraw": lambda at: consents.withdraw_consent(case=at.case(), recipient=at.centre, channel="web"),
    "consent": lambda at: at.consent(ALL_FIELDS),
    "consent to less": lambda at: at.consent(["name", "reach"]),
    "handed over": lambda at: replies.record_reply(referral=at.newest(), to=S.HANDED_OVER, **at.seen()),
    "take back the newest word": lambda at: at.void(0),
    "take back the word before": lambda at: at.void(1),
    "consent without the result": lambda at: at.consent(ALL_FIELDS, hear_result=False),
    "withdraw by telephone": lambda at: consents.withdraw_consent(
        case=at.case(), recipient=at.centre, channel="telephone", by=at.worker
    ),
    "end as declined": lambda at: at.end("declined", "no_stock"),
    "end as withdrawn": lambda at: at.end("withdrawn", "not_needed"),
    "take back the end": lambda at: undoing.undo_end(
        case=at.case(), why="x", by=at.worker, seen=at.case().version
    ),
    "weeks pass": lambda at: at.weeks_pass(),
}  # fmt: skip


class Place:
    """One case of somebody who agreed, and what a member decided of them at its end."""

    def __init__(self) -> None:
        there = town()
        self.worker, self.centre = there.caseworker, there.centre
        self.case_id = case(consenting=there.centre).pk
        self.now = clock.now()
        self.left_at: datetime | None = None
        self.withdrawn_at: datetime | None = None
        self.told_to_stop: set[int] = set()

    def hear_of(self, referrals: list[Referral]) -> None:
        """Which centres were told, by telephone, what a withdrawal or a consent to less asks, and nothing since."""
        for one in referrals:
            if one.told_at and not one.mistake and not one.never_left:
                self.told_to_stop.add(one.pk)
            elif one.told_at or not one.mistake:
                self.told_to_stop.discard(one.pk)

    def case(self) -> Case:
        return Case.objects.for_handing_off().get(pk=self.case_id)

    def newest(self) -> Referral:
        related = ("case__person__data_key", "case__desk", "centre", "packet")
        newest = Referral.objects.select_related(*related).filter(case=self.case_id).order_by("pk").last()
        if newest is None:
            raise DomainError("nothing was sent")
        return newest

    def seen(self) -> dict:
        return {"by": self.worker, "seen": self.newest().version}

    def send(self) -> None:
        now = self.case()
        sending.send(case=now, centre=self.centre, way="telephone", by=self.worker, seen=now.version)
        self.left_at = None

    def consent(self, fields: list[str], *, hear_result: bool = True) -> None:
        said = {"fields": fields, "hear_result": hear_result, "channel": "telephone", "by": self.worker}
        consents.record_consent(case=self.case(), recipient=self.centre, **said)

    def void(self, which: int) -> None:
        now = self.case()
        offered = voiding.entries(now)
        if len(offered) <= which:
            raise DomainError("nothing was recorded")
        number = offered[which][0]
        voiding.void(case=now, number=number, why="x", by=self.worker, seen=consents.length(now.person))

    def end(self, to: str, reason: str) -> None:
        now, going_on = self.case(), Referral.objects.live().filter(case=self.case_id).exists()
        ticks = {"without_hand_off": True, "hand_off_goes_on": True}
        owed = self.owes_a_hand_off()
        casework.end(case=now, to=to, reason=reason, by=self.worker, seen=now.version, **ticks)
        self.left_at = clock.now() if owed else None
        self.withdrawn_at = clock.now() if to == "withdrawn" and not going_on else None

    def weeks_pass(self) -> None:
        self.now += timedelta(weeks=3)
        with clock.at(self.now):
            expire_unanswered()

    def owes_a_hand_off(self) -> bool:
        """Whether somebody who agrees is nowhere: with no centre, not answered, not left, not taken up since."""
        told = self.case().person.consents.live().filter(purpose="tell_centre").first()
        if told is None or self.is_left():
            return False
        last = Referral.objects.filter(case=self.case_id).order_by("pk").last()
        back_before = last is not None and last.mistake and last.status in REFERRAL_RETURNED
        if last is None or last.status in (S.ENTERED_IN_ERROR, S.REVOKED) or (last.withdrawn_at and not back_before):
            return not Referral.objects.live().filter(case=self.case_id).exists() and not self.is_answered()
        return last.status in REFERRAL_RETURNED and (last.followed_up_at is None or last.followed_up_at < told.at)

    def is_left(self) -> bool:
        """Whether the case was ended without acting on the consent that stands; a newer one asks anew."""
        told = self.case().person.consents.live().filter(purpose="tell_centre").first()
        return any(ended_at and told and told.at <= ended_at for ended_at in (self.left_at, self.withdrawn_at))

    def is_answered(self) -> bool:
        """Whether an outcome stands beside what went wrong, or a refusal was taken up after it."""
        others = Referral.objects.filter(case=self.case_id, withdrawn_at=None)
        wrong = others.filter(status=S.ENTERED_IN_ERROR).order_by("pk").last()
        taken_up = others.filter(status__in=REFERRAL_RETURNED, followed_up_at__gt=wrong.created_at) if wrong else ()
        return others.filter(status=S.CLOSED).exists() or bool(taken_up)


def holds(at: Place) -> None:
    def listed(key: str) -> bool:
        return cases_in(LISTS[key], at.worker).filter(pk=at.case_id).exists()

    referrals = list(Referral.objects.filter(case=at.case_id))
    if at.owes_a_hand_off():
        assert any(map(listed, LISTS)), "who agreed and is nowhere is in a list"
    if any(one.waits_for_desk for one in referrals):
        assert listed("returned")
    if any(one.is_to_be_told for one in referrals):
        assert listed("to_tell")
    at.hear_of(referrals)
    if at.told_to_stop & {one.pk for one in referrals if one.is_closed_in_error}:
        assert listed("to_tell"), "who was told to stop is told that it was a mistake"
    if at.is_left() or any(one.status in REFERRAL_LIVE for one in referrals):
        assert not listed("to_hand_on"), "and nobody is, of whom nothing is asked"


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try takes a while: shown as found, not shrunk
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@example(acts=["end as declined", "take back the end"])
@example(acts=["send", "wrong centre"])
@example(acts=["send", "declined", "send", "wrong centre", "take up"])
@example(acts=["send", "declined", "take up", "send", "wrong centre"])
@example(acts=["end as declined", "send", "wrong centre", "end as withdrawn"])
@example(acts=["send", "end as withdrawn", "wrong centre"])
@example(acts=["send", "accepted", "closed", "consent to less"])
@example(
    acts=["consent", "send", "accepted", "closed", "consent to less", "tell the centre", "take back the newest word"]
)
@example(acts=["send", "accepted", "closed", "withdraw by telephone", "tell the centre", "take back the newest word"])
@example(
    acts=[
        "consent without the result",
        "send",
        "accepted",
        "handed over",
        "withdraw by telephone",
        "take back the newest word",
        "tell the centre",
    ]
)
@example(acts=["send", "accepted", "closed", "end as declined", "withdraw by telephone", "take back the newest word"])
@example(acts=["send", "declined", "take up", "withdraw by telephone", "take back the newest word"])
@example(acts=["end as declined", "consent", "take back the newest word"])
@example(acts=["end as withdrawn", "consent", "send", "wrong centre"])
@given(acts=some.lists(some.sampled_from(sorted(ACTS)), min_size=4, max_size=14))
def test_who_is_still_to_be_put_in_touch_is_in_a_list(acts):
    with access.scope(actor="test", purpose="test"), transaction.atomic():
        place = Place()
        for name in acts:
            place.now += timedelta(hours=1)
            try:
                with clock.at(place.now), transaction.atomic():
                    ACTS[name](place)
                    if name == "take back the end":
                        place.left_at = place.withdrawn_at = None
            except DomainError:
                pass  # a refusal is an answer
            with clock.at(place.now):
                holds(place)
        transaction.set_rollback(True)
