"""What the desk put right since a packet was frozen: beside it in the portal, with the day, and told by mail."""

import pytest
from django.core import mail
from django.urls import reverse

from referrals.desk import corrections
from referrals.handoff.notice_table import CORRECTED_NOTICE
from referrals.models import PersonCorrection
from referrals.states import ReferralStatus as S
from tests.factories import members, referrals
from tests.factories.cases import consent, fresh
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
TITLE = "送り主が、あとから直しました"
NEW = "+819077776666"
SHOWN = "090-7777-6666"


def put_right(sent, **now):
    found = fresh(sent.case)
    facts = {"now": corrections.stands(found) | now, "why": "電話できいた", "seen": corrections.length(found)}
    corrections.correct(case=found, by=members.caseworker(found.desk), **facts)
    return fresh(sent.case)


def packet_page(sent):
    counsellor = members.counsellor(sent.centre)
    return text(signed_in(counsellor).get(reverse("portal:packet", args=[sent.public_id]), follow=True))


def notices(sent):
    return referrals.OutboxMessage.objects.filter(kind=CORRECTED_NOTICE, subject=sent.public_id).count()


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD])
def test_the_new_number_stands_beside_the_old_one_with_the_day(status):
    sent = referrals.handed_off(to=status, phone="+819011112222")
    assert TITLE not in packet_page(sent)
    put_right(sent, phone=NEW)
    page = packet_page(sent)
    section = page.split(TITLE)[1].split("</section>")[0]
    assert SHOWN in section
    assert "に直しました" in section
    assert "090-1111-2222" in page, "what was told stays"
    assert "そのあと直しました。上を見てください" in page


def test_where_the_ways_of_contact_changed_the_old_ones_are_struck_out():
    sent = referrals.handed_off(to=S.ACCEPTED, reach_by=["phone"])
    put_right(sent, reach_by=["sms"], safe_times="昼だけ")
    page = packet_page(sent)
    assert "昼だけ" in page.split(TITLE)[1].split("</section>")[0]
    assert "上の「送り主が、あとから直しました」のとおりに連絡してください" in page
    assert "<s>" in page


def test_the_centre_is_told_by_a_mail_that_says_nothing_of_the_person():
    sent = referrals.handed_off(to=S.ACCEPTED)
    put_right(sent, phone=NEW, name="見本 あらため")
    mail.outbox.clear()
    referrals.deliver_outbox()
    [message] = [one for one in mail.outbox if one.to == [sent.centre.email]]
    assert "直したところがあります" in message.subject
    for told in ("あらため", SHOWN, NEW, sent.number):
        assert told not in message.subject + message.body


def test_who_has_not_opened_it_reads_both_at_once_and_gets_no_mail():
    sent = referrals.handed_off(to=S.SENT)
    put_right(sent, phone=NEW)
    assert notices(sent) == 0
    assert SHOWN not in packet_page(sent)
    referrals.move_on(sent, to=S.VIEWED, by=members.counsellor(sent.centre))
    assert SHOWN in packet_page(sent)


def test_nothing_beyond_the_consent_is_shown_or_told():
    centre = referrals.portal_centre()
    sent = referrals.handed_off(centre, to=S.ACCEPTED, disclosed=["name", "reach", "phone"])
    put_right(sent, address="北九条東9-9")
    assert (TITLE in packet_page(sent), notices(sent)) == (False, 0)
    put_right(sent, phone=NEW)
    page = packet_page(sent)
    assert SHOWN in page
    assert "北九条" not in page


@pytest.mark.parametrize("status", [S.CLOSED, S.DECLINED, S.EXPIRED, S.REVOKED, S.ENTERED_IN_ERROR])
def test_only_while_a_centre_is_at_work_on_it(status):
    sent = referrals.handed_off(to=status)
    put_right(sent, phone=NEW)
    assert SHOWN not in packet_page(sent)
    assert notices(sent) == 0


def test_what_was_taken_away_is_said_to_be_gone():
    sent = referrals.handed_off(to=S.ACCEPTED, reach_by=["letter", "email"], email="mihon@example.org")
    put_right(sent, email="", reach_by=["letter"])
    section = packet_page(sent).split(TITLE)[1].split("</section>")[0]
    assert "いまは、ありません" in section
    assert "mihon@example.org" not in section


def test_a_narrower_consent_since_shows_no_more_than_it_names():
    sent = referrals.handed_off(to=S.ACCEPTED, disclosed=["name", "reach", "phone", "address"])
    worker = members.caseworker(sent.case.desk)
    consent(fresh(sent.case), sent.centre, by=worker, fields=["name", "reach", "phone", "address"])
    put_right(sent, phone=NEW)
    assert SHOWN in packet_page(sent)
    assert PersonCorrection.objects.count() == 1


@pytest.mark.parametrize(("facts", "said"), [({}, "メールでも知らせます"), ({"email": ""}, "電話で知らせてください")])
def test_the_desk_reads_whether_it_has_to_call(facts, said):
    if "email" in facts:
        facts = {"email": "", "email_confirmed_on": None}
    sent = referrals.handed_off(referrals.portal_centre(**facts), to=S.ACCEPTED)
    [words] = corrections.to_be_told(put_right(sent, phone=NEW))
    assert said in str(words)
