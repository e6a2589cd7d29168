"""For the person: what they agreed to towards centres, and took back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.clock import tokyo_date
from organisations.models import Organisation
from outreach.directory import in_english
from referrals.models import ConsentEntry, Person
from referrals.models.consent import Purpose
from referrals.person.told import names_of


@dataclass(frozen=True)
class Said:
    """One thing the person said about their consent, on a day in Tokyo; ``items`` what a centre might be told."""

    day: date
    words: str
    items: str = ""


_SAID = {
    (Purpose.TELL_CENTRE, True): _("{centre}に伝えることに同意しました"),
    (Purpose.TELL_CENTRE, False): _("{centre}に伝える同意をとりやめました"),
    (Purpose.HEAR_RESULT, True): _("{centre}が結果をフードバンクに知らせることに同意しました"),
    (Purpose.HEAR_RESULT, False): _("{centre}が結果をフードバンクに知らせる同意をとりやめました"),
}
_TAKEN_BACK = {
    (Purpose.TELL_CENTRE, True): _("「{centre}に伝えることに同意した」という記録はまちがいだったので、取り消しました"),
    (Purpose.TELL_CENTRE, False): _(
        "「{centre}に伝える同意をとりやめた」という記録はまちがいだったので、取り消しました"
    ),
    (Purpose.HEAR_RESULT, True): _(
        "「{centre}が結果を知らせることに同意した」という記録はまちがいだったので、取り消しました"
    ),
    (Purpose.HEAR_RESULT, False): _(
        "「{centre}が結果を知らせる同意をとりやめた」という記録はまちがいだったので、取り消しました"
    ),
}


def said(person: Person) -> list[Said]:
    """Everything the person agreed to and took back, the newest first; it stays here whatever stands now."""
    entries = list(person.consents.select_related("recipient", "voids").order_by("-pk"))
    names = in_english.read_names(entry.recipient for entry in entries)
    return [_said(entry, names[entry.recipient_id]) for entry in entries]


def _said(entry: ConsentEntry, centre: str) -> Said:
    words = _TAKEN_BACK if entry.voids else _SAID
    about = entry.voids or entry
    return Said(
        tokyo_date(entry.at) if entry.voids else entry.stated_on,
        str(words[Purpose(about.purpose), about.given]).format(centre=centre),
        names_of(entry.fields) if entry.given else "",
    )


def was_withdrawn(person: Person, *, standing: Iterable[Organisation]) -> bool:
    """Whether a consent to tell some centre was withdrawn, and none towards it stands."""
    withdrawn = person.consents.spoken().filter(purpose=Purpose.TELL_CENTRE, given=False)
    return withdrawn.exclude(recipient__in=list(standing)).exists()
