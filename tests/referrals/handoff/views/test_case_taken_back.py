"""A case that was withdrawn, or is somebody's second one: no page offers what is refused when it is pressed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from referrals.handoff import consents, replies, sending, voiding
from referrals.handoff.unused import unused_consents
from referrals.models import ConsentEntry, Referral
from tests.factories.applications import centre_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor
from tests.factories.referrals import handed_off, portal_centre
from tests.referrals.desk_pages import signed_in, text

TAKE_BACK = "最後の返事を取り消す"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def hand_off(desk, found) -> str:
    return text(desk.get(reverse("desk:referral_new", args=[found.public_id])))


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_the_page_asks_for_a_new_consent_and_takes_it(desk, place, status):
    found = case(status=status, by=place.caseworker, consenting=place.centre)
    shown = hand_off(desk, found)
    assert "前の同意ではつなげません" in shown
    assert f"{place.centre.name}につなぐ</button>" not in shown
    assert reverse("desk:consent", args=[found.public_id]) in shown
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(found, place.centre, by=place.caseworker, hear_result=False)
        assert f"{place.centre.name}につなぐ</button>" in hand_off(desk, found)
        assert "窓口につなぐ" in text(desk.get(reverse("desk:case", args=[found.public_id])))


def test_what_came_back_is_not_sent_again_from_there(desk, place):
    sent = referral(place, status="expired")
    page = reverse("desk:referral", args=[sent.public_id])
    assert "もう一度つなぐ" in text(desk.get(page))
    advance(sent.case, "duplicate", by=place.caseworker)
    assert "もう一度つなぐ" not in text(desk.get(page))
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert "もう一度つなぐ" in text(desk.get(page))


def test_an_answer_that_comes_late_is_offered_only_where_it_is_taken(desk, place):
    sent = referral(place, status="expired")
    page = reverse("desk:referral", args=[sent.public_id])
    assert "あとから答えたときは、ここに記録できます" in text(desk.get(page))
    advance(sent.case, "withdrawn", by=place.caseworker)
    assert "あとから答えたときは、ここに記録できます" not in text(desk.get(page))
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert "あとから答えたときは、ここに記録できます" in text(desk.get(page))


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_a_paper_from_before_the_end_is_not_recorded_as_if_it_led_anywhere(place, status):
    signed = clock.today()
    with clock.at(clock.now() + timedelta(days=2)):
        found = case(status=status, by=place.caseworker)
    with clock.at(clock.now() + timedelta(days=2, hours=1)):
        with pytest.raises(DomainError, match="書面の日付よりあとに"):
            consent(found, place.centre, by=place.caseworker, channel="paper", stated_on=signed)
        assert not ConsentEntry.objects.exists()
        consent(found, place.centre, by=place.caseworker, channel="paper", stated_on=clock.today())
        assert unused_consents().filter(case=found).exists()


def test_of_a_consent_recorded_in_error_nobody_says_that_the_centre_was_wrong(desk, place):
    sent = referral(place)
    found = fresh(sent.case)
    number = voiding.entries(found)[0][0]
    voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=consents.length(found.person))
    consent(fresh(found), place.centre, by=place.caseworker)
    shown = hand_off(desk, found)
    assert f"{place.centre.name}につなぐ</button>" in shown
    assert "つなぎ先のまちがいとして止めてあります" not in shown


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
@pytest.mark.parametrize(("answer", "again"), [("declined", False), ("closed", True)])
def test_an_answer_may_be_put_right_where_the_centre_had_taken_them_up_and_nothing_begins_anew(
    desk, place, status, answer, again
):
    sent = referral(place, status=answer)
    page = reverse("desk:referral", args=[sent.public_id])
    assert TAKE_BACK in text(desk.get(page))
    advance(sent.case, status, by=place.caseworker)
    assert (TAKE_BACK in text(desk.get(page))) == again
    said = {"seen": Referral.objects.get(pk=sent.pk).version, "why": "押しまちがい"}
    response = desk.post(reverse("desk:referral_take_back", args=[sent.public_id]), said)
    assert (response.status_code == 302) == again


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_nor_does_the_centre_read_of_its_end_where_it_would_put_a_refusal_right(status):
    centre = portal_centre()
    reader = counsellor(centre)
    sent = handed_off(centre, to="declined", by_counsellor=reader)
    portal = signed_in(reader)
    page = reverse("portal:cover", args=[sent.public_id])
    assert TAKE_BACK in text(portal.get(page))
    advance(sent.case, status, by=caseworker(sent.case.desk))
    assert TAKE_BACK not in text(portal.get(page))
    said = {"seen": Referral.objects.get(pk=sent.pk).version, "why": "押しまちがい"}
    refused = text(portal.post(reverse("portal:take_back", args=[sent.public_id]), said))
    assert "フードバンクに電話してください" in refused
    assert "取下げ" not in refused
    assert "重複" not in refused


def test_where_it_was_sent_anew_the_older_answer_is_not_offered_to_be_taken_back(desk, place):
    first = referral(place, status="declined")
    now = fresh(first.case)
    sending.send(case=now, centre=place.centre, way="telephone", by=place.caseworker, seen=now.version)
    assert TAKE_BACK not in text(desk.get(reverse("desk:referral", args=[first.public_id])))


def test_a_newer_consent_to_another_centre_lets_no_answer_of_this_one_in(place):
    sent = referral(place, status="expired")
    ended = advance(sent.case, "duplicate", by=place.caseworker)
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(ended, centre_in(name="もうひとつの窓口"), by=place.caseworker)
        sent.refresh_from_db()
        with pytest.raises(NotAllowed, match="前の同意ではつなげません"):
            replies.record_reply(referral=sent, to="accepted", by=place.caseworker, seen=sent.version)


def test_nobody_is_promised_a_list_that_will_not_hold_them_when_the_centre_was_wrong(desk, place):
    sent = referral(place, status="declined")
    page = reverse("desk:referral", args=[sent.public_id])
    assert "「つなぐのを待っている方」にもどります" in text(desk.get(page))
    advance(sent.case, "withdrawn", by=place.caseworker)
    assert "「つなぐのを待っている方」には入りません" in text(desk.get(page))
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert "「つなぐのを待っている方」にもどります" in text(desk.get(page))


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_whoever_was_hidden_at_the_end_by_a_withdrawal_recorded_in_error_waits_once_that_comes_to_light(
    desk, place, status
):
    sent = referral(place)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="telephone", by=place.caseworker)
    with clock.at(clock.now() + timedelta(hours=1)):
        found = advance(sent.case, status, by=place.caseworker)
        assert not unused_consents().filter(case=found).exists()
    with clock.at(clock.now() + timedelta(hours=2)):
        number = voiding.entries(found)[0][0]
        voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=consents.length(found.person))
        assert unused_consents().filter(case=found).exists()
        assert f"{place.centre.name}につなぐ</button>" in hand_off(desk, found)
        page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
        assert reverse("desk:referral_new", args=[found.public_id]) in page


def test_a_consent_recorded_in_error_after_the_end_leaves_it_as_it_was(place):
    found = case(status="withdrawn", by=place.caseworker, consenting=place.centre)
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(found, place.centre, by=place.caseworker, hear_result=False)
        assert unused_consents().filter(case=found).exists()
    with clock.at(clock.now() + timedelta(hours=2)):
        number = voiding.entries(found)[0][0]
        voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=consents.length(found.person))
        assert not unused_consents().filter(case=found).exists()


def test_of_what_was_closed_for_less_nobody_is_sent_to_a_page_that_refuses(desk, place):
    sent = referral(place, status="closed")
    now = fresh(sent.case)
    consent(now, place.centre, by=place.caseworker, fields=["name", "reach", "phone"])
    page = reverse("desk:referral", args=[sent.public_id])
    assert "いま伝えられる内容は、あらためてつないでください" in text(desk.get(page))
    advance(sent.case, "withdrawn", by=place.caseworker)
    shown = text(desk.get(page))
    assert "いま伝えられる内容は、あらためてつないでください" not in shown
    assert "あらためて同意を記録してください" in shown


def test_a_consent_said_anew_is_no_second_click_when_the_case_ended_in_between(place):
    found = case()
    consent(found, place.centre, by=place.caseworker)
    with clock.at(clock.now() + timedelta(seconds=10)):
        found = advance(found, "duplicate", by=place.caseworker)
    with clock.at(clock.now() + timedelta(seconds=20)):
        consent(found, place.centre, by=place.caseworker)
        assert unused_consents().filter(case=found).exists()
