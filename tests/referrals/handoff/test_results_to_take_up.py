"""A result by which nobody is supported waits at the desk until somebody does something about it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import replies, reply_corrections, sending
from referrals.models import CaseNote, Referral
from referrals.outcomes import OUTCOMES_TO_TAKE_UP, Outcome
from referrals.states import ReferralStatus as S
from tests.factories import cases, members, referrals
from tests.factories.cases import fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
SUPPORTED = sorted(set(Outcome) - OUTCOMES_TO_TAKE_UP)


@pytest.fixture
def place():
    return town()


def closed(place, outcome) -> Referral:
    sent = referral(place, status=S.ACCEPTED)
    note = "理由" if outcome == "other" else ""
    said = {"to": S.CLOSED, "outcome": outcome, "note": note}
    replies.record_reply(referral=sent, by=place.caseworker, seen=sent.version, **said)
    return referrals.again(sent)


def waiting(member):
    return signed_in(member).get(reverse("desk:queue"), {"tab": "returned"}).context["page"].items


@pytest.mark.parametrize("outcome", sorted(OUTCOMES_TO_TAKE_UP))
def test_it_waits_until_somebody_wrote_what_they_did(place, outcome):
    sent = closed(place, outcome)
    desk = signed_in(place.caseworker)
    label = str(Outcome(outcome).label)
    assert waiting(place.caseworker) == [sent.case]
    assert f"つなぎの結果は「{label}」でした" in text(desk.get(reverse("desk:case", args=[sent.case.public_id])))
    address = reverse("desk:referral", args=[sent.public_id])
    assert f"結果（{label}）に対応する" in text(desk.get(address))
    done = {"seen": sent.version, "note": "手紙を送った"}
    page = desk.post(reverse("desk:referral_follow_up", args=[sent.public_id]), done, follow=True)
    assert "対応を記録しました" in text(page)
    assert waiting(place.caseworker) == []
    assert CaseNote.objects.get().text == "手紙を送った"
    assert f"結果（{label}）に対応する" not in text(desk.get(address))


@pytest.mark.parametrize("outcome", SUPPORTED)
def test_where_somebody_is_supported_nothing_waits(place, outcome):
    sent = closed(place, outcome)
    assert waiting(place.caseworker) == []
    with pytest.raises(DomainError):
        replies.follow_up(referral=sent, note="x", by=place.caseworker, seen=sent.version)


@pytest.mark.parametrize("hears", [True, False])
def test_what_the_desk_may_not_hear_it_learns_from_no_list(hears):
    sent = referrals.handed_off(to=S.ACCEPTED, feedback=hears)
    counsellor = members.counsellor(sent.centre)
    referrals.answering.close(referral=sent, outcome="not_reached", by=counsellor, seen=sent.version)
    worker = members.caseworker(sent.case.desk)
    assert waiting(worker) == ([sent.case] if hears else [])
    page = text(signed_in(worker).get(reverse("desk:referral", args=[sent.public_id])))
    assert ("連絡がとれなかった" in page) == ("対応が必要です" in page) == hears
    case_page = text(signed_in(worker).get(reverse("desk:case", args=[sent.case.public_id])))
    assert ("連絡がとれなかった" in case_page) == hears
    if not hears:
        with pytest.raises(DomainError):
            replies.follow_up(referral=sent, note="x", by=worker, seen=sent.version)


def test_sending_it_to_another_centre_is_doing_something(place):
    sent = closed(place, "no_capacity")
    other = cases.centre_in(name="もう一つの窓口")
    cases.consent(fresh(sent.case), other, by=place.caseworker)
    found = fresh(sent.case)
    sending.send(case=found, centre=other, way="telephone", by=place.caseworker, seen=found.version)
    assert waiting(place.caseworker) == []
    assert referrals.again(sent).followed_up_by == place.caseworker


def test_a_result_taken_back_waits_for_nothing_and_the_next_one_waits_anew(place):
    sent = closed(place, "not_reached")
    replies.follow_up(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    sent = referrals.again(sent)
    reply_corrections.correct_reply(referral=sent, why="別の方の返事", by=place.caseworker, seen=sent.version)
    assert waiting(place.caseworker) == []
    said = {"to": S.CLOSED, "outcome": "did_not_come"}
    replies.record_reply(referral=sent, by=place.caseworker, seen=sent.version, **said)
    assert waiting(place.caseworker) == [sent.case]


def test_the_table_knows_no_following_up_of_what_needs_none(place):
    sent = closed(place, "first_interview")
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(followed_up_at=clock.now(), followed_up_by=place.caseworker)
