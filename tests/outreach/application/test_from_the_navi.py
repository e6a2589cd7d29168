"""Coming from the navi: what was said there is carried over and not asked again."""

import pytest

from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from outreach.navi import engine
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from outreach.navi.token import COOKIE, new_cookie, seal
from tests.factories.applications import CHUO, real_place
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrive(filling):
    """Start from the navi's list with these answers."""

    def arriving(place: str = CHUO, trouble: str = "money", worries: tuple[str, ...] = ()):
        cookie = new_cookie()
        filling.client.cookies[COOKIE] = cookie
        answers = engine.with_place(Answers(trouble=trouble), place)
        answers = engine.with_worries(answers, worries, content=shipped())
        return filling.start(t=seal(answers, cookie=cookie, content=shipped()))

    return arriving


def hunger() -> str:
    return next(worry.id for worry in shipped().worries if worry.safety == "hunger")


def test_the_place_is_not_asked_again(filling, arrive):
    assert arrive().url == "/apply/for-whom/"
    assert filling.answer("for-whom").url == "/apply/food/"
    assert filling.answer("food", food_days="more").url == "/apply/people/"


def test_the_place_is_shown_at_the_address_and_can_be_changed(filling, arrive):
    arrive()
    for slug in ("for-whom", "food", "people", "eating", "cooking"):
        filling.answer(slug)
    filling.answer("name", name="みほん")
    filling.answer("receive")
    page = filling.open("address")
    assert "北海道札幌市中央区" in text_of(page)
    assert "/apply/place/" in page.content.decode()


def test_somebody_who_said_there_is_nothing_to_eat_is_not_asked_how_much_is_left(filling, arrive):
    arrive(worries=(hunger(),))
    assert filling.answer("for-whom").url == "/apply/until-then/"


def test_who_goes_on_for_somebody_else_is_asked_where_that_one_lives(filling, arrive):
    arrive()
    filling.answer("for-whom", applying_for="other")
    assert filling.answer("food").url == "/apply/place/"
    assert "食べものを受けとる方のことを答えてください" in text_of(filling.open("place"))


def test_the_troubles_stand_on_the_check_page_and_in_the_application(filling, arrive):
    arrive(trouble="work")
    fill_the_rest(filling)
    page = filling.open("check")
    assert "仕事のこと" in text_of(page)
    filling.answer("troubles", troubles=["work", "health"])
    filling.hand_in()
    chosen = Application.objects.get().choices.filter(question="trouble").values_list("value", flat=True)
    assert set(chosen) == {"work", "health"}


def test_somebody_who_had_begun_already_goes_on_and_is_asked_less(filling, arrive):
    filling.start()
    filling.answer("for-whom")
    filling.answer("food", food_days="more")
    assert arrive(trouble="work").url == "/apply/people/"
    said = Contents.of(Draft.objects.get()).said
    assert (said.food_days, said.place_code, said.troubles) == ("more", CHUO, ["work"])


def test_what_was_corrected_in_the_form_stands_and_that_is_said(filling, arrive):
    arrive(trouble="money")
    fill_the_rest(filling)
    filling.answer("troubles", troubles=["work"])
    arrived = arrive(trouble="health", place="011029")
    page = text_of(filling.client.get(arrived.url))
    assert "「困っていること」「お住まい」は、この申込みに前に書いた答えのままです" in page
    said = Contents.of(Draft.objects.get()).said
    assert (said.troubles, said.place_code) == (["work"], CHUO)


def test_troubles_that_nobody_has_corrected_are_added_to_and_none_is_lost(filling, arrive):
    arrive(trouble="health")
    page = text_of(filling.client.get(arrive(trouble="money").url))
    assert Contents.of(Draft.objects.get()).said.troubles == ["money", "health"]
    assert "前に書いた答えのまま" not in page


def test_food_that_was_said_to_be_left_is_not_said_to_be_gone(filling, arrive):
    filling.start()
    filling.answer("for-whom")
    filling.answer("food", food_days="more")
    page = text_of(filling.client.get(arrive(worries=(hunger(),)).url))
    assert "「今日の食べもの」は、この申込みに前に書いた答えのままです" in page
    assert Contents.of(Draft.objects.get()).said.food_days == "more"


def test_a_token_that_ran_out_simply_asks(filling):
    assert filling.start(t="not-a-token").url == "/apply/for-whom/"
    filling.answer("for-whom")
    assert filling.answer("food").url == "/apply/place/"


def test_somebody_else_with_the_token_carries_nothing(filling, arrive):
    cookie = new_cookie()
    token = seal(Answers(trouble="money", place=CHUO), cookie=cookie, content=shipped())
    filling.client.cookies[COOKIE] = new_cookie()
    filling.start(t=token)
    filling.answer("for-whom")
    assert filling.answer("food").url == "/apply/place/"


def test_the_list_leads_here_without_showing_answers_in_an_address(filling, arrive):
    response = arrive()
    assert "?" not in response.url


def test_a_place_nobody_sends_to_is_said_before_the_first_question(filling, arrive):
    real_place("401307")
    page = filling.client.get(arrive(place="401307").url)
    assert "まだ送れません" in text_of(page)


def fill_the_rest(filling):
    slug = "for-whom"
    while slug != "check":
        response = filling.answer(slug, **ANSWERS[slug])
        slug = response.url.rstrip("/").rpartition("/")[2]
