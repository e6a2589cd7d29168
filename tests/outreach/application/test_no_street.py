"""An address in which nothing is a street: asked about once, kindly, and taken where it is said to be right."""

import pytest

from organisations.places import quarters
from tests.factories.applications import real_place
from tests.outreach.application.filling import text_of
from tests.outreach.application.test_input import said

pytestmark = pytest.mark.django_db
SENTENCES = ["車で寝ています", "友人の家に泊まっている", "函館の実家", "I sleep in my car", "3日前から公園にいます"]


@pytest.fixture
def at_the_address(filling):
    filling.fill_until("address")
    return filling


@pytest.mark.parametrize("address", SENTENCES)
def test_a_sentence_is_asked_about_with_the_way_to_fetch_the_box(at_the_address, address):
    page = at_the_address.answer("address", address=address)
    assert "番地も町名も、建物の名前も見あたりませんでした" in text_of(page)
    assert "受けとり方をえらびなおす" in text_of(page)
    assert said().address == ""


def test_an_address_of_a_village_is_taken_when_it_is_said_to_be_right(at_the_address):
    page = at_the_address.answer("address", address="みほんの沢")
    assert "「みほんの沢」。このままで届きます" in text_of(page)
    assert at_the_address.answer("address", address="みほんの沢", address_stands="みほんの沢").status_code == 302
    assert said().address == "みほんの沢"
    assert at_the_address.answer("address", address="みほんの沢").status_code == 302  # never asked twice


def test_the_answer_is_good_for_that_text_alone(at_the_address):
    page = at_the_address.answer("address", address="あしたから公園にいます", address_stands="みほんの沢")
    assert "「あしたから公園にいます」。このままで届きます" in text_of(page)
    assert said().address == ""


def test_nobody_can_say_that_none_is_right(at_the_address):
    page = at_the_address.answer("address", address="住所不定", address_stands="住所不定")
    assert "決まった住所がないときも、食べものを受けとれます" in text_of(page)
    assert said().address == ""


def test_a_quarter_or_a_house_alone_is_asked_nothing(at_the_address):
    for address in ("大通西", "見本荘", "佐藤様方"):
        assert at_the_address.answer("address", address=address).status_code == 302


def test_letters_have_another_way_out(filling):
    filling.fill_until("reach-details", reach={"reach_by": ["letter"]}, receive={"receive_by": "depot"})
    page = filling.answer("reach-details", address="車で寝ています")
    assert "番地も町名も、建物の名前も見あたりませんでした" in text_of(page)
    assert "連絡のしかたを変える" in text_of(page)


def test_in_english_it_is_said_too(at_the_address):
    at_the_address.answer("address", language="en")
    page = at_the_address.answer("address", address="I don't have an address")
    assert "We found no number, no quarter and no name of a building in it." in text_of(page)
    assert "it arrives as it is" in text_of(page)


@pytest.mark.parametrize("address", ["101", "１-１-１", "101号室"])
def test_a_number_alone_is_asked_about_once_and_lacks_the_name_of_its_quarter(at_the_address, address):
    page = at_the_address.answer("address", address=address)
    assert "番号だけのようです。町名から" in text_of(page)
    assert "決まった住所がないとき" not in text_of(page)
    assert said().address == ""
    written = page.context["form"].fields["address_stands"].choices[0][0]
    assert at_the_address.answer("address", address=address, address_stands=written).status_code == 302
    assert at_the_address.answer("address", address=written).status_code == 302  # never asked twice


def test_a_house_with_its_room_is_no_number_alone(at_the_address):
    for address in ("見本町1-1-1", "見本荘101", "大通西 101"):
        assert at_the_address.answer("address", address=address).status_code == 302


@pytest.mark.parametrize(("place", "address"), [("音更町", "緑陽台南区12-3"), ("富良野市", "上五区1")])
def test_a_quarter_that_is_called_a_ward_is_a_quarter(place, address):
    """The post's table has 65 of them, 39 in Hokkaido."""
    code = {"音更町": "016314", "富良野市": "012297"}[place]
    assert quarters.may_be_in(address, real_place(code))
    assert not quarters.lacks_its_quarter(address, real_place(code))
