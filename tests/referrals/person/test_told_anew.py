"""The person's own page after they agreed to less, or the desk took back what it had recorded in error."""

import pytest

from referrals.handoff import consents, replies, voiding
from referrals.states import ReferralStatus
from tests.factories import cases, members, referrals
from tests.referrals.person.private import hand_in, open_text_of, page_of, refer

S = ReferralStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
READ = "窓口の人がもう読んだものは、消せません"
NOW = "いま伝えてよい項目"


def agree_to_less(case, centre):
    cases.consent(cases.fresh(case), centre, by=members.caseworker(case.desk), fields=["name", "reach", "phone"])


@pytest.mark.parametrize("way", ["portal", "telephone"])
def test_says_what_may_be_told_now_and_that_what_was_read_stays_read(client, centre, way):
    case, secret = hand_in(consenting=centre)
    sent = refer(case, centre, to=S.CLOSED if way == "portal" else S.SENT, way=way)
    if way == "telephone":
        worker = members.caseworker(case.desk)
        said = {"to": S.DECLINED, "reason": "full", "by": worker, "seen": sent.version}
        replies.record_reply(referral=sent, **said)
    agree_to_less(case, centre)
    shown = open_text_of(client.get(page_of(secret)))
    assert "伝える内容をへらし" in shown
    assert READ in shown
    items = shown.split(NOW)[1].split("</dl>")[0]
    assert "名前、" in items
    assert "生まれた年" not in items


def test_what_was_never_opened_is_not_said_to_be_read(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.EXPIRED)
    consents.withdraw_consent(case=cases.fresh(case), recipient=centre, channel="web")
    agree_to_less(case, centre)
    assert READ not in open_text_of(client.get(page_of(secret)))


def test_once_it_is_told_anew_nothing_waits(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.CLOSED)
    agree_to_less(case, centre)
    refer(cases.fresh(case), centre)
    assert NOW not in open_text_of(client.get(page_of(secret)))


def test_a_withdrawal_recorded_in_error_leaves_no_lie_on_the_page(client, centre):
    case, secret = hand_in(consenting=centre)
    sent = refer(case, centre, to=S.ACCEPTED)
    worker = members.caseworker(case.desk)
    consents.withdraw_consent(case=cases.fresh(case), recipient=centre, channel="telephone", by=worker)
    found = cases.fresh(case)
    seen = consents.length(found.person)
    voiding.void(case=found, number=voiding.entries(found)[0][0], why="別の方", by=worker, seen=seen)
    assert referrals.again(sent).status == S.REVOKED
    shown = open_text_of(client.get(page_of(secret)))
    assert "同意をとりやめたので" not in shown
    assert "フードバンクの記録にまちがいがあったので、止めました" in shown
    assert "止めたあとは、まだ何も伝えていません" in shown
    assert "同意は、いつでもとりやめられます" in shown


def test_a_consent_recorded_in_error_is_no_consent_on_the_page(client, centre):
    case, secret = hand_in(disclosed=[])
    worker = members.caseworker(case.desk)
    cases.consent(cases.fresh(case), centre, by=worker)
    refer(cases.fresh(case), centre, to=S.VIEWED)
    found = cases.fresh(case)
    seen = consents.length(found.person)
    voiding.void(case=found, number=voiding.entries(found)[0][0], why="別の方", by=worker, seen=seen)
    page = client.get(page_of(secret))
    shown = open_text_of(page)
    assert "フードバンクの記録にまちがいがあったので、止めました" in shown
    assert "同意をとりやめる" not in shown
    assert "という記録はまちがいだったので、取り消しました" in page.content.decode()
