"""Puts what the navi found into the words of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import quoted
from organisations.models import Place
from outreach.navi import catalogue, matching
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from outreach.navi.matching import Because, Entry, Level, Match, Reason, Unknown
from outreach.navi.questions import Content, Safety, Text, Trouble
from outreach.office_hours import who_answers_first

LEVELS = {
    Level.WARD: _("お住まいの区"),
    Level.MUNICIPALITY: _("お住まいの市町村"),
    Level.SUBPREFECTURE: _("お住まいの地域"),
    Level.PREFECTURE: _("お住まいの都道府県"),
    Level.NATIONAL: _("全国"),
}
UNKNOWN = {
    Unknown.PLACE: _("お住まいの市区町村がわかると、近くの窓口の番号もお知らせできます。"),
    Unknown.CONDITIONS: _("条件に合うかわからないときも、聞いてみてかまいません。窓口でいっしょにたしかめられます。"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A match in words: why it is here, and what is still unknown."""

    entry: Entry
    level: Any
    why: Sequence[str] = ()
    unknown: Sequence[Any] = ()
    fallback: Entry | None = None
    also: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger to life or safety with the numbers that answer it."""

    id: str
    title: str
    text: str
    numbers: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Tickbox:
    """A worry to tick, or a trouble with its worries."""

    id: str
    text: str
    hint: str = ""
    ticked: bool = False
    choices: Sequence["Tickbox"] = ()


def say(text: Text) -> str:
    """A text of the content in the reader's language."""
    return text.into(get_language() or "ja")


def shown(found: Match, *, content: Content) -> Shown:
    return Shown(
        entry=found.entry,
        level=LEVELS[found.level],
        why=_why(found.reasons, content),
        unknown=[UNKNOWN[one] for one in found.unknown],
        fallback=found.fallback,
        also=found.also,
    )


def shared_list(entries: Sequence[Entry], *, content: Content) -> list[Shown]:
    """The entries of a shared list: nobody's answers led to them; those without a number name who helps."""
    last_resort = catalogue.last_resort(entries, content=content)
    helper = next((entry for entry in entries if entry.everyone and entry.phone), last_resort)
    national = LEVELS[Level.NATIONAL]
    return [
        Shown(
            entry=entry,
            level=national if entry.level is Level.NATIONAL else "",
            fallback=None if entry.phone else helper,
        )
        for entry in entries
    ]


def dangers(safeties: Iterable[Safety], entries: Sequence[Entry], *, lineage: Sequence[str]) -> list[Danger]:
    """The dangers with their numbers; one without any number is left out."""
    found = [Danger(one.id, say(one.title), say(one.text), _numbers(one, entries, lineage)) for one in safeties]
    return [danger for danger in found if danger.numbers]


def _numbers(danger: Safety, entries: Sequence[Entry], lineage: Sequence[str]) -> list[Entry]:
    """Whom to call in a danger, those first that answer at this hour; 110 and 119 keep their place among them."""
    return who_answers_first(matching.numbers_for(danger, entries, lineage=lineage))


def safety_strip(place: Place | None) -> list[Danger]:
    """Every danger with its numbers for ``place``: what stands behind one tap on every step."""
    content = shipped()
    entries = catalogue.windows_for_danger(place, content=content)
    return dangers(content.safeties, entries, lineage=catalogue.lineage(place))


def menu(content: Content) -> list[Tickbox]:
    """The five troubles of the front page."""
    return [Tickbox(one.id, say(one.title), say(one.hint)) for one in content.troubles]


def asked(trouble: Trouble, answers: Answers) -> Tickbox:
    """A trouble with its worries, those ticked before among them."""
    worries = [Tickbox(one.id, say(one.text), ticked=one.id in answers.worries) for one in trouble.worries]
    return Tickbox(trouble.id, say(trouble.title), ticked=any(one.ticked for one in worries), choices=worries)


def _why(reasons: Sequence[Reason], content: Content) -> list[str]:
    worries = [content.worry(reason.id) for reason in reasons if reason.because is Because.WORRY]
    why = []
    if worries:
        named = quoted(say(worry.text) for worry in worries if worry)
        why.append(gettext("{worries}をえらんだので").format(worries=named))
    for reason in reasons:
        trouble = content.trouble(reason.id) if reason.because is Because.TROUBLE else None
        if trouble:
            why.append(gettext("「{trouble}」をえらんだので").format(trouble=say(trouble.title)))
        elif reason.because is Because.EVERYONE:
            why.append(gettext("どんな困りごとでも、最初に相談できるところなので"))
        elif reason.because is Because.NO_ONE_LEFT_OUT:
            why.append(gettext("どこに相談すればよいかわからないときも、話を聞いてもらえるので"))
    return why
