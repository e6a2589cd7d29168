"""The directory of help: who is shown what, and how staff keep it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import Conflict, DomainError
from organisations.models import Member
from organisations.registry import register_organisation
from outreach.directory import keeping
from outreach.directory.codes import Area
from outreach.models import Programme, Window
from tests.factories.directory import ProgrammeFactory, ProgrammeTextFactory, WindowFactory
from tests.factories.places import MunicipalityFactory, PrefectureFactory, SubprefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return Member.objects.create(email="editor@example.org", name="見本 ふみ")


def codes(entries):
    return [entry.code for entry in entries]


def test_a_place_is_shown_what_is_for_it_and_for_the_places_above():
    town, neighbour = MunicipalityFactory(), MunicipalityFactory()
    for code, place in [
        ("P001", town),
        ("P002", SubprefectureFactory()),
        ("P003", PrefectureFactory()),
        ("N001", None),
        ("P005", neighbour),
    ]:
        ProgrammeFactory(code=code, place=place)

    assert codes(Programme.objects.for_place(town)) == ["N001", "P001", "P002", "P003"]
    assert codes(Programme.objects.for_place(SubprefectureFactory())) == ["N001", "P002", "P003"]


def test_a_window_for_a_catchment_is_shown_wherever_its_organisation_serves():
    town, other, far = MunicipalityFactory.create_batch(3)
    centre = register_organisation(kind="support_centre", name="見本センター", serves=[town, other])
    WindowFactory(code="C001", organisation=centre, place=PrefectureFactory(), area=Area.CATCHMENT)
    WindowFactory(code="W001", organisation=centre, place=far)

    assert codes(Window.objects.for_place(town)) == ["C001"]
    assert codes(Window.objects.for_place(other)) == ["C001"]
    assert codes(Window.objects.for_place(far)) == ["W001"]
    assert codes(Window.objects.for_place(PrefectureFactory())) == []


def test_retired_and_closed_entries_go_and_paused_ones_stay_to_be_shown_as_paused():
    today = date(2026, 8, 1)
    ProgrammeFactory(code="P001")
    ProgrammeFactory(code="P002", paused=True)
    ProgrammeFactory(code="P003", retired_on=today)
    ProgrammeFactory(code="P004", closes_on=date(2026, 7, 31))
    ProgrammeFactory(code="P005", closes_on=today, opens_on=today)
    ProgrammeFactory(code="P006", opens_on=date(2026, 8, 2))

    with clock.at(datetime(2026, 8, 1, 3, tzinfo=UTC)):
        assert codes(Programme.objects.live()) == ["P001", "P002", "P005"]


def test_entries_unchecked_for_half_a_year_are_known():
    WindowFactory(code="W001", verified_on=date(2026, 1, 1))
    WindowFactory(code="W002", verified_on=date(2026, 1, 2))

    with clock.at(datetime(2026, 6, 30, 3, tzinfo=UTC)):  # the 180th day after 2026-01-01
        assert codes(Window.objects.unchecked_since()) == ["W001"]
        assert codes(Window.objects.unchecked_since(days=30)) == ["W001", "W002"]


def test_a_list_to_be_passed_on_has_nothing_about_violence():
    WindowFactory(code="W001", sensitive=True)
    WindowFactory(code="W002")

    assert codes(Window.objects.shareable()) == ["W002"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "N001"},
        {"code": "W001"},
        {"area": Area.PLACE, "place": None},
        {"area": Area.CATCHMENT, "place": None},
        {"source_publisher": ""},
        {"phone": "", "confirmed_on": date(2026, 7, 1)},
    ],
)
def test_the_table_refuses_what_cannot_be(wrong):
    WindowFactory(code="W001")
    with pytest.raises(IntegrityError), transaction.atomic():
        WindowFactory(**({"code": "W002"} | wrong))


def test_a_japanese_text_keeps_to_the_lengths_of_the_standard():
    programme = ProgrammeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeFactory(ja__title="あ" * 41)
    ProgrammeTextFactory(programme=programme, language="en", title="a" * 80, summary="a" * 400)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeTextFactory(programme=programme, language="en")


# --- keeping it ------------------------------------------------------------------------------------------


def test_an_edit_says_who_and_when(editor):
    window = WindowFactory()
    window.opening_hours = "平日9時から17時"
    with clock.at(datetime(2026, 8, 1, tzinfo=UTC)):
        keeping.save_entry(entry=window, by=editor, seen=1)

    stands = Window.objects.get()
    assert (stands.opening_hours, stands.version) == ("平日9時から17時", 2)
    assert (stands.edited_by, stands.edited_at) == (editor, datetime(2026, 8, 1, tzinfo=UTC))
    assert stands.updated_at == stands.edited_at


def test_two_editors_at_once_lose_nothing(editor):
    window = WindowFactory()
    mine, theirs = Window.objects.get(), Window.objects.get()
    theirs.address = "見本町2"
    keeping.save_entry(entry=theirs, by=editor, seen=1)
    mine.address = "見本町3"

    with pytest.raises(Conflict, match="見本 ふみ"):
        keeping.save_entry(entry=mine, by=editor, seen=1)
    window.refresh_from_db()
    assert window.address == "見本町2"


def test_an_entry_about_violence_is_never_passed_on_whatever_the_editor_ticks(editor):
    window = WindowFactory.build(troubles=["violence"], sensitive=False)
    keeping.save_entry(entry=window, by=editor, seen=1)

    assert Window.objects.get().sensitive is True


def test_a_number_is_confirmed_by_staff_until_it_changes(editor):
    centre = register_organisation(kind="support_centre", name="見本センター", phone="011-000-0000")
    window = WindowFactory(organisation=centre, phone="011-000-0000")
    keeping.confirm_number(window=window, by=editor, on=date(2026, 8, 1))
    centre.refresh_from_db()
    assert (window.confirmed_on, centre.confirmed_on) == (date(2026, 8, 1), date(2026, 8, 1))

    window.address = "見本町4"
    keeping.save_entry(entry=window, by=editor, seen=window.version)
    assert Window.objects.get().confirmed_on == date(2026, 8, 1)

    window.phone = "011-000-0001"
    keeping.save_entry(entry=window, by=editor, seen=window.version)
    assert Window.objects.get().confirmed_on is None


def test_a_window_without_a_number_has_none_to_confirm(editor):
    window = WindowFactory(phone="")

    with pytest.raises(DomainError, match="電話番号がありません"):
        keeping.confirm_number(window=window, by=editor)
