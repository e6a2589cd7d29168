"""What the desk put right after a packet was frozen, as its centre may read it in the portal; and that it is told.

The packet stays as it was told. Beside it stands what is known now, of fields that the consent covers, while a centre
is at work on the referral: by a number that is none any more it would reach a stranger.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from foundation.work import outbox
from outreach.application import disclosable
from outreach.application.disclosable import FIELDS_BY_KEY
from referrals import corrected
from referrals.handoff import packet, visibility
from referrals.handoff.notice_table import CORRECTED_NOTICE, by_mail
from referrals.models import Person, Referral


@dataclass(frozen=True)
class PutRight:
    """A field of the packet as it is known now; ``value`` is "" where nothing is any more."""

    key: str
    label: str
    value: str
    day: date


def of(referral: Referral) -> list[PutRight]:
    """The fields that were put right since, in Japanese (decrypts); none once it is over or its consent is gone."""
    if not referral.is_live or packet.is_erased(referral.packet):
        return []
    covered = visibility.fields_covered(referral)
    days = {key: day for key, day in corrected.days_since_frozen(referral.packet).items() if key in covered}
    if not days:
        return []
    with translation.override("ja"):
        rows = disclosable.rows(packet.current_statement(referral.case), list(days))
        now = {row.key: row.value for row in rows}
        return [PutRight(key, str(FIELDS_BY_KEY[key].label), now.get(key, ""), day) for key, day in days.items()]


def tell_centres(*, person: Person, changed: Collection[str]) -> None:
    """Let the centres that have opened a packet know that something of it was put right; inside the verb's transaction.

    The mail says that, and nothing of the person. Who has not opened it reads both at once.
    """
    opened = Referral.objects.live().filter(case__person=person, viewed_at__isnull=False)
    for referral in opened.select_related("centre", "packet__consent"):
        if by_mail(referral, "") and shows(referral, changed):
            outbox.enqueue(CORRECTED_NOTICE, subject=referral.public_id)


def shows(referral: Referral, changed: Collection[str]) -> list[str]:
    """Keys of the fields of the packet that hold something ``changed`` and that the consent still covers."""
    covered = visibility.fields_covered(referral)
    return [key for key in corrected.of_packet(referral.packet, changed) if key in covered]
