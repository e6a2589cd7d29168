"""Other applications at the same desk that may be of the same human being, named so that staff decide.

Every application makes a person of its own, and nothing joins them: what is withdrawn on one stands on the other. They
are known by the blind index alone; nothing of the others is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import listed
from referrals.models import Case, CaseNote, ConsentEntry, PersonIndex, Referral
from referrals.models.consent import ConsentChannel, ConsentQuerySet, Purpose
from referrals.states import REFERRAL_LIVE

Words = str | Promise
Kind = PersonIndex.Kind
MOST = 10  # shown; a number that many share, of a shelter or an office, says little
_ALIKE: dict[str, Words] = {
    Kind.PHONE: _("電話番号"),
    Kind.EMAIL: _("メール"),
    Kind.NAME: _("名前"),
    Kind.KANA: _("ふりがな"),
}


@dataclass(frozen=True)
class Other:
    """Another case, by what it is alike, and what a centre was told of it or may be told."""

    case: Case
    alike: str
    at_centres: list[Words]


def of(case: Case) -> list[Other]:
    """The cases of the desk whose person may be that of ``case``: first those a centre knows of, then the newest.

    One query where there is none, four otherwise.
    """
    alike: dict[int, set[str]] = {}
    mine = PersonIndex.objects.filter(person=case.person_id, kind__in=_ALIKE).values("digest")
    entries = PersonIndex.objects.filter(kind__in=_ALIKE, digest__in=mine, person__desk=case.desk_id)
    newest = entries.exclude(person=case.person_id).order_by("-person_id").values_list("person_id", "kind")
    for person, kind in newest[: MOST * 10]:
        alike.setdefault(person, set()).add(kind)
    if not alike:
        return []
    found = list(
        Case.objects.filter(desk=case.desk_id, person__in=alike)
        .exclude(pk=case.pk)
        .select_related("application")
        .order_by("-received_at", "-id")
    )
    known = _at_centres(found)
    others = [Other(one, _by(alike[one.person_id]), known.get(one.pk, [])) for one in found]
    return sorted(others, key=lambda other: not other.at_centres)[:MOST]


def warnings(*found: Sequence[Other]) -> list[Words]:
    """Of which other applications a centre knows or may be told, said after something was stopped or put right.

    Where it was put right by what two are alike in, they were found (``of``) before and are found after it.
    """
    words = _("同じ方かもしれない申込み {number} も、窓口に関わっています：{at}。どうするか、本人に確かめてください。")
    return [
        format_lazy(str(words), number=other.case.application.receipt_number, at=listed(other.at_centres))
        for other in {other.case.pk: other for others in found for other in others}.values()
        if other.at_centres
    ]


def unchecked() -> ConsentQuerySet:
    """Withdrawals on a person's own page since which nobody has written a note, where another application of theirs
    still concerns a centre: what was withdrawn on one stands on the other, and nobody was there to ask.
    """
    held = (Referral.objects.live() | Referral.objects.held_by_centre()).filter(case__person=OuterRef("person"))
    consent = ConsentEntry.objects.live().filter(person=OuterRef("person"), purpose=Purpose.TELL_CENTRE)
    # From the withdrawal's own few entries to those that are equal, by the index: never through all of a kind.
    equal = PersonIndex.objects.filter(
        kind=OuterRef("kind"), digest=OuterRef("digest"), person__desk=OuterRef("person__desk")
    ).exclude(person=OuterRef("person"))
    mine = PersonIndex.objects.filter(person=OuterRef("person"), kind__in=_ALIKE)
    others = mine.filter(Exists(equal.filter(Exists(held) | Exists(consent))))
    noted = CaseNote.objects.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
    withdrawn = ConsentEntry.objects.spoken().filter(
        channel=ConsentChannel.WEB, given=False, purpose=Purpose.TELL_CENTRE
    )
    return withdrawn.filter(~Exists(noted), Exists(others))


def _by(kinds: set[str]) -> str:
    """What two are alike in; a reading says nothing beside the name that is read so."""
    shown = kinds - {Kind.KANA} if Kind.NAME in kinds else kinds
    return listed(word for kind, word in _ALIKE.items() if kind in shown)


def _at_centres(cases: list[Case]) -> dict[int, list[Words]]:
    """By case: referrals that go on or are still in a centre's hands, and consents on which nothing was sent."""
    told: dict[int, list[Words]] = {}
    sent: set[tuple[int, int]] = set()
    referrals = Referral.objects.live() | Referral.objects.held_by_centre()
    for referral in referrals.filter(case__in=cases).select_related("centre").order_by("pk"):
        words = (
            _("{centre}につないでいます")
            if referral.status in REFERRAL_LIVE
            else _("{centre}が、終わったつなぎの内容を持っています")
        )
        told.setdefault(referral.case_id, []).append(format_lazy(str(words), centre=referral.centre.name))
        sent.add((referral.case_id, referral.centre_id))
    case_of = {one.person_id: one.pk for one in cases}
    standing = ConsentEntry.objects.live().filter(person__in=list(case_of), purpose=Purpose.TELL_CENTRE)
    for entry in standing.select_related("recipient").order_by("pk"):
        at = case_of[entry.person_id]
        if (at, entry.recipient_id) not in sent:
            words = _("{centre}に伝える同意があります")
            told.setdefault(at, []).append(format_lazy(str(words), centre=entry.recipient.name))
    return told
