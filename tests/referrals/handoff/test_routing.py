"""Which centres a case may be handed to: those of the place the person lives in now, each with its live consent."""

import pytest

from organisations import registry
from referrals.handoff import routing
from referrals.models import Person
from tests.factories.applications import CHUO, OTARU, centre_in, desk_in, real_place
from tests.factories.cases import case, consent, fresh, town
from tests.factories.members import caseworker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


def names(found):
    return [choice.centre.name for choice in routing.choices(found)]


def test_the_centre_of_the_place_and_no_other():
    centre_in(name="札幌市の窓口")
    centre_in(OTARU, name="小樽市の窓口")
    assert names(case()) == ["札幌市の窓口"]
    assert names(case(place_code=OTARU)) == ["小樽市の窓口"]


def test_of_several_the_nearest_comes_first():
    centre_in("010006", name="北海道の窓口")
    centre_in(CHUO, name="中央区の窓口")
    centre_in(name="札幌市の窓口")
    assert names(case()) == ["中央区の窓口", "札幌市の窓口", "北海道の窓口"]


def test_a_place_without_a_centre_has_none():
    assert names(case()) == []


def test_a_food_bank_is_no_centre():
    desk_in(CHUO)
    assert names(case()) == []


def test_each_centre_stands_with_its_own_consent():
    near, far = centre_in(CHUO, name="区の窓口"), centre_in(name="市の窓口")
    by = caseworker(desk_in())
    found = case()
    consent(found, far, by=by, fields=["name", "reach"])
    by_name = {choice.centre: choice.consent for choice in routing.choices(found)}
    assert by_name[near] is None
    assert by_name[far].fields == ["name", "reach"]


def test_the_second_consent_alone_lets_nothing_be_sent():
    place = town()
    found = case()
    consent(found, place.centre, by=place.caseworker)
    found.person.consents.filter(purpose="tell_centre").erase()
    assert [choice.consent for choice in routing.choices(found)] == [None]


def test_whoever_moved_away_goes_to_the_centre_of_the_new_place_without_the_old_consent():
    place = town()
    centre_in(OTARU, name="小樽市の窓口")
    found = case(consenting=place.centre)
    Person.objects.filter(pk=found.person.pk).update(place=real_place(OTARU))
    (choice,) = routing.choices(fresh(found))
    assert (choice.centre.name, choice.consent) == ("小樽市の窓口", None)


def test_a_catchment_that_changed_hands_takes_the_consent_with_nobody():
    place = town()
    found = case(consenting=place.centre)
    registry.serve(organisation=place.centre, places=[])
    centre_in(name="あたらしい窓口")
    (choice,) = routing.choices(fresh(found))
    assert (choice.centre.name, choice.consent) == ("あたらしい窓口", None)
