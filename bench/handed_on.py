"""What people of the volume agreed to and what came of it: consents, referrals with packets, their steps, notes.

Each case has a fate of its own, drawn by its number, so that every run loads the same. The shares are guesses at a food
bank that hands on most of those who wish it; few of anything wait, as at a desk that keeps up.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

TELL, HEAR = "tell_centre", "hear_result"
FIELDS = ["name", "reach", "household"]
# Of a hundred who agreed, where their case has ended.
_ENDED = {
    "closed": 620, "handed_over": 70, "declined": 60, "expired": 50, "accepted": 10, "contacted": 20, "on_hold": 4,
    "withdrew": 30, "withdrew_after": 20, "wrong_centre": 20, "agreed_anew": 15, "not_handed_on": 80, "never_asked": 1,
}  # fmt: skip
# ... and where it is open: half wait to be handed on.
_OPEN = {"nothing": 50, "sent": 20, "viewed": 15, "accepted": 10, "declined": 5}
_SUPPORTED, _UNSUPPORTED = ("ongoing_support", "first_interview", "information_only"), ("not_reached", "did_not_come")
AGREE, HEAR_TOO = 0.7, 0.7  # of all, of those
TAKEN_UP, NOTED, TOLD = 0.99, 0.95, 0.98  # of what came back, of withdrawals on one's own page, of centres to tell


@dataclass
class HandedOn:
    """The rows of a batch of cases, put together before any is saved, since each refers to the one before."""

    centres: list[Any]
    by: Any
    like: Any  # a referral that is answered, whose packet all are like
    new_number: Any
    new_keys: Any
    consents: list[Any] = field(default_factory=list)
    referrals: list[Any] = field(default_factory=list)
    told_by: list[Any] = field(default_factory=list)  # the consent each referral stands on
    steps: list[tuple[Any, str, str, str, Any]] = field(default_factory=list)
    notes: list[tuple[Any, Any]] = field(default_factory=list)

    def add(self, number: int, case: Any) -> bool:
        """What came of ``case``; whether its end was asked and left without handing on."""
        draw = random.Random(number)  # noqa: S311 - the same in every run
        if draw.random() >= AGREE:
            return False
        shares = _ENDED if case.end_reason else _OPEN
        fate = draw.choices(list(shares), list(shares.values()))[0]
        centre = self.centres[0] if draw.random() < 0.4 else draw.choice(self.centres)
        at = case.received_at
        consent = self._agree(case, centre, at, channel="web", hear=draw.random() < HEAR_TOO)
        if fate in ("nothing", "never_asked"):
            return False
        if fate == "not_handed_on":
            return True
        if fate == "wrong_centre":  # the desk was asked about the first at the end
            self._send(case, centre, consent, "entered_in_error", at, draw)
            centre = next(one for one in self.centres if one != centre)
            consent = self._agree(case, centre, at + timedelta(minutes=1), channel="telephone", hear=True)
        status = {"withdrew": "revoked", "withdrew_after": "closed", "agreed_anew": "closed", "wrong_centre": "closed"}
        sent = self._send(case, centre, consent, status.get(fate, fate), at + timedelta(minutes=2), draw)
        if fate == "agreed_anew":
            self._agree(case, centre, at + timedelta(minutes=3), channel="telephone", hear=True)
        if fate.startswith("withdrew"):
            self._withdraw(case, centre, sent, at + timedelta(minutes=4), draw)
        return fate == "wrong_centre"

    def _entry(self, case: Any, centre: Any, at: Any, purpose: str, *, channel: str, given: bool) -> Any:
        from referrals.models import ConsentEntry

        entry = ConsentEntry(
            person=case.person, case=case, purpose=purpose, recipient=centre, given=given, text_version="1",
            fields=FIELDS if purpose == TELL else [], channel=channel, stated_by="person", stated_on=at.date(), at=at,
            recorded_by=None if channel == "web" else self.by,
        )  # fmt: skip
        self.consents.append(entry)
        return entry

    def _agree(self, case: Any, centre: Any, at: Any, *, channel: str, hear: bool) -> Any:
        told = self._entry(case, centre, at, TELL, channel=channel, given=True)
        if hear:
            self._entry(case, centre, at, HEAR, channel=channel, given=True)
        return told

    def _withdraw(self, case: Any, centre: Any, sent: Any, at: Any, draw: random.Random) -> None:
        channel = draw.choice(("web", "telephone"))
        self._entry(case, centre, at, TELL, channel=channel, given=False)
        sent.withdrawn_at = at
        if sent.way == "telephone":
            sent.must_be_told = True
            if draw.random() < TOLD:
                sent.told_at, sent.told_by = at, self.by
        if channel == "web" and draw.random() < NOTED:
            self.notes.append((case, at + timedelta(minutes=1)))

    def _send(self, case: Any, centre: Any, consent: Any, status: str, at: Any, draw: random.Random) -> Any:
        from referrals.models import Referral

        answered = status not in ("sent", "viewed", "expired", "revoked", "entered_in_error")
        on_paper = status == "handed_over" or draw.random() < 0.4
        sent = Referral(
            case=case, centre=centre, data_key=case.person.data_key, way="telephone" if on_paper else "portal",
            number=self.new_number(), status=status, created_by=self.by, created_at=at, sent_at=at,
            due_on=at.date() + timedelta(days=14), viewed_at=at if answered or status == "viewed" else None,
            answered_at=at if answered else None,
        )  # fmt: skip
        came_back = status in ("declined", "expired")
        if status == "closed":
            came_back = draw.random() < 0.2
            sent.outcome, sent.closed_at = draw.choice(_UNSUPPORTED if came_back else _SUPPORTED), at
        if status == "declined":
            sent.decline_reason = "full"
        if status == "on_hold":
            sent.on_hold_until = at.date() + timedelta(days=draw.choice((30, 3000)))
        self.steps += [(sent, "draft", "sent", "", at), (sent, "sent", status, "", at)]
        if came_back and draw.random() < TAKEN_UP:
            sent.followed_up_at, sent.followed_up_by = at + timedelta(minutes=1), self.by
            self.steps.append((sent, status, status, "followed_up", sent.followed_up_at))
        elif status == "accepted" and draw.random() < 0.05:  # ... and then the centre answered after all
            self.steps.append((sent, "expired", "expired", "followed_up", at))
        self.referrals.append(sent)
        self.told_by.append(consent)
        return sent

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """What every packet says."""
        return self.like.packet.rows

    def save(self) -> None:
        from referrals.models import CaseNote, ConsentEntry, Packet, PortalEntry, Referral, ReferralTransition

        ConsentEntry.objects.bulk_create(self.consents)
        Referral.objects.bulk_create(self.referrals)
        Packet.objects.bulk_create(
            Packet(
                referral=sent, data_key=key, consent=consent, text_version="1", fields=FIELDS, rows=self.rows,
                frozen_at=sent.sent_at, frozen_by=self.by,
            )
            for sent, consent, key in zip(
                self.referrals, self.told_by, self.new_keys("provision", len(self.referrals)), strict=True
            )
        )  # fmt: skip
        PortalEntry.objects.bulk_create(
            PortalEntry(referral=sent, delivered_at=sent.sent_at) for sent in self.referrals if sent.way == "portal"
        )
        ReferralTransition.objects.bulk_create(
            ReferralTransition(
                subject=sent, from_status=before, to_status=to, at=at, actor="member", by=self.by, reason=reason
            )
            for sent, before, to, reason, at in self.steps
        )
        CaseNote.objects.bulk_create(
            CaseNote(case=case, data_key=case.person.data_key, by=self.by, at=at, text="電話で確かめました。")
            for case, at in self.notes
        )
