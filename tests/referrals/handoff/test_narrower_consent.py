"""A new consent to less, when the referral was over: destroy what you hold, and nothing against the contact."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import access
from foundation.errors import NotAllowed
from foundation.models import OutboxMessage
from organisations.models import Organisation
from referrals.handoff import consents, replies, stopping
from referrals.handoff.notice_table import NARROWED_NOTICE, REVOKED_NOTICE, TELLING_NOTICE
from referrals.handoff.visibility import PacketFor, packet_for_centre
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.person import standing
from referrals.states import ReferralStatus as S
from tests.factories import cases, members, referrals
from tests.factories.cases import fresh, referral, town
from tests.factories.referrals import again
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
OVER = [S.CLOSED, S.DECLINED, S.EXPIRED]
LESS = ["name", "reach"]
NO_CONTACT = "連絡はしないで"


@pytest.fixture
def place():
    return town()


def narrow(sent: Referral, **stated) -> Referral:
    worker = members.caseworker(sent.case.desk)
    cases.consent(fresh(sent.case), sent.centre, by=worker, **{"fields": LESS, **stated})
    return again(sent)


def withdraw(sent: Referral) -> Referral:
    consents.withdraw_consent(case=fresh(sent.case), recipient=sent.centre, channel="web")
    return again(sent)


def kinds(sent: Referral) -> list[str]:
    return list(OutboxMessage.objects.filter(subject=sent.public_id).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("status", OVER)
def test_a_member_has_to_tell_of_the_paper_and_not_of_the_contact(place, mailoutbox, status):
    reached = {"email": "desk@example.org", "email_confirmed_on": date(2026, 4, 1)}
    Organisation.objects.filter(pk=place.desk.pk).update(**reached)
    sent = referral(place, status=status)
    referrals.deliver_outbox()
    mailoutbox.clear()
    sent = narrow(sent)
    assert (sent.is_to_be_told, sent.status) == (True, status)
    assert "同意しなおしました" in str(sent.to_tell_centre)
    assert "破棄" in str(sent.to_tell_centre)
    assert "連絡をやめて" not in str(sent.to_tell_centre)
    referrals.deliver_outbox()
    [mail] = [one for one in mailoutbox if "電話で伝えて" in one.subject]
    assert "同意しなおしました" in mail.body
    assert "本人に連絡しない" not in mail.body
    desk = signed_in(place.caseworker)
    page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert "前の内容の破棄を窓口に伝える" in page
    assert "とりやめ" not in page
    told = {"seen": sent.version, "note": "担当の方に伝えた", "had_left": "yes"}
    page = text(desk.post(reverse("desk:referral_told", args=[sent.public_id]), told, follow=True))
    assert "前の内容を破棄するように伝えました" in page
    assert not again(sent).is_to_be_told


@pytest.mark.parametrize("status", [S.CLOSED, S.DECLINED])
def test_a_centre_in_the_portal_is_told_by_a_mail_and_a_line_of_their_own(mailoutbox, client, status):
    sent = referrals.handed_off(to=status)
    mailoutbox.clear()
    sent = narrow(sent)
    referrals.deliver_outbox()
    assert NARROWED_NOTICE in kinds(sent)
    assert REVOKED_NOTICE not in kinds(sent)
    [mail] = [one for one in mailoutbox if one.to == [sent.centre.email]]
    assert "破棄してください" in mail.body
    assert "あらためて届きます" in mail.body
    assert sent.number not in mail.body
    client.force_login(members.counsellor(sent.centre))
    queue = text(client.get(reverse("portal:queue"), {"tab": "done"}))
    cover = text(client.get(reverse("portal:packet", args=[sent.public_id]), follow=True))
    assert sent.number in queue.partition("内容を閉じたつなぎがあります")[2].partition("</section>")[0]
    for shown in (mail.body, queue, cover):
        assert "同意しなおし" in shown
        assert NO_CONTACT not in shown
        assert "とりやめ" not in shown
    assert packet_for_centre(sent) is PacketFor.NARROWED


def test_the_person_does_not_read_that_the_contact_was_ended(place):
    for sent in (narrow(referral(place, status=S.CLOSED)), narrow(referrals.handed_off(to=S.CLOSED))):
        assert "連絡をやめて" not in str(standing.of_referral(sent).then)


def test_one_that_covers_what_was_told_closes_nothing(place):
    sent = referral(place, status=S.CLOSED)
    sent = narrow(sent, fields=list(sent.packet.fields))
    assert (sent.withdrawn_at, sent.narrowed, sent.is_to_be_told) == (None, False, False)


def test_a_wider_one_after_it_does_not_open_the_old_packet_again(place):
    sent = narrow(referral(place, status=S.CLOSED))
    sent = narrow(sent, fields=cases.ALL_FIELDS)
    assert packet_for_centre(sent) is PacketFor.NARROWED


def test_is_told_once(place):
    sent = narrow(referral(place, status=S.CLOSED))
    replies.record_told(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    sent = narrow(sent, fields=["name", "reach", "phone"])
    assert not sent.is_to_be_told
    assert kinds(sent).count(TELLING_NOTICE) == 1


def test_a_withdrawal_after_it_is_told_as_one(place):
    sent = narrow(referral(place, status=S.CLOSED))
    replies.record_told(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    sent = withdraw(sent)
    assert (sent.narrowed, sent.is_to_be_told) == (False, True)
    assert "連絡をやめて" in str(sent.to_tell_centre)
    assert packet_for_centre(sent) is PacketFor.WITHDRAWN


def test_the_mail_that_waits_when_the_person_withdraws_is_not_sent(mailoutbox):
    sent = withdraw(narrow(referrals.handed_off(to=S.CLOSED)))
    mailoutbox.clear()
    referrals.deliver_outbox()
    [mail] = [one for one in mailoutbox if one.to == [sent.centre.email]]
    assert NO_CONTACT in mail.body


def test_the_mail_of_a_withdrawal_is_not_sent_for_it(mailoutbox):
    """It had waited while the referral lived again, was over, and was closed by a consent to less."""
    sent = narrow(referrals.handed_off(to=S.CLOSED))
    OutboxMessage.objects.filter(subject=sent.public_id, kind=NARROWED_NOTICE).update(kind=REVOKED_NOTICE)
    mailoutbox.clear()
    referrals.deliver_outbox()
    assert not mailoutbox


def test_a_late_answer_says_why_it_cannot_go_on(place):
    sent = narrow(referral(place, status=S.EXPIRED))
    with pytest.raises(NotAllowed, match="あらためてつないで"):
        replies.record_reply(referral=sent, to=S.ACCEPTED, by=place.caseworker, seen=sent.version)


def test_a_late_answer_on_a_wider_consent_is_as_if_nothing_had_been_closed(place):
    sent = narrow(narrow(referral(place, status=S.EXPIRED)), fields=cases.ALL_FIELDS)
    replies.record_reply(referral=sent, to=S.ACCEPTED, by=place.caseworker, seen=sent.version)
    assert (again(sent).withdrawn_at, again(sent).narrowed) == (None, False)


def test_the_wrong_centre_comes_before_it(place):
    sent = narrow(referral(place, status=S.CLOSED))
    with access.scope(actor="test", purpose="test"):
        stopping.mark_wrong_centre(referral=sent, why="町をまちがえた", by=place.caseworker, seen=sent.version)
    assert not again(sent).narrowed
    assert packet_for_centre(again(sent)) is PacketFor.NOT_MEANT


def test_the_table_refuses_it_for_what_is_live_or_was_not_closed(place):
    for sent in (referral(place), referral(place, status=S.CLOSED)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=sent.pk).update(narrowed=True)


@pytest.mark.parametrize(
    ("way", "mailed"),
    [(Way.PORTAL, "破棄するように、メールで知らせました"), (Way.TELEPHONE, "前の内容の破棄を窓口に伝える")],
)
def test_the_desk_reads_what_it_did_where_the_centre_would_ask(place, way, mailed):
    sent = narrow(referrals.handed_off(to=S.CLOSED) if way == Way.PORTAL else referral(place, status=S.CLOSED))
    desk = signed_in(members.caseworker(sent.case.desk))
    shown = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert "内容をへらして同意しなおしたので、前に伝えた内容を閉じました" in shown
    assert mailed in shown
    done = f"内容をへらした同意により、{sent.centre.name}に伝えた前の内容を閉じました"
    assert done in shown
    assert done in text(desk.get(reverse("desk:case", args=[sent.case.public_id])))
    assert desk.get(reverse("desk:queue"), {"tab": "to_hand_on"}).context["page"].items == [sent.case]
    sent = withdraw(sent)
    shown = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert done in shown, "what was done before stays readable"
    assert f"同意の撤回により、{sent.centre.name}に伝えた内容を閉じました" in shown
    assert "本人が同意をとりやめたので" in shown
