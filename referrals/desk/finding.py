"""Finding a case by what somebody says on the telephone: number, name, reading; at the member's desks alone.

What was typed is kept nowhere and stands in no address: a list of finds is held in the session as keys of cases.
"""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from foundation.identifiers import clean_receipt_number
from foundation.text import japanese
from organisations.models import Member
from referrals.models import Case, PersonIndex, Referral
from referrals.person_index import found_by

Kind = PersonIndex.Kind
MOST = 50  # found at once; whoever finds more has to say more


@dataclass(frozen=True)
class Finds:
    """What was found: one referral by its own number, or cases by their keys, newest first."""

    referral: Referral | None = None
    cases: list[Case] = field(default_factory=list)
    more: bool = False


def find(member: Member, text: str) -> Finds:
    """The cases that ``text`` may mean: receipt number, referral number, telephone, mail, name or reading.

    A reading that fits nobody whole is looked for by its first three kana. Nothing of a person is opened.
    """
    mine = Case.objects.for_desk(member)
    number = clean_receipt_number(text)
    if number:
        case = mine.filter(application__receipt_number=number).first()
        referral = None if case else Referral.objects.for_desk(member).filter(number=number).first()
        if case or referral:
            return Finds(referral=referral, cases=[case] if case else [])
    for entries in (_whole(text), found_by(Kind.KANA_PREFIX, text)):
        cases = list(mine.filter(person__in=entries.values("person")).order_by("-received_at", "-id")[: MOST + 1])
        if cases:
            return Finds(cases=cases[:MOST], more=len(cases) > MOST)
    return Finds()


def _whole(text: str) -> QuerySet[PersonIndex]:
    entries = found_by(Kind.NAME, text) | found_by(Kind.KANA, text)
    if "@" in text:
        entries |= found_by(Kind.EMAIL, text)
    try:
        return entries | found_by(Kind.PHONE, japanese.phone(text))
    except ValueError:
        return entries
