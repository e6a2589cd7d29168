"""The person's own page: taking a consent back."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from foundation import clock
from referrals.handoff import consents, replies
from referrals.models import ConsentEntry, Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests import forms
from tests.factories import members, referrals
from tests.referrals.person.private import hand_in, page_of, refer, text_of, withdraw_of

S = ReferralStatus
pytestmark = pytest.mark.django_db


def test_withdrawing_asks_once_more_and_says_what_cannot_be_undone(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.VIEWED)
    shown = text_of(client.get(withdraw_of(secret)))
    assert centre.name in shown
    assert "もう読んだことは、消せません" in shown
    assert "食べものが届くかどうかは変わりません" in shown


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_withdrawing_revokes_the_live_referral_at_once(client, centre, status):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=status)
    response = client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True)
    assert "同意をとりやめました" in text_of(response)
    assert Referral.objects.get(pk=referral.pk).status == S.REVOKED
    assert not case.person.consents.live().exists()
    entries = ConsentEntry.objects.filter(person=case.person, given=False)
    assert {(entry.channel, entry.recorded_by, entry.stated_by) for entry in entries} == {("web", None, "person")}
    step = referral.history.get(to_status=S.REVOKED)
    assert (step.by, step.actor) == (None, "person")


def test_a_centre_on_paper_is_said_to_be_told_only_once_it_was(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, way=Way.TELEPHONE)
    done = text_of(client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True))
    assert "窓口にまだ渡していないかを、たしかめています" in done
    assert "窓口からは、もう連絡がありません" not in done
    assert "もう読んだことは、消せません" in done
    referral.refresh_from_db()
    with clock.at(datetime(2031, 5, 2, 16, tzinfo=UTC)):
        worker = members.caseworker(case.desk)
        replies.record_told(referral=referral, note="電話した", by=worker, seen=referral.version)
    shown = text_of(client.get(page_of(secret)))
    assert "2031年5月3日に、フードバンクから窓口に" in shown
    assert "捨てるように伝えました" in shown
    assert "捨てるように伝えます" not in shown


@pytest.mark.parametrize(
    ("status", "words"), [(S.SENT, "あなたの内容を読めません"), (S.VIEWED, "窓口の人がもう読んだことは、消せません")]
)
def test_after_withdrawing_nobody_is_told_that_what_was_read_is_unread(client, centre, status, words):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=status)
    done = text_of(client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True))
    assert words in done
    assert "まだ読んでいない内容は、もう読めません" not in done


def test_pressing_the_button_as_the_page_stands_withdraws(client, centre):
    case, secret = hand_in(consenting=centre)
    page, _links = forms.read(text_of(client.get(withdraw_of(secret))))
    (form,) = (one for one in page if "centre" in one.names)
    client.post(withdraw_of(secret), form.values)
    assert not case.person.consents.live().exists()


def test_withdrawing_twice_does_no_harm(client, centre):
    case, secret = hand_in(consenting=centre)
    for _ in range(2):
        response = client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True)
        assert response.status_code == 200
        assert "同意をとりやめました" in text_of(response)
    assert ConsentEntry.objects.filter(person=case.person, given=False).count() == 2


def test_the_centre_to_withdraw_from_is_chosen_when_there_are_several(client, centre):
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    case, secret = hand_in(consenting=centre)
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=second, fields=["name", "reach"], hear_result=False, channel="telephone", by=worker
    )
    nothing_chosen = client.post(withdraw_of(secret), follow=True)
    assert "どこへの同意をとりやめるか" in text_of(nothing_chosen)
    assert case.person.consents.live().count() == 3
    client.post(withdraw_of(secret), {"centre": second.public_id})
    assert {entry.recipient for entry in case.person.consents.live()} == {centre}


def test_nobody_withdraws_towards_a_centre_that_was_never_named(client, centre):
    stranger = referrals.portal_centre("012033", name="よその窓口")
    case, secret = hand_in(consenting=centre)
    response = client.post(withdraw_of(secret), {"centre": stranger.public_id}, follow=True)
    assert response.status_code == 200
    assert case.person.consents.live().count() == 2


def test_withdrawing_needs_no_cookie_as_browsers_hide_the_origin_here(centre):
    case, secret = hand_in(consenting=centre)
    strict = Client(enforce_csrf_checks=True)
    typed = {"centre": centre.public_id, "number": case.application.receipt_number}
    response = strict.post(withdraw_of(secret), typed, headers={"origin": "null"})
    assert response.status_code == 302
    assert not case.person.consents.live().exists()


def test_whoever_applied_for_somebody_else_sees_and_withdraws_no_consent(client, centre):
    """A helper holds the link; consents are the person's own, recorded by staff who asked them."""
    helped = {"applying_for": "other", "helper_name": "手伝う 人", "helper_phone": "+819033334444"}
    case, secret = hand_in(**helped, food_days="more")  # whom to call before the box is there is no consent
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=centre, fields=["name", "phone", "reach"], hear_result=True, channel="telephone", by=worker
    )
    refer(case, centre, to=S.ACCEPTED)
    assert centre.name not in text_of(client.get(page_of(secret)))
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    assert case.person.consents.live().count() == 2
