"""Sending a referral, what staff write down of a centre's reply, and taking up what came back."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from foundation import access, clock
from foundation.errors import Conflict, DomainError, NotAllowed
from foundation.models import OutboxMessage
from organisations import membership
from organisations.models import Member
from organisations.roles import Role
from referrals.desk import casework
from referrals.handoff import consents, packet, replies, routing, sending
from referrals.models import Case, CaseNote, ConsentEntry, Packet, Person, Referral, ReferralTransition
from referrals.states import REFERRAL_LIVE
from referrals.tasks import expire_unanswered
from tests.factories.applications import OTARU, centre_in, desk_in, real_place
from tests.factories.cases import ALL_FIELDS, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer
from tests.factories.referrals import portal_centre

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def send(found, place, **facts):
    facts = {"centre": place.centre, "way": "telephone", "by": place.caseworker, "seen": found.version, **facts}
    return sending.send(case=found, **facts)


def reply(sent, place, **facts):
    replies.record_reply(referral=sent, **{"by": place.caseworker, "seen": sent.version, **facts})


class TestSending:
    def test_on_paper_writes_down_who_sent_what_when_and_until_when(self, place):
        sent = send(case(consenting=place.centre), place)
        assert (sent.status, sent.way, sent.created_by) == ("sent", "telephone", place.caseworker)
        assert sent.due_on == clock.tokyo_date(sent.sent_at) + timedelta(days=settings.REFERRAL_ANSWER_DAYS)
        step = ReferralTransition.objects.get(subject=sent)
        assert (step.from_status, step.to_status, step.by) == ("draft", "sent", place.caseworker)
        assert not OutboxMessage.objects.filter(subject=sent.public_id).exists()

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_through_the_portal_rings_only_where_the_address_was_confirmed(self, confirmed):
        centre = portal_centre(**({} if confirmed else {"email_confirmed_on": None}))
        found = case(consenting=centre)
        sent = sending.send(case=found, centre=centre, way="portal", by=caseworker(found.desk), seen=1)
        kinds = set(OutboxMessage.objects.filter(subject=sent.public_id).values_list("kind", flat=True))
        assert kinds == ({"portal_entry", "centre_notice"} if confirmed else {"portal_entry"})

    def test_through_the_portal_only_where_the_centre_uses_it(self, place):
        with pytest.raises(DomainError, match="つなぎ画面を使っていません"):
            send(case(consenting=place.centre), place, way="portal")
        with pytest.raises(DomainError, match="送り方"):
            send(case(consenting=place.centre), place, way="pigeon")
        assert not Referral.objects.exists()

    @pytest.mark.parametrize("why", ["switched off", "without a password", "without the role"])
    def test_through_the_portal_only_where_somebody_can_read_it(self, why):
        centre = portal_centre()
        reader = Member.objects.get(role_grants__organisation=centre)
        if why == "without the role":
            membership.take_role(member=reader, organisation=centre, role=Role.COUNSELLOR)
        elif why == "without a password":
            reader.set_unusable_password()
        reader.is_active = why != "switched off"
        reader.save()
        found = case(consenting=centre)
        with pytest.raises(DomainError, match="サインインして答えられる人がいません"):
            sending.send(case=found, centre=centre, way="portal", by=caseworker(found.desk), seen=1)
        sending.send(case=found, centre=centre, way="telephone", by=caseworker(found.desk), seen=1)

    def test_twice_to_the_same_centre_is_refused(self, place):
        found = case(consenting=place.centre)
        send(found, place)
        with pytest.raises(Conflict, match="つなぎ済み") as refused:
            send(found, place)
        assert refused.value.by_id == place.caseworker.pk, "or a second click would be taken for another's"
        assert Referral.objects.count() == 1

    def test_again_after_the_centre_declined_takes_up_the_one_that_came_back(self, place):
        back = referral(place, status="declined")
        assert Referral.objects.returned().count() == 1
        send(fresh(back.case), place)
        assert not Referral.objects.returned().exists()
        back.refresh_from_db()
        assert back.followed_up_by == place.caseworker

    def test_again_after_an_outcome_takes_up_nothing(self, place):
        """It came to an end; nobody followed it up."""
        ended = referral(place, status="closed")
        send(fresh(ended.case), place)
        ended.refresh_from_db()
        assert (ended.followed_up_at, ended.followed_up_by) == (None, None)

    def test_a_case_somebody_changed_meanwhile_is_looked_at_again_first(self, place):
        found = case(consenting=place.centre)
        casework.start_review(case=fresh(found), by=caseworker(place.desk, "担当 二郎"), seen=1)
        with pytest.raises(Conflict, match="担当 二郎"):
            send(found, place)
        assert not Referral.objects.exists()

    @pytest.mark.parametrize("ended", ["withdrawn", "duplicate"])
    def test_a_case_that_was_taken_back_is_not_handed_on(self, place, ended):
        found = case(consenting=place.centre, status=ended, by=place.caseworker)
        with pytest.raises(NotAllowed):
            send(found, place)

    @pytest.mark.parametrize("ended", ["declined", "closed"])
    def test_a_case_that_has_ended_otherwise_may_still_be(self, place, ended):
        found = case(consenting=place.centre, status=ended, by=place.caseworker)
        assert send(found, place).status == "sent"

    def test_what_was_looked_at_is_what_is_sent_or_nothing_is(self, place):
        found = case(consenting=place.centre)
        (choice,) = routing.choices(found)
        looked_at = packet.fingerprint(packet.preview(found, choice.consent))
        consent(found, place.centre, by=place.caseworker, fields=["name", "reach", "phone"])
        with pytest.raises(DomainError, match="内容がかわりました"):
            send(found, place, previewed=looked_at)
        assert not Packet.objects.exists()
        (choice,) = routing.choices(found)
        sent = send(found, place, previewed=packet.fingerprint(packet.preview(found, choice.consent)))
        assert sent.packet.fields == ["name", "phone", "reach"]

    def test_nothing_stays_of_a_sending_that_failed_half_way(self, place, monkeypatch):
        found = case(consenting=place.centre)

        def broken(**_facts):
            raise RuntimeError("power cut")

        monkeypatch.setattr(packet, "freeze", broken)
        with pytest.raises(RuntimeError):
            send(found, place)
        assert not Referral.objects.exists()
        assert not OutboxMessage.objects.filter(kind="portal_entry").exists()

    def test_nobody_else_sends(self, place):
        found = case(consenting=place.centre)
        others = [
            packer(place.desk), place.counsellor, caseworker(desk_in(name="よそ")),
            member(Role.PROGRAMME_MANAGER, at=place.desk), member(Role.ADMINISTRATOR, at=place.desk), member(),
        ]  # fmt: skip
        for by in others:
            with pytest.raises(NotAllowed):
                send(found, place, by=by)
        assert not Referral.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_three_caseworkers_sending_at_once_exactly_one_sends(at_once):
    place = town()
    found = case(consenting=place.centre)

    def sending(by):
        with access.scope(actor="test", purpose="race"):
            return send(fresh(found), place, by=by)

    results = at_once(*(partial(sending, caseworker(place.desk)) for _ in range(3)))
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "Referral"]
    assert (Referral.objects.count(), Packet.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_a_case_taken_back_in_the_moment_of_sending_has_no_live_referral(at_once, round_):
    place = town()
    found = case(consenting=place.centre)

    def sending():
        with access.scope(actor="test", purpose="race"):
            return send(fresh(found), place, by=caseworker(place.desk), seen=1)

    def ending():
        with access.scope(actor="test", purpose="race"):
            casework.end(
                case=fresh(found), to="withdrawn", reason="not_needed", by=caseworker(place.desk), seen=1,
                without_hand_off=True,
            )  # fmt: skip

    results = at_once(sending, ending)
    assert sum(isinstance(result, DomainError) for result in results) == 1, results
    assert (fresh(found).status == "withdrawn") != Referral.objects.live().exists()


# What may happen to a person's consent and place, in any order, before somebody presses "send".
EVENTS = ["consent", "narrow", "withdraw", "expire", "other_centre", "second_only", "move_away", "come_back", "send"]


@given(events=some.lists(some.sampled_from(EVENTS), min_size=1, max_size=7))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_story_ends_with_a_live_referral_outside_a_live_consent(events):
    """Invariant 1 attacked: after every event, what is live is covered by what stands now for that centre."""
    with transaction.atomic():
        place = town()
        other = centre_in(OTARU, name="小樽市の窓口")
        found = case()
        day = clock.now()
        for event in events:
            day += timedelta(minutes=5)  # no two events are one double click
            with clock.at(day):
                _happen(event, found, place, other)
                _check_all_live_are_covered(found)
        transaction.set_rollback(True)


def _happen(event, found, place, other):
    said = {"case": found, "recipient": place.centre, "channel": "telephone", "by": place.caseworker}
    person = Person.objects.filter(pk=found.person_id)
    acts = {
        "consent": lambda: consents.record_consent(**said, fields=ALL_FIELDS, hear_result=False),
        "narrow": lambda: consents.record_consent(**said, fields=["name", "reach"], hear_result=False),
        "withdraw": lambda: consents.withdraw_consent(**said),
        "expire": lambda: _entry(found, place.centre, expires_on=clock.today() - timedelta(days=1)),
        "other_centre": lambda: _entry(found, other),
        "second_only": lambda: _entry(found, place.centre, purpose="hear_result"),
        "move_away": lambda: person.update(place=real_place(OTARU)),
        "come_back": lambda: person.update(place=real_place()),
        "send": lambda: [_try_to_send(fresh(found), place, centre) for centre in (place.centre, other)],
    }
    with suppress(DomainError):  # refused, as it should be where it must be
        acts[event]()


def _try_to_send(found, place, centre):
    live = found.person.consents.live().filter(purpose="tell_centre", recipient=centre).first()
    serves = centre in [choice.centre for choice in routing.choices(found)]
    try:
        sent = send(found, place, centre=centre)
    except DomainError:
        return
    assert live
    assert serves
    assert set(sent.packet.fields) <= set(live.fields)


def _check_all_live_are_covered(found):
    for sent in Referral.objects.live().filter(case=found).select_related("packet__consent"):
        newest = (
            ConsentEntry.objects.filter(person=found.person, recipient=sent.centre, purpose="tell_centre")
            .order_by("pk")
            .last()
        )
        assert newest.given
        assert set(sent.packet.fields) <= set(newest.fields)


def _entry(found, centre, **facts):
    standing = {"purpose": "tell_centre", "fields": ALL_FIELDS, "given": True, "text_version": "1", "channel": "web"}
    said = {"stated_by": "person", "stated_on": clock.today(), "at": clock.now()}
    return ConsentEntry.objects.create(
        person=found.person, case=found, recipient=centre, **{**standing, **said, **facts}
    )


class TestTheReplyOnPaper:
    def test_is_written_down_step_by_step_with_the_member_who_did(self, place):
        sent = referral(place)
        reply(sent, place, to="viewed")
        reply(sent, place, to="accepted", note="初回面談 6月10日")
        reply(sent, place, to="contacted")
        reply(sent, place, to="closed", outcome="first_interview")
        kept = Referral.objects.get()
        assert (kept.status, kept.outcome) == ("closed", "first_interview")
        assert kept.sent_at <= kept.viewed_at <= kept.answered_at <= kept.contacted_at <= kept.closed_at
        steps = list(ReferralTransition.objects.filter(subject=kept))[1:]
        assert {(step.actor, step.by) for step in steps} == {("centre_reply", place.caseworker)}
        assert steps[1].note == "初回面談 6月10日"

    def test_a_refusal_returns_the_ball_with_its_reason(self, place):
        sent = referral(place)
        reply(sent, place, to="declined", reason="already_supported")
        assert Referral.objects.returned().get().decline_reason == "already_supported"

    def test_the_desk_gets_no_mail_about_what_it_typed_itself(self, place):
        referral(place, status="declined")
        referral(place, status="closed")
        assert not OutboxMessage.objects.filter(kind="answer_notice").exists()

    @pytest.mark.parametrize(
        ("said", "word"),
        [
            ({"to": "declined"}, "理由を選んで"),
            ({"to": "declined", "reason": "nonsense"}, "理由を選んで"),
            ({"to": "declined", "reason": "other", "note": " "}, "その他"),
            ({"to": "closed"}, "結果を選んで"),
            ({"to": "closed", "outcome": "other"}, "その他"),
            ({"to": "sent"}, "返事を選んで"),
            ({"to": "revoked"}, "返事を選んで"),
            ({"to": ""}, "返事を選んで"),
        ],
    )
    def test_needs_what_makes_it_complete(self, place, said, word):
        sent = referral(place, status="accepted" if said["to"] == "closed" else "sent")
        with pytest.raises(DomainError, match=word):
            reply(sent, place, **said)
        assert Referral.objects.get().version == sent.version

    def test_no_referral_ends_without_an_outcome(self, place):
        sent = referral(place, status="contacted")
        with pytest.raises(DomainError):
            reply(sent, place, to="closed", outcome="")
        assert Referral.objects.get().is_live

    def test_is_not_written_down_for_a_centre_that_answers_in_the_portal(self):
        centre = portal_centre()
        found = case(consenting=centre)
        by = caseworker(found.desk)
        sent = sending.send(case=found, centre=centre, way="portal", by=by, seen=1)
        with pytest.raises(DomainError, match="つなぎ画面で答えます"):
            replies.record_reply(referral=sent, to="accepted", by=by, seen=sent.version)

    def test_somebody_was_faster(self, place):
        sent = referral(place)
        old = Referral.objects.get()
        reply(sent, place, to="accepted", by=caseworker(place.desk, "担当 二郎"))
        with pytest.raises(Conflict, match="担当 二郎"):
            reply(old, place, to="declined", reason="full")
        assert Referral.objects.get().status == "accepted"

    def test_nobody_else_writes_it(self, place):
        sent = referral(place)
        for by in (packer(place.desk), place.counsellor, counsellor(place.centre), caseworker(desk_in(name="よそ"))):
            with pytest.raises(NotAllowed):
                reply(sent, place, to="accepted", by=by)


class TestWithoutTheSecondConsent:
    """Only that an answer came may be written down, and a refusal that says nothing about the person."""

    @pytest.mark.parametrize(("before", "to"), [("sent", "viewed"), ("sent", "accepted"), ("viewed", "accepted")])
    def test_that_an_answer_came_may_be(self, place, before, to):
        sent = referral(place, status=before, hear_result=False)
        reply(sent, place, to=to)
        assert Referral.objects.get().status == to

    @pytest.mark.parametrize("reason", ["not_our_area", "full", "lacks_information", "not_told"])
    def test_a_reason_that_is_not_about_the_person_may_be(self, place, reason):
        sent = referral(place, hear_result=False)
        reply(sent, place, to="declined", reason=reason)
        assert Referral.objects.get().decline_reason == reason

    @pytest.mark.parametrize(
        "said",
        [
            {"to": "declined", "reason": "already_supported"},
            {"to": "declined", "reason": "other", "note": "知っている人"},
            {"to": "declined", "reason": "full", "note": "知っている人"},
            {"to": "accepted", "note": "面談は10日"},
            {"to": "contacted"},
            {"to": "closed", "outcome": "first_interview"},
        ],
    )
    def test_what_tells_of_the_person_may_not(self, place, said):
        so_far = "accepted" if said["to"] in ("contacted", "closed") else "sent"
        sent = referral(place, status=so_far, hear_result=False)
        with pytest.raises(NotAllowed, match="結果を聞く同意がない"):
            reply(sent, place, **said)
        assert Referral.objects.get().version == sent.version


class TestTakingUpWhatCameBack:
    @pytest.mark.parametrize("status", ["declined", "expired"])
    def test_leaves_the_list_and_a_note(self, place, status):
        sent = referral(place, status=status)
        replies.follow_up(referral=sent, note="本人に電話で伝えた", by=place.caseworker, seen=sent.version)
        assert not Referral.objects.returned().exists()
        kept = Referral.objects.get()
        assert (kept.followed_up_by, kept.status) == (place.caseworker, status)
        assert CaseNote.objects.get().text == "本人に電話で伝えた"

    def test_needs_words(self, place):
        sent = referral(place, status="declined")
        with pytest.raises(DomainError):
            replies.follow_up(referral=sent, note=" ", by=place.caseworker, seen=sent.version)
        assert Referral.objects.returned().exists()

    def test_is_for_what_came_back(self, place):
        sent = referral(place)
        with pytest.raises(NotAllowed):
            replies.follow_up(referral=sent, note="x", by=place.caseworker, seen=sent.version)

    def test_twice_tells_who_was_first_and_adds_no_second_note(self, place):
        sent = referral(place, status="declined")
        first, second = caseworker(place.desk, "担当 二郎"), place.caseworker
        replies.follow_up(referral=sent, note="電話した", by=first, seen=sent.version)
        with pytest.raises(Conflict, match="担当 二郎"):
            replies.follow_up(referral=sent, note="手紙を書いた", by=second, seen=sent.version)
        assert CaseNote.objects.count() == 1

    def test_is_not_for_others(self, place):
        sent = referral(place, status="declined")
        for by in (packer(place.desk), place.counsellor, caseworker(desk_in(name="よそ"))):
            with pytest.raises(NotAllowed):
                replies.follow_up(referral=sent, note="x", by=by, seen=sent.version)


class TestTime:
    def test_no_answer_by_the_due_day_returns_the_referral(self, place):
        sent = referral(place)
        with clock.at(clock.now() + timedelta(days=settings.REFERRAL_ANSWER_DAYS)):
            expire_unanswered()
            assert Referral.objects.get().status == "sent"
        with clock.at(clock.now() + timedelta(days=settings.REFERRAL_ANSWER_DAYS + 1)):
            expire_unanswered()
        assert Referral.objects.returned().get() == sent
        step = ReferralTransition.objects.filter(subject=sent).last()
        assert (step.to_status, step.actor, step.by) == ("expired", "clock", None)

    def test_what_was_answered_does_not_expire(self, place):
        for status in sorted(REFERRAL_LIVE - {"draft", "sent", "viewed"}):
            referral(place, status=status)
        with clock.at(clock.now() + timedelta(days=100)):
            expire_unanswered()
        assert not Referral.objects.filter(status="expired").exists()


def test_a_case_reads_its_desk_only(place):
    """No case of another desk is in any list of this one's member."""
    mine, elsewhere = case(), desk_in(OTARU, name="小樽フードバンク")
    theirs = case(place_code=OTARU)
    assert theirs.desk == elsewhere
    assert list(Case.objects.for_desk(place.caseworker)) == [mine]
