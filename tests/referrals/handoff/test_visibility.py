"""Who may see what of a referral."""

from datetime import timedelta

import pytest

from foundation import access, clock
from referrals.handoff import consents, visibility
from referrals.handoff.visibility import PacketFor
from referrals.models import ConsentEntry, Referral
from referrals.models.consent import Purpose
from referrals.states import ReferralStatus
from tests.factories import referrals
from tests.factories.applications import centre_in

S = ReferralStatus
pytestmark = pytest.mark.django_db


def packet_for_centre(referral):
    return visibility.packet_for_centre(Referral.objects.get(pk=referral.pk))


def write(referral, *, given=True, purpose=Purpose.TELL_CENTRE, recipient=None, fields=None, expires_on=None):
    """An entry of the ledger as an import or a mistake might write it, past the verbs."""
    return ConsentEntry.objects.create(
        person=referral.case.person, case=referral.case, purpose=purpose, given=given,
        recipient=recipient or referral.centre, fields=referral.packet.fields if fields is None else fields,
        text_version="2026-1", channel="web", stated_by="person", stated_on=clock.today(), at=clock.now(),
        expires_on=expires_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (S.SENT, PacketFor.UNOPENED),
        (S.VIEWED, PacketFor.READABLE),
        (S.ACCEPTED, PacketFor.READABLE),
        (S.CONTACTED, PacketFor.READABLE),
        (S.CLOSED, PacketFor.READABLE),
        (S.DECLINED, PacketFor.GIVEN_BACK),
        (S.EXPIRED, PacketFor.GIVEN_BACK),
        (S.REVOKED, PacketFor.WITHDRAWN),
    ],
)
def test_each_state_says_what_the_centre_may_read(status, state):
    assert packet_for_centre(referrals.handed_off(to=status)) is state


@pytest.mark.parametrize("status", [S.SENT, S.ACCEPTED, S.CLOSED, S.DECLINED])
def test_a_withdrawal_comes_before_every_state(status):
    referral = referrals.handed_off(to=status)
    write(referral, given=False)
    assert packet_for_centre(referral) is PacketFor.WITHDRAWN


def test_an_expired_consent_closes_the_packet():
    referral = referrals.handed_off(to=S.ACCEPTED)
    write(referral, expires_on=clock.today())
    assert packet_for_centre(referral) is PacketFor.READABLE
    with clock.at(clock.now() + timedelta(days=1)):
        assert packet_for_centre(referral) is PacketFor.WITHDRAWN


def test_a_narrower_consent_closes_a_wider_packet():
    referral = referrals.handed_off(to=S.ACCEPTED)
    write(referral, fields=referral.packet.fields[1:])
    assert packet_for_centre(referral) is PacketFor.WITHDRAWN


def test_a_consent_to_another_centre_opens_nothing_here():
    referral = referrals.handed_off(to=S.ACCEPTED)
    write(referral, given=False)
    write(referral, recipient=referrals.portal_centre("012033"))
    assert packet_for_centre(referral) is PacketFor.WITHDRAWN


def test_a_consent_to_hear_the_result_is_none_to_tell():
    referral = referrals.handed_off(to=S.ACCEPTED)
    write(referral, given=False)
    write(referral, purpose=Purpose.HEAR_RESULT)
    assert packet_for_centre(referral) is PacketFor.WITHDRAWN
    assert visibility.result_may_be_told(referral)


def test_telling_the_result_needs_its_own_consent():
    silent = referrals.handed_off(to=S.CLOSED, feedback=False)
    assert not visibility.result_may_be_told(silent)
    told = referrals.handed_off(to=S.CLOSED)
    assert visibility.result_may_be_told(told)
    with access.scope(actor="test", purpose="test"):
        consents.withdraw_consent(case=told.case, recipient=told.centre, channel="web")
    assert not visibility.result_may_be_told(told)


def test_the_result_of_one_centre_says_nothing_about_another():
    referral = referrals.handed_off(to=S.CLOSED, feedback=False)
    write(referral, purpose=Purpose.HEAR_RESULT, recipient=referrals.portal_centre("012033"))
    assert not visibility.result_may_be_told(referral)


def test_what_one_centre_may_tell_lets_nobody_learn_of_another():
    closed, held = referrals.handed_off(to=S.CLOSED), referrals.handed_off(to=S.ON_HOLD)
    Referral.objects.filter(pk=closed.pk).update(outcome="not_reached")
    Referral.objects.filter(pk=held.pk).update(on_hold_until=clock.today())
    other = centre_in(name="もうひとつの窓口")

    def known():
        return {*visibility.returned_to_desk(), *visibility.holds_over_for_desk()}

    assert known() == {closed, held}
    for referral in (closed, held):
        write(referral, purpose=Purpose.HEAR_RESULT, given=False)
        write(referral, purpose=Purpose.HEAR_RESULT, recipient=other)
    assert known() == set()
