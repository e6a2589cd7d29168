"""Loading the starter directory: what the command says, what it never undoes, what it refuses."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from foundation import clock
from organisations.models import Member, Organisation, Place
from outreach.directory import keeping, taking
from outreach.directory.taking import load_starter
from outreach.models import Programme, Window
from tests.factories.places import real_places


@pytest.fixture(scope="module")
def _places(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_places")]


@pytest.fixture
def editor():
    return Member.objects.create(email="editor@example.org", name="見本 ふみ")


@pytest.fixture
def folder(tmp_path):
    """A copy of the starter directory, to be spoilt."""
    for file in taking.STARTER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def alter(file, old, new):
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8-sig", newline="")


def test_the_command_says_what_it_did(capsys):
    call_command("load_directory")

    said = capsys.readouterr().out
    assert "organisations：追加 45、変更 0、変わりなし 0" in said
    assert "programmes：追加 17、変更 0、変わりなし 0" in said
    assert "windows：追加 55、変更 0、変わりなし 0" in said


def test_a_correction_in_the_file_changes_that_row_only(folder):
    load_starter()
    alter(folder / "programmes.csv", "暮らしていけないときの最後の支え", "暮らしを支える制度")
    with clock.at(datetime(2026, 9, 1, tzinfo=UTC)):
        counts = load_starter(folder=folder)

    assert counts["programmes"] == (0, 1, 16, 0)
    assert counts["windows"] == (0, 0, 55, 0)
    programme = Programme.objects.get(code="N001")
    assert programme.text("ja").subtitle == "暮らしを支える制度"
    assert programme.text("en").title == "Public assistance (Seikatsu Hogo)"
    assert (programme.version, programme.updated_at) == (2, datetime(2026, 9, 1, tzinfo=UTC))


def test_what_staff_have_put_right_is_not_undone(editor):
    load_starter()
    window = Window.objects.get(code="C012")
    window.phone = "0164-56-1617"
    keeping.save_entry(entry=window, by=editor, seen=window.version)
    Organisation.objects.filter(code="C012").update(phone="0164-56-1617")

    counts = load_starter()

    assert counts["windows"] == (0, 0, 54, 1)
    assert counts["organisations"] == (0, 0, 44, 1)
    assert Window.objects.get(code="C012").phone == "0164-56-1617"
    assert Organisation.objects.get(code="C012").phone == "0164-56-1617"


def test_a_later_checking_takes_precedence_and_the_number_must_be_confirmed_anew(editor, folder):
    load_starter()
    with clock.at(datetime(2026, 8, 1, tzinfo=UTC)):
        keeping.confirm_number(window=Window.objects.get(code="C012"), by=editor)
    for name in ("windows.csv", "organisations.csv"):
        alter(folder / name, "0166-56-1617", "0164-56-1617")
        alter(folder / name, "2026-07-27", "2026-09-01")
    counts = load_starter(folder=folder)

    window = Window.objects.select_related("organisation").get(code="C012")
    assert (window.phone, window.confirmed_on) == ("0164-56-1617", None)
    assert (window.organisation.phone, window.organisation.confirmed_on) == ("0164-56-1617", None)
    assert window.verified_on == date(2026, 9, 1)
    assert counts["organisations"].changed == 45


def test_a_catchment_that_moves_is_moved(folder):
    load_starter()
    alter(folder / "organisations.csv", "013030;013048", "013030")
    alter(folder / "organisations.csv", "2026-07-27", "2026-09-01")
    load_starter(folder=folder)

    served = Organisation.objects.get(code="C032").catchments.values_list("place__code", flat=True)
    assert list(served) == ["013030"]


def test_a_window_may_cease_to_serve_a_programme(folder):
    load_starter()
    alter(folder / "windows.csv", ",N014,", ",,")
    load_starter(folder=folder)

    assert not Programme.objects.get(code="N014").windows.exists()
    assert Programme.objects.get(code="N002").windows.count() == 45


def test_a_fault_in_any_file_leaves_everything_as_it_was(folder):
    alter(folder / "windows.csv", ",#8008,", ",電話する,")

    with pytest.raises(taking.NotTaken, match=r"windows\.csv 5行目「電話番号」：電話番号は、数字で"):
        load_starter(folder=folder)
    assert not Organisation.objects.exists()
    assert not Programme.objects.exists()


def test_without_places_the_command_says_what_to_do_first():
    Place.objects.filter(level="ward").delete()
    for level in ("municipality", "subprefecture", "prefecture"):
        Place.objects.filter(level=level).delete()

    with pytest.raises(CommandError, match="先に load_places"):
        call_command("load_directory")
