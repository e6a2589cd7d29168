"""Writing down a consent or its withdrawal: read out, from the person, with everything that makes it one."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from referrals.models import ConsentEntry, Referral
from tests.factories.applications import OTARU, centre_in
from tests.factories.cases import ALL_FIELDS, case, consent, fresh, referral, town
from tests.factories.referrals import portal_centre
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def record(desk, found, centre, **said):
    answers = {
        "centre": centre.public_id, "channel": "telephone", "groups": ["contact"], "hear_result": "yes",
        "from_person": "on", "seen": found.person.consents.count(),
    }  # fmt: skip
    said = {**answers, **said}
    return desk.post(reverse("desk:consent", args=[found.public_id]), {k: v for k, v in said.items() if v is not None})


def live(found):
    return found.person.consents.live().filter(purpose="tell_centre").first()


class TestRecording:
    def test_the_page_gives_the_words_the_centre_and_what_would_be_told(self, desk, place):
        found = case(phone="+819012345678", children_ages=[2])
        shown = text(desk.get(reverse("desk:consent", args=[found.public_id])))
        for words in (
            "見本の相談窓口に、これから読みあげる内容を伝えてもよいですか", "同意しなくても、食べものは送ります",
            "あとで、やめられます", "消せないことがあります", "相談がどうなったか", "090-1234-5678", "2歳",
        ):  # fmt: skip
            assert words in shown, words

    def test_nothing_is_ticked_beforehand(self, desk):
        shown = text(desk.get(reverse("desk:consent", args=[case().public_id])))
        assert "checked" not in shown

    def test_whole_groups_and_single_fields_add_up(self, desk, place):
        found = case(children_ages=[8])
        response = record(desk, found, place.centre, groups=["household"], single=["name", "phone", "reach"])
        assert response.headers["Location"] == reverse("desk:case", args=[found.public_id]) + "#main"
        assert live(found).fields == ["name", "phone", "reach", "people", "children", "household_type"]
        assert (live(found).channel, live(found).recorded_by) == ("telephone", place.caseworker)

    @pytest.mark.parametrize(("answer", "heard"), [("yes", True), ("no", False)])
    def test_the_second_question_has_its_own_answer(self, desk, place, answer, heard):
        found = case()
        record(desk, found, place.centre, hear_result=answer)
        assert found.person.consents.live().filter(purpose="hear_result").exists() == heard

    @pytest.mark.parametrize(
        ("said", "word"),
        [
            ({"channel": None}, "どうやって聞いたか"),
            ({"channel": "web"}, "えらびなおして"),
            ({"hear_result": None}, "知らせてよいかどうか"),
            ({"from_person": None}, "本人から直接聞いたときだけ"),
            ({"groups": None}, "伝える内容を選んで"),
            ({"groups": ["household"]}, "「名前」「電話」「連絡のしかた」も選んで"),
            ({"groups": None, "single": ["name", "reach"]}, "「電話」も選んで"),
            ({"channel": "paper"}, "日付を入れて"),
            ({"channel": "paper", "stated_on": "きのう"}, "「きのう」は日付として読めません"),
        ],
    )
    def test_what_is_missing_is_asked_for_and_the_rest_stays(self, desk, place, said, word):
        found = case(reach_by=["phone"])
        response = record(desk, found, place.centre, **said)
        assert response.status_code == 200
        assert word in text(response)
        assert "checked" in text(response)
        assert not ConsentEntry.objects.exists()

    def test_paper_keeps_its_date_and_one_from_the_future_is_refused_beside_the_form(self, desk, place):
        found, today = case(hand_off_wish=""), clock.today()
        response = record(desk, found, place.centre, channel="paper", stated_on=str(today + timedelta(days=1)))
        assert response.status_code == 200
        assert "今日よりあと" in text(response)
        record(desk, found, place.centre, channel="paper", stated_on=str(today - timedelta(days=2)))
        assert live(found).stated_on == today - timedelta(days=2)

    def test_a_helpers_case_warns_and_still_asks_for_the_person(self, desk, place):
        found = case(applying_for="other", helper_name="見本 太郎")
        assert "代わりの方の返事は記録できません" in text(desk.get(reverse("desk:consent", args=[found.public_id])))
        record(desk, found, place.centre, from_person=None)
        assert live(found) is None

    def test_a_centre_of_another_place_cannot_be_named(self, desk, place):
        other = centre_in(OTARU, name="小樽市の窓口")
        found = case()
        response = record(desk, found, other)
        assert response.status_code == 200
        assert live(found) is None

    def test_of_several_centres_one_is_chosen(self, desk, place):
        second = centre_in(name="もうひとつの窓口")
        found = case()
        shown = text(desk.get(reverse("desk:consent", args=[found.public_id]), {"centre": second.public_id}))
        assert re.search(rf'value="{second.public_id}"[^>]*checked', shown)
        record(desk, found, second)
        assert live(found).recipient == second

    def test_a_place_without_a_centre_says_whom_to_ask(self, desk):
        centre_in(OTARU)
        desk_case = case(place_code="012041")  # 旭川市
        for name in ("consent", "referral_new"):
            shown = text(desk.get(reverse(f"desk:{name}", args=[desk_case.public_id])))
            assert "まだ登録されていません" in shown

    def test_a_double_click_is_one_entry(self, desk, place):
        found = case()
        for _ in range(2):
            record(desk, found, place.centre, seen=0)
        assert ConsentEntry.objects.filter(purpose="tell_centre").count() == 1


class TestWithdrawal:
    def withdraw(self, desk, found, centre, **said):
        said = {"seen": found.person.consents.count(), "centre": centre.public_id, "channel": "telephone", **said}
        return desk.post(reverse("desk:consent_withdraw", args=[found.public_id]), said, follow=True)

    def test_says_beforehand_what_it_does(self, desk, place):
        sent = referral(place)
        shown = text(desk.get(reverse("desk:consent_withdraw", args=[sent.case.public_id])))
        for words in ("つなぎは止まり", "食べものの支援は、これまでどおり", sent.number):
            assert words in shown

    def test_stops_the_referral_and_says_whom_to_telephone(self, desk, place):
        sent = referral(place)
        response = self.withdraw(desk, sent.case, place.centre)
        assert Referral.objects.get().status == "revoked"
        assert "011-000-0002）に電話して" in text(response)
        assert live(sent.case) is None

    def test_a_centre_that_gets_a_mail_need_not_be_telephoned(self, desk, place):
        centre = portal_centre(name="つなぎ画面の窓口")
        found = case(consenting=centre)
        response = self.withdraw(desk, found, centre)
        assert "撤回を記録しました" in text(response)
        assert "に電話して" not in text(response)

    def test_needs_to_know_how_it_was_said(self, desk, place):
        found = case(consenting=place.centre)
        response = self.withdraw(desk, found, place.centre, channel="")
        assert "どうやって聞いたか" in text(response)
        assert live(found)

    def test_where_nothing_stands_says_so(self, desk):
        response = desk.get(reverse("desk:consent_withdraw", args=[case().public_id]), follow=True)
        assert "撤回できる同意は、いまありません" in text(response)

    def test_a_double_click_is_no_error(self, desk, place):
        found = case(consenting=place.centre)
        seen = found.person.consents.count()
        responses = [self.withdraw(desk, found, place.centre, seen=seen) for _ in range(2)]
        assert ["撤回を記録しました" in text(response) for response in responses] == [True, True]
        assert ConsentEntry.objects.filter(purpose="tell_centre", given=False).count() == 1

    def test_of_one_centre_leaves_the_other(self, desk, place):
        second = centre_in(name="もうひとつの窓口")
        found = case(consenting=place.centre)
        consent(found, second, by=place.caseworker, fields=ALL_FIELDS)
        seen = found.person.consents.count()
        for _ in range(2):
            assert "撤回を記録しました" in text(self.withdraw(desk, found, place.centre, seen=seen))
        assert live(fresh(found)).recipient == second
