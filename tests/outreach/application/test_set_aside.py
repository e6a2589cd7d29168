"""What was typed and not taken waits in the draft: "back", a reload and a later visit find a page with it."""

import json

import pytest

from foundation.models import DataKey
from outreach.application import drafts, set_aside
from outreach.application.drafts import Contents
from outreach.application.questionnaire import STEPS
from outreach.application.set_aside import SetAside, Why
from outreach.models import Draft
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db
UNCLEAR = {"name": "架空 ひな", "kana": "架空"}


def said():
    return Contents.of(Draft.objects.get()).said


@pytest.mark.parametrize(
    ("slug", "typed"),
    [("name", UNCLEAR), ("name", {"name": "架空 ひな", "language": "en"}), ("name", ANSWERS["name"])],
    ids=["unclear", "the other language", "taken"],
)
def test_the_answer_to_what_was_sent_is_always_a_way_on(filling, slug, typed):
    """Browsers keep no page that answered a form: "back" to one ends on an error of theirs."""
    filling.fill_until(slug)
    shown = filling.hidden(filling.open(slug))
    assert filling.client.post(f"/apply/{slug}/", {**shown, **typed}).status_code == 302


def test_a_reload_shows_the_words_and_what_is_unclear_again(filling):
    filling.fill_until("name")
    filling.answer("name", **UNCLEAR)
    for _visit in range(2):
        page = filling.open("name")
        assert 'value="架空 ひな"' in page.content.decode()
        assert "ひらがなかカタカナ" in text_of(page)
    assert said().name == ""


def test_the_words_are_gone_once_the_step_has_its_answer(filling):
    filling.fill_until("name")
    filling.answer("name", **UNCLEAR)
    filling.answer("name", name="架空 ひな", kana="かくう ひな")
    assert Draft.objects.get().set_aside is None
    assert "架空 ひな" in filling.open("name").content.decode()
    assert "ひらがなかカタカナ" not in text_of(filling.open("name"))


@pytest.mark.parametrize(("refused", "answered"), [("tell", "tell-fields"), ("tell-fields", "tell")])
def test_the_words_are_gone_too_when_the_step_was_answered_its_other_way(filling, centre, refused, answered):
    filling.fill_until("tell")
    filling.answer(refused)
    assert refused in Draft.objects.get().set_aside
    choice = {"groups": ["contact"]} if answered == "tell" else {"contact": ["name", "phone", "reach"]}
    assert filling.answer(answered, **choice).status_code == 302
    assert Draft.objects.get().set_aside is None


def test_a_refusal_stays_one_in_the_other_language(filling):
    filling.fill_until("check")
    shown = filling.answer("reach-details", phone="090-7777-666")
    page = filling.send("reach-details", shown, phone="090-7777-666", language="en")
    assert 'class="error-summary"' in page.content.decode()
    assert [step.slug for step in filling.open("check").context["not_taken"]] == ["reach-details"]


def test_a_field_that_was_never_shown_is_not_called_wrong(filling):
    filling.fill_until("check")
    filling.answer("reach-details", phone="abc")
    filling.answer("reach", reach_by=["email"])
    page = filling.open("reach-details").content.decode()
    assert 'name="email"' in page
    assert "error-summary" not in page


def test_what_the_step_does_not_ask_is_not_kept(filling):
    filling.fill_until("name")
    filling.answer("name", name="架空 ひな", kana="abc", anything="x" * 1000)
    assert "anything" not in Draft.objects.get().set_aside["name"]["typed"]


def test_what_still_waits_is_said_before_the_last_button(filling):
    filling.fill_until("check")
    filling.answer("address", postcode="060-0001", address="")
    page = text_of(filling.open("check"))
    assert "まだ入っていないものがあります" in page
    filling.answer("address", **ANSWERS["address"])
    assert "まだ入っていないものがあります" not in text_of(filling.open("check"))


def test_a_page_that_was_only_turned_into_the_other_language_is_not_missing_anything(filling):
    filling.fill_until("check")
    filling.answer("address", **ANSWERS["address"], language="en")
    filling.client.cookies["django_language"] = "ja"
    assert "まだ入っていないものがあります" not in text_of(filling.open("check"))


def test_waiting_words_do_not_make_a_check_page_out_of_date(filling):
    filling.fill_until("check")
    check = filling.open("check")
    filling.answer("name", **UNCLEAR)
    assert filling.hand_in(check).url == "/apply/done/"


def test_whoever_was_second_is_told_after_a_reload_too(filling):
    filling.fill_until("people")
    first, second = filling.open("people"), filling.open("people")
    filling.send("people", first, people_count="2")
    filling.send("people", second, people_count="5")
    page = filling.open("people")
    assert "べつの画面で、ここの答えがかわっていました" in text_of(page)
    assert filling.send("people", page, people_count="5").status_code == 302
    assert said().people_count == 5


def test_words_of_two_steps_wait_side_by_side(filling):
    filling.fill_until("check")
    filling.answer("name", **UNCLEAR)
    filling.answer("address", postcode="060-0001", address="")
    held = Draft.objects.get()
    assert [step.slug for step in set_aside.not_taken(held, STEPS)] == ["name", "address"]


def test_words_kept_on_another_page_meanwhile_stay_when_a_step_has_its_answer():
    draft = drafts.start()
    words = SetAside(typed={"name": ["架空"]}, version=1, why=Why.UNCLEAR)
    set_aside.keep(draft, "name", words)
    set_aside.keep(drafts.find(draft.public_id), "phone", words)
    set_aside.drop(draft, ["name"])
    assert set(drafts.find(draft.public_id).set_aside) == {"phone"}


def test_too_much_to_keep_is_still_shown_once(filling):
    filling.fill_until("eating")
    page = filling.answer("eating", cannot_eat_note="卵" * set_aside.MOST_BYTES)
    assert page.status_code == 200
    assert "卵" * 100 in page.content.decode()
    assert Draft.objects.get().set_aside is None


def test_nothing_but_the_fields_waits_and_only_sealed(filling):
    filling.fill_until("name")
    filling.answer("name", **UNCLEAR)
    draft = Draft.objects.get()
    assert set(draft.set_aside["name"]["typed"]) <= {"name", "kana", "birth_year"}
    stored = Draft.objects.values_list("set_aside", flat=True).get()
    assert "架空".encode() not in bytes(stored)
    assert json.dumps("架空").strip('"').encode() not in bytes(stored)


def test_the_words_die_with_the_draft(filling):
    filling.fill_until("name")
    filling.answer("name", **UNCLEAR)
    key = Draft.objects.get().data_key_id
    filling.stop()
    assert DataKey.objects.get(pk=key).destroyed


def test_a_draft_destroyed_meanwhile_keeps_nothing(filling):
    filling.start()
    draft = Draft.objects.get()
    Draft.objects.all().delete()
    words = SetAside(typed={"name": ["架空"]}, version=1, why=Why.UNCLEAR)
    with pytest.raises(Draft.DoesNotExist):
        set_aside.keep(draft, "name", words)
