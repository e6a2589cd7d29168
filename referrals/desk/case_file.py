"""What the desk's page of a case shows, read in a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from foundation.erased import ERASED
from outreach.application.answers import HandOffWish, ReachBy
from outreach.application.questions import QUESTIONS
from outreach.models import ApplicationAddendum
from referrals.desk import hand_on, referral_lines, timeline
from referrals.desk.addenda import newest
from referrals.desk.addenda import of as of_case
from referrals.desk.circumstances import Fact, Words, circumstances
from referrals.desk.consent_lines import LIVE, ConsentLine, consent_line
from referrals.desk.referral_lines import ReferralLine
from referrals.handoff.timeline import Happening
from referrals.handoff.unused import unused_consents
from referrals.handoff.voiding import may_be_voided
from referrals.models import Case, ConsentEntry, Parcel, Referral
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.same_person import unchecked
from referrals.states import CaseStatus, ParcelStatus, ReferralStatus


@dataclass(frozen=True)
class CaseFile:
    case: Case
    circumstances: list[tuple[Words, list[Fact]]]
    reach_by: str
    addenda: list[ApplicationAddendum]
    consents: list[ConsentLine]
    referrals: list[ReferralLine]
    parcels: list[Parcel]
    timeline: list[Happening]
    others_unchecked: bool  # the person withdrew on their page, and another application of theirs concerns a centre

    @property
    def newest_addendum(self) -> int:
        """What the forms of the page carry of the addenda that stand on it."""
        return newest(self.addenda)

    @property
    def addenda_unread(self) -> bool:
        return self.newest_addendum > self.case.addenda_read

    @property
    def helper(self) -> dict[str, Words]:
        """Who stands between the desk and the person, by name, relation and phone; "" for what is not known."""
        facts = {fact: self.case.known(f"helper_{fact}") for fact in ("name", "relation", "phone")}
        return facts if facts["name"] is not ERASED else dict.fromkeys(facts, "") | {"name": ERASED}

    @property
    def spoken(self) -> str:
        return self.case.known("spoken")

    @property
    def passphrase(self) -> str:
        return self.case.known("passphrase")

    @property
    def came_back(self) -> Parcel | None:
        """The box that came back, while nobody has decided what becomes of it."""
        last = self.parcels[-1] if self.parcels else None
        waits = last and last.waits_for_desk and self.case.status == CaseStatus.APPROVED
        return last if waits else None

    @property
    def last_came_back(self) -> bool:
        return bool(self.parcels) and self.parcels[-1].status == ParcelStatus.RETURNED

    @property
    def live(self) -> list[Referral]:
        """Referrals a centre is at work on."""
        return [line.referral for line in self.referrals if line.referral.is_live]

    @property
    def returned(self) -> list[Referral]:
        """Referrals that came back and wait for the desk."""
        return [line.referral for line in self.referrals if line.returned]

    @property
    def to_tell_person(self) -> list[Referral]:
        """Referrals that go on after the person was told that they had come back."""
        return [line.referral for line in self.referrals if line.tell_person]

    @property
    def on_their_way(self) -> list[Referral]:
        """Referrals on paper that nothing says have reached their centre."""
        return [line.referral for line in self.referrals if line.referral.is_on_its_way]

    @property
    def unannounced(self) -> list[Referral]:
        """Referrals in the portal that no mail told the centre of, and that nobody there has opened."""
        sent = (line.referral for line in self.referrals if line.referral.status == ReferralStatus.SENT)
        return [one for one in sent if one.way == Way.PORTAL and not one.centre.can_be_mailed]

    @property
    def holds_over(self) -> list[Referral]:
        """Referrals on hold until a day that has come, as far as the desk may know it."""
        seen = (line for line in self.referrals if line.answer.code == ReferralStatus.ON_HOLD)
        return [line.referral for line in seen if line.referral.hold_is_over]

    @property
    def to_hand_over(self) -> list[Referral]:
        """Referrals on paper that a centre took up and, as was agreed, tells nothing more of: the desk ends them."""
        return [line.referral for line in self.referrals if line.to_hand_over]

    @property
    def to_tell(self) -> list[Referral]:
        """Referrals that were withdrawn or went wrong, of which a member has yet to tell the centre."""
        return [line.referral for line in self.referrals if line.referral.is_to_be_told]

    @property
    def may_be_handed_on(self) -> bool:
        """Whether a consent stands that a centre is told, and nothing was sent on it yet."""
        return any(line.is_unused for line in self.consents)

    @property
    def to_hand_on(self) -> list[hand_on.Waiting]:
        """What of it waits to be handed on, in words."""
        unused = [line.entry for line in self.consents if line.is_unused]
        referrals = [line.referral for line in self.referrals]
        return hand_on.of(unused, referrals, wish=self.wish, call=self.wishes_a_call)

    @property
    def asked_at_end(self) -> set[str]:
        """What ending the case asks about the hand-off and about a packed box, by the names in the form."""
        goes_on = any(line.referral.is_live for line in self.referrals)
        packed = any(parcel.status == ParcelStatus.PACKED for parcel in self.parcels)
        ticks = {"without_hand_off": self.may_be_handed_on, "hand_off_goes_on": goes_on, "box": packed}
        return {name for name, is_so in ticks.items() if is_so}

    @property
    def wishes_a_call(self) -> bool:
        """Whether they answered so themselves; a consent on the telephone may stand beside another answer."""
        return self.case.application.hand_off_wish == HandOffWish.CALL_ME

    @property
    def messages_only(self) -> bool:
        """Whether the number is for short messages and not to be rung."""
        ways = self.case.known("reach_by")
        return ReachBy.SMS in ways and ReachBy.PHONE not in ways

    @property
    def wish(self) -> Words:
        """What they answered about the centre, in the words of staff; "" without an answer."""
        return QUESTIONS["hand_off_wish"].to_staff(self.case.application.stated("hand_off_wish"))

    @property
    def may_void(self) -> bool:
        """Whether a member has written down a word of the person's that may turn out to be recorded in error."""
        return any(may_be_voided(line.entry) for line in self.consents)

    @property
    def consent_stands(self) -> bool:
        return any(line.code == LIVE for line in self.consents)


def of(case: Case) -> CaseFile:
    """Everything about ``case`` (loaded as ``for_handing_off``)."""
    addenda = of_case(case)
    consents = list(
        case.person.consents.annotate(
            is_live=Exists(ConsentEntry.objects.live().filter(pk=OuterRef("pk"))),
            is_unchecked=Exists(unchecked().filter(pk=OuterRef("pk"))),
            is_unused=Exists(unused_consents().filter(pk=OuterRef("pk"), case=case)),
        )
        .select_related("recipient", "recorded_by", "voids", "voided_by__recorded_by")
        .order_by("pk")
    )
    told_by = {e.recipient_id for e in consents if e.is_live and e.purpose == Purpose.HEAR_RESULT}
    referrals = referral_lines.loaded(case)
    parcels = list(case.parcels.select_related("packed_by"))
    return CaseFile(
        case=case,
        circumstances=circumstances(case.application),
        reach_by=QUESTIONS["reach_by"].words(case.known("reach_by")),
        addenda=addenda,
        consents=[consent_line(entry) for entry in reversed(consents) if not entry.voids_id],
        referrals=referral_lines.of(referrals, told_by=told_by),
        parcels=parcels,
        others_unchecked=any(entry.is_unchecked for entry in consents),
        timeline=timeline.of_case(
            case, parcels=parcels, referrals=referrals, consents=consents, addenda=addenda, result_told_by=told_by
        ),
    )
