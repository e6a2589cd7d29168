"""Verbs that take a whole file into the directory of help, and the project's own starter directory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from organisations import registry
from organisations.models import Organisation, Place
from outreach.directory import version
from outreach.directory.codes import Area, is_about_violence
from outreach.directory.opendata import exporting, files
from outreach.directory.opendata.columns import ORGANISATIONS, PROGRAMMES, WINDOWS, Sheet
from outreach.directory.opendata.difference import Difference, difference
from outreach.directory.opendata.importing import Values, parse
from outreach.models import Programme, ProgrammeText, Window, WindowText

BATCH = 500
STARTER = Path(__file__).parent / "data"


class NotTaken(DomainError):
    """A file that was not taken; ``message`` names every fault."""


class Counts(NamedTuple):
    """What taking a file did, in numbers of rows. ``kept``: staff have put the entry right since."""

    added: int
    changed: int
    unchanged: int
    kept: int


@transaction.atomic
def load_starter(*, folder: Path = STARTER) -> dict[str, Counts]:
    """Bring the directory to what the project's own files say, all or nothing. Raises NotTaken."""
    if not Place.objects.exists():
        raise NotTaken(_("地域がまだありません。先に load_places を実行してください。"))
    counts = {}
    for sheet in (ORGANISATIONS, PROGRAMMES, WINDOWS):  # windows name the other two
        file = folder / f"{sheet.name}.csv"
        found = compare(sheet=sheet, content=file.read_bytes())
        if found.faulty:
            raise NotTaken("\n".join(f"{file.name} {fault}" for fault in found.faulty))
        take(sheet=sheet, found=found)
        counts[sheet.name] = Counts(len(found.added), len(found.changed), len(found.unchanged), len(found.kept))
    return counts


def compare(*, sheet: Sheet, content: bytes) -> Difference:
    """What taking ``content`` would add and change, and what is wrong with it; nothing is written."""
    return difference(parse(files.read(content), sheet, exporting.known()), exporting.standing(sheet))


@transaction.atomic
def take(*, sheet: Sheet, found: Difference) -> None:
    """Write what ``found`` adds and changes, 500 rows at a time. Refused while any row is faulty."""
    if found.faulty:
        raise NotAllowed(_("まちがいのある行があります。直してから、もう一度お試しください。"))
    write = _WRITERS[sheet.name]
    for added in _batches((item.code, item.values) for item in found.added):
        write(added, is_new=True)
    for changed in _batches((change.item.code, change.after) for change in found.changed):
        write(changed, is_new=False)
    version.rise()


def _batches(rows: Iterable[tuple[str, Values]]) -> Iterator[dict[str, Values]]:
    left = iter(rows)
    while batch := dict(islice(left, BATCH)):
        yield batch


# --- organisations ---------------------------------------------------------------------------------------


def _write_organisations(rows: Mapping[str, Values], *, is_new: bool) -> None:
    standing = {} if is_new else Organisation.objects.in_bulk(list(rows), field_name="code")
    place_of = Place.objects.in_bulk(_codes(rows, "catchment"), field_name="code")
    for code, values in rows.items():
        facts: dict[str, Any] = {name: value for name, value in values.items() if name != "catchment"}
        if is_new:
            organisation = registry.register_organisation(**facts)
        else:
            organisation = standing[code]
            if "phone" in facts:
                facts["confirmed_on"] = None
            for name, value in facts.items():
                setattr(organisation, name, value)
            organisation.save(update_fields=list(facts))
        if "catchment" in values:
            registry.serve(organisation=organisation, places=[place_of[c] for c in _codes({"": values}, "catchment")])


def _codes(rows: Mapping[str, Values], name: str) -> list[str]:
    """Every code that the field ``name`` of ``rows`` holds, one or several in each."""
    found: dict[str, None] = {}
    for values in rows.values():
        value = values.get(name) or ()
        found |= dict.fromkeys(value if isinstance(value, tuple) else (str(value),))
    return list(found)


# --- programmes and windows ------------------------------------------------------------------------------


def _write_programmes(rows: Mapping[str, Values], *, is_new: bool) -> None:
    entries = _write_entries(Programme, rows, is_new=is_new)
    _write_texts(ProgrammeText, "programme", entries, rows)


def _write_windows(rows: Mapping[str, Values], *, is_new: bool) -> None:
    entries = _write_entries(Window, rows, is_new=is_new)
    _write_texts(WindowText, "window", entries, rows)
    _link_programmes(entries, rows)


_WRITERS: dict[str, Callable[..., None]] = {
    ORGANISATIONS.name: _write_organisations,
    PROGRAMMES.name: _write_programmes,
    WINDOWS.name: _write_windows,
}


def _write_entries(model: Any, rows: Mapping[str, Values], *, is_new: bool) -> dict[str, Any]:
    """Create or change the rows of ``model``; returns the entries by code."""
    place_of = Place.objects.in_bulk(_codes(rows, "place"), field_name="code")
    organisation_of = Organisation.objects.in_bulk(_codes(rows, "organisation"), field_name="code")
    named: dict[str, dict[str, Any]] = {"place": place_of, "organisation": organisation_of}
    own = {field.name for field in model._meta.concrete_fields}
    entries = {} if is_new else model.objects.in_bulk(list(rows), field_name="code")
    touched = {"updated_at", "version", "sensitive"}
    for code, values in rows.items():
        entry = entries.setdefault(code, model(code=code))
        for name in own & set(values):
            value: Any = values[name]
            if name in named:
                value = named[name].get(value)
            setattr(entry, name, list(value) if isinstance(value, tuple) else value)
        if model is Window:
            by_catchment = values.get("for_catchment", entry.area == Area.CATCHMENT)
            entry.area = Area.CATCHMENT if by_catchment else Area.PLACE if entry.place_id else Area.NATIONAL
            touched |= {"area", "confirmed_on"}
            if "phone" in values:
                entry.confirmed_on = None
        if is_about_violence(troubles=entry.troubles, needs=entry.needs):
            entry.sensitive = True
        entry.updated_at = clock.now()
        entry.version += not is_new
        touched |= own & set(values)
    if is_new:
        model.objects.bulk_create(entries.values())
    else:
        model.objects.bulk_update(entries.values(), sorted(touched))
    return entries


def _write_texts(model: Any, owner: str, entries: Mapping[str, Any], rows: Mapping[str, Values]) -> None:
    """Create, change and remove the text rows of ``entries``; a text without a title is none."""
    standing = {
        (getattr(text, f"{owner}_id"), text.language): text
        for text in model.objects.filter(**{f"{owner}__in": entries.values()})
    }
    words = set()
    for code, values in rows.items():
        for path in (name for name in values if "." in name):
            language, _dot, word = path.partition(".")
            key = (entries[code].pk, language)
            if key not in standing:
                standing[key] = model(**{owner: entries[code]}, language=language)
            setattr(standing[key], word, values[path])
            words.add(word)
    emptied = [text.pk for text in standing.values() if text.pk and not text.title]
    new = [text for text in standing.values() if not text.pk and text.title]
    kept = [text for text in standing.values() if text.pk and text.title]
    model.objects.filter(pk__in=emptied).delete()
    model.objects.bulk_create(new)
    if kept and words:
        model.objects.bulk_update(kept, sorted(words))


def _link_programmes(windows: Mapping[str, Window], rows: Mapping[str, Values]) -> None:
    """Make the programmes asked for at each window exactly those its row names, where it has that column."""
    links = Programme.windows.through
    naming = [windows[code].pk for code, values in rows.items() if "programmes" in values]
    programme_of = Programme.objects.in_bulk(_codes(rows, "programmes"), field_name="code")
    links.objects.filter(window__in=naming).delete()
    links.objects.bulk_create(
        links(window_id=windows[code].pk, programme_id=programme_of[programme].pk)
        for code, values in rows.items()
        for programme in _codes({code: values}, "programmes")
    )
