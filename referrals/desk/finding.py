"""Finding a case by what somebody says on the telephone: number, name, reading; at the member's desks alone.

What was typed stands in no address, and a list of finds is held in the session as keys of cases. Only where the sign-in
had ended what was typed waits sealed in the session, for an hour at most (``organisations.sign_in.kept_words``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from foundation.identifiers import clean_receipt_number
from foundation.text.japanese import dialled
from organisations.models import Member
from referrals.models import Case, PersonIndex, Referral
from referrals.person_index import found_by

Kind = PersonIndex.Kind
MOST = 50  # found at once; whoever finds more has to say more

# Within a line; that of a receipt has letters, and a reading its long vowels.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[+(]?\d[\d\-‐‑‒–—―−ー－ｰ()\s.]{7,}\d(?![A-Za-z0-9])")
_MAIL = re.compile(r"[^\s、,]+@[^\s、,]+")
_BESIDE = re.compile(r"^[\s、,・:：/／()]+|[\s、,・:：/／()]+$")
_HONORIFIC = re.compile(r"\s*(?:様|さま|さん|殿|氏|君|くん|ちゃん)$")


@dataclass(frozen=True)
class Finds:
    """What was found: one referral by its own number, or cases by their keys, newest first."""

    referral: Referral | None = None
    cases: list[Case] = field(default_factory=list)
    more: bool = False


def find(member: Member, text: str) -> Finds:
    """The cases that ``text`` may mean: receipt number, referral number, telephone, mail, name or reading.

    Several of them may stand in one line; who fits all of it comes before whoever fits its number alone. A reading
    that fits nobody whole is looked for by its first three kana. Nothing of a person is opened.
    """
    mine = Case.objects.for_desk(member)
    for number in filter(None, map(clean_receipt_number, (text, *text.split()))):
        case = mine.filter(application__receipt_number=number).first()
        referral = None if case else Referral.objects.for_desk(member).filter(number=number).first()
        if case or referral:
            return Finds(referral=referral, cases=[case] if case else [])
    for entries in _readings(text):
        found = mine
        for each in entries:
            found = found.filter(person__in=each.values("person"))
        cases = list(found.order_by("-received_at", "-id")[: MOST + 1])
        if cases:
            return Finds(cases=cases[:MOST], more=len(cases) > MOST)
    return Finds()


def _readings(text: str) -> Iterator[list[QuerySet[PersonIndex]]]:
    """What ``text`` may say, the surest first: entries of which a person has to have one of each."""
    numbers, rest = _taken_out(_NUMBER, text)
    mails, rest = _taken_out(_MAIL, rest)
    sure = [found_by(Kind.PHONE, dialled(number)) for number in numbers]
    sure += [found_by(Kind.EMAIL, mail) for mail in mails]
    name = _HONORIFIC.sub("", rest)  # 様 and 君 end some names, so that both are asked for
    named = _by_name(rest) | _by_name(name)
    if sure and name:
        yield [*sure, named]
    if sure:
        yield sure
    if rest:
        yield [named]
        yield [found_by(Kind.KANA_PREFIX, name)]


def _by_name(name: str) -> QuerySet[PersonIndex]:
    return found_by(Kind.NAME, name) | found_by(Kind.KANA, name)


def _taken_out(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """What of ``text`` fits, and what is left beside it."""
    return pattern.findall(text), _BESIDE.sub("", pattern.sub(" ", text))
