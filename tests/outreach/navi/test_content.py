"""The navi's content leads nobody nowhere, and says what is wrong where it would."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from outreach.navi import content


@dataclass(frozen=True)
class Offer:
    """An entry as far as the check against the directory looks."""

    code: str
    needs: frozenset[str]
    everyone: bool = False
    sensitive: bool = False


CENTRE = Offer("C001", frozenset(), everyone=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(content.FOLDER, tmp_path / "content"))


def change(file: Path, **values: object) -> None:
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump({**read, **values}, allow_unicode=True), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(content.ContentError) as raised:
        content.load(folder)
    return raised.value.faults


def test_the_shipped_content_has_five_troubles_and_plenty_of_worries():
    shipped = content.load()
    assert [trouble.id for trouble in shipped.troubles] == ["money", "work", "urgent", "health", "family"]
    assert len(shipped.worries) >= 35
    assert all(len(trouble.worries) >= 8 for trouble in shipped.troubles)


def test_every_worry_is_said_in_japanese_and_english():
    for worry in content.load().worries:
        assert worry.text.into("ja") != worry.text.into("en-gb")
        assert worry.text.en.isascii()


def test_every_danger_to_life_can_be_ticked():
    shipped = content.load()
    assert {worry.safety for worry in shipped.worries} == {"", *(safety.id for safety in shipped.safeties)}


def test_an_unknown_need_is_named_with_its_file_and_question(folder):
    row = {"id": "rent_unpaid", "ja": "家賃", "en": "Rent", "needs": ["rnt"]}
    change(folder / "money.yaml", worries=[row])
    assert "money.yaml: worry 'rent_unpaid': unknown need 'rnt'" in faults_of(folder)


def test_a_trouble_without_worries_is_a_dead_end(folder):
    change(folder / "work.yaml", worries=[])
    assert "work.yaml: trouble 'work': dead end, it asks no worry" in faults_of(folder)


def test_a_worry_without_needs_leads_to_nothing(folder):
    change(folder / "family.yaml", worries=[{"id": "lost", "ja": "まよう", "en": "Lost", "needs": []}])
    assert "family.yaml: worry 'lost': leads to nothing, it names no need" in faults_of(folder)


def test_a_need_no_worry_leads_to_is_named(folder):
    change(folder / "needs.yaml", dancing={"ja": "おどり", "en": "Dancing"})
    assert faults_of(folder) == ["needs.yaml: need 'dancing': no worry leads to it"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"en": "Rent", "needs": ["rent"]}, "money.yaml: 'x': no text in 'ja'"),
        (
            {"ja": "家賃", "en": "Rent", "needs": ["rent"], "safty": "hunger"},
            "money.yaml: worry 'x': unknown word 'safty'",
        ),
        (
            {"ja": "家賃", "en": "Rent", "needs": ["rent"], "safety": "fire"},
            "money.yaml: worry 'x': unknown safety 'fire'",
        ),
    ],
)
def test_a_slip_in_a_worry_is_named(folder, row, fault):
    change(folder / "money.yaml", worries=[{"id": "x", **row}])
    assert fault in faults_of(folder)


def test_an_id_used_twice_is_named(folder):
    rows = yaml.safe_load((folder / "money.yaml").read_text(encoding="utf-8"))["worries"]
    change(folder / "money.yaml", worries=[*rows, rows[0]])
    assert faults_of(folder) == ["money.yaml: worry 'money_runs_out': the id is used twice"]


def test_a_missing_or_unreadable_file_is_named(folder):
    (folder / "work.yaml").unlink()
    (folder / "safety.yaml").write_text("a: [", encoding="utf-8")
    faults = faults_of(folder)
    assert "work.yaml: file is missing" in faults
    assert any(fault.startswith("safety.yaml: not readable as YAML") for fault in faults)


def test_a_programme_that_no_answer_reaches_is_named():
    faults = content.load().faults_with([Offer("N1", frozenset({"dancing"})), CENTRE])
    assert "directory: entry 'N1': unknown need 'dancing'" in faults
    assert "directory: entry 'N1': no answer can reach it, no worry leads to its needs" in faults


def test_a_worry_that_no_entry_answers_is_named():
    faults = content.load().faults_with([Offer("N1", frozenset({"rent"}))])
    assert "money.yaml: worry 'debt_heavy': leads to nothing, no entry answers 'debt'" in faults
    assert not any("rent_unpaid" in fault for fault in faults)


def test_an_entry_about_violence_that_could_be_shared_is_named():
    faults = content.load().faults_with([Offer("H1", frozenset({"violence"})), CENTRE])
    assert "directory: entry 'H1': helps with violence but is not marked as sensitive" in faults


def test_a_number_for_a_danger_that_the_directory_lost_is_named():
    faults = content.load().faults_with([CENTRE, Offer("H001", frozenset())])
    assert "safety.yaml: safety 'danger': no entry 'H002'" in faults
    assert "safety.yaml: safety 'suicide': no entry 'H005', 'H007'" in faults
