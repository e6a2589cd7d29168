"""A consent or a withdrawal that was recorded in error is taken back: both entries stay in the ledger."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from organisations.models import Member
from organisations.roles import Permission
from referrals import notes
from referrals.handoff import consents, stopping
from referrals.locks import lock
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.consent import Purpose
from referrals.rules import check_may


@transaction.atomic
def void(*, case: Case, number: int, why: str, by: Member, seen: int) -> None:
    """Take back the consent, or the withdrawal, that is entry ``number`` of the person's ledger, with the reason.

    What was said in the same breath about hearing the result goes with it. A consent carries nothing any more: what
    stood on it alone is stopped, and its centre told. What a withdrawal had stopped, or a consent to less had closed,
    stays so and may be begun anew, if a consent stands now; whoever was told to stop is told that it was a mistake.
    ``seen`` is the length of the ledger on the page. Raises DomainError without a reason, for an entry no member
    wrote, and for one that was taken back before.
    """
    check_may(by, Permission.WORK_CASES, case)
    if not why.strip():
        raise DomainError(_("どこがまちがいだったかを書いてください。"))
    lock(case.person)
    consents.raise_if(consents.newer_than(case.person, seen))
    entry = entry_at(case, number)
    if entry is None or not may_be_voided(entry):
        raise DomainError(_("この記録は、まちがいとして取り消せません。いまの状態を確かめてください。"))
    now = clock.now()
    for one in _said_together(entry):
        ConsentEntry.objects.create(
            person=case.person, case=case, purpose=one.purpose, recipient=one.recipient, fields=one.fields,
            given=False, text_version=one.text_version, channel=one.channel, stated_by=one.stated_by,
            recorded_by=by, stated_on=one.stated_on, at=now, voids=one,
        )  # fmt: skip
    notes.add_note(case=case, text=why.strip(), by=by)
    if entry.given:
        stopping.stop_for_consent_in_error(person=case.person, centre=entry.recipient, by=by)
        stopping.note_narrowing_in_error(person=case.person, centre=entry.recipient, by=by)
    else:
        until = _next_withdrawal(entry)
        stopping.note_withdrawal_in_error(
            person=case.person, centre=entry.recipient, since=entry.at, until=until.at if until else None, by=by
        )


def entries(case: Case) -> list[tuple[int, ConsentEntry]]:
    """What may be taken back, with its number in the ledger, the newest first."""
    numbered = enumerate(_ledger(case))
    return [(number, entry) for number, entry in numbered if may_be_voided(entry)][::-1]


def entry_at(case: Case, number: int) -> ConsentEntry | None:
    """The entry of this number, which never changes, for the ledger only grows."""
    return dict(enumerate(_ledger(case))).get(number)


def entry_called(case: Case, number: str) -> ConsentEntry | None:
    """The same by what was posted, whatever that is: its number as a page writes it, or none."""
    return {str(at): entry for at, entry in enumerate(_ledger(case))}.get(number)


def may_be_voided(entry: ConsentEntry) -> bool:
    """Whether a member wrote it down; what the person said on their own page is nobody's mistake but theirs to mend."""
    by_member = entry.recorded_by_id is not None and entry.purpose == Purpose.TELL_CENTRE
    return by_member and entry.voids_id is None and not hasattr(entry, "voided_by")


def stopped_by(entry: ConsentEntry) -> list[Referral]:
    """The referrals to its recipient that taking back this consent would stop: those that no other consent covers."""
    without = ConsentEntry.objects.spoken().exclude(pk=entry.pk)
    left = without.filter(person=entry.person_id, recipient=entry.recipient_id, purpose=entry.purpose).order_by("pk")
    last = left.last()
    covered = set(last.fields) if last and last.given and not last.has_expired else set()
    carried = Referral.objects.live() | Referral.objects.held_by_centre()
    found = carried.filter(case__person=entry.person_id, centre=entry.recipient_id).select_related("packet")
    return [one for one in found.order_by("pk") if not set(one.packet.fields) <= covered]


def _ledger(case: Case) -> list[ConsentEntry]:
    related = ("recipient", "recorded_by", "voided_by")
    return list(case.person.consents.select_related(*related).order_by("pk"))


def _said_together(entry: ConsentEntry) -> list[ConsentEntry]:
    """The entry about telling, and the one about hearing that the same act wrote behind it."""
    later = ConsentEntry.objects.filter(person=entry.person_id, recipient=entry.recipient_id, pk__gt=entry.pk)
    following = later.order_by("pk").first()
    if following is None or following.purpose != Purpose.HEAR_RESULT or following.voids_id:
        return [entry]
    return [entry, following]


def _next_withdrawal(entry: ConsentEntry) -> ConsentEntry | None:
    later = ConsentEntry.objects.spoken().filter(
        person=entry.person_id, recipient=entry.recipient_id, purpose=entry.purpose, given=False, pk__gt=entry.pk
    )
    return later.order_by("pk").first()
