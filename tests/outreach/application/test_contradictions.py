"""Answers of different steps that can't both be true are asked back, whichever was given or changed last."""

import pytest

from outreach.application import contradictions
from outreach.application.answers import HouseholdType
from outreach.application.drafts import Contents
from outreach.application.statement import Statement
from outreach.models import Draft
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db


def said() -> Statement:
    return Contents.of(Draft.objects.get()).said


AGREE = [
    ("single", 1, []),
    ("single", None, []),
    ("single", 1, [17]),  # a child that lives alone
    ("couple", 2, []),
    ("single_parent", 2, [3]),
    ("single_parent", None, [3, 5]),
    ("couple_with_children", 3, [3]),
    ("couple_with_children", None, []),
    ("three_generations", 3, [5]),
    ("with_parents", 2, []),
    *((kind, count, [4]) for kind in ("other", "prefer_not_to_say", "") for count in (2, 9, None)),
]
DISAGREE = [
    ("single", 3, []),
    ("single", None, [2]),
    ("couple", 1, []),
    ("couple", 3, []),
    ("couple", None, [4]),
    ("couple", 2, [4]),
    ("couple_with_children", 1, []),
    ("couple_with_children", 2, [4]),
    ("single_parent", 1, []),
    ("three_generations", 2, []),
    ("with_parents", 1, []),
]


@pytest.mark.parametrize(("household_type", "people_count", "children_ages"), AGREE)
def test_what_can_be_true_is_not_asked_back(household_type, people_count, children_ages):
    stated = Statement(household_type=household_type, people_count=people_count, children_ages=children_ages)
    assert contradictions.of_household(stated) is None
    assert contradictions.ground_of_household(stated) == []


@pytest.mark.parametrize(("household_type", "people_count", "children_ages"), DISAGREE)
def test_what_can_not_be_true_is_named(household_type, people_count, children_ages):
    stated = Statement(household_type=household_type, people_count=people_count, children_ages=children_ages)
    assert f"「{HouseholdType(household_type).label}」をえらんでいますが" in str(contradictions.of_household(stated))


class TestOnTheWay:
    def test_the_way_to_the_number_is_a_link_and_leads_back_at_once(self, filling):
        filling.fill_until("household", people={"people_count": "1"})
        page = filling.answer("household", household_type="couple_with_children")
        assert "ご本人も入れて1人と書いてあります" in text_of(page)
        assert 'href="/apply/people/"' in page.content.decode()
        assert filling.answer("people", people_count="3", children_ages="2、5").url == "/apply/household/"
        assert filling.answer("household", household_type="couple_with_children").url == "/apply/income/"

    def test_whoever_is_right_about_the_number_answers_otherwise(self, filling):
        filling.fill_until("household", people={"people_count": "1"})
        assert "一人" not in text_of(filling.answer("household", household_type="with_parents"))
        assert filling.answer("household", household_type="other").url == "/apply/income/"

    def test_without_a_contradiction_there_is_no_such_link(self, filling):
        filling.fill_until("household", people={"people_count": "1"})
        assert "いっしょに暮らす人を直す" not in text_of(filling.open("household"))


class TestOnTheCheckPage:
    def test_a_number_corrected_there_asks_for_the_household_again(self, filling):
        filling.fill_until("check", people={"people_count": "1"}, household={"household_type": "single"})
        assert filling.answer("people", people_count="3", children_ages="2、5").url == "/apply/household/"
        page = text_of(filling.open("household"))
        assert "「ひとり暮らし」をえらんでいますが、いっしょに暮らす人は、ご本人も入れて3人" in page
        assert "前の答えがかわったので" in page
        assert filling.open("check").url == "/apply/household/"
        assert filling.answer("household", household_type="single_parent").url == "/apply/check/"
        assert said().people_count == 3

    def test_a_number_put_back_asks_nothing(self, filling):
        filling.fill_until("check", people={"people_count": "1"}, household={"household_type": "single"})
        filling.answer("people", people_count="3")
        assert filling.answer("people", people_count="1").url == "/apply/check/"

    def test_a_number_that_fits_asks_nothing(self, filling):
        filling.fill_until("check")
        assert filling.answer("people", people_count="4", children_ages="8").url == "/apply/check/"


class TestWhomItIsFor:
    """What somebody said of themselves isn't taken for what they say of somebody else."""

    ASKED = ("place", "people", "eating", "helper", "name", "address", "reach", "reach-details")

    @pytest.mark.parametrize(("first", "then"), [("self", "other"), ("other", "self")])
    def test_corrected_on_the_check_page_name_and_number_are_asked_again(self, filling, first, then):
        filling.fill_until("check", for_whom={"applying_for": first})
        asked, page = [], filling.answer("for-whom", applying_for=then)
        while (slug := page.url.rstrip("/").rpartition("/")[2]) not in ("household", "check"):
            asked.append(slug)
            shown = filling.open(slug)
            if slug != "helper":
                assert "前の答えがかわったので" in text_of(shown), slug
            page = filling.send(slug, shown, **ANSWERS[slug])
        assert asked == [slug for slug in self.ASKED if slug != "helper" or then == "other"]

    def test_what_was_written_stands_there_to_be_kept_or_changed(self, filling):
        filling.fill_until("check")
        filling.answer("for-whom", applying_for="other")
        for slug in ("place", "people", "eating", "helper"):
            filling.answer(slug, **ANSWERS[slug])
        page = filling.open("name")
        assert 'value="見本 花子"' in page.content.decode()
        assert "食べものを受けとる方のお名前" in text_of(page)
