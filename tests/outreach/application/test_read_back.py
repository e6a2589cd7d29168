"""What is read back before sending says everything that was said, and denies none of it."""

import re
from typing import Any

import pytest

from outreach.application.drafts import Contents, stated_in
from outreach.application.questions import QUESTIONS
from outreach.application.read_back import read_back
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.models import Draft
from tests.factories.applications import OTARU, StatementFactory, real_place
from tests.outreach.application.filling import text_of

pytestmark = pytest.mark.django_db

# Something for every field to hold, no two of them alike.
SAID: dict[str, Any] = {
    "food_days": "none", "typed": "札幌市中央区", "people_count": "7", "children_ages": "3、11",
    "baby_needs": ["milk", "nappies"], "cannot_eat": ["allergy", "religion"], "cannot_eat_note": "卵とピーナッツ",
    "cooking": "microwave", "lifelines_cut": ["gas", "water"], "applying_for": "self", "helper_name": "支える 太郎",
    "helper_relation": "民生委員", "helper_phone": "080-1111-2222", "name": "見本 花子", "kana": "よみ はなこ",
    "birth_year": "1980", "receive_by": "home", "postcode": "047-0001", "address": "見本町4丁目5-6",
    "sending_to": OTARU, "delivery_slot": "evening", "leave_at_door": "on", "reach_by": ["none"],
    "phone": "090-3333-4444", "safe_times": "平日の昼だけ", "spoken": "ベトナム語",
    "email": "hanako@example.jp", "passphrase": "あおいとり",
    "household_type": "three_generations", "income": "lost_job", "income_since": "longer", "in_debt": "yes",
    "debt_kinds": ["consumer_finance", "bank"], "first_time": "no", "found_by": "leaflet", "someone_to_consult": "yes",
    "bodies": ["medical", "school"], "hand_off_wish": "call_me", "groups": ["contact"], "consent": "yes",
    "feedback": "on",
}  # fmt: skip
NOT_ANSWERED = {"cannot_telephone"}  # stands against being called; one of the walks below ticks it
WALKS: dict[str, dict[str, Any]] = {
    "by every way there is": {"reach_by": ["phone", "sms", "email", "letter", "supporter"]},
    "without a telephone": {"receive_by": "window", "reach_by": ["letter", "supporter"], "cannot_telephone": "on"},
    "for somebody else": {"applying_for": "other", "reach_by": ["supporter", "email"]},
    "called by nobody": {"hand_off_wish": "only_know"},
}
# What the statement keeps and no line says in the answer's own words, and why.
SAID_OTHERWISE = {
    "place_code": "a line names the place",
    "sending_place_code": "a line names the place",
    "centre_id": "the preview of what the centre is told is headed by its name",
    "disclosed": "the preview says row by row what is told",
    "feedback": "a sentence under the preview says so",
    "consent_text_version": "a sentence under the preview says that this was agreed to",
}


def fill_everything(filling, **said: Any) -> None:
    """Walk to the check page, answering every field of every screen, those that are asked back among them."""
    said = {**SAID, **said}
    response = filling.start()
    while (slug := response.url.rstrip("/").rpartition("/")[2]) != "check":
        shown = filling.open(slug)
        response = filling.send(slug, shown, **_answers(shown, said))
        if response.status_code == 200:  # the postcode is of elsewhere: which of two places is meant?
            response = filling.send(slug, response, **_answers(response, said))
        assert response.status_code == 302, f"{slug}: {response.context['form'].errors}"


def _answers(shown, said: dict[str, Any]) -> dict[str, Any]:
    fields = shown.context["form"].fields
    assert set(fields) <= {*said, *NOT_ANSWERED}, "a field without an answer here"
    return {name: said[name] for name in fields if name in said}


def stated() -> Statement:
    contents = Contents.of(Draft.objects.get())
    return stated_in(contents, Serving.of(contents.said))


def words_of(name: str, value: Any) -> list[str]:
    """What has to be read for an answer: its words, of several each."""
    if name == "postcode":
        return [f"{value[:3]}-{value[3:]}"]
    question = QUESTIONS.get(name)
    if question is None:
        return [str(value)]
    return [question.words([one]) for one in value] if isinstance(value, list) else [question.words(value)]


@pytest.mark.parametrize("walk", WALKS.values(), ids=list(WALKS))
def test_everything_that_was_said_is_read_back_with_the_step_at_which_to_change_it(filling, walk):
    real_place(OTARU)
    fill_everything(filling, **walk)
    said, blank = stated().to_json(), Statement().to_json()
    parts = re.findall(
        r'<div class="part">(.*?)href="/apply/([a-z-]+)/"', filling.open("check").content.decode(), re.DOTALL
    )
    for name in {name for name in said if said[name] != blank[name]} - set(SAID_OTHERWISE):
        for words in words_of(name, said[name]):
            steps = [slug for read, slug in parts if words in read]
            assert any(name in filling.open(slug).context["form"].fields for slug in steps), f"{name}: {words}"


def test_the_places_are_named_and_the_box_goes_where_it_was_said(filling):
    real_place(OTARU)
    fill_everything(filling, **WALKS["by every way there is"])
    page = text_of(filling.open("check"))
    assert "お住まい 北海道札幌市中央区" in page
    assert "北海道小樽市見本町4丁目5-6" in page


def _every_code() -> list[tuple[str, Any]]:
    coded = [one for one in QUESTIONS.values() if one.codes]
    return [(one.name, [code] if one.several else code) for one in coded for code, _words in one.offered]


@pytest.mark.parametrize(("name", "answer"), _every_code(), ids=str)
def test_every_answer_that_can_be_chosen_is_read_back_by_its_words(centre, name, answer):
    said = Statement(**{**StatementFactory(in_debt="yes").to_json(), name: answer}).tidy()
    assert getattr(said, name) == answer
    sections = read_back(said, Serving.of(said))
    lines = [line.value for _section, parts in sections for part in parts for line in part.lines]
    [words] = words_of(name, answer)
    assert any(words in line for line in lines), words


def test_what_a_supporter_is_called_is_read_back_whole(filling):
    there = {"helper_name": "支える 太郎", "helper_relation": "民生委員", "helper_phone": "080-1111-2222"}
    filling.fill_until("check", reach={"reach_by": ["supporter"]}, reach_details=there)
    page = text_of(filling.open("check"))
    for words in ("支える 太郎", "民生委員", "080-1111-2222"):
        assert words in page


def test_what_cannot_be_eaten_is_not_denied_where_it_is_only_written(filling):
    filling.fill_until("check", eating={"cannot_eat_note": "卵とピーナッツ"})
    page = text_of(filling.open("check"))
    assert "卵とピーナッツ" in page
    assert "食べられないもの とくにない" not in page


def test_a_wish_to_be_called_is_read_back_though_no_centre_serves_the_place_any_more(filling, centre):
    filling.fill_until("check")
    centre.catchments.all().delete()
    page = filling.open("check")
    assert "窓口の希望 窓口から連絡してほしい" in text_of(page)
    assert "/apply/centre/" not in page.content.decode()
    assert "/apply/tell/" not in page.content.decode()


def test_an_allergy_question_that_was_skipped_is_not_read_as_no_allergy(filling):
    filling.fill_until("check", eating={})
    assert "食べられないもの 答えていません" in text_of(filling.open("check"))
    filling.answer("eating", cannot_eat=["none"])
    assert "食べられないもの とくにない" in text_of(filling.open("check"))


def test_nothing_in_particular_beside_something_written_is_asked_about(filling):
    filling.fill_until("eating")
    page = filling.answer("eating", cannot_eat=["none"], cannot_eat_note="卵")
    assert "どちらかを直してください" in text_of(page)
    assert 'value="卵"' in page.content.decode()
