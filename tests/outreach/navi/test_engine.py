"""The walk through the questions always ends, whatever is answered or skipped."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.navi import engine
from outreach.navi.content import shipped
from outreach.navi.engine import QUESTIONS, Answers, Screen
from tests.outreach.navi import strategies

CONTENT = shipped()


def step_on(answers: Answers, place: str, ticked: list[str]) -> Answers:
    if engine.next_screen(answers) is Screen.PLACE:
        return engine.with_place(answers, place)
    return engine.with_worries(answers, ticked, content=CONTENT)


@given(strategies.answers, strategies.places, st.lists(st.text() | st.sampled_from(strategies.WORRIES)))
def test_every_walk_ends_at_the_list(answers, place, ticked):
    for _ in QUESTIONS:
        if engine.next_screen(answers) is Screen.RESULTS:
            break
        answers = step_on(answers, place, ticked)
    assert engine.next_screen(answers) is Screen.RESULTS


def test_place_comes_first_then_worries_then_the_list():
    answers = Answers(trouble="money")
    assert engine.next_screen(answers) is Screen.PLACE
    answers = engine.with_place(answers, "011002")
    assert engine.next_screen(answers) is Screen.WORRIES
    answers = engine.with_worries(answers, ["rent_unpaid"], content=CONTENT)
    assert engine.next_screen(answers) is Screen.RESULTS


def test_changing_the_place_keeps_what_was_ticked():
    answers = engine.with_worries(Answers(trouble="money"), ["rent_unpaid"], content=CONTENT)
    changed = engine.with_place(answers, "012025")
    assert changed.worries == {"rent_unpaid"}
    assert engine.next_screen(changed) is Screen.RESULTS


@given(st.lists(st.text() | st.sampled_from(strategies.WORRIES)))
def test_only_worries_that_exist_are_kept(ticked):
    answers = engine.with_worries(Answers(trouble="work"), ticked, content=CONTENT)
    assert answers.worries == set(ticked) & set(strategies.WORRIES)


def test_the_chosen_trouble_is_asked_first_and_the_others_stay_open():
    chosen, others = engine.worries_shown(Answers(trouble="family"), content=CONTENT)
    assert chosen.id == "family"
    assert [trouble.id for trouble in others] == ["money", "work", "urgent", "health"]


def test_a_danger_is_noticed_in_whatever_trouble_it_was_ticked():
    answers = Answers(trouble="money", worries=frozenset({"hit_by_family", "no_food_today", "rent_unpaid"}))
    assert [safety.id for safety in engine.safeties_touched(answers, content=CONTENT)] == [
        "violence",
        "hunger",
    ]
