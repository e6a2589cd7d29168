"""The navi beside the starter directory: nothing unreachable, nobody without a number, in all of Hokkaido."""

import pytest

from organisations.models import Place
from organisations.places import place_table
from outreach.directory import taking
from outreach.navi import catalogue, matching
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from outreach.navi.matching import Because


@pytest.fixture
def starter(db):
    place_table.load()
    taking.load_starter()


def found_for(place: Place | None, *worries: str, trouble: str = "money") -> list[matching.Match]:
    entries = catalogue.entries_for(place)
    return matching.match(
        Answers(trouble=trouble, worries=frozenset(worries)),
        entries,
        lineage=catalogue.lineage(place),
        content=shipped(),
        last_resort=catalogue.last_resort(entries, content=shipped()),
    )


def test_content_and_directory_fit_together(starter):
    entries = catalogue.entries_for(Place.objects.get(code="011002"))
    assert shipped().faults_with(entries) == []
    # a centre, the hotlines and the legal advice line, the national programmes
    assert len(entries) == 1 + 10 + 17


def test_every_municipality_of_hokkaido_gets_its_own_centre_first(starter):
    homes = Place.objects.homes().filter(prefecture_code="01")
    centres = set()
    for place in homes:
        first, *others = found_for(place, "rent_unpaid")
        assert first.entry.everyone, place.full_name
        assert first.entry.phone
        assert not any(one.entry.everyone for one in others)
        centres.add(first.entry.code)
    assert len(homes) > 179
    assert len(centres) == 45


def test_a_programme_asked_for_at_the_centre_shows_the_number_of_ones_own_centre(starter):
    place = Place.objects.get(code="012025")
    by_code = {one.entry.code: one.entry for one in found_for(place, "rent_unpaid")}
    assert by_code["N003"].window == by_code["C002"].title
    assert by_code["N003"].phone == by_code["C002"].phone


def test_the_same_number_is_not_listed_as_window_and_as_programme(starter):
    codes = [one.entry.code for one in found_for(None, "hit_at_home", trouble="urgent")]
    assert "H004" in codes
    assert "N014" not in codes


def test_every_worry_leads_to_something_of_its_own(starter):
    for worry in shipped().worries:
        found = found_for(None, worry.id)
        assert any(reason.because is Because.WORRY for one in found for reason in one.reasons), worry.id
