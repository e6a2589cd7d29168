"""What the page says that taking a consent back does, before it is done: what then happens, and no more."""

import pytest
from django.db.models import Q

from foundation.models import OutboxMessage
from referrals.handoff import consents, replies, stopping
from referrals.handoff.notice_table import REVOKED_NOTICE
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import cases, members, referrals
from tests.referrals.person.private import hand_in, page_of, refer, text_of, withdraw_of

S = ReferralStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
STAYS = "もう読んだことは、消せません"
TELLS = "連絡をしないこと"


def told_nothing(case, centre):
    pass


def on_paper(case, centre):
    refer(case, centre, way=Way.TELEPHONE)


def on_paper_and_arrived(case, centre):
    sent = refer(case, centre, way=Way.TELEPHONE)
    replies.record_reply(referral=sent, to=S.VIEWED, by=members.caseworker(case.desk), seen=sent.version)


def in_portal(status):
    def act(case, centre):
        refer(case, centre, to=status)

    return act


def withdrawn_and_agreed_anew(status):
    def act(case, centre):
        refer(case, centre, to=status)
        consents.withdraw_consent(case=cases.fresh(case), recipient=centre, channel="web")
        cases.consent(cases.fresh(case), centre, by=members.caseworker(case.desk))

    return act


def agreed_to_less(case, centre):
    refer(case, centre, to=S.CLOSED)
    cases.consent(cases.fresh(case), centre, by=members.caseworker(case.desk), fields=["name", "reach", "phone"])


def to_the_wrong_centre(case, centre):
    sent = refer(case, centre, to=S.VIEWED)
    stopping.mark_wrong_centre(
        referral=sent, why="町をまちがえた", by=members.caseworker(case.desk), seen=referrals.again(sent).version
    )


BEFORE = {
    "nothing told": (told_nothing, "まだ何も伝えていません", False, "何も伝えていません"),
    "on paper": (on_paper, "もう渡していたときは", True, STAYS),
    "on paper, arrived": (on_paper_and_arrived, "電話と紙で伝えてあります", True, STAYS),
    "unread": (in_portal(S.SENT), "まだだれも開いていません", False, "あなたの内容を読めません"),
    "read": (in_portal(S.VIEWED), "すぐに内容を開けなくなります", True, STAYS),
    "accepted": (in_portal(S.ACCEPTED), "すぐに内容を開けなくなります", True, STAYS),
    "closed": (in_portal(S.CLOSED), "つなぎは終わっています", True, STAYS),
    "turned down": (in_portal(S.DECLINED), "つなぎは終わっています", True, STAYS),
    "unread to the end": (in_portal(S.EXPIRED), "だれも開かないまま閉じました", False, "あなたの内容を読めません"),
    "agreed anew": (withdrawn_and_agreed_anew(S.VIEWED), "いまの同意では", True, STAYS),
    "agreed anew, unread": (withdrawn_and_agreed_anew(S.SENT), "いまの同意では", False, "あなたの内容を読めません"),
    "agreed to less": (agreed_to_less, "つなぎは終わっています", True, STAYS),
    "wrong centre": (to_the_wrong_centre, "止めたあとは", True, STAYS),
}


@pytest.mark.parametrize("mailed", [True, False], ids=["by mail", "by hand"])
@pytest.mark.parametrize("before", BEFORE)
def test_what_the_page_says_before_is_what_then_happens(client, before, mailed):
    act, says, read, after = BEFORE[before]
    centre = referrals.portal_centre(**({} if mailed else {"email": "", "email_confirmed_on": None}))
    case, secret = hand_in(consenting=centre)
    act(case, centre)
    words = text_of(client.get(withdraw_of(secret)))
    assert says in words
    assert (STAYS in words) is read
    told_before = told_of_a_withdrawal(case)
    done = text_of(client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True))
    assert (TELLS in words) is (told_of_a_withdrawal(case) > told_before)
    assert "同意をとりやめました。窓口" in done
    assert after in done.partition("standing-title")[0]


def told_of_a_withdrawal(case) -> int:
    """How often a mail to the centre, or a task to call it, came of a withdrawal."""
    by_hand = Q(must_be_told=True, told_at__isnull=True, withdrawn_at__isnull=False, narrowed=False)
    mails = OutboxMessage.objects.filter(kind=REVOKED_NOTICE).count()
    return mails + Referral.objects.filter(by_hand, case=case).count()


def test_with_two_centres_each_is_told_of_by_what_it_has(client, centre):
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.VIEWED)
    cases.consent(cases.fresh(case), second, by=members.caseworker(case.desk))
    words = text_of(client.get(withdraw_of(secret)))
    assert f"{second.name}には、まだ何も伝えていません" in words
    assert f"{centre.name}には、まだ何も伝えていません" not in words
    assert STAYS in words


def test_an_address_alone_says_of_nothing_that_it_was_done(client, centre):
    _case, secret = hand_in(consenting=centre)
    for done in ("withdrawn", "added", "sent", "<b>"):
        shown = text_of(client.get(page_of(secret), {"done": done}))
        assert "受けとりました。ありがとうございます" not in shown
        assert "同意をとりやめました。" not in shown


@pytest.mark.parametrize("heard", [True, False])
def test_the_consent_to_tell_the_result_is_named_where_it_goes_too(client, centre, heard):
    case, secret = hand_in(consenting=centre, feedback=heard)
    assert ("フードバンクに知らせる同意も、いっしょに" in text_of(client.get(withdraw_of(secret)))) == heard
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    assert not case.person.consents.live().exists()
