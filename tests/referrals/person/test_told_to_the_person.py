"""The person's own page: who was told what, and what came of it."""

import pytest
from django.urls import reverse

from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.referrals.person.private import hand_in, open_text_of, page_of, refer, text_of, withdraw_of

S = ReferralStatus
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (S.SENT, "返事を待っています"),
        (S.VIEWED, "窓口が内容を読みました"),
        (S.ACCEPTED, "窓口が引き受けました"),
        (S.CONTACTED, "窓口と連絡がとれました"),
        (S.CLOSED, "窓口へのつなぎは終わりました"),
        (S.DECLINED, "今回は引き受けられませんでした"),
        (S.EXPIRED, "まだ返事がありません"),
        (S.REVOKED, "同意をとりやめたので、止めました"),
    ],
)
def test_the_person_reads_to_whom_what_was_told_and_where_that_stands(client, centre, status, words):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=status)
    shown = open_text_of(client.get(page_of(secret)))
    assert centre.name in shown
    assert words in shown
    assert "連絡先：名前、生まれた年" in shown
    assert str(referral.number) not in shown


def test_names_of_members_are_never_shown(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=S.CLOSED)
    shown = text_of(client.get(page_of(secret)))
    for step in [*referral.history.all(), *case.history.exclude(by=None)]:
        assert step.by.name not in shown


def test_the_person_sees_which_organisation_opened_theirs_and_on_which_day(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    client.get(reverse("portal:packet", args=[referral.public_id]))
    client.logout()
    opened = text_of(client.get(page_of(secret))).split("あなたの内容を開いたところ")[1]
    assert centre.name in opened.split("</details>")[0]


def test_what_others_opened_of_others_is_not_told(client, centre):
    _case, secret = hand_in(consenting=centre)
    other, _ = hand_in(consenting=centre, name="別 の人")
    referral = refer(other, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    client.get(reverse("portal:packet", args=[referral.public_id]))
    client.logout()
    assert "あなたの内容を開いたところ" not in text_of(client.get(page_of(secret)))


def test_a_centre_that_turned_it_down_is_not_offered_again(client, centre):
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.DECLINED)
    response = client.get(page_of(secret))
    assert response.context["windows"] == [second]


def test_a_referral_by_telephone_says_so(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, way=Way.TELEPHONE)
    assert "電話と紙" in open_text_of(client.get(page_of(secret)))


@pytest.mark.parametrize(
    ("status", "there", "not_there"),
    [
        (S.SENT, ("窓口に連絡しています", "伝える項目"), ("伝えました", "伝わりました", "伝えた項目", "伝わったと")),
        (S.VIEWED, ("窓口に伝わりました", "伝えた項目", "伝わったと"), ("窓口に連絡しています",)),
        (S.ACCEPTED, ("窓口が引き受けました", "伝えた項目", "伝わったと"), ("窓口に連絡しています",)),
        (S.EXPIRED, ("まだ返事がありません", "紙に書いた項目"), ("伝えた項目", "伝えた日時")),
    ],
)  # fmt: skip
def test_by_telephone_nothing_is_said_to_be_told_before_the_centre_has_it(client, centre, status, there, not_there):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, way=Way.TELEPHONE, to=status)
    shown = open_text_of(client.get(page_of(secret)))
    for words in there:
        assert words in shown
    for words in not_there:
        assert words not in shown


def test_a_consent_that_was_not_used_yet_says_that_nothing_was_told(client, centre):
    _case, secret = hand_in(consenting=centre)
    shown = open_text_of(client.get(page_of(secret)))
    assert "まだ何も伝えていません" in shown
    assert withdraw_of(secret) in shown


def test_without_consent_there_is_nothing_to_withdraw(client):
    _case, secret = hand_in()
    assert withdraw_of(secret) not in text_of(client.get(page_of(secret)))
    assert client.get(withdraw_of(secret)).headers["Location"] == page_of(secret)
