"""The list explains itself, is in order, never turns anyone away and always holds a number to call."""

from hypothesis import given

from outreach.navi import matching
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from outreach.navi.matching import Because, Entry, Level, Reason, Unknown
from tests.outreach.navi import strategies
from tests.outreach.navi.strategies import LINEAGE

CONTENT = shipped()
LAST_RESORT = Entry(code="H007", title="よりそいホットライン", level=Level.NATIONAL, phone="0120-279-338")


def find(answers: Answers, *entries: Entry, lineage=LINEAGE):
    return matching.match(answers, entries, lineage=lineage, content=CONTENT, last_resort=LAST_RESORT)


def an_entry(code: str, *needs: str, level: Level = Level.NATIONAL, **facts) -> Entry:
    area = {Level.MUNICIPALITY: "011002", Level.PREFECTURE: "010006", Level.WARD: "011011"}.get(level, "")
    return Entry(code=code, title=code, level=level, area=area, needs=frozenset(needs), **{"phone": "1", **facts})


def ticked(*worries: str, trouble: str = "money") -> Answers:
    return Answers(trouble=trouble, worries=frozenset(worries))


@given(strategies.answers, strategies.entries())
def test_every_answer_gives_at_least_one_place_to_telephone(answers, entries):
    for lineage in (LINEAGE, []):
        found = find(answers, *entries, lineage=lineage)
        assert any(one.entry.phone and not one.entry.paused for one in found)
        assert all(one.entry.phone or one.fallback.phone for one in found)


@given(strategies.answers, strategies.entries())
def test_every_entry_says_why_it_is_there_and_nothing_is_listed_twice(answers, entries):
    found = find(answers, *entries)
    assert all(one.reasons for one in found)
    assert len({one.entry.code for one in found}) == len(found)


@given(strategies.answers, strategies.entries())
def test_near_comes_before_far_and_what_is_paused_comes_last(answers, entries):
    found = find(answers, *entries)
    order = [(one.entry.paused, one.level, not one.entry.urgent) for one in found]
    assert order == sorted(order)


@given(strategies.answers, strategies.entries())
def test_nothing_about_violence_is_shared(answers, entries):
    found = find(answers, *entries)
    sensitive = {entry.code for entry in entries if entry.sensitive}
    assert not sensitive & set(matching.shareable(found))


@given(strategies.answers, strategies.entries())
def test_entries_of_other_places_stay_out(answers, entries):
    assert all(one.entry.area in {"", *LINEAGE} for one in find(answers, *entries))


def test_the_reason_is_the_worry_that_led_here():
    (rent, centre) = find(
        ticked("rent_unpaid", "debt_heavy"),
        an_entry("N1", "rent"),
        an_entry("C1", level=Level.MUNICIPALITY, everyone=True),
        an_entry("N2", "care"),
    )[::-1]
    assert rent.reasons == (Reason(Because.WORRY, "rent_unpaid"),)
    assert centre.reasons == (Reason(Because.EVERYONE),)


def test_without_ticks_the_trouble_itself_is_the_reason_and_violence_is_not_shown():
    found = find(ticked(trouble="family"), an_entry("N1", "care"), an_entry("H1", "violence", sensitive=True))
    assert [(one.entry.code, one.reasons) for one in found] == [("N1", (Reason(Because.TROUBLE, "family"),))]


def test_an_entry_about_violence_is_shown_once_a_worry_led_to_it():
    found = find(ticked("hit_at_home"), an_entry("H1", "violence", sensitive=True))
    assert [one.entry.code for one in found] == ["H1"]


def test_a_paused_programme_is_shown_after_the_others():
    found = find(ticked("rent_unpaid"), an_entry("P1", "rent", level=Level.WARD, paused=True), an_entry("N1", "rent"))
    assert [one.entry.code for one in found] == ["N1", "P1"]


def test_an_entry_without_a_number_names_the_centre_of_the_area():
    centre = an_entry("C1", level=Level.MUNICIPALITY, everyone=True)
    found = find(ticked("rent_unpaid"), an_entry("N1", "rent", phone=""), centre)
    assert [one.fallback for one in found] == [None, centre]


def test_without_a_centre_the_national_number_stands_in():
    found = find(ticked("rent_unpaid"), an_entry("N1", "rent", phone=""), lineage=[])
    assert [one.fallback for one in found if one.entry.code == "N1"] == [LAST_RESORT]


def test_what_is_still_unknown_is_said_instead_of_turning_someone_away():
    entry = an_entry("N1", "rent", conditions="収入が少ない人", is_programme=True)
    (without_place,) = find(ticked("rent_unpaid"), entry, lineage=[])
    (with_place,) = find(ticked("rent_unpaid"), entry)
    assert without_place.unknown == (Unknown.PLACE, Unknown.CONDITIONS)
    assert with_place.unknown == (Unknown.CONDITIONS,)


def test_a_programme_that_is_only_a_call_is_named_with_its_window():
    window = an_entry("H004", "violence", sensitive=True)
    talk = an_entry("N014", "violence", sensitive=True, is_programme=True, is_talk=True, asked_at=frozenset({"H004"}))
    grant = an_entry("N003", "violence", sensitive=True, is_programme=True, asked_at=frozenset({"H004"}))
    found = find(ticked("hit_at_home"), window, talk, grant)
    assert [(one.entry.code, one.also) for one in found] == [("H004", (talk,)), ("N003", ())]


def test_a_programme_stands_alone_where_its_window_is_not_listed():
    talk = an_entry("N002", "rent", is_programme=True, is_talk=True, asked_at=frozenset({"C001"}))
    assert [one.entry.code for one in find(ticked("rent_unpaid"), talk)] == ["N002"]


def test_the_numbers_for_hunger_begin_with_the_centre_of_the_area():
    hunger = CONTENT.safety("hunger")
    centre = an_entry("C001", level=Level.MUNICIPALITY, everyone=True)
    found = matching.numbers_for(hunger, [LAST_RESORT, centre, an_entry("N001", "food")], lineage=LINEAGE)
    assert found == [centre, LAST_RESORT]


def test_the_numbers_for_violence_stand_in_their_order_without_the_centre_and_paused_ones():
    violence = CONTENT.safety("violence")
    centre = an_entry("C001", level=Level.MUNICIPALITY, everyone=True)
    numbers = [an_entry("H001"), an_entry("H004", paused=True), an_entry("H006"), centre]
    found = matching.numbers_for(violence, numbers, lineage=LINEAGE)
    assert [entry.code for entry in found] == ["H006", "H001"]
