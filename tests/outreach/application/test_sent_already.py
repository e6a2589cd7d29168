"""A page of an application that was handed in meanwhile: nobody takes its words for arrived, and none are lost."""

import re

import pytest

from outreach.models import Application
from tests.outreach.application.filling import ANSWERS, Filling, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["filling", "on_the_telephone"])
def browser(request) -> Filling:
    return request.getfixturevalue(request.param)


def sent_with_a_page_open(browser, slug):
    """The page of a step, opened before the application was handed in from another tab."""
    browser.fill_until("check")
    shown = browser.open(slug)
    browser.hand_in()
    return shown


def set_apart(page) -> str:
    found = re.search(r"<fieldset disabled>(.*)</fieldset>", page.content.decode(), re.DOTALL)
    return found[1] if found else ""


def test_a_number_that_was_corrected_too_late_is_not_said_to_have_arrived(browser):
    shown = sent_with_a_page_open(browser, "reach-details")
    page = browser.send("reach-details", shown, phone="080-1111-2222", safe_times="夜だけ")
    said = text_of(page)
    assert page.status_code == 409
    assert "いま書いたものは、申込みに入っていません" in said
    assert Application.objects.get().receipt_number in said
    assert "080-1111-2222" in set_apart(page)
    assert "夜だけ" in set_apart(page)


def test_whoever_comes_too_late_is_told_whom_to_call_and_where_to_write(filling, desk):
    shown = sent_with_a_page_open(filling, "address")
    page = filling.send("address", shown, postcode="", address="架空町9丁目")
    assert f"{desk.name}に電話して、受付番号と、変えたいことを言ってください" in text_of(page)
    more = re.search(r'href="(/my/[\w-]+/more/)"', page.content.decode())
    assert filling.client.get(more[1]).status_code == 200
    assert filling.client.get("/apply/done/").status_code == 200


def test_a_member_who_comes_too_late_is_led_to_the_case(on_the_telephone):
    shown = sent_with_a_page_open(on_the_telephone, "name")
    page = on_the_telephone.send("name", shown, name="架空 ひな", kana="かくう ひな")
    case = Application.objects.get().case
    assert f"/desk/cases/{case.public_id}/" in page.content.decode()
    assert "/my/" not in page.content.decode()


def test_every_step_that_takes_words_says_that_they_did_not_arrive(filling):
    shown = {slug: filling.open(slug) for slug in filling.fill_until("check")}
    filling.hand_in()
    for slug, page in shown.items():
        answer = filling.send(slug, page, **ANSWERS[slug])
        assert answer.status_code == 409, slug
        assert "もう送られています" in text_of(answer), slug


def test_whoever_stops_too_late_is_not_left_to_believe_that_it_was_stopped(browser):
    shown = sent_with_a_page_open(browser, "discard")
    page = browser.send("discard", shown)
    assert "「やめて消す」では取り消されていません" in text_of(page)
    assert Application.objects.exists()


def test_the_answer_to_handing_in_got_lost_and_a_correction_follows(filling):
    """The browser holds no receipt yet, only the id of the draft that the application came of."""
    filling.fill_until("check")
    shown, cookie = filling.open("reach-details"), filling.client.cookies["apply"].value
    filling.hand_in()
    filling.client.cookies.clear()
    filling.client.cookies["apply"] = cookie
    page = filling.send("reach-details", shown, phone="080-1111-2222")
    assert "080-1111-2222" in set_apart(page)
    assert Application.objects.get().receipt_number in text_of(filling.client.get("/apply/done/"))


class TestWhileTheNextIsWritten:
    def test_the_last_button_of_the_first_says_that_the_first_was_sent(self, filling):
        shown = sent_with_a_page_open(filling, "check")
        filling.fill_until("name")
        page = filling.hand_in(shown)
        said = text_of(page)
        assert page.status_code == 409
        assert f"先に送られています。受付番号は {Application.objects.get().receipt_number} です" in said
        assert "もう一度送る必要はありません" in said
        assert f'href="{filling.base}name/"' in page.content.decode()
        assert Application.objects.count() == 1

    def test_a_correction_of_the_first_says_so_too(self, browser):
        shown = sent_with_a_page_open(browser, "address")
        browser.fill_until("name")
        page = browser.send("address", shown, address="架空町9丁目")
        assert "いま書いたものは、申込みに入っていません" in text_of(page)
        assert "架空町9丁目" in set_apart(page)
        assert browser.open("name").status_code == 200


class TestOfADraftThatIsGone:
    """Nobody knows any more what its pages asked: all that was sent is shown all the same."""

    SENT = [
        ("reach-details", {"phone": "080-1111-2222", "safe_times": "夜だけ"}, ("080-1111-2222", "夜だけ")),
        ("reach-details", {"helper_name": "架空 友人", "helper_phone": "080-3"}, ("架空 友人", "080-3")),
        ("reach-details", {"email": "a@b", "passphrase": "りんご"}, ("a@b", "りんご")),
        ("address", {"postcode": "0640941", "sending_to": "011002", "address": "架空町"}, ("064-0941", "札幌市")),
        ("place", {"typed": "さっぽろ"}, ("さっぽろ",)),
        ("tell", {"groups": ["contact"]}, ('value="contact"', "checked")),
        ("tell-fields", {"contact": ["name", "phone"]}, ('value="phone"', "checked")),
        ("people", {"people_count": "九人", "only_children": "on"}, ("九人", "checked")),
        ("consent", {"consent": "no"}, ('value="no"', "checked")),
    ]

    @pytest.mark.parametrize(("slug", "sent", "shown"), SENT)
    def test_all_that_was_sent_is_there_to_copy(self, browser, slug, sent, shown):
        browser.fill_until("check")
        page = browser.open(slug)
        browser.stop()
        words = set_apart(browser.send(slug, page, **sent))
        assert all(word in words for word in shown)

    def test_the_centre_that_was_chosen_is_there_too(self, filling, centre):
        filling.fill_until("check")
        page = filling.open("centre")
        filling.stop()
        sent = filling.send("centre", page, hand_off_wish="call_me", centre_id=centre.public_id)
        assert centre.name in set_apart(sent)

    def test_another_draft_that_asks_otherwise_hides_none_of_it(self, filling):
        filling.fill_until("check")
        page = filling.open("reach-details")
        filling.start(anew="1")
        filling.fill_until("check", reach={"reach_by": ["email"]}, reach_details={"email": "b@example.jp"})
        words = set_apart(filling.send("reach-details", page, phone="080-1111-2222", safe_times="夜だけ"))
        assert "080-1111-2222" in words
        assert "夜だけ" in words
        assert "b@example.jp" not in words
