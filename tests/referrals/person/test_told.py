"""For the person: what was told to whom, and who opened theirs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation import access, clock
from foundation.access import archiving
from foundation.access.sealing import seal_pending
from referrals.models import Referral
from referrals.person import told, who_opened
from referrals.states import ReferralStatus
from tests.factories import referrals

S = ReferralStatus
pytestmark = pytest.mark.django_db


def opened(what, organisation, member=None, actor="member:x", purpose="portal:packet"):
    with access.scope(actor=actor, purpose=purpose, member_id=member, organisation_id=organisation and organisation.pk):
        return what.rows if hasattr(what, "rows") else what.name


@pytest.fixture
def referral(db):
    return referrals.handed_off(to=S.VIEWED)


def test_what_was_told_is_named_by_groups_and_not_quoted(referral):
    (telling,) = told.tellings(referral.case.person)
    assert telling.referral.centre == referral.centre
    assert telling.items.splitlines()[0].startswith("連絡先：名前、")
    with access.scope(actor="test", purpose="test"):
        assert referral.case.person.name not in telling.items


def test_only_the_fields_of_the_packet_are_named(db):
    referral = referrals.handed_off(disclosed=["name", "phone", "reach"])
    (telling,) = told.tellings(referral.case.person)
    assert telling.items == "連絡先：名前、電話、連絡のしかた"


def test_openings_are_told_by_organisation_and_day_in_tokyo_once_a_day(referral):
    person, centre = referral.case.person, referral.centre
    late = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)  # half past midnight on the 2nd in Tokyo
    for _ in range(3):
        with clock.at(late):
            opened(referral.packet, centre, member=7)
    assert who_opened.openings(person)[0] == who_opened.Opening(date(2026, 12, 2), centre.name)
    assert len([one for one in who_opened.openings(person) if one.day == date(2026, 12, 2)]) == 1


def test_the_desk_s_reading_counts_as_the_centre_s_does(referral):
    person, desk = referral.case.person, referral.case.desk
    with clock.at(datetime(2026, 12, 5, 3, tzinfo=UTC)):
        opened(person, desk)
    assert who_opened.Opening(date(2026, 12, 5), desk.name) in who_opened.openings(person)


def test_who_was_here_before_what_was_archived_is_told_that_there_is_more(referral, client, tmp_path):
    person = referral.case.person
    assert who_opened.openings_kept_apart(person) is None
    with clock.at(clock.now() + timedelta(days=3)):
        opened(person, referral.case.desk)
        seal_pending()
        last = clock.today()
    with clock.at(clock.now() + timedelta(days=70)):
        assert list(archiving.archive(tmp_path, before=clock.today()))
        assert who_opened.openings_kept_apart(person) == last
        assert last not in {one.day for one in who_opened.openings(person)}
        assert who_opened.openings_kept_apart(referrals.handed_off(referral.centre).case.person) is None


def test_ones_own_reading_and_the_worker_s_are_not_listed(referral):
    person = referral.case.person
    with clock.at(datetime(2027, 1, 1, tzinfo=UTC)):
        opened(person, None, actor="visitor", purpose="person:page")
        opened(person, None, actor="worker", purpose="outbox:portal_entry")
    assert date(2027, 1, 1) not in {one.day for one in who_opened.openings(person)}


def test_nobody_is_told_about_anybody_else(referral):
    other = referrals.handed_off(referral.centre, to=S.VIEWED)
    opened(other.packet, referral.centre)
    opened(other.case.person, referral.case.desk)
    assert who_opened.openings(referral.case.person) == []
    assert [one.referral for one in told.tellings(referral.case.person)] == [referral]


def test_consents_that_stand_are_told_and_withdrawn_ones_are_not(referral):
    person = referral.case.person
    standing = told.standing_consents(person)
    assert list(told.recipients(standing).values()) == [referral.centre]
    with access.scope(actor="test", purpose="test"):
        referrals.move_on(Referral.objects.get(pk=referral.pk), to=S.REVOKED, by=None)
    assert told.recipients(told.standing_consents(person)) == {}
