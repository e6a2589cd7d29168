"""Beat jobs of the referrals floor."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.errors import Conflict
from foundation.models import JobRun, OutboxMessage
from referrals.handoff import answering, stopping
from referrals.handoff.notice_table import ANSWER_NOTICE
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import REFERRAL_AWAITING, ReferralStatus
from referrals.tasks import expire_unanswered
from tests.factories import cases, members, referrals

S = ReferralStatus
pytestmark = pytest.mark.django_db


def after_due(referral, days=1):
    return clock.at(clock.now() + timedelta(days=(referral.due_on - clock.today()).days + days))


@pytest.mark.parametrize("way", Way.values)
@pytest.mark.parametrize("status", sorted(REFERRAL_AWAITING))
def test_an_unanswered_referral_returns_to_the_desk_the_day_after_it_was_due(way, status):
    referral = referrals.handed_off(way=way, to=status)
    with after_due(referral, days=0):
        assert expire_unanswered() == 0
    with after_due(referral):
        assert expire_unanswered() == 1
    returned = Referral.objects.get(pk=referral.pk)
    assert returned.status == S.EXPIRED
    step = returned.history.last()
    assert (step.actor, step.by) == ("clock", None)
    assert OutboxMessage.objects.filter(kind=ANSWER_NOTICE, subject=referral.public_id).exists()


@pytest.mark.parametrize("status", [s for s in S.values if s not in (S.DRAFT, *REFERRAL_AWAITING)])
def test_what_was_answered_or_ended_does_not_expire(status):
    on_paper = status == S.HANDED_OVER  # where nothing is told back
    referral = (
        cases.referral(cases.town(), status=status, hear_result=False) if on_paper else referrals.handed_off(to=status)
    )
    with after_due(referral):
        assert expire_unanswered() == 0
    assert Referral.objects.get(pk=referral.pk).status == status


def test_running_twice_changes_nothing_more():
    referral = referrals.handed_off()
    with after_due(referral):
        assert expire_unanswered() == 1
        assert expire_unanswered() == 0
    assert referral.history.filter(to_status=S.EXPIRED).count() == 1


def test_an_answer_in_the_very_moment_wins_and_the_others_still_expire(monkeypatch):
    centre = referrals.portal_centre()
    answered, silent = (referrals.handed_off(centre, to=S.VIEWED) for _ in range(2))
    counsellor = members.counsellor(centre)
    expire = stopping.expire

    def answered_first(*, referral):
        if referral.pk == answered.pk:
            answering.accept(referral=Referral.objects.get(pk=referral.pk), by=counsellor, seen=referral.version)
            with pytest.raises(Conflict):
                expire(referral=referral)
        expire(referral=referral)

    monkeypatch.setattr(stopping, "expire", answered_first)
    with after_due(silent):
        assert expire_unanswered() == 1
    assert Referral.objects.get(pk=answered.pk).status == S.ACCEPTED
    assert Referral.objects.get(pk=silent.pk).status == S.EXPIRED


def test_nobody_s_data_is_read_by_the_clock():
    """Outside an access scope reading would raise: the job needs no names."""
    referral = referrals.handed_off()
    with after_due(referral):
        expire_unanswered()


def test_one_bad_row_does_not_stop_the_others_from_expiring(monkeypatch):
    centre = referrals.portal_centre()
    bad, good = (referrals.handed_off(centre) for _ in range(2))
    expire = stopping.expire

    def failing(*, referral):
        if referral.pk == bad.pk:
            raise RuntimeError
        expire(referral=referral)

    monkeypatch.setattr(stopping, "expire", failing)
    with after_due(good):
        assert expire_unanswered() == 1
    assert Referral.objects.get(pk=good.pk).status == S.EXPIRED
    assert (JobRun.objects.get().done, JobRun.objects.get().failed) == (1, 1)
