"""A page opened for one application and sent while the browser fills in another: nothing of the two is mixed."""

import re

import pytest

from foundation import clock
from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["filling", "on_the_telephone"])
def browser(request):
    """One browser with the form, of the person and of a member on the telephone."""
    return request.getfixturevalue(request.param)


def begin_another(browser):
    """Throw the first away and begin the second; on the telephone the first would stay otherwise."""
    if browser.base == "/apply/":
        return browser.start(anew="1")
    browser.stop()
    return browser.start()


def said():
    return Contents.of(Draft.objects.get()).said


def held() -> dict:
    """Everything the one draft holds, in the clear."""
    draft = Draft.objects.get()
    return {"answers": draft.answers, "set_aside": draft.set_aside, "version": draft.version}


def test_no_step_of_the_first_ever_answers_one_of_the_second(browser):
    asked = browser.walk_until("check")
    first = {slug: browser.open(slug) for slug in asked}
    begin_another(browser)
    browser.fill_until("check")
    before = held()
    for slug, shown in first.items():
        assert browser.send(slug, shown, **ANSWERS[slug]).status_code == 409, slug
        assert held() == before, slug
    assert len(asked) == 20


def test_the_address_of_the_first_is_still_there_to_read_and_goes_nowhere(browser):
    browser.fill_until("address")
    first = browser.open("address")
    begin_another(browser)
    browser.fill_until("check")
    page = browser.send("address", first, postcode="060-0001", address="架空町9丁目")
    assert "べつの申込みの画面です" in text_of(page)
    assert re.search(r"<fieldset disabled>.*架空町9丁目.*</fieldset>", page.content.decode(), re.DOTALL)
    assert said().address == ANSWERS["address"]["address"]


def test_a_step_the_second_has_not_come_to_loses_nothing_either(browser):
    browser.fill_until("name")
    first = browser.open("name")
    begin_another(browser)
    page = browser.send("name", first, name="架空 ひな", kana="かくう ひな")
    assert page.status_code == 409
    assert "架空 ひな" in page.content.decode()


def test_turning_the_first_page_into_english_does_not_carry_its_words_over(browser):
    browser.fill_until("name")
    first = browser.open("name")
    begin_another(browser)
    browser.fill_until("name")
    assert browser.send("name", first, name="架空 ひな", language="en").status_code == 409
    assert "ひな" not in browser.open("name").content.decode()


def test_the_last_button_of_the_first_does_not_hand_in_the_second(browser):
    browser.fill_until("check")
    first = browser.open("check")
    begin_another(browser)
    browser.fill_until("check")
    assert browser.hidden(first)["version"] == browser.hidden(browser.open("check"))["version"]
    assert browser.hand_in(first).status_code == 409
    assert not Application.objects.exists()


@pytest.mark.parametrize("slug", ["discard", ""])
def test_throwing_the_first_away_leaves_the_second(browser, slug):
    browser.start()
    first = browser.client.get(f"{browser.base}{slug}/" if slug else browser.base)
    begin_another(browser)
    second = Draft.objects.get()
    if not slug and browser.base != "/apply/":
        return  # no button of that page ends a call
    data = {**browser.hidden(first), "anew": "1"}
    page = browser.client.post(f"{browser.base}{slug}/" if slug else browser.base, data)
    assert Draft.objects.get() == second
    assert "まだ何も消していません" in text_of(page) or "何も消していません" in text_of(page)


def test_a_page_that_does_not_say_whose_it_is_is_of_another(browser):
    browser.fill_until("name")
    assert browser.client.post(f"{browser.base}name/", {"name": "架空 ひな"}).status_code == 409
    assert said().name == ""


def test_the_mark_on_the_page_leads_to_no_draft(browser):
    browser.start()
    browser.answer("for-whom")
    page = browser.open("food")
    draft = Draft.objects.get()
    assert browser.hidden(page)["draft"] == draft.mark
    assert draft.public_id not in page.content.decode()
    browser.client.cookies["apply"] = browser.client.cookies["apply_tel"] = draft.mark
    assert browser.open("food").status_code == 410
    assert draft.expires_at > clock.now()


def test_a_page_of_the_first_sent_after_the_second_was_handed_in_shows_no_receipt_of_it(browser):
    browser.fill_until("name")
    first = browser.open("name")
    begin_another(browser)
    browser.fill_until("check")
    browser.hand_in()
    number = Application.objects.get().receipt_number
    page = browser.send("name", first, name="架空 ひな", kana="かくう ひな")
    assert page.status_code == 410
    said = text_of(page)
    assert "この画面の申込みは、送られていません" in said
    assert f"さきほどの申込み（受付番号 {number}）は終わっています" in said
    assert re.search(r"<fieldset disabled>.*架空 ひな.*</fieldset>", page.content.decode(), re.DOTALL)


def test_the_last_button_of_the_second_pressed_twice_is_its_receipt_all_the_same(browser):
    browser.fill_until("check")
    shown = browser.open("check")
    browser.hand_in(shown)
    again = browser.hand_in(shown)
    assert again.status_code == 302
    assert Application.objects.get().receipt_number in text_of(browser.client.get(again.url))
