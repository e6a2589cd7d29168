"""Every arrow of a referral's tables that a person may take has a button, where those who take it have their page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from referrals.handoff import answering, replies
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import (
    REFERRAL_AWAITING,
    REFERRAL_CORRECTIONS,
    REFERRAL_LATE_ANSWERS,
    REFERRAL_LATE_STOPS,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)
from tests.factories import members, referrals
from tests.factories.cases import consent, fresh
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

S = ReferralStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]

# A draft lives inside the sending transaction alone; that no answer came in time is the clock's to say.
ONWARD = [
    (before, after)
    for table in (REFERRAL_TRANSITIONS, REFERRAL_LATE_ANSWERS, REFERRAL_LATE_STOPS)
    for before, following in table.items()
    for after in sorted(following - {S.EXPIRED})
    if before != S.DRAFT
]
BACK = [(before, answered) for answered, earlier in REFERRAL_CORRECTIONS.items() for before in sorted(earlier)]
SAYS = {S.DECLINED: {"reason": "full"}, S.CLOSED: {"outcome": "moved"}}
WRONG = {"why": "まちがえた"}


def in_both_ways(arrows):
    """In the portal nothing is answered unread, and the centre ends it itself; on paper it may be otherwise."""
    return [
        (way, *arrow)
        for way in Way.values
        for arrow in arrows
        if way == Way.TELEPHONE
        or (S.HANDED_OVER not in arrow[:2] and (arrow[0] != S.SENT or arrow[1] not in (S.ACCEPTED, S.DECLINED)))
    ]


class Hands:
    """One referral and the browsers of those who work on it."""

    def __init__(self, way: str, status: str) -> None:
        self.centre = referrals.portal_centre()
        self.known = referrals.handed_off(self.centre, way=way, to=S.SENT)
        self.worker, self.counsellor = members.caseworker(self.known.case.desk), members.counsellor(self.centre)
        self.desk, self.portal = signed_in(self.worker), signed_in(self.counsellor)
        self.on_paper = way == Way.TELEPHONE
        for step in WAYS[status]:
            self.bring(step)

    def now(self) -> Referral:
        return Referral.objects.get(pk=self.known.pk)

    def bring(self, status: str) -> None:
        """By the verbs what is an arrow of its own here, and pressed there."""
        now = self.now()
        seen = {"referral": now, "by": self.worker if self.on_paper else self.counsellor, "seen": now.version}
        if status in (S.EXPIRED, S.HANDED_OVER):
            self.to(status)
        elif status == S.ON_HOLD:
            answering.hold(until=clock.today() + timedelta(days=9), why="入院中", **seen)
        elif self.on_paper:
            replies.record_reply(to=status, **SAYS.get(status, {}), **seen)
        elif status == S.VIEWED:
            answering.open_and_read(referral=now, by=self.counsellor)
        else:
            verb = {
                S.ACCEPTED: answering.accept,
                S.CONTACTED: answering.note_first_contact,
                S.CLOSED: answering.close,
                S.DECLINED: answering.decline,
            }[status]
            verb(**SAYS.get(status, {}), **seen)
        assert self.now().status == status

    def to(self, status: str) -> None:
        now = self.now()
        if status == S.EXPIRED:
            referrals.stopping.expire(referral=now)
        elif status == S.ENTERED_IN_ERROR:
            self.press(self.desk, "desk:referral", "desk:referral_wrong_centre", **WRONG)
        elif status == S.REVOKED:
            page = reverse("desk:consent_withdraw", args=[now.case.public_id])
            said = {"seen": 2, "centre": self.centre.public_id, "channel": "telephone"}
            assert any(form.method == "post" for form in read(text(self.desk.get(page)))[0])
            self.desk.post(page, said)
        elif status == S.ON_HOLD:
            until = f"{clock.today() + timedelta(days=9):%Y-%m-%d}"
            self.as_the_centre("referral_hold", "hold", until=until, why="入院中")
        elif now.status == S.ON_HOLD and status not in (S.CLOSED, S.HANDED_OVER):
            self.as_the_centre("referral_resume", "resume")
        elif status == S.HANDED_OVER:
            if replies.visibility.result_may_be_told(now):
                consent(fresh(now.case), self.centre, by=self.worker, hear_result=False)
            self.press(self.desk, "desk:referral", "desk:referral_reply", to=status)
        elif self.on_paper or now.status == S.EXPIRED:
            self.press(self.desk, "desk:referral", "desk:referral_reply", to=status, **SAYS.get(status, {}))
        else:
            address = {S.VIEWED: "open", S.CONTACTED: "contact", S.CLOSED: "close"}.get(status, "answer")
            answer = {S.ACCEPTED: "accept", S.DECLINED: "decline"}.get(status, "")
            self.as_the_centre("", address, answer=answer, **SAYS.get(status, {}))
        assert self.now().status == status

    def take_back(self, *, from_desk: bool) -> None:
        if from_desk or self.on_paper:
            self.press(self.desk, "desk:referral", "desk:referral_take_back", **WRONG)
        else:
            self.press(self.portal, "portal:cover", "portal:take_back", **WRONG)

    def as_the_centre(self, on_paper: str, in_portal: str, **typed) -> None:
        if self.on_paper:
            self.press(self.desk, "desk:referral", f"desk:{on_paper}", **typed)
        else:
            self.press(self.portal, "portal:cover", f"portal:{in_portal}", **typed)

    def press(self, browser, page: str, address: str, **typed) -> None:
        """As on the page: only what stands there can be pressed."""
        path = reverse(address, args=[self.known.public_id])
        shown = text(browser.get(reverse(page, args=[self.known.public_id])))
        packet = reverse("portal:packet", args=[self.known.public_id])
        if f'href="{packet}"' in shown:
            shown = text(browser.get(packet))
        forms = read(shown)[0]
        form = next(f for f in forms if f.action.partition("#")[0] == path or path in f.leads_to)
        assert set(typed) - {"answer"} <= form.names
        browser.post(path, {**form.values, **typed})


WAYS: dict[str, tuple[str, ...]] = {
    S.SENT: (),
    S.VIEWED: (S.VIEWED,),
    S.ACCEPTED: (S.VIEWED, S.ACCEPTED),
    S.CONTACTED: (S.VIEWED, S.ACCEPTED, S.CONTACTED),
    S.CLOSED: (S.VIEWED, S.ACCEPTED, S.CLOSED),
    S.DECLINED: (S.VIEWED, S.DECLINED),
    S.EXPIRED: (S.VIEWED, S.EXPIRED),
    S.ON_HOLD: (S.VIEWED, S.ACCEPTED, S.ON_HOLD),
    S.HANDED_OVER: (S.VIEWED, S.HANDED_OVER),
}


@pytest.mark.parametrize(("way", "before", "after"), in_both_ways(ONWARD))
def test_onward(way, before, after):
    hands = Hands(way, S.CONTACTED if (before, after) == (S.ON_HOLD, S.CONTACTED) else before)
    if hands.now().status != before:
        hands.to(before)
    hands.to(after)


@pytest.mark.parametrize(("way", "before", "answered"), in_both_ways(BACK))
def test_an_answer_taken_back(way, before, answered):
    hands = Hands(way, before)
    hands.to(answered)
    hands.take_back(from_desk=before == S.EXPIRED)
    assert hands.now().status == before
    assert before not in REFERRAL_AWAITING or hands.now().answered_at is None
