"""Which entries of the directory fit the answers, why, and in which order; never says "not eligible"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from outreach.navi.engine import Answers, ticked
from outreach.navi.questions import Content, Safety


class Level(IntEnum):
    """How near an entry is to the person, near first."""

    WARD = 0
    MUNICIPALITY = 1
    SUBPREFECTURE = 2
    PREFECTURE = 3
    NATIONAL = 4


class Because(StrEnum):
    """Kinds of reason why an entry is shown."""

    WORRY = "worry"  # a ticked worry led here; ``Reason.id`` is the worry
    TROUBLE = "trouble"  # no worry was ticked; ``Reason.id`` is the trouble
    EVERYONE = "everyone"  # the entry helps with nearly every worry
    NO_ONE_LEFT_OUT = "no_one_left_out"  # added so that the list holds a number to call


class Unknown(StrEnum):
    """What the list could be more exact about."""

    PLACE = "place"  # where the person lives decides which window is theirs
    CONDITIONS = "conditions"  # the window looks at income, age or the like


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One programme, window or centre, with its texts in the reader's language.

    ``area`` is the code of the place it serves ("" for the whole country). ``everyone`` marks the support
    centre, which is shown whatever was ticked. ``sensitive`` entries (about violence) are shown only where a
    worry led to them and never shared. A programme names its ``window``, the window to call, when one is known for
    the place; ``asked_at`` holds the codes of its windows, ``is_talk`` says that to call them is all there is to it.
    ``doubtful`` warns of its number.
    """

    code: str
    title: str
    level: Level
    area: str = ""
    needs: frozenset[str] = frozenset()
    everyone: bool = False
    urgent: bool = False
    sensitive: bool = False
    paused: bool = False
    is_programme: bool = False
    is_talk: bool = False
    asked_at: frozenset[str] = frozenset()
    window: str = ""
    repayable: bool | None = None
    subtitle: str = ""
    summary: str = ""
    conditions: str = ""
    how_to: str = ""
    what_to_say: str = ""
    what_to_bring: str = ""
    phone: str = ""
    charge: str = ""
    hours: str = ""
    address: str = ""
    url: str = ""
    source: str = ""
    source_url: str = ""
    verified_on: date | None = None
    confirmed_on: date | None = None
    doubtful: bool = False
    round_the_clock: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    because: Because
    id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits. ``fallback`` is whom to call when the entry itself has no number.

    ``also`` holds programmes that consist in calling this very window: they are named with it, not beside it.
    """

    entry: Entry
    reasons: tuple[Reason, ...]
    unknown: tuple[Unknown, ...]
    fallback: Entry | None = None
    also: tuple[Entry, ...] = ()

    @property
    def level(self) -> Level:
        return self.entry.level


def match(
    answers: Answers,
    entries: Iterable[Entry],
    *,
    lineage: Sequence[str],
    content: Content,
    last_resort: Entry,
) -> list[Match]:
    """The entries that fit ``answers``: nearest level first, urgent first within it, paused ones last.

    ``lineage`` holds the codes of the person's place and those above it, nearest first; empty when it wasn't
    said. ``last_resort`` is a national number for anything: it joins a list that would otherwise hold no
    number, and stands in for entries without one when nobody nearer can.
    """
    within = {"", *lineage}
    found = []
    for entry in entries:
        if entry.area in within and (reasons := _reasons(entry, answers, content)):
            found.append(Match(entry, reasons, _unknown(entry, lineage)))
    if not any(_can_be_called(one.entry) for one in found):
        found.append(Match(last_resort, (Reason(Because.NO_ONE_LEFT_OUT),), ()))
    found.sort(key=_order)
    return [_with_fallback(one, found, last_resort) for one in _joined(found)]


def shareable(matches: Iterable[Match]) -> list[str]:
    """The codes that may leave this screen in a link: entries only, in order, none about violence."""
    return [one.entry.code for one in matches if not one.entry.sensitive]


def numbers_for(danger: Safety, entries: Iterable[Entry], *, lineage: Sequence[str]) -> list[Entry]:
    """Whom to call in a danger: the centre of the area where it helps too, then the numbers named for it."""
    reachable = {entry.code: entry for entry in entries if _can_be_called(entry)}
    centres = [entry for entry in reachable.values() if entry.everyone and entry.area in lineage]
    named = [reachable[code] for code in danger.numbers if code in reachable]
    return [*(centres if danger.ask_centre else ()), *named]


def _reasons(entry: Entry, answers: Answers, content: Content) -> tuple[Reason, ...]:
    chosen = ticked(answers, content=content)
    reasons = tuple(Reason(Because.WORRY, worry.id) for worry in chosen if worry.needs & entry.needs)
    if not reasons and not chosen and not entry.sensitive:
        trouble = content.trouble(answers.trouble)
        if trouble and any(worry.needs & entry.needs for worry in trouble.worries):
            reasons = (Reason(Because.TROUBLE, trouble.id),)
    if entry.everyone:
        return (*reasons, Reason(Because.EVERYONE))
    return reasons


def _unknown(entry: Entry, lineage: Sequence[str]) -> tuple[Unknown, ...]:
    open_questions = []
    if entry.is_programme and not entry.window and not lineage:
        open_questions.append(Unknown.PLACE)
    if entry.conditions:
        open_questions.append(Unknown.CONDITIONS)
    return tuple(open_questions)


def _order(one: Match) -> tuple:
    entry = one.entry
    led_by_worries = sum(reason.because is Because.WORRY for reason in one.reasons)
    return (entry.paused, entry.level, not entry.urgent, not entry.everyone, -led_by_worries, entry.code)


def _joined(found: Sequence[Match]) -> list[Match]:
    """The list with programmes that are nothing but a window of it named there, instead of beside it."""
    listed = {one.entry.code for one in found if _can_be_called(one.entry) and not one.entry.is_talk}
    also: dict[str, list[Entry]] = {}
    left = []
    for one in found:
        if one.entry.is_talk and (windows := one.entry.asked_at & listed):
            also.setdefault(min(windows), []).append(one.entry)
        else:
            left.append(one)
    return [replace(one, also=tuple(also.get(one.entry.code, ()))) for one in left]


def _can_be_called(entry: Entry) -> bool:
    return bool(entry.phone) and not entry.paused


def _with_fallback(one: Match, found: Sequence[Match], last_resort: Entry) -> Match:
    if one.entry.phone:
        return one
    nearest = next(
        (other.entry for other in found if other.entry.everyone and _can_be_called(other.entry)), last_resort
    )
    return Match(one.entry, one.reasons, one.unknown, nearest)
