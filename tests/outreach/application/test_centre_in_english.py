"""Where the form is read in English, what the directory calls a centre in English stands beside its name."""

import pytest

from tests.factories.applications import centre_in, real_place
from tests.factories.directory import WindowFactory, WindowTextFactory
from tests.outreach.application.filling import text_of

pytestmark = pytest.mark.django_db
IN_ENGLISH = "Help desk of the sample city"


def in_the_directory(centre, code="C001", title=IN_ENGLISH):
    window = WindowFactory(code=code, organisation=centre, area="catchment", place=real_place("011002"), phone="")
    WindowTextFactory(window=window, language="en", title=title)


@pytest.fixture
def both(centre):
    """Its own name with the English one beside it."""
    in_the_directory(centre)
    return f"{centre.name} ({IN_ENGLISH})"


def in_english(filling):
    filling.client.cookies["django_language"] = "en"


@pytest.mark.parametrize("slug", ["until-then", "centre", "tell", "tell-fields", "consent", "check"])
def test_each_screen_that_names_it(filling, both, slug):
    filling.fill_until("check", food={"food_days": "none"})
    assert IN_ENGLISH not in text_of(filling.open(slug))
    in_english(filling)
    assert both in text_of(filling.open(slug))


@pytest.mark.parametrize("wish", ["call_me", "only_know"])
def test_the_receipt(filling, both, wish):
    filling.fill_until("check", centre={"hand_off_wish": wish})
    receipt = filling.hand_in().url
    assert IN_ENGLISH not in text_of(filling.client.get(receipt))
    in_english(filling)
    assert both in text_of(filling.client.get(receipt))


def test_of_several_each_is_named_where_one_is_chosen(filling, both):
    second = centre_in(name="第二の見本窓口")
    in_the_directory(second, code="C002", title="Second help desk")
    third = centre_in(name="第三の見本窓口")
    filling.fill_until("centre")
    in_english(filling)
    page = filling.open("centre")
    for name in (both, f"{second.name} (Second help desk)", third.name):
        assert text_of(page).count(name) >= 2, "on its card and among the answers"
    assert f"{third.name} (" not in text_of(page)


def test_ten_centres_ask_the_directory_no_more_often_than_one(filling, both, django_assert_max_num_queries):
    filling.fill_until("centre")
    in_english(filling)
    filling.open("centre")
    with django_assert_max_num_queries(40) as one:
        filling.open("centre")
        asked = len(one)
    for number in range(2, 11):
        in_the_directory(centre_in(name=f"第{number}の見本窓口"), code=f"C{number:03}")
    filling.open("centre")
    with django_assert_max_num_queries(asked + 1):
        filling.open("centre")
