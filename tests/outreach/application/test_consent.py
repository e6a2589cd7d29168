"""The centre of the area: nothing is told that the person did not tick, see and agree to."""

import pytest

from organisations import registry
from outreach.application import consent_texts, disclosable
from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from tests.factories.applications import centre_in
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db


def said():
    return Contents.of(Draft.objects.get()).said


def told(application) -> list[str]:
    return list(application.choices.filter(question="disclosed").values_list("value", flat=True))


def test_the_centre_is_shown_by_name_with_its_number(filling):
    filling.fill_until("centre")
    page = filling.open("centre")
    assert "見本の相談窓口" in text_of(page)
    assert "tel:0110000002" in page.content.decode()
    assert "どれをえらんでも、食べものは送ります" in text_of(page)


@pytest.mark.parametrize("wish", ["only_know", "not_now", ""])
def test_without_the_wish_for_a_call_nothing_more_is_asked_and_nothing_told(filling, wish):
    asked = filling.walk_until("check", centre={"hand_off_wish": wish})
    assert not {"tell", "consent"} & set(asked)
    filling.hand_in()
    application = Application.objects.get()
    assert not application.consents
    assert told(application) == []
    assert application.hand_off_wish == wish


class TestChoosing:
    def test_nothing_is_ticked_beforehand(self, filling):
        filling.fill_until("tell")
        for slug in ("tell", "tell-fields"):
            assert " checked" not in filling.open(slug).content.decode()
        filling.answer("tell", groups=["contact"])
        assert " checked" not in filling.open("consent").content.decode()

    def test_the_groups_name_what_they_hold_for_this_person(self, filling):
        filling.fill_until("tell")
        page = text_of(filling.open("tell"))
        assert "名前、生まれた年、住所、電話、連絡のしかた" in page
        assert "メール" not in page

    def test_the_preview_is_exactly_what_was_ticked(self, filling):
        filling.fill_until("tell")
        page = filling.client.get(filling.answer("tell", groups=["contact", "household"]).url)
        keys = disclosable.keys_of(["contact", "household"])
        assert [row.key for row in page.context["rows"]] == [
            key for key in keys if key not in ("email", "helper", "parcels_to")
        ]  # fmt: skip
        assert "見本 花子（みほん はなこ）" in text_of(page)
        assert "消費者金融" not in text_of(page)

    def test_the_preview_follows_the_ticks(self, filling):
        filling.fill_until("consent")
        assert "ひとり親と子ども" not in text_of(filling.open("consent"))
        filling.answer("tell", groups=["contact", "household"])
        assert "ひとり親と子ども" in text_of(filling.open("consent"))

    def test_single_fields_can_be_chosen_each_with_its_content(self, filling):
        filling.fill_until("tell")
        page = filling.open("tell-fields")
        assert "090-1234-5678" in text_of(page)
        response = filling.answer("tell-fields", contact=["name", "phone", "reach"], troubles=["income"])
        assert response.url == "/apply/consent/"
        rows = filling.open("consent").context["rows"]
        assert [row.key for row in rows] == ["name", "phone", "reach", "income"]

    @pytest.mark.parametrize(
        ("slug", "choice", "lacking"),
        [
            ("tell", {"groups": ["troubles"]}, "「名前」「電話」「連絡のしかた」"),
            ("tell-fields", {"contact": ["name", "reach"]}, "「電話」"),
            ("tell-fields", {"contact": ["phone", "reach"]}, "「名前」"),
        ],
    )
    def test_a_call_needs_a_name_and_a_way_and_it_is_said_why(self, filling, slug, choice, lacking):
        filling.fill_until("tell")
        page = text_of(filling.answer(slug, **choice))
        assert f"{lacking}も要ります" in page
        assert "だれに、どう連絡すればよいか" in page

    def test_choosing_nothing_shows_the_way_out(self, filling):
        filling.fill_until("tell")
        assert "窓口だけ知りたい" in text_of(filling.answer("tell"))

    def test_whoever_wants_no_contact_is_told_that_a_call_needs_one(self, filling):
        filling.fill_until("centre", reach={"reach_by": ["none"]}, reach_details={"passphrase": "りんご"})
        page = filling.answer("centre", hand_off_wish="call_me")
        assert "連絡先が要ります" in text_of(page)
        assert "/apply/reach/" in page.content.decode()


class TestConsenting:
    def test_the_words_name_the_centre_and_promise_food_anyway(self, filling):
        filling.fill_until("consent")
        page = text_of(filling.open("consent"))
        assert "見本の相談窓口に、上の内容を伝えることに同意します。" in page
        assert "同意しなくても食べものは送ります。" in page

    def test_consent_is_kept_with_the_centre_the_version_and_the_fields(self, filling, centre):
        filling.fill_until("check")
        filling.hand_in()
        application = Application.objects.get()
        assert application.consents
        assert application.centre == centre
        assert application.consent_text_version == consent_texts.CURRENT
        assert told(application) == ["name", "birth_year", "address", "phone", "reach"]
        assert not application.feedback

    def test_the_way_back_is_a_second_tick(self, filling):
        filling.fill_until("check", consent={"consent": "yes", "feedback": "on"})
        filling.hand_in()
        assert Application.objects.get().feedback

    def test_no_is_an_answer_and_keeps_the_wish(self, filling):
        filling.fill_until("check", consent={"consent": "no", "feedback": "on"})
        assert "窓口には何も伝えません" in text_of(filling.open("check"))
        filling.hand_in()
        application = Application.objects.get()
        assert (application.consents, application.feedback) == (False, False)
        assert application.hand_off_wish == "call_me"

    def test_going_on_without_an_answer_is_no_consent(self, filling):
        filling.fill_until("consent")
        assert "どちらかをえらんでください" in text_of(filling.answer("consent"))
        assert filling.open("check").url == "/apply/consent/"

    def test_the_check_page_shows_once_more_what_is_told(self, filling):
        filling.fill_until("check")
        page = filling.open("check")
        assert "見本の相談窓口に伝える内容" in text_of(page)
        assert [row.key for row in page.context["rows"]] == ["name", "birth_year", "address", "phone", "reach"]

    def test_another_choice_of_what_is_told_needs_a_new_consent(self, filling):
        filling.fill_until("check")
        filling.answer("tell", groups=["contact", "troubles"])
        assert filling.open("check").url == "/apply/consent/"

    def test_an_answer_that_adds_to_what_is_told_needs_a_new_consent(self, filling):
        filling.fill_until("check", people={}, tell={"groups": ["contact", "household"]})
        filling.answer("people", people_count="3", children_ages="8")
        assert filling.open("check").url == "/apply/consent/"
        assert "8歳" in text_of(filling.open("consent"))

    @pytest.mark.parametrize(
        ("slug", "now"),
        [
            ("reach-details", {"phone": "090-9999-0000", "safe_times": "平日の昼"}),
            ("address", {"postcode": "060-0001", "address": "見本町9丁目"}),
            ("name", {"name": "見本 花江", "kana": "みほん はなえ", "birth_year": "1980"}),
        ],
    )
    def test_an_answer_that_is_told_and_changes_needs_a_new_consent(self, filling, slug, now):
        filling.fill_until("check")
        filling.answer(slug, **now)
        assert filling.open("check").url == "/apply/consent/"
        page = filling.open("consent")
        assert "前に同意していただいたあとで、伝わる内容がかわりました" in text_of(page)
        assert " checked" not in page.content.decode()
        assert filling.answer("consent", consent="yes").url == "/apply/check/"

    def test_a_corrected_telephone_leads_straight_to_the_consent(self, filling):
        filling.fill_until("check")
        assert filling.answer("reach-details", phone="090-8765-4321").url == "/apply/consent/"
        assert "同意していただいたあとで" in text_of(filling.open("consent"))

    def test_a_yes_to_one_list_is_no_consent_to_a_longer_one(self, filling):
        filling.fill_until("consent")
        shown = filling.open("consent")
        filling.answer("tell", groups=["contact", "troubles", "household"])
        page = filling.send("consent", shown, consent="yes", feedback="on")
        assert "べつの画面で、ここでおたずねする内容がかわりました" in text_of(page)
        assert " checked" not in page.content.decode()
        assert said().consent_text_version == ""

    def test_a_yes_to_one_telephone_is_no_consent_to_telling_another(self, filling):
        filling.fill_until("consent")
        shown = filling.open("consent")
        filling.answer("reach-details", phone="090-8765-4321")
        filling.send("consent", shown, consent="yes")
        assert said().consent_text_version == ""

    def test_a_tick_that_waited_does_not_stand_under_another_list(self, filling):
        filling.fill_until("consent")
        filling.answer("consent", consent="yes", feedback="on", language="en")
        assert " checked" in filling.open("consent").content.decode()
        filling.answer("tell", groups=["contact", "troubles", "household"], language="ja")
        filling.answer("tell", groups=["contact", "troubles", "household"])
        assert " checked" not in filling.open("consent").content.decode()

    @pytest.mark.parametrize(("ways", "asked"), [(["none"], "passphrase"), (["email"], "email")])
    def test_ways_to_reach_that_change_ask_anew_whether_a_centre_may_call(self, filling, ways, asked):
        filling.fill_until("check")
        filling.answer("reach", reach_by=ways)
        details = {"passphrase": "みほん"} if asked == "passphrase" else {"email": "hanako@example.jp"}
        assert filling.answer("reach-details", **details).url == "/apply/centre/"
        assert filling.open("consent").url == "/apply/centre/"

    def test_an_answer_that_is_not_told_leaves_the_consent(self, filling):
        filling.fill_until("check")
        filling.answer("income", income="fell", income_since="this_month")
        assert filling.open("check").status_code == 200

    def test_turning_the_page_into_english_leaves_the_consent(self, filling):
        filling.fill_until("check")
        filling.client.cookies["django_language"] = "en"
        assert filling.open("check").status_code == 200

    def test_consent_can_be_taken_back_before_sending(self, filling):
        filling.fill_until("check")
        filling.answer("consent", consent="no")
        filling.hand_in()
        assert not Application.objects.get().consents

    def test_new_words_are_asked_about_anew(self, filling, monkeypatch):
        filling.fill_until("check")
        monkeypatch.setattr("outreach.application.consent_texts.CURRENT", "2099-1")
        assert filling.open("check").url == "/apply/consent/"


class TestForSomebodyElse:
    def test_the_wish_is_noted_and_that_the_person_will_be_asked(self, filling, reading):
        filling.fill_until("centre", for_whom={"applying_for": "other"})
        assert "担当者がご本人に聞いてから" in text_of(filling.open("centre"))
        assert filling.answer("centre", hand_off_wish="call_me").url == "/apply/check/"
        assert "担当者がご本人に聞いてから" in text_of(filling.open("check"))
        page = filling.client.get(filling.hand_in().url)
        assert "担当者がご本人に聞きます" in text_of(page)
        application = Application.objects.get()
        assert not application.consents
        assert application.hand_off_wish == "call_me"
        assert application.helper["name"] == "見本 たすけ"

    def test_somebody_who_consented_and_then_says_it_is_for_another_tells_nothing(self, filling):
        filling.fill_until("check")
        filling.answer("for-whom", applying_for="other")
        for slug in ("place", "people", "eating", "helper", "name", "address", "reach", "reach-details"):
            filling.answer(slug, **ANSWERS[slug])
        filling.hand_in()
        assert not Application.objects.get().consents


class TestSeveralCentres:
    @pytest.fixture
    def second(self, centre):
        return centre_in("011011", name="中央区見本センター", phone="011-000-0003")

    def test_all_are_shown_and_one_is_chosen(self, filling, second):
        filling.fill_until("centre")
        page = filling.open("centre")
        assert "見本の相談窓口" in text_of(page)
        assert "中央区見本センター" in text_of(page)
        assert "ひとつえらんでください" in text_of(filling.answer("centre", hand_off_wish="call_me"))
        filling.answer("centre", hand_off_wish="call_me", centre_id=second.public_id)
        assert said().centre_id == second.public_id

    def test_choosing_another_asks_again_what_it_may_be_told(self, filling, centre, second):
        choice = {"hand_off_wish": "call_me", "centre_id": centre.public_id}
        filling.fill_until("check", centre=choice)
        filling.answer("centre", hand_off_wish="call_me", centre_id=second.public_id)
        assert filling.open("check").url == "/apply/tell/"

    def test_a_centre_of_elsewhere_cannot_be_chosen(self, filling, second):
        other = centre_in("012033", name="べつの窓口")
        filling.fill_until("centre")
        page = filling.answer("centre", hand_off_wish="call_me", centre_id=other.public_id)
        assert page.status_code == 200
        assert said().centre_id == ""


def test_a_centre_that_no_longer_serves_the_place_is_told_nothing_and_food_comes_anyway(filling, centre):
    filling.fill_until("check")
    page = filling.open("check")
    registry.serve(organisation=centre, places=[])
    assert filling.hand_in(page).status_code == 302
    application = Application.objects.get()
    assert (application.consents, application.centre, told(application)) == (False, None, [])
    assert application.hand_off_wish == "call_me"


def test_a_centre_that_joined_before_sending_is_shown_first(filling, centre):
    filling.fill_until("check")
    page = filling.open("check")
    centre_in("011011", name="中央区見本センター", phone="011-000-0003")
    assert filling.hand_in(page).url == "/apply/centre/"
    assert not Application.objects.exists()
