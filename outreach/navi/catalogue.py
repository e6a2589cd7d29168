"""Takes the directory's rows off their shelf as entries for the pure core, in a fixed number of queries.

What was taken for a place is held in the process for as long as the directory's version stays the same: it says
nothing about who asked. A minute is the longest, should a row ever change without raising the version.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import get_language

from foundation import clock
from organisations.models import Place
from organisations.places import gazetteer
from outreach.directory import in_english, version
from outreach.directory.codes import Area, Category, Language
from outreach.models import Programme, Window, WindowText
from outreach.models.entry import EntryQuerySet
from outreach.models.window import WindowQuerySet
from outreach.navi.matching import Entry, Level
from outreach.navi.questions import Content

CENTRE = "C"  # first letter of the codes of support centres
ROUND_THE_CLOCK = "24時間"  # as opening hours say it
MONEY = {Category.BENEFIT, Category.LOAN}
HELD_FOR = 60.0  # seconds
_LEFT_OPEN = re.compile(r"○○[市町村]|(?<=I live in )\.{3}")
MOST_HELD = 64  # places, each in a language


_holds: list[Callable[[], None]] = []


def _held(take: Callable[..., Iterable[Entry]]) -> Callable[..., list[Entry]]:
    """Take once what is asked for again in the same language, day and version of the directory."""

    @lru_cache(maxsize=MOST_HELD)
    def taken(_moment: tuple[Any, ...], *asked: Any) -> tuple[Entry, ...]:
        return tuple(take(*asked))

    @wraps(take)
    def held(*asked: Any) -> list[Entry]:
        moment = (version.current(), get_language(), clock.today(), int(time.monotonic() / HELD_FOR))
        return list(taken(moment, *asked))

    _holds.append(taken.cache_clear)
    return held


def forget() -> None:
    """Take everything off the shelf anew."""
    for let_go in _holds:
        let_go()


def find_place(code: str) -> Place | None:
    """The place with this code together with those above it."""
    return gazetteer.by_code(code) if code else None


def lineage(place: Place | None) -> list[str]:
    """Codes of ``place`` and of those above it, nearest first; empty when it wasn't said."""
    return [step.code for step in place.lineage()] if place else []


@_held
def entries_for(place: Place | None) -> list[Entry]:
    """Every entry that serves ``place``; the national ones when it wasn't said."""
    windows, programmes = _windows(), _programmes()
    if place:
        windows, programmes = windows.for_place(place), programmes.for_place(place)
    else:
        windows, programmes = windows.filter(area=Area.NATIONAL), programmes.filter(place=None)
    return _entries(windows, programmes, place)


def windows_for_danger(place: Place | None, *, content: Content) -> list[Entry]:
    """The windows that dangers to life or safety name, and the support centre of ``place``."""
    return _windows_for_danger(place, frozenset(code for safety in content.safeties for code in safety.numbers))


@_held
def _windows_for_danger(place: Place | None, codes: frozenset[str]) -> list[Entry]:
    named = Q(code__in=codes)
    windows = _windows().filter(named)
    if place:
        windows = _windows().for_place(place).filter(named | Q(code__startswith=CENTRE))
    return [_window(row, place) for row in windows]


def entries_named(codes: Sequence[str]) -> list[Entry]:
    """Entries that may stand in a shared list, in the order of ``codes``; others are left out."""
    named = Q(code__in=codes) | Q(area=Area.NATIONAL, programmes__code__in=codes)
    windows = _windows().shareable().filter(named).distinct()
    programmes = _programmes().shareable().filter(code__in=codes)
    found = [entry for entry in _entries(windows, programmes, None) if entry.code in codes]
    return sorted(found, key=lambda entry: codes.index(entry.code))


def last_resort(entries: Iterable[Entry], *, content: Content) -> Entry:
    """The national number for anything: as the directory has it now, else as the content names it."""
    named = content.last_resort
    standing = next((entry for entry in entries if entry.code == named.code and entry.phone), None)
    if standing and not standing.paused:
        return standing
    return Entry(
        code=named.code,
        title=named.title.into(get_language() or "ja"),
        level=Level.NATIONAL,
        urgent=True,
        phone=named.phone,
        source=named.source,
    )


def _windows() -> WindowQuerySet:
    rows = Window.objects.live().select_related("organisation")
    return rows.prefetch_related("texts", "organisation__catchments")


def _programmes() -> EntryQuerySet:
    windows = Prefetch("windows", Window.objects.only("pk"))
    return Programme.objects.live().prefetch_related("texts", windows)


def _entries(windows: Iterable[Window], programmes: Iterable[Programme], place: Place | None) -> list[Entry]:
    by_key = {row.pk: _window(row, place) for row in windows}
    return [*by_key.values(), *(_programme(row, by_key) for row in programmes)]


def _window(row: Window, place: Place | None) -> Entry:
    text = row.text()
    nearest = _served(row, place)
    return replace(
        _common(row, text, nearest),
        title=_named(row, text),
        everyone=row.code.startswith(CENTRE),
        phone=row.phone,
        charge=row.get_charge_display(),
        hours=text.opening_hours or row.opening_hours,
        what_to_say=_with_the_place(text.what_to_say, place),
        address=row.address,
        confirmed_on=row.confirmed_on,
        doubtful=row.number_is_doubtful,
        round_the_clock=ROUND_THE_CLOCK in row.opening_hours,
    )


def _named(row: Window, text: WindowText) -> str:
    """Its title; of a centre in English its own name, by which it answers the telephone, and the title beside it."""
    if row.organisation is None or text.language != Language.EN or not row.code.startswith(CENTRE):
        return text.title
    return in_english.beside(row.organisation.name, text.title)


def _with_the_place(words: str, place: Place | None) -> str:
    """What to say on the telephone, with the name of the municipality where a window of several leaves it open."""
    municipality = place.municipality if place else None
    if municipality is None:
        return words
    name = municipality.in_latin_letters.partition(",")[0] if get_language() == "en" else municipality.name
    return _LEFT_OPEN.sub(name, words)


def _programme(row: Programme, by_key: dict[int, Entry]) -> Entry:
    text = row.text()
    here = [by_key[window.pk] for window in row.windows.all() if window.pk in by_key]
    entry = replace(
        _common(row, text, row.place),
        is_programme=True,
        is_talk=row.category_1 == Category.CONSULTATION,
        asked_at=frozenset(window.code for window in here),
        repayable=row.repayable if row.category_1 in MONEY else None,
        conditions=text.target,
    )
    window = min((one for one in here if one.phone and not one.paused), key=lambda one: one.level, default=None)
    if window is None:
        return entry
    return replace(
        entry,
        window=window.title,
        phone=window.phone,
        charge=window.charge,
        hours=window.hours,
        confirmed_on=window.confirmed_on,
    )


def _common(row: Window | Programme, text, area: Place | None) -> Entry:
    return Entry(
        code=row.code,
        title=text.title,
        level=Level[area.level.upper()] if area else Level.NATIONAL,
        area=area.code if area else "",
        needs=frozenset(row.needs),
        urgent=row.urgent,
        sensitive=row.sensitive,
        paused=row.paused,
        subtitle=text.subtitle,
        summary=text.summary,
        how_to=text.how_to,
        what_to_say=text.what_to_say,
        what_to_bring=text.what_to_bring,
        url=row.official_url,
        source=row.source_publisher,
        source_url=row.source_url,
        verified_on=row.verified_on,
    )


def _served(row: Window, place: Place | None) -> Place | None:
    """The place a window is for; of a catchment, the part of it nearest to ``place``."""
    if row.area != Area.CATCHMENT or row.organisation is None:
        return row.place
    served = {catchment.place_id: catchment.place for catchment in row.organisation.catchments.all()}
    return next((step for step in place.lineage() if step.pk in served), row.place) if place else row.place
