"""A statement: what is a consent, and what falls away when its question no longer stands."""

import dataclasses

import pytest

from outreach.application.statement import Statement
from tests.factories.applications import StatementFactory


class Centre:
    public_id = "centre"


def test_a_statement_comes_back_from_a_draft_as_it_was():
    said = StatementFactory(children_ages=[0, 4], troubles=["money"])
    assert Statement.from_json(said.to_json()) == said


def test_a_draft_of_an_older_release_is_read_without_what_no_longer_exists():
    assert Statement.from_json({"name": "見本 はな", "shoe_size": 24}).name == "見本 はな"


def test_all_that_belongs_together_is_a_consent():
    assert StatementFactory(consenting=Centre).is_consent


@pytest.mark.parametrize(
    "without",
    [
        {"applying_for": "other"},
        {"hand_off_wish": "only_know"},
        {"disclosed": []},
        {"centre_id": ""},
        {"consent_text_version": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_wish_alone_or_a_helpers_tick_is_no_consent(without):
    assert not dataclasses.replace(StatementFactory(consenting=Centre), **without).is_consent


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"in_debt": "no", "debt_kinds": ["bank"]}, {"debt_kinds": []}),
        ({"income": "unchanged", "income_since": "longer"}, {"income_since": ""}),
        ({"receive_by": "depot", "leave_at_door": True}, {"leave_at_door": False, "address": "", "postcode": ""}),
        ({"reach_by": ["email"], "email": "mihon@example.jp"}, {"phone": "", "email": "mihon@example.jp"}),
        ({"reach_by": ["phone"], "email": "mihon@example.jp"}, {"email": ""}),
        ({"reach_by": ["phone"], "passphrase": "りんご"}, {"passphrase": ""}),
        ({"applying_for": "self", "helper_name": "見本 支援"}, {"helper_name": ""}),
        ({"hand_off_wish": "not_now", "disclosed": ["name"], "feedback": True}, {"disclosed": [], "feedback": False}),
    ],
    ids=lambda value: "-".join(value),
)
def test_answers_whose_question_no_longer_stands_fall_away(change, gone):
    tidied = StatementFactory(**change).tidy()
    assert {name: getattr(tidied, name) for name in gone} == gone


def test_what_still_stands_is_left_alone():
    said = StatementFactory(consenting=Centre, in_debt="yes", debt_kinds=["bank"], delivery_slot="morning")
    assert said.tidy() == said


def test_an_address_is_kept_for_letters_even_when_the_box_goes_elsewhere():
    assert StatementFactory(receive_by="window", reach_by=["letter"]).tidy().address


def test_who_passes_word_on_is_kept_for_whoever_applies_themselves():
    said = StatementFactory(reach_by=["supporter"], helper_name="見本 支援")
    assert said.tidy().helper_name == "見本 支援"


def test_whoever_says_what_kind_of_debt_has_said_that_there_is_one():
    said = StatementFactory.build(in_debt="", debt_kinds=["consumer_finance"], place_code="").tidy()
    assert (said.in_debt, said.debt_kinds) == ("yes", ["consumer_finance"])
    said = StatementFactory.build(in_debt="no", debt_kinds=["family"], place_code="").tidy()
    assert (said.in_debt, said.debt_kinds) == ("no", [])


def test_whoever_would_rather_not_say_which_debt_and_says_nothing_else_is_heard():
    said = StatementFactory.build(in_debt="", debt_kinds=["prefer_not_to_say"], place_code="").tidy()
    assert (said.in_debt, said.debt_kinds) == ("", ["prefer_not_to_say"])


def test_since_when_is_kept_although_the_income_was_passed_over():
    assert (
        StatementFactory.build(income="", income_since="this_month", place_code="").tidy().income_since == "this_month"
    )
    assert (
        StatementFactory.build(income="unchanged", income_since="this_month", place_code="").tidy().income_since == ""
    )
