"""What taking a file would do: its items against what stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from outreach.directory.opendata.cells import Value
from outreach.directory.opendata.importing import Fault, Item, Parsed, Values


@dataclass(frozen=True)
class Standing:
    """An entry as it stands. ``guarded``: staff keep it, so only what was checked later may change it."""

    values: Values
    known_on: date
    guarded: bool


@dataclass(frozen=True)
class Change:
    """``before`` and ``after`` hold the differing fields only."""

    item: Item
    before: Values
    after: Values


@dataclass(frozen=True)
class Difference:
    added: list[Item] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Item] = field(default_factory=list)
    kept: list[Item] = field(default_factory=list)  # differ, but staff have been there since
    faulty: tuple[Fault, ...] = ()


def difference(parsed: Parsed, standing: Mapping[str, Standing]) -> Difference:
    """What taking ``parsed`` would do. Columns a file does not have leave their fields as they are."""
    found = Difference(faulty=parsed.faults)
    for item in parsed.items:
        stands = standing.get(item.code)
        if stands is None:
            found.added.append(item)
            continue
        differing = [name for name, value in item.values.items() if stands.values[name] != value]
        if not differing:
            found.unchanged.append(item)
        elif stands.guarded and not _checked_later(item.values, stands):
            found.kept.append(item)
        else:
            found.changed.append(Change(item, _only(differing, stands.values), _only(differing, item.values)))
    return found


def _checked_later(values: Values, stands: Standing) -> bool:
    verified_on: Any = values["verified_on"]
    return verified_on > stands.known_on


def _only(names: Iterable[str], values: Values) -> dict[str, Value]:
    return {name: values[name] for name in names}
