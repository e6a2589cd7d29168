"""What centres really do: answer late, answer wrongly, put on hold, get what was not meant for them."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse

from foundation import access, clock
from foundation.errors import Conflict, DomainError, NotAllowed
from foundation.models import OutboxMessage
from referrals.desk import casework
from referrals.handoff import answering, consents, replies, reply_corrections, sending, stopping, timeline
from referrals.handoff.notice_table import ANSWER_NOTICE, TELLING_NOTICE, WRONG_CENTRE_NOTICE
from referrals.handoff.visibility import PacketFor, packet_for_centre
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.person import standing
from referrals.states import ReferralStatus
from referrals.tasks import expire_unanswered
from reports import work
from reports.periods import Period
from tests.factories import members, referrals
from tests.factories.cases import fresh, referral, town

S = ReferralStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def again(known: Referral) -> Referral:
    return Referral.objects.select_related("case__person", "case__desk", "centre", "packet").get(pk=known.pk)


def tomorrow():
    return clock.today() + timedelta(days=1)


def kinds(of: Referral) -> list[str]:
    return list(OutboxMessage.objects.filter(subject=of.public_id).order_by("pk").values_list("kind", flat=True))


class TestAnAnswerAfterExpiry:
    @pytest.mark.parametrize("way", Way.values)
    def test_takes_the_person_on_all_the_same(self, way):
        late = again(referrals.handed_off(way=way, to=S.EXPIRED))
        worker = members.caseworker(late.case.desk)
        replies.follow_up(referral=late, note="本人に伝えた", by=worker, seen=late.version)
        late = again(late)
        replies.record_reply(referral=late, to=S.ACCEPTED, by=worker, seen=late.version)
        late = again(late)
        assert (late.status, late.followed_up_at, late.waits_for_desk) == (S.ACCEPTED, None, False)
        assert late.answered_at is not None
        assert packet_for_centre(late) is PacketFor.READABLE

    def test_can_be_a_refusal(self, place):
        late = referral(place, status=S.EXPIRED)
        replies.record_reply(referral=late, to=S.DECLINED, reason="full", by=place.caseworker, seen=late.version)
        assert again(late).status == S.DECLINED
        assert again(late).waits_for_desk

    def test_is_refused_once_consent_was_withdrawn(self, place):
        late = referral(place, status=S.EXPIRED)
        consents.withdraw_consent(case=late.case, recipient=place.centre, channel="telephone", by=place.caseworker)
        with pytest.raises(NotAllowed, match="同意をとりやめました"):
            replies.record_reply(referral=again(late), to=S.ACCEPTED, by=place.caseworker, seen=late.version)

    def test_is_refused_where_it_was_sent_again_meanwhile(self, place):
        late = referral(place, status=S.EXPIRED)
        case = fresh(late.case)
        sending.send(case=case, centre=place.centre, way="telephone", by=place.caseworker, seen=case.version)
        with pytest.raises(DomainError, match="もう一度送ってあります"):
            replies.record_reply(referral=again(late), to=S.ACCEPTED, by=place.caseworker, seen=late.version)

    def test_by_telephone_from_a_centre_in_the_portal_is_for_late_answers_only(self):
        sent = again(referrals.handed_off(way=Way.PORTAL))
        with pytest.raises(DomainError, match="つなぎ画面で答えます"):
            replies.record_reply(referral=sent, to=S.ACCEPTED, by=members.caseworker(sent.case.desk), seen=sent.version)


class TestAnAnswerEnteredInError:
    @pytest.mark.parametrize(
        ("wrong", "before", "cleared"),
        [
            (S.ACCEPTED, S.VIEWED, ["answered_at"]),
            (S.DECLINED, S.SENT, ["answered_at", "decline_reason"]),
            (S.CONTACTED, S.ACCEPTED, ["contacted_at"]),
            (S.CLOSED, S.CONTACTED, ["closed_at", "outcome"]),
        ],
    )
    def test_goes_back_to_where_it_stood_and_both_steps_are_kept(self, place, wrong, before, cleared):
        found = referral(place, status=wrong)
        reply_corrections.correct_reply(
            referral=found, why="別の人の返事だった", by=place.caseworker, seen=found.version
        )
        now = again(found)
        assert now.status == before
        assert not any(getattr(now, name) for name in cleared)
        last = now.history.select_related("data_key").latest("pk")
        assert (last.from_status, last.to_status, last.note) == (wrong, before, "別の人の返事だった")
        assert now.history.filter(to_status=wrong).exists()
        told = [str(one.text) for one in timeline.of_referral(now, result_is_told=True)]
        assert any("返事の記録を直しました" in text for text in told)

    def test_is_followed_by_the_right_one(self, place):
        found = referral(place, status=S.DECLINED)
        reply_corrections.correct_reply(referral=found, why="まちがい", by=place.caseworker, seen=found.version)
        found = again(found)
        replies.record_reply(referral=found, to=S.ACCEPTED, by=place.caseworker, seen=found.version)
        assert again(found).status == S.ACCEPTED

    def test_twice_goes_back_twice(self, place):
        found = referral(place, status=S.CLOSED)
        for before in (S.CONTACTED, S.ACCEPTED, S.VIEWED):
            reply_corrections.correct_reply(referral=found, why="まちがい", by=place.caseworker, seen=found.version)
            found = again(found)
            assert found.status == before

    def test_is_taken_back_in_the_portal_by_the_centre_and_the_desk_is_told(self):
        centre = referrals.portal_centre()
        found = again(referrals.handed_off(centre, to=S.DECLINED))
        with pytest.raises(NotAllowed):
            reply_corrections.correct_reply(
                referral=found, why="x", by=members.caseworker(found.case.desk), seen=found.version
            )
        reply_corrections.correct_reply(
            referral=found, why="押しまちがい", by=members.counsellor(centre), seen=found.version
        )
        assert again(found).status == S.VIEWED
        assert kinds(found).count(ANSWER_NOTICE) == 2

    def test_asks_for_the_reason_and_for_the_version_that_was_seen(self, place):
        found = referral(place, status=S.ACCEPTED)
        with pytest.raises(DomainError, match="どこがまちがい"):
            reply_corrections.correct_reply(referral=found, why=" ", by=place.caseworker, seen=found.version)
        with pytest.raises(Conflict):
            reply_corrections.correct_reply(referral=found, why="x", by=place.caseworker, seen=found.version - 1)

    @pytest.mark.parametrize("status", [S.SENT, S.EXPIRED, S.REVOKED, S.ENTERED_IN_ERROR, S.ON_HOLD])
    def test_what_is_no_answer_is_not_taken_back(self, place, status):
        found = referral(place, status=status)
        with pytest.raises(NotAllowed):
            reply_corrections.correct_reply(referral=found, why="x", by=place.caseworker, seen=found.version)

    def test_does_not_live_again_beside_another_to_the_same_centre(self, place):
        found = referral(place, status=S.DECLINED)
        case = fresh(found.case)
        sending.send(case=case, centre=place.centre, way="telephone", by=place.caseworker, seen=case.version)
        with pytest.raises(DomainError, match="もう一度送ってあります"):
            reply_corrections.correct_reply(
                referral=again(found), why="x", by=place.caseworker, seen=again(found).version
            )

    @pytest.mark.parametrize(("before", "back"), [(S.ACCEPTED, S.VIEWED), (S.CONTACTED, S.ACCEPTED)])
    def test_goes_back_over_a_hold_that_is_over(self, place, before, back):
        found = referral(place, status=before)
        answering.hold(referral=found, until=tomorrow(), why="入院中", by=place.caseworker, seen=found.version)
        found = again(found)
        answering.resume(referral=found, by=place.caseworker, seen=found.version)
        found = again(found)
        reply_corrections.correct_reply(referral=found, why="まちがい", by=place.caseworker, seen=found.version)
        assert again(found).status == back

    def test_an_end_out_of_a_hold_taken_back_can_be_resumed(self, place):
        found = referral(place, status=S.ON_HOLD)
        replies.record_reply(referral=found, to=S.CLOSED, outcome="moved", by=place.caseworker, seen=found.version)
        found = again(found)
        reply_corrections.correct_reply(referral=found, why="まちがい", by=place.caseworker, seen=found.version)
        found = again(found)
        assert (found.status, found.on_hold_until) == (S.ON_HOLD, clock.today())
        answering.resume(referral=found, by=place.caseworker, seen=found.version)
        assert again(found).status == S.ACCEPTED

    @pytest.mark.parametrize("to", ["withdrawn", "duplicate"])
    @pytest.mark.parametrize("status", [S.DECLINED, S.EXPIRED])
    def test_nothing_lives_again_in_a_case_that_was_taken_back(self, place, status, to):
        found = referral(place, status=status)
        case, reason = fresh(found.case), {"withdrawn": "not_needed", "duplicate": "same_application"}[to]
        casework.end(case=case, to=to, reason=reason, by=place.caseworker, seen=case.version)
        found = again(found)
        revive = (
            partial(replies.record_reply, to=S.ACCEPTED)
            if status == S.EXPIRED
            else partial(reply_corrections.correct_reply, why="まちがい")
        )
        with pytest.raises(NotAllowed, match="取下げか重複"):
            revive(referral=found, by=place.caseworker, seen=found.version)
        assert not again(found).is_live

    def test_after_the_day_it_was_due_there_is_time_for_the_right_answer(self):
        centre = referrals.portal_centre()
        found = again(referrals.handed_off(centre, to=S.ACCEPTED))
        with clock.at(clock.now() + timedelta(days=60)):
            reply_corrections.correct_reply(
                referral=found, why="押しまちがい", by=members.counsellor(centre), seen=found.version
            )
            assert again(found).due_on > clock.today()
            expire_unanswered()
            assert again(found).status == S.VIEWED

    @pytest.mark.parametrize("said", [{"to": S.ACCEPTED}, {"to": S.DECLINED, "reason": "full"}])
    def test_what_the_desk_wrote_down_late_the_desk_takes_back(self, said):
        found = again(referrals.handed_off(way=Way.PORTAL, to=S.EXPIRED))
        worker = members.caseworker(found.case.desk)
        replies.record_reply(referral=found, by=worker, seen=found.version, **said)
        found = again(found)
        with pytest.raises(NotAllowed):
            reply_corrections.correct_reply(
                referral=found, why="x", by=members.counsellor(found.centre), seen=found.version
            )
        reply_corrections.correct_reply(referral=found, why="別の人の返事だった", by=worker, seen=found.version)
        assert again(found).status == S.EXPIRED

    def test_nothing_says_any_more_that_it_reached_the_centre(self, place):
        found = referral(place, status=S.EXPIRED)
        replies.record_reply(referral=found, to=S.ACCEPTED, by=place.caseworker, seen=found.version)
        found = again(found)
        reply_corrections.correct_reply(
            referral=found, why="別の人の返事だった", by=place.caseworker, seen=found.version
        )
        assert again(found).viewed_at is None

    def test_why_is_the_desk_s_own_word_and_not_what_the_centre_wrote(self, place):
        found = referral(place, status=S.ACCEPTED, hear_result=False)
        reply_corrections.correct_reply(
            referral=found, why="別の人の返事だった", by=place.caseworker, seen=found.version
        )
        assert again(found).note == ""
        assert "別の人の返事だった" in [one.note for one in timeline.of_referral(again(found), result_is_told=False)]


class TestOnHold:
    def test_is_no_way_to_forget(self, place):
        found = referral(place, status=S.ACCEPTED)
        with pytest.raises(DomainError, match="1年"):
            answering.hold(
                referral=found, until=date(9999, 12, 31), why="入院中", by=place.caseworker, seen=found.version
            )

    @pytest.mark.parametrize("before", [S.ACCEPTED, S.CONTACTED])
    def test_waits_for_a_day_and_goes_on_from_where_it_stood(self, place, before):
        found = referral(place, status=before)
        answering.hold(referral=found, until=tomorrow(), why="入院中", by=place.caseworker, seen=found.version)
        assert (again(found).status, again(found).on_hold_until, again(found).is_live) == (S.ON_HOLD, tomorrow(), True)
        found = again(found)
        answering.resume(referral=found, by=place.caseworker, seen=found.version)
        assert (again(found).status, again(found).on_hold_until) == (before, None)

    def test_may_end_with_its_outcome(self, place):
        held = referral(place, status=S.ON_HOLD)
        replies.record_reply(referral=held, to=S.CLOSED, outcome="moved", by=place.caseworker, seen=held.version)
        assert (again(held).status, again(held).on_hold_until) == (S.CLOSED, None)

    def test_is_revoked_at_once_when_the_person_withdraws(self, place):
        held = referral(place, status=S.ON_HOLD)
        consents.withdraw_consent(case=held.case, recipient=place.centre, channel="telephone", by=place.caseworker)
        assert (again(held).status, again(held).on_hold_until) == (S.REVOKED, None)

    @pytest.mark.parametrize("to", [S.VIEWED, S.ACCEPTED, S.CONTACTED, S.DECLINED])
    def test_is_not_ended_by_another_reply(self, place, to):
        held = referral(place, status=S.ON_HOLD)
        with pytest.raises(NotAllowed):
            replies.record_reply(referral=held, to=to, reason="full", by=place.caseworker, seen=held.version)

    def test_asks_for_a_day_to_come_and_a_reason(self, place):
        found = referral(place, status=S.ACCEPTED)
        for until, why in ((clock.today(), "x"), (tomorrow(), " ")):
            with pytest.raises(DomainError):
                answering.hold(referral=found, until=until, why=why, by=place.caseworker, seen=found.version)

    def test_in_the_portal_is_the_centres_own(self):
        centre = referrals.portal_centre()
        found = again(referrals.handed_off(centre, to=S.ACCEPTED))
        worker = members.caseworker(found.case.desk)
        with pytest.raises(NotAllowed):
            answering.hold(referral=found, until=tomorrow(), why="x", by=worker, seen=found.version)
        answering.hold(referral=found, until=tomorrow(), why="x", by=members.counsellor(centre), seen=found.version)
        assert again(found).status == S.ON_HOLD


class TestTheWrongCentre:
    @pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD])
    def test_stops_at_once_and_shows_nothing_more(self, client, status):
        centre = referrals.portal_centre()
        found = again(referrals.handed_off(centre, to=status))
        worker = members.caseworker(found.case.desk)
        stopping.mark_wrong_centre(referral=found, why="町をまちがえた", by=worker, seen=found.version)
        referrals.deliver_outbox()
        assert packet_for_centre(again(found)) is PacketFor.NOT_MEANT
        client.force_login(members.counsellor(centre))
        assert client.get(reverse("portal:packet", args=[found.public_id])).status_code == 302
        cover = client.get(reverse("portal:cover", args=[found.public_id])).content.decode()
        assert "まちがってお送りしたつなぎです" in cover
        assert "同意をとりやめました" not in cover
        assert client.get(reverse("portal:queue")).status_code == 200
        client.force_login(worker)
        for name, at in (("desk:case", found.case), ("desk:referral", found)):
            assert "つなぎ先のまちがい" in client.get(reverse(name, args=[at.public_id])).content.decode()

    def test_a_centre_that_mail_reaches_is_told_by_mail(self, mailoutbox):
        found = again(referrals.handed_off())
        worker = members.caseworker(found.case.desk)
        mailoutbox.clear()
        stopping.mark_wrong_centre(referral=found, why="x", by=worker, seen=found.version)
        referrals.deliver_outbox()
        assert WRONG_CENTRE_NOTICE in kinds(found)
        [mail] = mailoutbox
        assert mail.to == [found.centre.email]
        assert "破棄してください" in mail.body
        assert not again(found).must_be_told

    def test_one_that_works_on_paper_a_member_has_to_tell(self, place):
        found = referral(place, status=S.ENTERED_IN_ERROR)
        assert again(found).is_to_be_told
        assert TELLING_NOTICE not in kinds(found)
        assert Referral.objects.to_be_told().filter(pk=found.pk).exists()
        assert "つなぎ先のまちがいです" in str(again(found).to_tell_centre)
        assert "伝えます" in str(standing.of_referral(again(found)).then)
        replies.record_told(referral=again(found), note="電話した", by=place.caseworker, seen=found.version)
        assert "伝えました" in str(standing.of_referral(again(found)).then)

    def test_leaves_the_statistics_and_stays_in_the_record(self, place):
        found = referral(place, status=S.ENTERED_IN_ERROR)
        day = found.case.received_on
        assert sum(state.number for state in work.work(Period(day, day)).referrals) == 0
        assert again(found).packet.fields

    def test_the_right_centre_gets_it_straight_away(self, place):
        found = referral(place, status=S.ENTERED_IN_ERROR)
        case = fresh(found.case)
        sending.send(case=case, centre=place.centre, way="telephone", by=place.caseworker, seen=case.version)
        assert case.referrals.live().count() == 1

    def test_asks_for_the_reason_and_for_somebody_of_the_desk(self, place):
        found = referral(place)
        with pytest.raises(DomainError, match="どこがまちがい"):
            stopping.mark_wrong_centre(referral=found, why="", by=place.caseworker, seen=found.version)
        with access.scope(actor="test", purpose="test"), pytest.raises(NotAllowed):
            stopping.mark_wrong_centre(referral=found, why="x", by=place.counsellor, seen=found.version)
