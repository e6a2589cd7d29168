"""The ledger: what stands is computed from what was said last, and a withdrawal stops what stood on it."""

from datetime import timedelta
from functools import partial

import pytest

from foundation import access, clock
from foundation.errors import DomainError, NotAllowed
from foundation.faults import AppendOnlyError
from foundation.models import OutboxMessage
from organisations.roles import Role
from outreach.application import consent_texts
from referrals.handoff import consents, sending
from referrals.models import ConsentEntry, Referral
from referrals.models.consent import ConsentChannel
from tests.factories.applications import OTARU, centre_in, desk_in
from tests.factories.cases import ALL_FIELDS, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer
from tests.factories.referrals import portal_centre
from tests.referrals.handoff.ledger import live, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
PAPER, TELEPHONE = ConsentChannel.PAPER, ConsentChannel.TELEPHONE


@pytest.fixture
def place():
    return town()


class TestRecording:
    @pytest.mark.parametrize("channel", [TELEPHONE, PAPER])
    def test_what_held_nothing_when_it_was_read_out_is_not_agreed_to(self, place, channel):
        found = case(email="")
        day = {"stated_on": clock.today()} if channel == PAPER else {}
        consent(found, place.centre, by=place.caseworker, fields=ALL_FIELDS, channel=channel, **day)
        agreed = live(found).filter(purpose="tell_centre").get().fields
        assert {"name", "phone", "reach"} <= set(agreed)
        assert ("email" in agreed) == (channel == PAPER), "a paper names its fields whatever they hold"

    def test_keeps_who_said_who_wrote_what_words_and_which_fields(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker, fields=["name", "reach"])
        entry = live(found).get()
        assert (entry.recipient, entry.fields, entry.channel) == (place.centre, ["name", "reach"], "telephone")
        assert (entry.stated_by, entry.recorded_by) == ("person", place.caseworker)
        assert (entry.text_version, entry.stated_on) == (consent_texts.CURRENT, clock.today())

    def test_on_paper_keeps_the_date_of_the_paper(self, place):
        found, day = case(hand_off_wish=""), clock.today() - timedelta(days=3)
        consent(found, place.centre, by=place.caseworker, channel=PAPER, stated_on=day)
        assert live(found).get().stated_on == day

    def test_on_paper_needs_a_date_that_has_come(self, place):
        found = case()
        for day, word in ((None, "日付"), (clock.today() + timedelta(days=1), "今日よりあと")):
            with pytest.raises(DomainError, match=word):
                consent(found, place.centre, by=place.caseworker, channel=PAPER, stated_on=day)
        assert not live(found).exists()

    @pytest.mark.parametrize(
        "fields", [["name"], ["reach"], ["name", "reach", "secret"], ["name", "reach", "passphrase"]]
    )
    def test_refuses_fields_that_do_not_exist_or_do_not_let_the_centre_call(self, place, fields):
        found = case()
        with pytest.raises(DomainError):
            consent(found, place.centre, by=place.caseworker, fields=fields)
        assert not live(found).exists()

    def test_refuses_nothing_at_all(self, place):
        with pytest.raises(DomainError, match="項目"):
            consents.record_consent(
                case=case(), recipient=place.centre, fields=[], hear_result=True, channel=TELEPHONE, by=place.caseworker
            )

    def test_cannot_be_written_down_as_if_said_on_the_screen(self, place):
        with pytest.raises(DomainError, match="どうやって"):
            consent(case(), place.centre, by=place.caseworker, channel="web")

    def test_names_only_a_centre_of_the_persons_place(self, place):
        for other in (centre_in(OTARU, name="よその窓口"), place.desk):
            with pytest.raises(DomainError, match="担当していません"):
                consent(case(), other, by=place.caseworker)

    def test_is_for_caseworkers_of_the_desk(self, place):
        found = case()
        others = [
            packer(place.desk), place.counsellor, counsellor(place.centre), caseworker(desk_in(name="よそ")),
            member(Role.PROGRAMME_MANAGER, at=place.desk), member(Role.ADMINISTRATOR, at=place.desk),
        ]  # fmt: skip
        for by in others:
            with pytest.raises(NotAllowed):
                consent(found, place.centre, by=by)
        assert not ConsentEntry.objects.exists()

    def test_a_double_click_is_one_entry(self, place):
        found = case()
        for _ in range(2):
            consent(found, place.centre, by=place.caseworker)
        assert found.person.consents.count() == 2  # telling, and hearing

    @pytest.mark.parametrize(
        ("stood", "says", "written"),
        [(None, False, []), (None, True, [True]), (True, False, [False]), (True, True, [True])],
    )
    def test_the_second_answer_is_written_down_where_it_says_or_ends_something(self, place, stood, says, written):
        found = case()
        if stood is not None:
            consent(found, place.centre, by=place.caseworker, hear_result=stood)
        before = consents.length(found.person)
        with clock.at(clock.now() + timedelta(days=1)):
            consent(found, place.centre, by=place.caseworker, hear_result=says)
        new = found.person.consents.order_by("pk")[before:]
        assert [entry.given for entry in new if entry.purpose == "hear_result"] == written
        assert len(new) == 1 + len(written)

    def test_a_changed_mind_within_the_minute_is_no_double_click(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker, hear_result=True)
        consent(found, place.centre, by=place.caseworker, hear_result=False)
        assert live(found).exists()
        assert not live(found, "hear_result").exists()


class TestWhatStands:
    def test_the_newest_entry_counts(self, place):
        found = case(consenting=place.centre, disclosed=["name", "reach", "phone", "debt"])
        consent(found, place.centre, by=place.caseworker, fields=["name", "reach"])
        assert live(found).get().fields == ["name", "reach"]
        assert found.person.consents.filter(purpose="tell_centre").count() == 2

    def test_not_after_it_was_withdrawn(self, place):
        found = case(consenting=place.centre)
        withdraw(found, place)
        assert not found.person.consents.live().exists()

    def test_not_after_its_last_day(self, place):
        found = case()
        standing = {
            "text_version": "1",
            "channel": "web",
            "stated_by": "person",
            "stated_on": clock.today(),
            "at": clock.now(),
        }
        ConsentEntry.objects.create(
            person=found.person, case=found, purpose="tell_centre", recipient=place.centre, fields=["name", "reach"],
            given=True, expires_on=clock.today(), **standing,
        )  # fmt: skip
        assert live(found).exists()
        with clock.at(clock.now() + timedelta(days=1)):
            assert not live(found).exists()

    def test_no_older_entry_comes_back_when_the_newest_has_expired(self, place):
        found = case(consenting=place.centre)
        ConsentEntry.objects.create(
            person=found.person, case=found, purpose="tell_centre", recipient=place.centre, fields=["name", "reach"],
            given=True, expires_on=clock.today() - timedelta(days=1), text_version="1", channel="web",
            stated_by="person", stated_on=clock.today(), at=clock.now(),
        )  # fmt: skip
        assert not live(found).exists()

    def test_each_centre_for_itself(self, place):
        found = case(consenting=place.centre)
        other = centre_in(name="もうひとつの窓口")
        assert not live(found).filter(recipient=other).exists()
        consent(found, other, by=place.caseworker)
        withdraw(found, place)
        assert [entry.recipient for entry in live(found)] == [other]

    def test_the_ledger_is_never_rewritten(self, place):
        found = case(consenting=place.centre)
        entry = live(found).get()
        entry.fields = ["name", "reach", "debt"]
        with pytest.raises(AppendOnlyError):
            entry.save()
        with pytest.raises(AppendOnlyError):
            ConsentEntry.objects.filter(pk=entry.pk).update(given=False)
        with pytest.raises(AppendOnlyError):
            ConsentEntry.objects.all().delete()


class TestWithdrawal:
    def test_stops_the_live_referral_at_once(self, place):
        sent = referral(place, status="accepted")
        entries = withdraw(sent.case, place)
        sent.refresh_from_db()
        assert sent.status == "revoked"
        assert {(entry.purpose, entry.given, entry.recorded_by) for entry in entries} == {
            ("tell_centre", False, place.caseworker), ("hear_result", False, place.caseworker),
        }  # fmt: skip

    def test_leaves_what_has_an_outcome_as_it_is(self, place):
        sent = referral(place, status="closed")
        withdraw(sent.case, place)
        assert Referral.objects.get().status == "closed"

    def test_twice_is_no_error_and_adds_nothing(self, place):
        found = case(consenting=place.centre)
        assert withdraw(found, place)
        assert withdraw(found, place) == []

    def test_of_what_has_expired_stands_in_the_ledger(self, place):
        """Or a later reader would take it for a consent that ran out, and the person for somebody to ask again."""
        found = case()
        expired = ConsentEntry.objects.create(
            person=found.person, case=found, purpose="tell_centre", recipient=place.centre, fields=["name", "reach"],
            given=True, expires_on=clock.today() - timedelta(days=1), text_version="1", channel="web",
            stated_by="person", stated_on=clock.today(), at=clock.now(),
        )  # fmt: skip
        [entry] = withdraw(found, place)
        assert list(found.person.consents.order_by("pk")) == [expired, entry]
        assert (entry.given, entry.fields, entry.recorded_by) == (False, ["name", "reach"], place.caseworker)
        assert not found.person.consents.not_withdrawn().exists()

    def test_is_written_down_towards_its_centre_only(self, place):
        found = case(consenting=place.centre)
        consent(found, centre_in(name="もうひとつの窓口"), by=place.caseworker)
        assert {entry.recipient for entry in withdraw(found, place)} == {place.centre}
        assert found.person.consents.filter(given=False).count() == 2

    def test_stands_with_what_it_stops_or_not_at_all(self, place, monkeypatch):
        sent = referral(place)
        monkeypatch.setattr(consents.stopping, "revoke_towards", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            withdraw(sent.case, place)
        assert not sent.case.person.consents.filter(given=False).exists()

    def test_stops_a_referral_whose_consent_has_expired_too(self, place):
        sent = referral(place)
        ConsentEntry.objects.create(
            person=sent.case.person, case=sent.case, purpose="tell_centre", recipient=place.centre,
            fields=ALL_FIELDS, given=True, expires_on=clock.today() - timedelta(days=1), text_version="1",
            channel="web", stated_by="person", stated_on=clock.today(), at=clock.now(),
        )  # fmt: skip
        withdraw(sent.case, place)
        assert Referral.objects.get().status == "revoked"

    def test_the_centre_in_the_portal_is_told(self):
        place = town()
        centre = portal_centre(name="つなぎ画面の窓口")
        found = case(consenting=centre)
        sending.send(case=found, centre=centre, way="portal", by=place.caseworker, seen=found.version)
        consents.withdraw_consent(case=found, recipient=centre, channel="web")
        assert OutboxMessage.objects.filter(kind="revoked_notice", subject=Referral.objects.get().public_id).exists()

    def test_by_staff_of_another_desk_is_refused(self, place):
        sent = referral(place)
        with pytest.raises(NotAllowed):
            withdraw(sent.case, place, by=caseworker(desk_in(name="よそ")))
        assert Referral.objects.get().status == "sent"


def test_a_narrower_consent_waits_until_the_wider_referral_is_stopped(place):
    sent = referral(place)
    with pytest.raises(DomainError, match="項目が少ない"):
        consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
    withdraw(sent.case, place)
    consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
    assert live(sent.case).get().fields == ["name", "reach"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_of_several_who_write_at_the_same_moment_one_does_and_the_others_are_told(at_once, round_):
    """They all read the same ledger; the lock of the person's row lets one after the other look again."""
    place = town()
    found = case(consenting=place.centre)
    seen = consents.length(found.person)
    workers = [caseworker(place.desk) for _ in range(3)]

    def writing(by, fields):
        with access.scope(actor="test", purpose="race"):
            return consent(fresh(found), place.centre, by=by, fields=fields, seen=seen)

    wider = [["name", "reach", "phone"], ["name", "reach", "email"], ["name", "reach", "phone", "debt"]]
    results = at_once(*(partial(writing, by, fields) for by, fields in zip(workers, wider, strict=True)))
    assert sorted(type(result).__name__ for result in results) == ["LedgerGrew", "LedgerGrew", "NoneType"]
    assert found.person.consents.filter(purpose="tell_centre").count() == 2
