"""What the navi asks, as data: troubles, their worries, the needs these come down to, and dangers to life."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

VIOLENCE = frozenset({"violence", "sexual_violence", "child_abuse"})  # entries for these are never shared


@dataclass(frozen=True, slots=True)
class Text:
    ja: str
    en: str

    def into(self, language: str) -> str:
        """The text in ``language`` ("en", "en-gb"); Japanese for every other one."""
        return self.en if language.startswith("en") else self.ja


@dataclass(frozen=True, slots=True)
class Need:
    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Worry:
    id: str
    trouble: str
    text: Text
    needs: frozenset[str]
    safety: str  # id of a Safety, or ""


@dataclass(frozen=True, slots=True)
class Trouble:
    id: str
    title: Text
    hint: Text
    worries: tuple[Worry, ...]


@dataclass(frozen=True, slots=True)
class Safety:
    """A danger to life or safety, whose numbers stand first on every step."""

    id: str
    title: Text
    text: Text
    numbers: tuple[str, ...]  # codes of the windows to call, in this order
    ask_centre: bool  # the support centre of the area is called before them


@dataclass(frozen=True, slots=True)
class LastResort:
    """The number for anything, which stands in when the directory has none."""

    code: str
    title: Text
    phone: str
    source: str


class Reachable(Protocol):
    """What the check against the directory asks of an entry."""

    code: str
    needs: frozenset[str]
    everyone: bool
    sensitive: bool


@dataclass(frozen=True)
class Content:
    troubles: tuple[Trouble, ...]
    needs: dict[str, Need]
    safeties: tuple[Safety, ...]
    last_resort: LastResort

    @property
    def worries(self) -> tuple[Worry, ...]:
        """Every worry in a fixed order, which is the order of the bits in the answers token."""
        return tuple(worry for trouble in self.troubles for worry in trouble.worries)

    def trouble(self, trouble_id: str) -> Trouble | None:
        return next((trouble for trouble in self.troubles if trouble.id == trouble_id), None)

    def worry(self, worry_id: str) -> Worry | None:
        return next((worry for worry in self.worries if worry.id == worry_id), None)

    def safety(self, safety_id: str) -> Safety | None:
        return next((safety for safety in self.safeties if safety.id == safety_id), None)

    def faults_with(self, entries: Iterable[Reachable]) -> list[str]:
        """What is wrong between content and directory: worries without entry, entries without worry."""
        entries = list(entries)
        offered = frozenset().union(*(entry.needs for entry in entries))
        for_all = any(entry.everyone for entry in entries)
        asked = frozenset().union(*(worry.needs for worry in self.worries))
        standing = {entry.code for entry in entries}
        faults = [
            f"safety.yaml: safety '{safety.id}': no entry {listed(gone)}"
            for safety in self.safeties
            if (gone := set(safety.numbers) - standing)
        ]
        faults += [
            f"{worry.trouble}.yaml: worry '{worry.id}': leads to nothing, no entry answers {listed(worry.needs)}"
            for worry in self.worries
            if not for_all and not worry.needs & offered
        ]
        for entry in entries:
            where = f"directory: entry '{entry.code}'"
            if unknown := entry.needs - self.needs.keys():
                faults.append(f"{where}: unknown need {listed(unknown)}")
            if not entry.everyone and not entry.needs & asked:
                faults.append(f"{where}: no answer can reach it, no worry leads to its needs")
            if entry.needs & VIOLENCE and not entry.sensitive and not entry.everyone:
                faults.append(f"{where}: helps with violence but is not marked as sensitive")
        return faults


def listed(words: Iterable[str]) -> str:
    """Words in quotes, for messages to whoever keeps the content."""
    return ", ".join(f"'{word}'" for word in sorted(words))
