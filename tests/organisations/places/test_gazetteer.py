"""Places are read once in a process; what changes in the table is seen all the same."""

import time
from datetime import date

import pytest
from django.db import models

from organisations.models import Catchment, Place
from organisations.places import gazetteer
from tests.factories.applications import CHUO, OTARU, desk_in, real_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def chuo():
    real_place(OTARU)
    return real_place(CHUO)


def behind_our_back(place, **changes):
    """What another process does to the table."""
    models.QuerySet(Place).filter(pk=place.pk).update(**changes)


def test_a_place_and_those_above_it_are_named_without_asking_the_database(chuo, django_assert_num_queries):
    desk_in(CHUO)
    catchments = list(Catchment.objects.all())
    gazetteer.by_key(chuo.pk)
    with django_assert_num_queries(0):
        assert [catchment.place.full_name for catchment in catchments] == ["北海道札幌市中央区"]
        assert gazetteer.by_code(CHUO).municipality.name == "札幌市"


def test_a_place_that_is_changed_here_is_told_so_at_once(chuo):
    assert gazetteer.by_code(CHUO).name == "中央区"
    chuo.name = "あたらしい区"
    chuo.save()
    assert gazetteer.by_code(CHUO).name == "あたらしい区"


def test_a_place_that_another_process_added_is_found(chuo):
    gazetteer.by_key(chuo.pk)
    Place.objects.bulk_create([Place(code="019999", name="あたらしい町", level="municipality", parent=chuo.parent)])
    assert gazetteer.by_key(Place.objects.get(code="019999").pk).name == "あたらしい町"


def test_a_name_that_another_process_changed_is_told_after_some_minutes(chuo, monkeypatch):
    assert gazetteer.by_code(CHUO).name == "中央区"
    behind_our_back(chuo, name="あたらしい区")
    assert gazetteer.by_code(CHUO).name == "中央区"
    later = time.monotonic() + gazetteer.HELD_FOR + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert gazetteer.by_code(CHUO).name == "あたらしい区"


def test_a_key_that_leads_nowhere_is_an_error_as_ever(chuo):
    stray = Catchment(place_id=999_999)
    with pytest.raises(Place.DoesNotExist):
        _ = stray.place
    with pytest.raises(Place.DoesNotExist):
        gazetteer.get("999999")


def test_a_place_of_the_past_is_known_by_its_code_but_nobody_lives_there(chuo):
    behind_our_back(chuo, valid_until="2020-03-31")
    gazetteer.forget()
    assert gazetteer.by_code(CHUO) == chuo
    assert chuo not in gazetteer.homes()
    assert chuo in gazetteer.homes(date(2020, 3, 31))
