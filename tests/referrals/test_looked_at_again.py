"""What was loaded before somebody else wrote: under the lock it is looked at whole, and nothing is written before."""

import pytest
from django.db import connection

from foundation.errors import Conflict, DomainError
from referrals import locks
from referrals.handoff import consents, replies, stopping
from referrals.models import Referral, ReferralTransition
from referrals.states import ReferralStatus
from tests.factories import members
from tests.factories.cases import fresh, referral, town
from tests.referrals import verbs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def colleague(place):
    return members.caseworker(place.desk, "担当 二郎")


def loaded(sent: Referral) -> Referral:
    return Referral.objects.select_related("case__person", "centre", "told_by", "followed_up_by").get(pk=sent.pk)


def withdrawn(place) -> Referral:
    sent = referral(place, status="accepted")
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    return loaded(sent)


def tell(sent: Referral, by) -> None:
    now = loaded(sent)
    replies.record_told(referral=now, note="電話した", by=by, seen=now.version)


def test_when_and_by_whom_come_from_the_same_moment(place, colleague):
    before = withdrawn(place)
    assert before.told_by is None
    tell(before, colleague)
    locks.hold_referral(before)
    assert (before.told_at is not None, before.told_by) == (True, colleague)


def test_what_it_still_points_at_is_not_loaded_again(place, django_assert_num_queries):
    before = loaded(referral(place))
    with django_assert_num_queries(2):
        locks.hold_referral(before)
        assert before.case.person.pk
        assert before.centre == place.centre


def test_whoever_stops_it_hears_that_the_centre_was_told_meanwhile_and_by_whom(place, colleague):
    before = withdrawn(place)
    tell(before, colleague)
    with pytest.raises(Conflict) as met:
        stopping.mark_wrong_centre(referral=before, why="町をまちがえた", by=place.caseworker, seen=before.version)
    assert (met.value.who, str(met.value.what)) == ("担当 二郎", "窓口に連絡済み")


def test_whoever_stops_it_hears_that_it_was_taken_up_meanwhile_and_by_whom(place, colleague):
    before = loaded(referral(place, status="declined"))
    now = loaded(before)
    replies.follow_up(referral=now, note="電話した", by=colleague, seen=now.version)
    with pytest.raises(Conflict) as met:
        stopping.mark_wrong_centre(referral=before, why="町をまちがえた", by=place.caseworker, seen=before.version)
    assert (met.value.who, str(met.value.what)) == ("担当 二郎", "対応済み")


def test_the_history_names_who_took_it_up_and_nobody_who_had_done_so_before(place, colleague):
    declined = loaded(referral(place, status="declined"))
    replies.follow_up(referral=declined, note="電話した", by=place.caseworker, seen=declined.version)
    before = loaded(declined)
    Referral.objects.filter(pk=before.pk).update(followed_up_by=colleague)
    stopping.mark_wrong_centre(referral=before, why="町をまちがえた", by=place.caseworker, seen=before.version)
    assert ReferralTransition.objects.get(subject=before, reason="followed_up").by == colleague


@pytest.mark.parametrize("status", [s for s in ReferralStatus if s != ReferralStatus.DRAFT])
def test_who_was_second_has_written_nothing_of_a_referral(place, status, monkeypatch):
    sent = referral(place, status=status, hear_result=status != ReferralStatus.HANDED_OVER)
    newest = verbs._newest

    def of_before(found):
        newest_now = newest(found)
        newest_now.version -= 1
        return newest_now

    monkeypatch.setattr(verbs, "_newest", of_before)
    found = fresh(sent.case)
    for name in set(verbs.ON_REFERRAL) - {"open", "expire"}:
        written = []

        def look(execute, sql, *rest, written=written):
            written.extend([sql] if sql.startswith(("INSERT", "UPDATE", "DELETE")) else [])
            return execute(sql, *rest)

        with connection.execute_wrapper(look), pytest.raises(DomainError):
            verbs.do(name, found, place)
        assert not written, name
