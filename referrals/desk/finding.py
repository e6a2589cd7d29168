"""Finding a case by what somebody says on the telephone: number, name, reading; at the member's desks alone.

What was typed stands in no address, and a list of finds is held in the session as keys of cases. Only where the sign-in
had ended what was typed waits sealed in the session, for an hour at most (``organisations.sign_in.kept_words``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Expression, QuerySet, Value
from django.db.models.functions import Replace

from foundation.identifiers import clean_receipt_number, receipt_numbers_in
from foundation.text import japanese, telephone
from organisations.models import Member
from referrals.models import Case, Parcel, PersonIndex, Referral
from referrals.person_index import found_beside, found_by, found_by_parts, found_by_sound

Kind = PersonIndex.Kind
MOST = 50  # found at once; whoever finds more has to say more

# Within a line; that of a receipt has letters, and a reading its long vowels.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[+(]?\d[\d\-‐‑‒–—―−ー－ｰ()\s.]{7,}\d(?![A-Za-z0-9])")
_TRACKING = re.compile(r"(?<![A-Za-z0-9])\d[\d\- ]{6,}\d(?![A-Za-z0-9])")
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
    """The cases that ``text`` may mean: number of the receipt, a referral or a box, telephone, mail, name, reading.

    Numbers and names are the person's, now or before a correction, or the helper's. Several may stand in one line; who
    fits all of it comes before whoever fits its number alone. A name that fits nobody whole is looked for by its
    words, in any order, a reading also by its first three kana. Nothing of a person is opened.
    """
    mine = Case.objects.for_desk(member)
    for number in dict.fromkeys(filter(None, (clean_receipt_number(text), *receipt_numbers_in(text)))):
        case = mine.filter(application__receipt_number=number).first()
        referral = None if case else Referral.objects.for_desk(member).filter(number=number).first()
        if case or referral:
            return Finds(referral=referral, cases=[case] if case else [])
    for entries in _readings(text):
        found = mine
        for each in entries:
            found = found.filter(person__in=each.values("person"))
        if finds := _newest(found):
            return finds
    return _of_a_box(mine, text) or Finds()


def _newest(found: QuerySet[Case]) -> Finds | None:
    cases = list(found.order_by("-received_at", "-id")[: MOST + 1])
    return Finds(cases=cases[:MOST], more=len(cases) > MOST) if cases else None


def _of_a_box(mine: QuerySet[Case], text: str) -> Finds | None:
    """Whose box has the tracking number (送り状番号) in ``text``, with hyphens or without."""
    numbers = ["".join(re.findall("[0-9]", number)) for number in _TRACKING.findall(japanese.squash(text))]
    if not numbers:
        return None
    plain: Expression = Replace("tracking_number", Value("-"), Value(""))
    boxes = Parcel.objects.exclude(tracking_number="").annotate(plain=Replace(plain, Value(" "), Value("")))
    return _newest(mine.filter(pk__in=boxes.filter(case__in=mine, plain__in=numbers).values("case")))


def _readings(text: str) -> Iterator[list[QuerySet[PersonIndex]]]:
    """What ``text`` may say, the surest first: entries of which a person has to have one of each."""
    numbers, rest = _taken_out(_NUMBER, text)
    mails, rest = _taken_out(_MAIL, rest)
    dial = [telephone.dialled(number) for number in numbers]
    sure = [found_by(Kind.PHONE, number) | found_beside(phone=number) for number in dial]
    sure += [found_by(Kind.EMAIL, mail) | found_beside(email=mail) for mail in mails]
    name = _HONORIFIC.sub("", rest)  # 様 and 君 end some names, so that both are asked for
    named = _by_name(rest) | _by_name(name)
    if sure and name:
        yield [*sure, named]
        yield [*sure, *found_by_parts(name)]
    if sure:
        yield sure
    if rest:
        yield [named]
        yield found_by_parts(name) or [PersonIndex.objects.none()]
        yield [found_by(Kind.KANA_PREFIX, name)]


def _by_name(name: str) -> QuerySet[PersonIndex]:
    return found_by(Kind.NAME, name) | found_by(Kind.KANA, name) | found_by_sound(name)


def _taken_out(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """What of ``text`` fits, and what is left beside it."""
    return pattern.findall(text), _BESIDE.sub("", pattern.sub(" ", text))
