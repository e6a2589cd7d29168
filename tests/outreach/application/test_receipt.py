"""Handing in: one application, one receipt, whatever the network, the finger or the database does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from foundation import clock
from foundation.identifiers import clean_receipt_number
from foundation.models import DataKey
from foundation.work import outbox
from outreach.application import drafts, page_secrets
from outreach.models import Application, Draft
from tests.outreach.application.filling import Filling, text_of

pytestmark = pytest.mark.django_db


def test_the_end_is_said_and_the_number_is_large_and_valid(filling):
    filling.fill_until("check")
    page = filling.client.get(filling.hand_in().url)
    number = Application.objects.get().receipt_number
    assert "申込みは終わりです" in text_of(page)
    assert f'<p class="receipt-number">{number}</p>' in page.content.decode()
    assert "紙に書くか、画面を写真にとって" in text_of(page)
    assert clean_receipt_number(number) == number


def test_the_page_leads_to_the_private_page_of_this_application(filling):
    filling.fill_until("check")
    page = filling.client.get(filling.hand_in().url).content.decode()
    secret = page.partition("/my/")[2].partition("/")[0]
    assert page_secrets.find(secret).get() == Application.objects.get()


def test_whoever_applied_for_somebody_else_is_promised_no_more_than_the_page_gives(filling):
    filling.fill_until("check", for_whom={"applying_for": "other"})
    page = text_of(filling.client.get(filling.hand_in().url))
    assert "同意をやめたりできる" not in page
    assert "あなただけのページ" not in page
    assert "窓口に伝えてよいかどうかは、ご本人が決める" in page


def test_the_person_is_told_that_they_can_take_their_consent_back(filling):
    filling.fill_until("check")
    assert "同意をやめたりできる" in text_of(filling.client.get(filling.hand_in().url))


def test_everything_is_read_back_before_sending(filling):
    filling.fill_until("check")
    page = text_of(filling.open("check"))
    for answer in (
        "1日〜3日分ある", "北海道札幌市中央区", "2人", "8歳", "アレルギー", "卵", "料理できる", "ガス", "見本 花子",
        "みほん はなこ", "1980年（昭和55年）", "自宅などに届けてほしい", "〒060-0001", "見本町1丁目2-3", "午前中",
        "090-1234-5678", "平日の昼", "ひとり親と子ども", "収入がへった", "半年以内", "消費者金融",
        "インターネットで調べて", "相談できる人がいない", "どこにも相談していない", "窓口から連絡してほしい",
    ):  # fmt: skip
        assert answer in page, answer


def test_after_sending_the_draft_its_key_and_its_cookie_are_gone(filling):
    filling.fill_until("check")
    filling.hand_in()
    assert not Draft.objects.exists()
    assert DataKey.objects.get(kind="draft").destroyed
    assert filling.client.cookies["apply"].value == ""


def test_a_double_click_is_one_application_and_shows_the_same_receipt(filling):
    filling.fill_until("check")
    shown = filling.open("check")
    draft_cookie = filling.client.cookies["apply"].value
    first = text_of(filling.client.get(filling.hand_in(shown).url))
    filling.client.cookies["apply"] = draft_cookie  # the second click left before the first was answered
    again = text_of(filling.client.get(filling.hand_in(shown).url))
    assert Application.objects.count() == 1
    assert first == again


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lost_answer_is_found_again(filling, method):
    """The phone lost its connection: the application stands, the browser knows only the draft's cookie."""
    filling.fill_until("check")
    shown = filling.hidden(filling.open("check"))
    draft_cookie = filling.client.cookies["apply"].value
    filling.hand_in()
    number = Application.objects.get().receipt_number
    filling.client.cookies.clear()
    filling.client.cookies["apply"] = draft_cookie
    response = getattr(filling.client, method)("/apply/check/", shown if method == "post" else {})
    assert number in text_of(filling.client.get(response.url))


def test_the_receipt_can_be_read_again_for_an_hour_and_no_longer(filling, monkeypatch):
    filling.fill_until("check")
    filling.hand_in()
    assert filling.client.get("/apply/done/").status_code == 200
    assert filling.client.get("/apply/done/").status_code == 200
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    page = filling.client.get("/apply/done/")
    assert page.status_code == 410
    assert "もう一度申しこむ必要はありません" in text_of(page)
    assert "書きかけ" not in text_of(page)
    assert "はじめから書く" not in text_of(page)


def test_going_back_after_the_end_shows_the_receipt_again(filling):
    filling.fill_until("check")
    filling.hand_in()
    assert filling.open("check").url == "/apply/done/"
    assert filling.open("name").url == "/apply/done/"


def test_another_application_can_follow(filling):
    filling.fill_until("check")
    filling.hand_in()
    assert "終わっています" in text_of(filling.client.get("/apply/"))
    filling.fill_until("check")
    filling.hand_in()
    assert Application.objects.count() == 2


def test_leaving_forgets_the_receipt(filling):
    filling.fill_until("check")
    filling.hand_in()
    filling.client.get("/leave/")
    assert filling.client.get("/apply/done/").status_code == 410


def test_a_receipt_cookie_of_ones_own_making_opens_nothing(filling):
    filling.fill_until("check")
    filling.hand_in()
    application = Application.objects.get()
    filling.client.cookies["apply_done"] = f"{application.public_id}::forged:signature"
    assert filling.client.get("/apply/done/").status_code == 410


def test_answers_changed_in_another_tab_are_shown_before_they_are_sent(filling):
    filling.fill_until("check")
    shown = filling.open("check")
    filling.answer("people", people_count="7")
    page = filling.hand_in(shown)
    assert "もう一度たしかめてください" in text_of(page)
    assert "7人" in text_of(page)
    assert not Application.objects.exists()
    assert filling.hand_in(page).status_code == 302


def test_when_the_database_refuses_it_is_said_that_nothing_arrived_and_nothing_is_lost(filling, monkeypatch):
    def refuse(**_arguments):
        raise DatabaseError("disk full")

    filling.fill_until("check")
    monkeypatch.setattr(drafts, "submit_application", refuse)
    filling.client.raise_request_exception = False
    page = filling.hand_in()
    assert page.status_code == 500
    assert "受付番号が表示されていなければ、まだ届いていません" in text_of(page)
    assert not Application.objects.exists()
    monkeypatch.undo()
    assert filling.hand_in().status_code == 302
    assert Application.objects.count() == 1


def test_a_broker_that_refuses_does_not_keep_the_receipt_back(filling, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*_arguments, **_options):
        raise ConnectionError("no broker")

    filling.fill_until("check")
    outbox.publishing_resumes()
    monkeypatch.setattr(outbox, "ring", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        response = filling.hand_in()
    outbox.publishing_resumes()
    assert Application.objects.get().receipt_number in text_of(filling.client.get(response.url))


def test_somebody_elses_browser_sees_nothing(filling, django_user_model):
    from django.test import Client

    filling.fill_until("check")
    filling.hand_in()
    stranger = Filling(Client())
    assert stranger.client.get("/apply/done/").status_code == 410
    assert stranger.open("check").status_code == 410
