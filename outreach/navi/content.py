"""Reads the navi's questions from YAML and refuses what would lead a person nowhere."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outreach.navi.questions import Content, LastResort, Need, Safety, Text, Trouble, Worry, listed

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("ja", "en")
MOST_WORRIES = 256  # the answers token has one bit for each

_WORRY_KEYS = {"id", "needs", "safety", *LANGUAGES}


class ContentError(ValueError):
    """The content has faults; each line of the message names file, question and fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def load(folder: Path = FOLDER) -> Content:
    """Read and check the YAML files of ``folder``. Raises ContentError naming every fault at once."""
    reading = _Reading(folder)
    needs = {key: Need(key, reading.text("needs.yaml", key, row)) for key, row in reading.rows("needs.yaml")}
    reading.needs = frozenset(needs)
    safeties = tuple(reading.safety(key, row) for key, row in reading.rows("safety.yaml"))
    reading.safeties = frozenset(safety.id for safety in safeties)
    troubles = tuple(reading.trouble(key, row) for key, row in reading.rows("troubles.yaml"))
    content = Content(troubles, needs, safeties, reading.last_resort())
    reading.check_whole(content)
    if reading.faults:
        raise ContentError(reading.faults)
    return content


@cache
def shipped() -> Content:
    """The content that ships with the project, read once a process."""
    return load()


class _Reading:
    """One pass over the files; collects faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.needs: frozenset[str] = frozenset()
        self.safeties: frozenset[str] = frozenset()

    def file(self, name: str) -> dict[str, Any]:
        try:
            read = yaml.safe_load((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.faults.append(f"{name}: file is missing")
            return {}
        except yaml.YAMLError as error:
            self.faults.append(f"{name}: not readable as YAML: {error}")
            return {}
        if not isinstance(read, dict):
            self.faults.append(f"{name}: empty or not a mapping")
            return {}
        return read

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for key, row in self.file(name).items():
            if isinstance(row, dict):
                yield key, row
            else:
                self.faults.append(f"{name}: '{key}': not a mapping")

    def text(self, name: str, where: str, row: Any) -> Text:
        found = {lang: row.get(lang) if isinstance(row, dict) else None for lang in LANGUAGES}
        for lang, words in found.items():
            if not isinstance(words, str) or not words.strip():
                self.faults.append(f"{name}: '{where}': no text in '{lang}'")
        return Text(**{lang: words if isinstance(words, str) else "" for lang, words in found.items()})

    def known_needs(self, name: str, where: str, row: dict[str, Any]) -> frozenset[str]:
        named = row.get("needs") or []
        if not isinstance(named, list) or not named:
            self.faults.append(f"{name}: {where}: leads to nothing, it names no need")
            return frozenset()
        if unknown := {str(need) for need in named} - self.needs:
            self.faults.append(f"{name}: {where}: unknown need {listed(unknown)}")
        return frozenset(str(need) for need in named)

    def safety(self, key: str, row: dict[str, Any]) -> Safety:
        if not row.get("numbers"):
            self.faults.append(f"safety.yaml: safety '{key}': dead end, it names no number")
        return Safety(
            id=key,
            title=self.text("safety.yaml", f"{key}.title", row.get("title")),
            text=self.text("safety.yaml", f"{key}.text", row.get("text")),
            numbers=tuple(row.get("numbers") or ()),
            ask_centre=bool(row.get("ask_centre")),
        )

    def last_resort(self) -> LastResort:
        name = "last_resort.yaml"
        row = self.file(name)
        facts = {key: str(row.get(key) or "") for key in ("code", "phone", "source")}
        self.faults += [f"{name}: '{key}': missing" for key, value in facts.items() if not value]
        return LastResort(title=self.text(name, "title", row.get("title")), **facts)

    def trouble(self, key: str, row: dict[str, Any]) -> Trouble:
        name = f"{key}.yaml"
        listed = self.file(name).get("worries") or []
        worries = tuple(self.worry(key, worry) for worry in listed if isinstance(worry, dict))
        if not worries:
            self.faults.append(f"{name}: trouble '{key}': dead end, it asks no worry")
        return Trouble(
            id=key,
            title=self.text("troubles.yaml", f"{key}.title", row.get("title")),
            hint=self.text("troubles.yaml", f"{key}.hint", row.get("hint")),
            worries=worries,
        )

    def worry(self, trouble: str, row: dict[str, Any]) -> Worry:
        name, key = f"{trouble}.yaml", str(row.get("id", "?"))
        if unexpected := row.keys() - _WORRY_KEYS:
            self.faults.append(f"{name}: worry '{key}': unknown word {listed(unexpected)}")
        safety = str(row.get("safety", ""))
        if safety and safety not in self.safeties:
            self.faults.append(f"{name}: worry '{key}': unknown safety '{safety}'")
        return Worry(
            id=key,
            trouble=trouble,
            text=self.text(name, key, row),
            needs=self.known_needs(name, f"worry '{key}'", row),
            safety=safety,
        )

    def check_whole(self, content: Content) -> None:
        seen: set[str] = set()
        for worry in content.worries:
            if worry.id in seen:
                self.faults.append(f"{worry.trouble}.yaml: worry '{worry.id}': the id is used twice")
            seen.add(worry.id)
        if len(content.worries) > MOST_WORRIES:
            self.faults.append(f"troubles.yaml: more than {MOST_WORRIES} worries do not fit the answers token")
        led_to = frozenset().union(*(worry.needs for worry in content.worries))
        for need in self.needs - led_to:
            self.faults.append(f"needs.yaml: need '{need}': no worry leads to it")
