"""The other language in the middle of the form: what was typed comes along, and nothing is judged or saved yet."""

import re

import pytest
from django.test import Client

from outreach.application.drafts import Contents
from outreach.models import Draft
from tests.outreach.application.filling import Filling

pytestmark = pytest.mark.django_db


def said():
    return Contents.of(Draft.objects.get()).said


def test_what_was_typed_and_ticked_is_still_there_in_english(filling):
    filling.fill_until("eating")
    page = filling.answer("eating", cannot_eat=["allergy", "religion"], cannot_eat_note="卵と豚肉", language="en")
    html = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="en">' in html
    assert 'value="卵と豚肉"' in html
    for ticked in ("allergy", "religion"):
        assert re.search(rf'value="{ticked}"[^>]*checked', html), ticked
    assert said().cannot_eat_note == ""


def test_what_is_unfinished_is_not_called_wrong(filling):
    filling.fill_until("name")
    html = filling.answer("name", name="", kana="見本", birth_year="むかし", language="en").content.decode()
    assert "error-summary" not in html
    assert "is-invalid" not in html
    assert 'value="見本"' in html
    assert 'value="むかし"' in html


def test_the_place_is_kept_as_it_was_typed(filling):
    filling.start()
    filling.answer("for-whom")
    filling.answer("food", food_days="one_to_three")
    assert 'value="Sapp"' in filling.answer("place", typed="Sapp", language="en").content.decode()


def test_the_screens_that_follow_are_in_that_language_and_going_on_saves(filling):
    filling.fill_until("eating")
    shown = filling.answer("eating", cannot_eat_note="卵", language="en")
    answer = filling.send("eating", shown, cannot_eat_note="卵")
    assert said().cannot_eat_note == "卵"
    assert '<html lang="en">' in filling.client.get(answer.url).content.decode()


def test_an_answer_changed_on_another_page_meanwhile_is_still_noticed(filling):
    filling.fill_until("people")
    filling.answer("people", people_count="2")
    here = filling.open("people")
    filling.answer("people", people_count="3")
    shown = filling.send("people", here, people_count="4", language="en")
    assert filling.send("people", shown, people_count="4").status_code == 200
    assert said().people_count == 3


def test_a_language_that_does_not_exist_is_no_answer_to_go_by(filling):
    filling.fill_until("eating")
    assert filling.answer("eating", language="xx").status_code == 302


def test_the_switch_keeps_the_forms_own_protection(centre):
    guarded = Filling(Client(enforce_csrf_checks=True))
    assert guarded.client.post("/apply/eating/", {"language": "en"}).status_code == 403


def test_the_enter_key_goes_on_and_does_not_change_the_language(filling):
    filling.fill_until("eating")
    buttons = re.findall(r'<button[^>]*form="step"[^>]*>', filling.open("eating").content.decode())
    assert "name=" not in buttons[0]
    assert 'name="language"' in buttons[1]


def test_on_the_telephone_too(on_the_telephone):
    on_the_telephone.fill_until("eating")
    page = on_the_telephone.answer("eating", cannot_eat_note="卵", language="en")
    assert 'value="卵"' in page.content.decode()
    assert 'name="language" value="ja"' in page.content.decode()


def test_other_pages_open_again_in_the_other_language(client, db):
    assert 'action="/language/setlang/"' in client.get("/").content.decode()
