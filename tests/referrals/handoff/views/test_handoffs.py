"""Handing a case on from the desk: only with consent, exactly what was looked at, and what comes back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from organisations.models import Member
from organisations.roles import Role
from referrals.desk import casework
from referrals.handoff import consents, replies, sending
from referrals.models import CaseNote, Packet, Referral
from tests.factories.applications import OTARU, centre_in
from tests.factories.cases import case, consent, fresh, referral, town
from tests.factories.members import caseworker, member
from tests.factories.referrals import handed_off, portal_centre
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def sending_page(found):
    return reverse("desk:referral_new", args=[found.public_id])


def shown_values(html):
    """The hidden values of the sending form, as a browser would send them."""
    return dict(re.findall(r'name="(seen|previewed|centre)" value="([^"]*)"', html))


def send(desk, found, html=None, **said):
    html = html or text(desk.get(sending_page(found)))
    return desk.post(sending_page(found), {"way": "telephone", **shown_values(html), **said}, follow=True)


def page(sent):
    return reverse("desk:referral", args=[sent.public_id])


def ways_offered(response):
    return [way for way, _label in response.context["form"].fields["way"].choices]


class TestTheWayToTheCentre:
    def test_the_portal_comes_first_where_somebody_reads_it(self):
        centre = portal_centre()
        found = case(consenting=centre)
        response = signed_in(caseworker(found.desk)).get(sending_page(found))
        assert ways_offered(response) == ["portal", "telephone"]
        assert "答えられる人がいません" not in text(response)

    def test_it_is_not_offered_where_nobody_can_and_the_page_says_why(self):
        centre = portal_centre()
        Member.objects.filter(role_grants__organisation=centre).update(is_active=False)
        found = case(consenting=centre)
        response = signed_in(caseworker(found.desk)).get(sending_page(found))
        assert ways_offered(response) == ["telephone"]
        assert "つなぎ画面にサインインして答えられる人がいません" in text(response)


@pytest.mark.parametrize(
    ("mailed", "status", "reminded"), [(False, "sent", True), (False, "viewed", False), (True, "sent", False)]
)
def test_a_centre_that_no_mail_reaches_is_to_be_telephoned_until_it_has_opened(mailed, status, reminded):
    centre = portal_centre(**({} if mailed else {"email_confirmed_on": None}))
    found = handed_off(centre, to=status).case
    html = text(signed_in(caseworker(found.desk)).get(reverse("desk:case", args=[found.public_id])))
    assert ("まだ開いていません。メールでは知らされないので、電話で知らせてください。" in html) is reminded


def reply(desk, sent, **said):
    address = reverse("desk:referral_reply", args=[sent.public_id])
    return desk.post(address, {"seen": sent.version, **said}, follow=True)


def follow_up(desk, sent, **said):
    address = reverse("desk:referral_follow_up", args=[sent.public_id])
    return desk.post(address, {"seen": sent.version, **said}, follow=True)


class TestWithoutConsent:
    def test_there_is_no_button_but_a_way_to_ask(self, desk, place):
        found = case(hand_off_wish="call_me")
        shown = text(desk.get(sending_page(found)))
        assert "同意がないので、つなげません" in shown
        assert 'name="way"' not in shown
        assert f"{reverse('desk:consent', args=[found.public_id])}?centre={place.centre.public_id}" in shown

    @pytest.mark.parametrize("way", ["telephone", "portal"])
    def test_a_forged_form_sends_nothing(self, desk, place, way):
        found = case(hand_off_wish="call_me")
        response = desk.post(
            sending_page(found), {"centre": place.centre.public_id, "seen": 1, "previewed": "x" * 64, "way": way}
        )
        assert response.status_code == 200
        assert not Referral.objects.exists()

    @pytest.mark.parametrize("event", ["withdrawn", "narrowed"])
    def test_a_page_opened_before_the_change_sends_nothing(self, desk, place, event):
        found = case(consenting=place.centre)
        opened = text(desk.get(sending_page(found)))
        said = {"case": found, "recipient": place.centre, "channel": "telephone", "by": place.caseworker}
        if event == "withdrawn":
            consents.withdraw_consent(**said)
        else:
            consents.record_consent(**said, fields=["name", "reach", "phone"], hear_result=False)
        response = send(desk, found, opened)
        assert not Referral.objects.exists()
        expected = {"withdrawn": "同意がありません", "narrowed": "内容がかわりました"}[event]
        assert expected in text(response)

    def test_the_centre_of_another_place_is_not_offered_and_not_sent_to(self, desk, place):
        other = centre_in(OTARU, name="小樽市の窓口")
        found = case(consenting=place.centre)
        assert "小樽市の窓口" not in text(desk.get(sending_page(found)))
        send(desk, found, centre=other.public_id)
        assert not Referral.objects.filter(centre=other).exists()


class TestSending:
    def test_what_is_looked_at_is_what_is_sent(self, desk, place):
        found = case(
            consenting=place.centre, disclosed=["name", "reach", "phone", "debt"], in_debt="yes", children_ages=[2]
        )
        html = text(desk.get(sending_page(found)))
        assert "子どもの年齢" not in html
        send(desk, found, html)
        packet = Packet.objects.get()
        assert packet.fields == ["name", "phone", "reach", "debt"]
        for row in packet.rows:
            assert row["label"] in html
            assert row["value"] in html

    @pytest.mark.parametrize(
        ("facts", "words", "default"),
        [
            ({}, "届いたことだけをメールで知らせます", "portal"),
            ({"email_confirmed_on": None}, "メールは送りません", "portal"),
            ({"uses_portal": False}, "電話をして、印刷した紙を渡す", "telephone"),
        ],
    )
    def test_says_how_the_centre_will_hear_of_it(self, facts, words, default):
        centre = portal_centre(**facts)
        found = case(consenting=centre)
        shown = " ".join(text(signed_in(caseworker(found.desk)).get(sending_page(found))).split())
        assert words in shown
        assert f'value="{default}"' in shown
        assert ('value="portal"' in shown) == centre.uses_portal

    def test_leads_to_the_referral_and_the_sheet(self, desk, place):
        found = case(consenting=place.centre)
        response = send(desk, found)
        sent = Referral.objects.get()
        assert response.redirect_chain[-1][0] == f"{page(sent)}#main"
        assert "まだ窓口には伝わっていません" in text(response)
        assert "つなぎを送りました" not in text(response)
        assert reverse("desk:referral_sheet", args=[sent.public_id]) in text(response)

    def test_through_the_portal_it_is_sent(self):
        found = case(consenting=portal_centre())
        desk = signed_in(caseworker(found.desk))
        assert "つなぎを送りました" in text(send(desk, found, way="portal"))

    def test_on_paper_says_that_the_centre_has_to_be_called_until_it_has_the_paper(self, desk, place):
        sent = referral(place)
        words = "電話をして、FAX・郵送・手わたしのどれかで紙を渡してください"
        on_case = reverse("desk:case", args=[sent.case.public_id])
        assert words in text(desk.get(page(sent)))
        assert "電話して紙を渡す" in text(desk.get(on_case))
        reply(desk, sent, to="viewed")
        assert words not in text(desk.get(page(sent)))
        assert "電話して紙を渡す" not in text(desk.get(on_case))

    def test_a_double_click_sends_once_and_is_no_error(self, desk, place):
        found = case(consenting=place.centre)
        html = text(desk.get(sending_page(found)))
        responses = [send(desk, found, html) for _ in range(2)]
        assert Referral.objects.count() == 1
        assert {response.redirect_chain[-1][0] for response in responses} == {f"{page(Referral.objects.get())}#main"}

    def test_a_second_try_days_later_is_told_that_it_was_sent_before(self, desk, place):
        found = case(consenting=place.centre)
        html = text(desk.get(sending_page(found)))
        send(desk, found, html)
        with clock.at(clock.now() + timedelta(days=3)):
            response = send(desk, found, html)
        assert "つなぎ済み" in text(response)
        for words in ("つなぎを送りました", "つなぎシートができました"):
            assert words not in text(response)
        assert Referral.objects.count() == 1

    def test_what_a_colleague_sent_is_pointed_to(self, desk, place):
        found = case(consenting=place.centre)
        html = text(desk.get(sending_page(found)))
        other = caseworker(place.desk, "担当 二郎")
        sent = sending.send(case=fresh(found), centre=place.centre, way="telephone", by=other, seen=1)
        response = send(desk, found, html)
        assert "つなぎ済み" in text(response)
        assert page(sent) in text(response)
        assert Referral.objects.count() == 1

    def test_a_case_changed_meanwhile_is_shown_as_it_is_with_what_was_chosen(self, desk, place):
        found = case(consenting=place.centre)
        html = text(desk.get(sending_page(found)))
        casework.start_review(case=fresh(found), by=caseworker(place.desk, "担当 二郎"), seen=1)
        response = send(desk, found, html)
        assert response.status_code == 409
        assert "担当 二郎" in text(response)
        assert "この画面は、いまの状態を出しています" in text(response)
        for untrue in ("読み直して", "書いたものは残っています"):
            assert untrue not in text(response)
        assert re.search('value="telephone"[^>]*checked', text(response))
        assert shown_values(text(response))["seen"] == str(fresh(found).version)
        assert not Referral.objects.exists()

    def test_of_several_centres_the_one_with_consent_comes_first(self, desk, place):
        near = centre_in("011011", name="区の窓口")
        found = case()
        consent(found, place.centre, by=place.caseworker)
        shown = text(desk.get(sending_page(found)))
        assert "見本の相談窓口につなぐ" in shown
        assert "同意がないので、つなげません" in text(desk.get(sending_page(found), {"centre": near.public_id}))

    def test_is_not_for_whoever_may_not_hand_off(self, place):
        found = case(consenting=place.centre)
        for by in (member(Role.PACKER, at=place.desk), place.counsellor):
            assert signed_in(by).get(sending_page(found)).status_code == 404


class TestTheReferral:
    @pytest.mark.parametrize(
        ("status", "word"),
        [
            ("sent", "窓口に連絡しています"), ("viewed", "伝わりました・返事待ち"), ("accepted", "引き受け"),
            ("contacted", "本人に連絡した"), ("closed", "初回面談をした"), ("declined", "手いっぱいで受けられない"),
            ("expired", "期限切れ・返答なし"), ("revoked", "同意の撤回"),
        ],
    )  # fmt: skip
    def test_shows_where_it_stands_and_what_happened(self, desk, place, status, word):
        sent = referral(place, status=status)
        shown = text(desk.get(page(sent)))
        for words in (word, sent.number, "見本の相談窓口に渡すつなぎシートを用意しました", "担当 一郎"):
            assert words in shown, words

    @pytest.mark.parametrize("status", ["accepted", "contacted", "closed"])
    def test_without_the_second_consent_only_that_an_answer_came(self, desk, place, status):
        sent = referral(place, status=status)
        consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=False)
        shown = text(desk.get(page(sent)))
        assert "返事がありました" in shown
        assert "結果を知らせることに同意していません" in shown
        for secret in (
            "初回面談",
            "引き受けました",
            "本人に連絡した",
            "status-accepted",
            "status-contacted",
            "status-closed",
        ):
            assert secret not in shown, secret

    def test_takes_the_same_queries_however_long_its_story(self, desk, place):
        def taken(sent):
            with counting() as queries:
                desk.get(page(sent))
            return len(queries)

        assert taken(referral(place)) == taken(referral(place, status="contacted")) <= 13

    def test_looking_through_a_posts_address_leads_back(self, desk, place):
        sent = referral(place)
        posts = ["reply", "hold", "resume", "take_back", "follow_up", "told", "wrong_centre"]
        for name in (f"referral_{post}" for post in posts):
            assert desk.get(reverse(f"desk:{name}", args=[sent.public_id])).headers["Location"] == page(sent)


class TestTheReply:
    def test_is_written_down_from_the_slip(self, desk, place):
        sent = referral(place)
        assert "返事を記録しました" in text(reply(desk, sent, to="accepted", note="面談は10日"))
        assert "面談は10日" in text(desk.get(page(sent)))
        assert Referral.objects.get().status == "accepted"

    @pytest.mark.parametrize(
        ("said", "word"),
        [
            ({}, "返事を選んで"),
            ({"to": "declined"}, "理由を選んで"),
            ({"to": "closed"}, "結果を選んで"),
            ({"to": "declined", "reason": "other"}, "「その他」のときは"),
        ],
    )
    def test_asks_for_what_is_missing_and_keeps_the_rest(self, desk, place, said, word):
        sent = referral(place, status="accepted" if said.get("to") == "closed" else "sent")
        response = (
            reply(desk, sent, note="  また電話する  ", **said)
            if said.get("reason") is None
            else reply(desk, sent, **said)
        )
        assert response.status_code == 200
        assert word in text(response)
        assert Referral.objects.get().version == sent.version

    def test_offers_only_what_may_follow_and_may_be_heard(self, desk, place):
        waiting = text(desk.get(page(referral(place))))
        assert 'value="accepted"' in waiting
        assert 'value="closed"' not in waiting
        untold = text(desk.get(page(referral(place, status="accepted", hear_result=False))))
        assert 'value="closed"' not in untold
        assert 'name="note"' not in untold

    def test_is_not_offered_where_the_centre_answers_in_the_portal(self):
        centre = portal_centre()
        found = case(consenting=centre)
        by = caseworker(found.desk)
        sent = sending.send(case=found, centre=centre, way="portal", by=by, seen=1)
        desk = signed_in(by)
        assert "窓口の返事を書きとる" not in text(desk.get(page(sent)))
        assert "つなぎ画面で答えます" in text(reply(desk, sent, to="accepted"))
        assert Referral.objects.get().status == "sent"

    def test_somebody_was_faster_and_nothing_typed_is_lost(self, desk, place):
        sent = referral(place)
        other = caseworker(place.desk, "担当 二郎")
        replies.record_reply(referral=Referral.objects.get(), to="viewed", by=other, seen=sent.version)
        response = reply(desk, sent, to="accepted", note="面談は10日")
        assert response.status_code == 409
        assert "担当 二郎" in text(response)
        assert "面談は10日</textarea>" in text(response)
        assert "書いたものは残っています" in text(response)

    def test_when_it_has_ended_meanwhile_the_words_are_still_there(self, desk, place):
        sent = referral(place)
        other = caseworker(place.desk, "担当 二郎")
        replies.record_reply(referral=Referral.objects.get(), to="declined", reason="full", by=other, seen=sent.version)
        response = reply(desk, sent, to="accepted", note="面談は10日")
        assert response.status_code == 409
        for words in ("担当 二郎", "面談は10日</textarea>"):
            assert words in text(response)

    def test_a_double_click_is_no_error(self, desk, place):
        sent = referral(place)
        responses = [reply(desk, sent, to="accepted") for _ in range(2)]
        assert all("返事を記録しました" in text(response) for response in responses)
        assert Referral.objects.get().version == sent.version + 1


class TestWhatCameBack:
    def test_is_taken_up_with_a_note(self, desk, place):
        sent = referral(place, status="declined")
        assert "戻ってきたつなぎに対応する" in text(desk.get(page(sent)))
        assert "対応を記録しました" in text(follow_up(desk, sent, note="本人に伝えた"))
        assert CaseNote.objects.get().text == "本人に伝えた"
        assert "戻ってきたつなぎに対応する" not in text(desk.get(page(sent)))

    def test_needs_words(self, desk, place):
        sent = referral(place, status="expired")
        assert "どう対応したかを書いて" in text(follow_up(desk, sent, note=""))
        assert Referral.objects.returned().exists()

    def test_a_colleague_was_faster(self, desk, place):
        sent = referral(place, status="declined")
        other = caseworker(place.desk, "担当 二郎")
        replies.follow_up(referral=Referral.objects.get(), note="電話した", by=other, seen=sent.version)
        response = follow_up(desk, sent, note="手紙を書いた")
        assert response.status_code == 409
        for words in ("担当 二郎", "手紙を書いた</textarea>"):
            assert words in text(response)

    def test_a_double_click_is_no_error(self, desk, place):
        sent = referral(place, status="declined")
        responses = [follow_up(desk, sent, note="電話した") for _ in range(2)]
        assert all("対応を記録しました" in text(response) for response in responses)
        assert CaseNote.objects.count() == 1


class TestTheSheet:
    def sheet(self, desk, sent):
        return text(desk.get(reverse("desk:referral_sheet", args=[sent.public_id])))

    def test_holds_cover_packet_and_slip(self, desk, place):
        sent = referral(place, name="見本 花子", safe_times="午前だけ")
        shown = self.sheet(desk, sent)
        for words in (
            "つなぎシート", "見本の相談窓口 御中", "011-000-0002", "見本フードバンク", "担当 一郎", "011-000-0001",
            "目的", "同意の日", "午前だけ", "情報提供書", "見本 花子", "返信票", "受け取りました",
            "引き受けます", "引き受けられません", "初回面談日", "きりとり",
        ):  # fmt: skip
            assert words in shown, words
        assert shown.count(sent.number) >= 3

    def test_says_on_top_that_it_is_urgent_where_that_may_be_told(self, desk, place):
        words = "今日食べるものがない、と申込みのときに話しています"
        assert words in self.sheet(desk, referral(place, food_days="none"))
        assert words not in self.sheet(desk, referral(place, food_days="more"))
        found = case(consenting=place.centre, disclosed=["name", "reach", "phone"], food_days="none")
        send(desk, found)
        assert words not in self.sheet(desk, Referral.objects.get(case=found))

    def test_the_slip_names_nobody(self, desk, place):
        shown = self.sheet(desk, referral(place, name="見本 花子", kana="みほん はなこ"))
        slip = shown[shown.index('class="slip"') : shown.index("情報提供書</h2>")]
        assert "花子" not in slip
        assert "はなこ" not in slip

    def test_holds_only_what_was_allowed(self, desk, place):
        found = case(consenting=place.centre, disclosed=["name", "reach", "phone"], in_debt="yes", safe_times="夜だけ")
        send(desk, found)
        shown = self.sheet(desk, Referral.objects.get())
        assert "夜だけ" in shown
        for secret in ("借金", "住所", "世帯のこと"):
            assert secret not in shown

    def test_asks_for_nothing_that_may_not_be_told(self, desk, place):
        told, untold = (self.sheet(desk, referral(place, hear_result=answer)) for answer in (True, False))
        assert "すでに支援している" in told
        for words in ("すでに支援している", "初回面談日"):
            assert words not in untold
        assert "結果は書かないでください" in untold

    def test_is_in_japanese_for_whoever_works_in_english(self, desk, place):
        sent = referral(place)
        desk.post(reverse("set_language"), {"language": "en"})
        shown = self.sheet(desk, sent)
        for words in ("つなぎシート", "御中", "令和"):
            assert words in shown

    @pytest.mark.parametrize("status", ["revoked", "closed", "declined"])
    def test_is_gone_when_the_referral_is_over(self, desk, place, status):
        shown = self.sheet(desk, referral(place, status=status, name="見本 花子"))
        assert "印刷できません" in shown
        assert "情報提供書" not in shown
