"""The walk through the form: the order, what is asked of whom, going back, and coming back."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.models import DataKey
from outreach.application import drafts
from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from tests.factories.applications import centre_in, desk_in, real_place
from tests.outreach.application.filling import ANSWERS, Filling, text_of

pytestmark = pytest.mark.django_db
PROMISE = "答えても答えなくても、食べものが届くかどうかは変わりません"


def said():
    return Contents.of(Draft.objects.get()).said


def test_the_questions_come_in_the_order_of_the_field(filling):
    assert filling.walk_until("check") == [
        "for-whom", "food", "place", "people", "eating", "cooking", "name", "receive", "address", "slot",
        "reach", "reach-details", "household", "income", "debt", "first", "ties", "centre", "tell", "consent",
    ]  # fmt: skip


def test_looking_at_the_first_page_starts_nothing(filling):
    page = filling.client.get("/apply/")
    assert PROMISE in text_of(page)
    assert not Draft.objects.exists()
    assert "apply" not in filling.client.cookies


def test_the_cookie_holds_a_random_id_and_scripts_cannot_read_it(filling):
    filling.walk_until("household")
    cookie = filling.client.cookies["apply"]
    assert cookie.value == Draft.objects.get().public_id
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_the_promise_stands_on_the_first_screen_and_at_the_questions_about_life(filling):
    filling.start()
    assert PROMISE in text_of(filling.open("for-whom"))
    filling.fill_until("centre")
    for slug in ("household", "income", "debt", "first", "ties"):
        page = text_of(filling.open(slug))
        assert PROMISE in page
        assert "答えたくない" in page


def test_every_question_about_the_person_can_be_passed_over(filling):
    needed = {
        "place": ANSWERS["place"],
        "name": {"name": "みほん はな"},
        "address": {"address": "見本町1"},
        "reach": {"reach_by": ["none"]},
        "reach_details": {"passphrase": "りんご"},
        "centre": {},
    }
    slugs = [slug.replace("-", "_") for slug in ANSWERS]
    asked = filling.walk_until("check", **{slug: needed.get(slug, {}) for slug in slugs})
    assert "ties" in asked
    assert filling.hand_in().status_code == 302


class TestOnlyWhatIsNeeded:
    def test_a_box_to_be_fetched_needs_no_address(self, filling):
        assert not {"address", "slot"} & set(filling.walk_until("check", receive={"receive_by": "window"}))

    def test_whoever_applies_for_another_is_asked_who_they_are(self, filling):
        asked = filling.walk_until("check", for_whom={"applying_for": "other"})
        assert "helper" in asked
        assert not {"tell", "consent"} & set(asked)

    @pytest.mark.parametrize(
        ("reach_by", "fields"),
        [
            (["phone"], ["phone", "safe_times"]),
            (["email"], ["email"]),
            (["sms", "email"], ["phone", "safe_times", "email"]),
            (["supporter"], ["helper_name", "helper_relation", "helper_phone"]),
            (["none"], ["passphrase"]),
        ],
    )
    def test_the_ways_that_were_chosen_are_asked_about_and_no_others(self, filling, reach_by, fields):
        filling.fill_until("reach-details", reach={"reach_by": reach_by})
        assert list(filling.open("reach-details").context["form"].fields) == fields

    def test_letters_to_the_address_known_already_ask_nothing_more(self, filling):
        asked = filling.walk_until("household", reach={"reach_by": ["letter"]})
        assert "reach-details" not in asked

    def test_letters_are_asked_about_when_the_box_is_fetched(self, filling):
        filling.fill_until("reach-details", receive={"receive_by": "depot"}, reach={"reach_by": ["letter"]})
        assert list(filling.open("reach-details").context["form"].fields) == ["postcode", "address"]

    def test_where_no_centre_serves_the_place_none_is_asked_about(self, client, desk):
        asked = Filling(client).walk_until("check")
        assert not {"centre", "tell", "consent"} & set(asked)

    def test_food_for_more_than_today_shows_no_detour(self, filling):
        assert "until-then" not in filling.walk_until("people")


class TestNothingToEatToday:
    def test_whom_to_call_comes_before_every_other_question(self, filling):
        asked = filling.walk_until("people", food={"food_days": "none"})
        assert asked == ["for-whom", "food", "place", "until-then"]

    def test_the_centre_the_food_bank_and_a_line_for_everybody_are_named_with_their_numbers(self, filling):
        filling.fill_until("until-then", food={"food_days": "none"})
        page = filling.open("until-then").content.decode()
        assert "数日かかります" in page
        for name, number in [
            ("見本の相談窓口", "tel:0110000002"),
            ("見本フードバンク", "tel:0110000001"),
            ("よりそいホットライン", "tel:0120279338"),
        ]:
            assert name in page
            assert number in page


class TestAPlaceNobodySendsTo:
    def test_it_is_said_at_once_with_the_centre_and_a_hotline(self, client, db):
        desk_in("012033")
        centre_in("011002")
        filling = Filling(client)
        filling.start()
        filling.answer("for-whom")
        filling.answer("food", food_days="none")
        page = client.get(filling.answer("place", typed="札幌市").url)
        assert "まだ送れません" in text_of(page)
        assert "見本の相談窓口" in text_of(page)
        assert "tel:0120279338" in page.content.decode()

    def test_the_place_can_be_corrected(self, client, db):
        desk_in("012033")
        real_place("011002")
        filling = Filling(client)
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        filling.answer("place", typed="札幌市")
        response = filling.answer("place", typed="小樽市")
        assert response.url == "/apply/people/"


class TestGoingBack:
    def test_an_earlier_answer_can_be_changed_and_later_ones_are_kept(self, filling):
        filling.fill_until("household")
        filling.answer("people", people_count="4")
        assert (said().people_count, said().name) == (4, "見本 花子")

    def test_a_step_shows_what_was_answered(self, filling):
        filling.fill_until("household")
        page = filling.open("name").content.decode()
        assert 'value="見本 花子"' in page
        assert 'value="1980"' in page
        assert 'value="090-1234-5678"' in filling.open("reach-details").content.decode()

    def test_going_on_after_going_back_leads_through_the_steps_again(self, filling):
        filling.fill_until("household")
        assert filling.answer("people", people_count="4").url == "/apply/eating/"

    def test_a_change_from_the_check_leads_back_to_it(self, filling):
        filling.fill_until("check")
        assert filling.answer("people", people_count="4").url == "/apply/check/"

    def test_a_change_that_makes_one_answer_lapse_asks_that_one_only_and_says_why(self, filling):
        real_place("012033")
        filling.fill_until("check")
        assert filling.answer("place", typed="小樽市").url == "/apply/address/"
        assert "前の答えがかわったので" in text_of(filling.open("address"))
        response = filling.answer("address", postcode="047-0001", address="架空町1丁目")
        assert response.url == "/apply/check/"

    def test_a_change_that_opens_a_question_asks_it(self, filling):
        filling.fill_until("check")
        assert filling.answer("reach", reach_by=["email"]).url == "/apply/reach-details/"

    def test_changing_ones_mind_twice_loses_nothing_typed(self, filling):
        filling.fill_until("check")
        filling.answer("receive", receive_by="window")
        assert "見本町1丁目2-3" not in text_of(filling.open("check"))
        filling.answer("receive", receive_by="home")
        assert "見本町1丁目2-3" in text_of(filling.open("check"))

    def test_a_later_step_cannot_be_reached_before_its_turn(self, filling):
        filling.fill_until("people")
        for slug in ("name", "check", "consent", "reach-details"):
            assert filling.open(slug).url == "/apply/people/"

    def test_another_municipality_asks_for_the_address_and_the_centre_again(self, filling):
        real_place("012033")
        filling.fill_until("check")
        filling.answer("place", typed="小樽市")
        assert filling.open("check").url == "/apply/address/"
        assert 'value="060-0001"' not in filling.open("address").content.decode()

    def test_another_ward_of_the_city_asks_for_the_address_again(self, filling):
        filling.fill_until("check")
        assert filling.answer("place", typed="札幌市北区").url == "/apply/address/"

    def test_a_postcode_that_only_names_the_ward_asks_nothing_again(self, filling):
        filling.fill_until("address", place={"typed": "札幌市"})
        assert filling.answer("address", postcode="060-0042", address="大通西1丁目").url == "/apply/slot/"
        assert filling.open("slot").status_code == 200

    def test_an_address_from_a_page_of_another_home_is_asked_about(self, filling):
        real_place("012041")
        filling.fill_until("check")
        shown = filling.open("address")
        filling.answer("place", typed="旭川市")
        page = filling.send("address", shown, postcode="", address="大通西1丁目2-3")
        assert "前の答えがかわったので" in text_of(page)
        assert 'value="大通西1丁目2-3"' in page.content.decode()
        assert filling.open("check").url == "/apply/address/"

    def test_an_unknown_step_is_not_found(self, filling):
        filling.start()
        assert filling.open("salary").status_code == 404


class TestTwoTabs:
    def test_the_second_is_told_and_keeps_what_was_typed(self, filling):
        filling.fill_until("receive")
        one, other = filling.open("name"), filling.open("name")
        filling.send("name", one, name="見本 ひとつ", kana="みほん")
        told = filling.send("name", other, name="見本 ふたつ", kana="みほん")
        assert "べつの画面" in text_of(told)
        assert 'value="見本 ふたつ"' in told.content.decode()
        assert said().name == "見本 ひとつ"
        assert filling.send("name", told, name="見本 ふたつ", kana="みほん").status_code == 302
        assert said().name == "見本 ふたつ"

    def test_a_slip_of_one_s_own_does_not_hide_that_another_page_answered(self, filling):
        filling.fill_until("check")
        older = filling.open("name")
        filling.answer("name", name="見本 あたらし", kana="みほん あたらし")
        slip = filling.send("name", older, name="見本 ふるい", kana="みほん ふるい", birth_year="いつか")
        page = filling.send("name", slip, name="見本 ふるい", kana="みほん ふるい", birth_year="")
        assert "べつの画面で、ここの答えがかわっていました" in text_of(page)
        assert Contents.of(Draft.objects.get()).said.name == "見本 あたらし"

    def test_two_pages_opened_while_words_wait_are_two(self, filling):
        filling.fill_until("check")
        filling.answer("name", name="見本 ひとつ", kana="abc")
        first, second = filling.open("name"), filling.open("name")
        filling.send("name", first, name="見本 ひとつ", kana="みほん ひとつ")
        page = filling.send("name", second, name="見本 ふたつ", kana="みほん ふたつ")
        assert "べつの画面で、ここの答えがかわっていました" in text_of(page)

    def test_going_back_in_one_tab_is_no_second_tab(self, filling):
        filling.fill_until("receive")
        page = filling.open("name")
        filling.send("name", page, name="見本 ひとつ", kana="みほん")
        assert filling.send("name", page, name="見本 ふたつ", kana="みほん").status_code == 302

    def test_a_double_click_on_next_is_understood(self, filling):
        filling.fill_until("name")
        page = filling.open("name")
        for _click in range(2):
            assert filling.send("name", page, name="見本 花子", kana="みほん").url == "/apply/receive/"


class TestComingBack:
    def test_within_a_day_one_goes_on_where_one_stopped(self, filling):
        filling.fill_until("household")
        assert "つづきから書く" in text_of(filling.client.get("/apply/"))
        assert filling.start().url == "/apply/household/"
        assert Draft.objects.count() == 1

    def test_a_button_that_did_not_know_of_the_draft_asks_which(self, filling):
        before = filling.client.get(filling.base)
        filling.fill_until("name")
        page = filling.client.post(filling.base, filling.hidden(before))
        assert page.status_code == 200
        assert "つづきから書く" in text_of(page)
        assert Contents.of(Draft.objects.get()).said.name == ""

    def test_one_can_begin_anew(self, filling):
        filling.fill_until("household")
        before = Draft.objects.get()
        assert filling.start(anew="1").url == "/apply/for-whom/"
        assert Draft.objects.get() != before
        assert DataKey.objects.get(pk=before.data_key_id).destroyed

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_after_a_day_a_kind_page_says_what_happened(self, filling, method):
        filling.fill_until("household")
        with clock.at(clock.now() + timedelta(hours=25)):
            page = getattr(filling.client, method)("/apply/household/")
        assert page.status_code == 410
        assert "24時間" in text_of(page)
        assert "はじめから書く" in text_of(page)

    def test_a_draft_that_was_destroyed_in_between_is_the_same_to_the_person(self, filling):
        filling.fill_until("household")
        drafts.destroy(draft=Draft.objects.get())
        assert filling.open("household").status_code == 410

    @pytest.mark.parametrize("value", ["x" * 22, "", "a\x00b", "1", "x" * 5000], ids=range(5))
    def test_a_made_up_cookie_opens_nothing(self, filling, value):
        filling.fill_until("household")
        # As it comes over the wire: newer Pythons let nobody put such a value into a cookie jar.
        page = filling.client.get("/apply/household/", headers={"cookie": f"apply={value}"})
        assert page.status_code == 410

    def test_stopping_throws_everything_away_at_once(self, filling):
        filling.fill_until("household")
        assert filling.open("discard").status_code == 200
        assert Draft.objects.exists()
        filling.stop()
        assert not Draft.objects.exists()
        assert not DataKey.objects.filter(kind="draft", wrapped__isnull=False).exists()
        assert filling.client.cookies["apply"].value == "gone"

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_page_of_what_was_stopped_shows_no_receipt_of_an_earlier_one(self, filling, method):
        filling.fill_until("check")
        filling.hand_in()
        filling.start()
        filling.answer("for-whom", applying_for="self")
        shown = filling.hidden(filling.open("food"))
        filling.stop()
        page = getattr(filling.client, method)("/apply/food/", {**shown, "food_days": "none"})
        assert page.status_code == 410
        number = Application.objects.get().receipt_number
        assert f"さきほどの申込み（受付番号 {number}）は終わっています" in text_of(page)
        assert number in text_of(filling.client.get("/apply/done/"))

    def test_the_cookie_lives_as_long_as_the_draft_that_every_answer_renews(self, filling):
        with clock.at(clock.now() - timedelta(hours=20)):
            filling.walk_until("name")
        filling.client.cookies["apply"]["max-age"] = filling.client.cookies["apply"]["expires"] = ""
        filling.answer("name", name="見本 花子", kana="みほん はなこ")
        assert filling.client.cookies["apply"]["max-age"] == 24 * 60 * 60
        assert Draft.objects.get().expires_at > clock.now() + timedelta(hours=23)

    def test_whoever_is_asked_again_is_at_work_too(self, filling):
        with clock.at(clock.now() - timedelta(hours=20)):
            filling.fill_until("name")
        filling.answer("name", name="見本 花子", kana="abc")
        assert Draft.objects.get().set_aside
        assert Draft.objects.get().expires_at > clock.now() + timedelta(hours=23)

    def test_leaving_clears_the_cookies_of_the_form(self, filling):
        filling.fill_until("household")
        filling.client.get("/leave/")
        assert filling.client.cookies["apply"].value == ""
        assert filling.open("household").status_code == 410
