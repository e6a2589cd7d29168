"""For the person: what was told to whom, what became of it, and what stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from foundation.text.wording import listed
from organisations.models import Organisation
from outreach.application.disclosable import FIELDS_BY_KEY, Group
from referrals.handoff.unused import untold_consents, unused_consents
from referrals.models import ConsentEntry, Person, Referral
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.person import standing
from referrals.states import REFERRAL_OVER, ReferralStatus
from referrals.words import ForPerson


@dataclass(frozen=True)
class Telling:
    """One hand-off: to whom, which items (their names by group, not what they say), and where it stands."""

    referral: Referral
    standing: ForPerson
    items: str

    @property
    def is_over(self) -> bool:
        return not self.referral.is_live

    @property
    def unread_when_over(self) -> bool:
        """Whether nobody had opened it when it came back."""
        return self.referral.status in REFERRAL_OVER and not self.may_have_been_read

    @property
    def may_be_called(self) -> bool:
        """Whether the centre's number stands there: it is at work on it, or was, and nothing was taken back."""
        done = self.referral.status in (ReferralStatus.CLOSED, ReferralStatus.HANDED_OVER)
        return self.referral.is_live or (done and self.referral.withdrawn_at is None)

    @property
    def arrived_at(self) -> datetime | None:
        """When the centre said that it has it, by whatever it said first."""
        return self.referral.viewed_at or self.referral.answered_at

    @property
    def may_have_been_read(self) -> bool:
        """Whether the centre opened it, or works on paper, which nobody sees opened."""
        on_paper = self.referral.way == Way.TELEPHONE and not self.referral.never_left
        return on_paper or self.referral.viewed_at is not None


def tellings(person: Person) -> list[Telling]:
    """Every hand-off of ``person`` that left the desk, the newest first."""
    sent = (
        Referral.objects.filter(case__person=person, sent_at__isnull=False)
        .exclude(status=ReferralStatus.DRAFT)
        .select_related("centre", "packet")
        .order_by("-pk")
    )
    return [Telling(one, standing.of_referral(one), names_of(one.packet.fields)) for one in sent]


def names_of(keys: Iterable[str]) -> str:
    """The names of fields as the person knows them, a line for each group of the consent."""
    told = [field for key, field in FIELDS_BY_KEY.items() if key in set(keys)]
    lines = [(group, [str(field.label) for field in told if field.group == group]) for group in Group]
    return "\n".join(f"{group.label}{gettext('：')}{listed(names)}" for group, names in lines if names)


@dataclass(frozen=True)
class Waiting:
    """A centre that may be told, and was told nothing on the consent that stands.

    ``before``: that was prepared on another; ``again``: it was told on this one, and that was stopped, not by the
    person. ``read``: somebody there may have read it. ``left``: the case ended, and nobody waits at the desk.
    """

    centre: Organisation
    items: str
    before: bool
    again: bool
    read: bool
    left: bool


def waiting(consents: Iterable[ConsentEntry], tellings: Iterable[Telling]) -> list[Waiting]:
    """The consents on which nothing was told yet, or what was told has been stopped; the desk has the same rule.

    None of them: no query. One query otherwise, and another where a case has ended.
    """
    tellings = list(tellings)
    told = {one.referral.centre_id for one in tellings}
    read = {one.referral.centre_id for one in tellings if one.may_have_been_read}
    told_on = {one.referral.packet.consent_id for one in tellings if not one.referral.never_left}
    ours = {entry.pk: entry for entry in consents if entry.purpose == Purpose.TELL_CENTRE}
    untold = set(untold_consents().filter(pk__in=ours).values_list("pk", flat=True)) if ours else set()
    ended = [pk for pk in untold if ours[pk].case.has_ended]
    of_desk = set(unused_consents().filter(pk__in=ended).values_list("pk", flat=True)) if ended else set()
    return [
        Waiting(
            entry.recipient,
            names_of(entry.fields),
            before=entry.recipient_id in told,
            again=pk in told_on,
            read=entry.recipient_id in read,
            left=pk in ended and pk not in of_desk,
        )
        for pk, entry in ours.items()
        if pk in untold
    ]


def standing_consents(person: Person) -> list[ConsentEntry]:
    """What stands now towards centres: who may be told, and from whom the result may be heard."""
    return list(person.consents.live().select_related("recipient", "case"))


def recipients(consents: Iterable[ConsentEntry]) -> dict[str, Organisation]:
    """The organisations that may be told, by public identifier."""
    told = (entry.recipient for entry in consents if entry.purpose == Purpose.TELL_CENTRE)
    return {organisation.public_id: organisation for organisation in told}
