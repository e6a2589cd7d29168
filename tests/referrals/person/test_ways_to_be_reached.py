"""What the person is told fits how they can be reached, and how they can reach anybody."""

import pytest
from django.urls import reverse

from referrals.states import CaseStatus
from tests.factories import referrals
from tests.factories.applications import centre_in
from tests.referrals.person.private import arrange, hand_in, page_of, text_of
from tests.referrals.person.test_standings import RETURNED, bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
CONTACT = "あなたがえらんだ方法で連絡"
NO_DIFFERENCE = "書いても書かなくても"


def adding(secret: str) -> str:
    return reverse("person:addendum", args=[secret])


@pytest.mark.parametrize("receive_by", ["home", "depot"])
@pytest.mark.parametrize("status", [CaseStatus.RECEIVED, CaseStatus.IN_REVIEW, CaseStatus.PACKED, RETURNED])
def test_nobody_is_promised_a_contact_they_asked_not_to_have(client, status, receive_by):
    elsewhere = {} if receive_by == "home" else {"postcode": "", "address": ""}
    case, secret = hand_in(reach_by=["none"], receive_by=receive_by, **elsewhere)
    if status == RETURNED and case.picks_up:
        arrange(case)  # or it could not have left
    bring(case, status)
    shown = text_of(client.get(page_of(secret)))
    assert CONTACT not in shown
    assert ("こちらからは連絡しません" in shown) == (status in (CaseStatus.IN_REVIEW, RETURNED))


def test_whoever_chose_a_way_is_told_that_they_are_contacted_in_it(client):
    case, secret = hand_in(reach_by=["email"], email="a@example.jp")
    bring(case, CaseStatus.IN_REVIEW)
    assert CONTACT in text_of(client.get(page_of(secret)))


def test_where_a_box_came_back_its_address_has_a_place_and_is_said_to_matter(client):
    case, secret = hand_in()
    assert NO_DIFFERENCE in text_of(client.get(page_of(secret)))
    bring(case, RETURNED)
    for page in (page_of(secret), adding(secret)):
        shown = text_of(client.get(page))
        assert NO_DIFFERENCE not in shown
        assert "荷物をもう一度送るため" in shown


def test_whoever_cannot_telephone_is_told_how_to_write_instead(client):
    _case, secret = hand_in(reach_by=["email"], email="a@example.jp", cannot_telephone=True)
    shown = text_of(client.get(page_of(secret)))
    assert "電話を使わないで伝えたいことは" in shown
    assert "なおしたいところがあれば、電話で伝えて" not in shown
    assert "聞きたいことやなおしたいところは" in text_of(client.get(adding(secret)))
    _other, theirs = hand_in()
    assert "電話を使わないで伝えたいことは" not in text_of(client.get(page_of(theirs)))


def test_whoever_cannot_telephone_has_somebody_call_for_them_where_food_is_short_or_declined(client):
    referrals.portal_centre(name="見本市の相談センター")
    case, secret = hand_in(food_days="none", reach_by=["email"], email="a@example.jp", cannot_telephone=True)
    for status in (None, CaseStatus.DECLINED):
        if status:
            bring(case, status)
        shown = text_of(client.get(page_of(secret)))
        assert "だれかに代わりに電話してもら" in shown
        assert "次のところに電話してください" not in shown


def test_who_was_never_put_in_touch_asks_for_it_in_writing_where_they_cannot_telephone(client):
    centre = referrals.portal_centre(name="見本市の相談センター")
    for cannot in (True, False):
        case, secret = hand_in(consenting=centre, reach_by=["email"], email="a@example.jp", cannot_telephone=cannot)
        bring(case, CaseStatus.DECLINED)
        shown = text_of(client.get(page_of(secret)))
        assert ("「つけ加えて書く」から書いて頼めます" in shown) == cannot
        assert ("フードバンクに電話で頼めます" in shown) != cannot


@pytest.mark.parametrize("cannot", [True, False])
def test_whoever_asked_to_know_a_centre_finds_it_and_how_to_turn_to_it(client, cannot):
    centre = centre_in(name="見本市の相談センター", address="見本町1-1")
    asked = {"hand_off_wish": "only_know", "centre_id": centre.public_id}
    _case, secret = hand_in(reach_by=["email"], email="a@example.jp", cannot_telephone=cannot, **asked)
    shown = text_of(client.get(page_of(secret)))
    for words in ("相談できる窓口", centre.name, "見本町1-1"):
        assert words in shown
    assert ("だれかに代わりに電話してもらい" in shown) == cannot


def test_a_helper_with_a_telephone_is_told_to_call(client):
    helper = {"applying_for": "other", "helper_name": "見本 たすけ", "helper_phone": "080-1234-5678"}
    _case, secret = hand_in(reach_by=["email"], email="a@example.jp", cannot_telephone=True, **helper)
    assert "電話を使わないで伝えたいことは" not in text_of(client.get(page_of(secret)))


def test_whoever_cannot_telephone_is_not_told_that_the_number_alone_will_do(client):
    _case, secret = hand_in(reach_by=["none"], cannot_telephone=True, passphrase="さくら")
    shown = text_of(client.get(page_of(secret)))
    assert "受付番号だけを取っておいてください" not in shown
    assert "信頼できる人に預けてください" in shown
