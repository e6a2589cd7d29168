"""A consent withdrawn after its referral was over: whoever holds the packet still is told, and somebody sees to it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import NotAllowed
from foundation.models import OutboxMessage
from referrals.handoff import consents, replies, sending
from referrals.handoff.notice_table import REVOKED_NOTICE, TELLING_NOTICE
from referrals.handoff.visibility import PacketFor, packet_for_centre
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.person import standing
from referrals.states import ReferralStatus as S
from tests.factories import cases, members, referrals
from tests.factories.cases import fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
OVER = [S.CLOSED, S.DECLINED, S.EXPIRED]


@pytest.fixture
def place():
    return town()


def withdraw(sent: Referral, *, by=None) -> Referral:
    """The person takes their consent back, on their page unless a member writes it down."""
    channel = "telephone" if by else "web"
    consents.withdraw_consent(case=fresh(sent.case), recipient=sent.centre, channel=channel, by=by)
    return again(sent)


def again(sent: Referral) -> Referral:
    related = ("case__person__data_key", "case__desk", "centre", "packet")
    return Referral.objects.select_related(*related).get(pk=sent.pk)


def kinds(sent: Referral) -> list[str]:
    return list(OutboxMessage.objects.filter(subject=sent.public_id).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("status", OVER)
@pytest.mark.parametrize("who", ["the person", "a member"])
def test_a_centre_on_paper_stays_to_be_told_until_a_member_did(place, status, who):
    sent = withdraw(referral(place, status=status), by=place.caseworker if who == "a member" else None)
    assert sent.status == status, "what came of it stays as it is"
    assert sent.is_to_be_told
    assert TELLING_NOTICE in kinds(sent)
    desk = signed_in(place.caseworker)
    assert desk.get(reverse("desk:queue"), {"tab": "to_tell"}).context["page"].items == [sent.case]
    assert "本人が同意をとりやめました" in text(desk.get(reverse("desk:case", args=[sent.case.public_id])))
    page = desk.get(reverse("desk:referral", args=[sent.public_id]))
    assert "とりやめを窓口に伝える" in text(page)
    told = {"seen": sent.version, "note": "担当の方に伝えた", "had_left": "yes"}
    page = desk.post(reverse("desk:referral_told", args=[sent.public_id]), told, follow=True)
    assert "窓口に伝えたことを記録しました" in text(page)
    assert "つなぎのとりやめを伝えました" in text(page)
    assert not again(sent).is_to_be_told
    assert (again(sent).status, again(sent).told_by) == (status, place.caseworker)


@pytest.mark.parametrize("status", [S.CLOSED, S.DECLINED])
def test_a_centre_in_the_portal_is_told_by_mail_and_on_its_list(mailoutbox, client, status):
    sent = referrals.handed_off(to=status)
    mailoutbox.clear()
    sent = withdraw(sent)
    referrals.deliver_outbox()
    assert kinds(sent).count(REVOKED_NOTICE) == 1
    [mail] = [one for one in mailoutbox if one.to == [sent.centre.email]]
    assert "破棄してください" in mail.body
    assert sent.number not in mail.body
    assert not sent.must_be_told
    client.force_login(members.counsellor(sent.centre))
    assert sent.number in text(client.get(reverse("portal:queue"))).partition("印刷した内容があれば")[2]
    assert "本人が同意をとりやめました" in text(client.get(reverse("portal:cover", args=[sent.public_id])))
    assert client.get(reverse("portal:packet", args=[sent.public_id]), follow=True).context.get("groups") is None


def test_another_centre_that_holds_its_own_is_not_told_and_goes_on(place):
    sent = referral(place, status=S.CLOSED)
    other = cases.town().centre
    found = fresh(sent.case)
    cases.consent(found, other, by=place.caseworker)
    facts = {"centre": other, "way": "telephone", "by": place.caseworker, "seen": fresh(found).version}
    theirs = sending.send(case=fresh(found), **facts)
    replies.record_reply(referral=theirs, to="declined", reason="full", by=place.caseworker, seen=theirs.version)
    assert withdraw(sent).withdrawn_at is not None
    assert (again(theirs).withdrawn_at, again(theirs).must_be_told) == (None, False)
    assert not {REVOKED_NOTICE, TELLING_NOTICE} & set(kinds(theirs))


def test_what_came_back_is_followed_up_beside_the_telling(place):
    """Two things to do, each with its own button: neither ticks off the other."""
    sent = withdraw(referral(place, status=S.DECLINED))
    desk = signed_in(place.caseworker)
    page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert "とりやめを窓口に伝える" in page
    assert "戻ってきたつなぎに対応する" in page
    replies.follow_up(referral=sent, note="本人に伝えた", by=place.caseworker, seen=sent.version)
    assert again(sent).is_to_be_told
    replies.record_told(referral=again(sent), note="電話した", by=place.caseworker, seen=again(sent).version)
    assert not again(sent).is_to_be_told
    assert again(sent).followed_up_at is not None


def test_what_nobody_ever_opened_needs_no_telling():
    sent = withdraw(referrals.handed_off(to=S.EXPIRED))
    assert sent.viewed_at is None
    assert (sent.withdrawn_at, sent.must_be_told) == (None, False)
    assert REVOKED_NOTICE not in kinds(sent)


def test_each_withdrawal_is_told_once(place):
    sent = withdraw(referral(place, status=S.CLOSED))
    first = sent.withdrawn_at
    replies.record_told(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    withdraw(sent)
    cases.consent(fresh(sent.case), place.centre, by=place.caseworker)
    sent = withdraw(sent)
    assert (sent.withdrawn_at, sent.is_to_be_told) == (first, False)
    assert kinds(sent).count(TELLING_NOTICE) == 1


def test_a_later_consent_does_not_open_the_old_packet_again(place):
    sent = referrals.handed_off(to=S.CLOSED)
    worker = members.caseworker(sent.case.desk)
    withdraw(sent)
    cases.consent(fresh(sent.case), sent.centre, by=worker)
    assert packet_for_centre(again(sent)) is PacketFor.WITHDRAWN


def test_a_late_answer_on_a_new_consent_ends_what_was_to_be_told(place):
    sent = withdraw(referral(place, status=S.EXPIRED))
    with pytest.raises(NotAllowed):
        replies.record_reply(referral=sent, to=S.ACCEPTED, by=place.caseworker, seen=sent.version)
    cases.consent(fresh(sent.case), place.centre, by=place.caseworker)
    sent = again(sent)
    replies.record_reply(referral=sent, to=S.ACCEPTED, by=place.caseworker, seen=sent.version)
    assert (again(sent).withdrawn_at, again(sent).must_be_told) == (None, False)


def test_a_notice_that_comes_late_says_nothing_untrue(place, mailoutbox):
    """The mail waits in the outbox while the person consents anew and the centre answers after all."""
    sent = referrals.handed_off(to=S.VIEWED)
    worker = members.caseworker(sent.case.desk)
    referrals.stopping.expire(referral=sent)
    sent = withdraw(sent)
    cases.consent(fresh(sent.case), sent.centre, by=worker)
    replies.record_reply(referral=again(sent), to=S.ACCEPTED, by=worker, seen=again(sent).version)
    mailoutbox.clear()
    referrals.deliver_outbox()
    assert not [one for one in mailoutbox if "とりやめ" in one.subject]


@pytest.mark.parametrize("way", [Way.TELEPHONE, Way.PORTAL])
def test_the_person_reads_what_becomes_of_it(place, way):
    sent = referral(place, status=S.CLOSED) if way == Way.TELEPHONE else referrals.handed_off(to=S.CLOSED)
    sent = withdraw(sent)
    words = str(standing.of_referral(sent).then)
    assert ("伝えます" in words) == (way == Way.TELEPHONE)
    assert ("窓口に知らせました" in words) == (way == Way.PORTAL)
    if way == Way.TELEPHONE:
        replies.record_told(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
        assert "伝えました" in str(standing.of_referral(again(sent)).then)


def test_the_page_says_beforehand_who_still_holds_what(place):
    sent = referral(place, status=S.CLOSED)
    page = text(signed_in(place.caseworker).get(reverse("desk:consent_withdraw", args=[sent.case.public_id])))
    assert f"終わったつなぎ（{sent.number}）の内容をまだ持っています" in page


class TestTheTableGuards:
    def refuses(self, sent, **changes):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=sent.pk).update(**changes)

    def test_nothing_live_waits_to_be_told(self, place):
        self.refuses(referral(place), must_be_told=True)

    def test_nobody_told_what_nobody_had_to_tell(self, place):
        sent = referral(place, status=S.CLOSED)
        self.refuses(sent, told_at=sent.sent_at, told_by=place.caseworker)
