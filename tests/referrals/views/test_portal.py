"""The support centre's portal: queue, cover, packet, answers."""

from datetime import timedelta

import pytest
import structlog
from django.urls import reverse

from foundation import access, clock
from foundation.models import AccessedKey, AccessRecord
from organisations import membership
from organisations.roles import Role
from referrals import consents, handoffs
from referrals.models import ConsentEntry, Referral, ReferralTransition
from referrals.models.referral import Way
from referrals.states import CENTRE_DECLINE_REASONS, DeclineReason, Outcome, ReferralStatus
from tests.factories import members, referrals

S = ReferralStatus
pytestmark = pytest.mark.django_db

NAME = "見本 めじるし"
PHONE = "+819011112222"
SECRETS = {
    "name": NAME, "kana": "みほん めじるし", "phone": PHONE, "email": "mejirushi@example.org",
    "address": "目印町9丁目", "safe_times": "めじるしの午前", "reach_by": ["phone"], "lifelines_cut": ["gas"],
}  # fmt: skip
SHOWN = (NAME, "みほん めじるし", "090-1111-2222", "mejirushi@example.org", "目印町", "めじるしの午前")


@pytest.fixture
def centre(db):
    return referrals.portal_centre()


@pytest.fixture
def counsellor(centre, client):
    member = members.counsellor(centre)
    client.force_login(member)
    return member


def url(name, referral):
    return reverse(f"portal:{name}", args=[referral.public_id])


def text_of(response):
    return response.content.decode()


def says_nothing_personal(response):
    return not any(secret in text_of(response) for secret in SHOWN)


def fresh(referral):
    return Referral.objects.get(pk=referral.pk)


def withdraw(referral):
    with access.scope(actor="test", purpose="withdrawing"):
        consents.withdraw_consent(case=referral.case, recipient=referral.centre, channel="web")


# --- the queue ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tab", "status"),
    [
        ("new", S.SENT), ("to_answer", S.VIEWED), ("accepted", S.ACCEPTED), ("accepted", S.CONTACTED),
        ("done", S.CLOSED), ("done", S.DECLINED), ("done", S.EXPIRED), ("done", S.REVOKED),
    ],
)  # fmt: skip
def test_each_referral_stands_in_the_tab_of_its_state_and_nowhere_else(client, centre, counsellor, tab, status):
    referral = referrals.handed_off(centre, to=status)
    found = {
        key for key in ("new", "to_answer", "accepted", "done")
        if url("cover", referral) in text_of(client.get(reverse("portal:queue"), {"tab": key}))
    }  # fmt: skip
    assert found == {tab}


def test_the_queue_names_number_desk_and_day_and_nothing_about_the_person(client, centre, counsellor):
    referral = referrals.handed_off(centre, **SECRETS)
    response = client.get(reverse("portal:queue"))
    assert referral.number in text_of(response)
    assert referral.case.desk.name in text_of(response)
    assert says_nothing_personal(response)
    assert referral.case.application.receipt_number not in text_of(response)
    assert not AccessRecord.objects.filter(purpose="portal:queue").exists(), "a list without persons opens nothing"


def test_the_queue_opens_where_there_is_something_to_do(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    assert url("cover", referral) in text_of(client.get(reverse("portal:queue")))


def test_an_overdue_referral_is_marked_and_comes_first(client, centre, counsellor):
    newer = referrals.handed_off(centre)
    with clock.at(clock.now() - timedelta(days=20)):
        older = referrals.handed_off(centre)
    lines = text_of(client.get(reverse("portal:queue")))
    assert lines.count("期限を過ぎています") == 1
    assert newer.created_at > older.created_at
    page = client.get(reverse("portal:queue")).context["lines"]
    assert [line.overdue for line in page] == [True, False]


def test_a_referral_due_within_two_days_is_marked(client, centre, counsellor):
    referral = referrals.handed_off(centre)
    with clock.at(clock.now() + timedelta(days=(referral.due_on - clock.today()).days - 1)):
        assert "期限が近い" in text_of(client.get(reverse("portal:queue")))


def test_a_telephone_referral_is_not_in_the_portal(client, centre, counsellor):
    referral = referrals.handed_off(centre, way=Way.TELEPHONE)
    assert referral.number not in text_of(client.get(reverse("portal:queue")))
    assert client.get(url("cover", referral)).status_code == 404


def test_an_undelivered_referral_is_not_in_the_portal(client, centre, counsellor):
    with access.scope(actor="test", purpose="test"):
        case = referrals.consented_case(centre)
        worker = members.caseworker(case.desk)
        referral = handoffs.send(case=case, centre=centre, way=Way.PORTAL, by=worker, seen=case.version)
    assert client.get(url("cover", referral)).status_code == 404


@pytest.mark.parametrize("tab", ["new", "done"])
def test_the_queue_asks_the_database_at_most_eight_times(
    client, centre, counsellor, tab, django_assert_max_num_queries
):
    for status in (S.SENT, S.SENT, S.SENT, S.REVOKED, S.CLOSED, S.DECLINED):
        referrals.handed_off(centre, to=status)
    with django_assert_max_num_queries(8):
        client.get(reverse("portal:queue"), {"tab": tab})


def test_the_queue_is_leafed_through_without_losing_or_repeating_a_line(client, centre, counsellor, monkeypatch):
    monkeypatch.setattr("referrals.portal_queue.PAGE", 2)
    numbers = [referrals.handed_off(centre).number for _ in range(5)]
    seen, after = [], ""
    while True:
        context = client.get(reverse("portal:queue"), {"tab": "new", **({"after": after} if after else {})}).context
        seen += [line.referral.number for line in context["lines"]]
        after = context["page"].next_cursor
        if not after:
            break
    assert seen == numbers


def test_a_member_of_two_centres_sees_whose_referral_each_is(client, centre, counsellor):
    other = referrals.portal_centre("012033", name="もう一つの相談窓口")
    membership.give_role(member=counsellor, organisation=other, role=Role.COUNSELLOR)
    referrals.handed_off(centre)
    referrals.handed_off(other, place_code="012033")
    listed = text_of(client.get(reverse("portal:queue")))
    assert centre.name in listed
    assert "もう一つの相談窓口" in listed


# --- the cover -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [s for s in S.values if s != S.DRAFT])
def test_the_cover_says_nothing_about_the_person_in_any_state(client, centre, counsellor, status):
    referral = referrals.handed_off(centre, to=status, **SECRETS)
    response = client.get(url("cover", referral))
    assert response.status_code == 200
    assert referral.number in text_of(response)
    assert says_nothing_personal(response)


def test_looking_at_the_cover_opens_nothing(client, centre, counsellor):
    referral = referrals.handed_off(centre)
    for name in ("cover", "open", "packet", "answer", "contact", "close"):
        client.get(url(name, referral), follow=True)
        client.head(url(name, referral))
    assert fresh(referral).status == S.SENT
    assert fresh(referral).viewed_at is None


def test_the_packet_of_an_unopened_referral_leads_back_to_its_cover(client, centre, counsellor):
    referral = referrals.handed_off(centre, **SECRETS)
    response = client.get(url("packet", referral))
    assert response.headers["Location"] == url("cover", referral)


def test_open_and_read_shows_the_packet_and_notes_who_opened_it(client, centre, counsellor):
    referral = referrals.handed_off(centre, **SECRETS)
    response = client.post(url("open", referral), follow=True)
    assert response.redirect_chain[-1][0] == url("packet", referral)
    for secret in (NAME, "090-1111-2222", "めじるしの午前", "ガス"):
        assert secret in text_of(response)
    step = ReferralTransition.objects.get(subject=referral, to_status=S.VIEWED)
    assert step.by == counsellor
    record = AccessRecord.objects.filter(purpose="portal:packet").latest("pk")
    assert record.member_id == counsellor.pk
    assert record.organisation_id == centre.pk
    assert referral.packet.data_key.public_id in record.keys


def test_opening_twice_is_opening_once(client, centre, counsellor):
    referral = referrals.handed_off(centre)
    client.post(url("open", referral))
    opened_at = fresh(referral).viewed_at
    assert client.post(url("open", referral)).headers["Location"] == url("packet", referral)
    assert fresh(referral).viewed_at == opened_at
    assert referral.history.filter(to_status=S.VIEWED).count() == 1


# --- the packet ----------------------------------------------------------------------------------------------


def test_the_packet_holds_what_was_consented_to_and_nothing_else(client, centre, counsellor):
    keys = ["name", "phone", "reach"]
    referral = referrals.handed_off(centre, to=S.VIEWED, disclosed=keys, **SECRETS)
    page = text_of(client.get(url("packet", referral)))
    assert NAME in page
    assert "090-1111-2222" in page
    for kept_back in ("目印町", "mejirushi@example.org", "ガス"):
        assert kept_back not in page


def test_the_packet_stays_as_it_was_frozen(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    person = referral.case.person
    with access.scope(actor="test", purpose="test"):
        person.name = "あとから 変わった"
        person.save()
    assert NAME in text_of(client.get(url("packet", referral)))


def test_how_to_reach_the_person_safely_stands_apart(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    response = client.get(url("packet", referral))
    assert "めじるしの午前" in response.context["reach"]
    assert all(row.key != "reach" for _group, rows in response.context["groups"] for row in rows)


def test_a_packet_without_a_way_to_reach_says_to_ask_the_desk(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED, disclosed=["name"])
    assert "送り主に電話でたしかめてください" in text_of(client.get(url("packet", referral)))


def test_the_page_can_be_printed_without_buttons(client, centre, counsellor):
    page = text_of(client.get(url("packet", referrals.handed_off(centre, to=S.VIEWED))))
    printed = page.split('<div class="no-print">')
    assert "<form" not in printed[0].split("<main")[-1]
    assert len(printed) == 3


# --- answers -------------------------------------------------------------------------------------------------


def test_accepting_is_recorded_and_tells_what_comes_next(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    response = client.post(url("answer", referral), {"answer": "accept", "seen": referral.version}, follow=True)
    assert fresh(referral).status == S.ACCEPTED
    assert fresh(referral).answered_at is not None
    assert "本人に連絡してください" in text_of(response)


@pytest.mark.parametrize("reason", CENTRE_DECLINE_REASONS)
def test_declining_gives_the_ball_back_with_its_reason_and_closes_the_packet(client, centre, counsellor, reason):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    data = {"answer": "decline", "reason": reason, "note": "隣の町の担当です", "seen": referral.version}
    response = client.post(url("answer", referral), data, follow=True)
    assert fresh(referral).decline_reason == reason
    assert "フードバンクに戻し" in text_of(response)
    assert says_nothing_personal(response)
    assert client.get(url("packet", referral)).headers["Location"] == url("cover", referral)


def test_declining_needs_a_reason(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    data = {"answer": "decline", "note": "書いたこと", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert fresh(referral).status == S.VIEWED
    assert "理由をひとつ選んでください" in text_of(response)
    assert "書いたこと" in text_of(response)


def test_a_centre_cannot_say_that_no_reason_was_told(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    data = {"answer": "decline", "reason": DeclineReason.NOT_TOLD, "seen": referral.version}
    client.post(url("answer", referral), data)
    assert fresh(referral).status == S.VIEWED


def test_other_needs_words(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    response = client.post(url("answer", referral), {"answer": "decline", "reason": "other", "seen": referral.version})
    assert "「その他」のときは" in text_of(response)
    accepted = referrals.handed_off(centre, to=S.ACCEPTED)
    response = client.post(url("close", accepted), {"outcome": "other", "note": "  ", "seen": accepted.version})
    assert "「その他」のときは" in text_of(response)
    assert {fresh(referral).status, fresh(accepted).status} == {S.VIEWED, S.ACCEPTED}


def test_the_first_contact_is_recorded(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    client.post(url("contact", referral), {"seen": referral.version})
    assert fresh(referral).contacted_at is not None


@pytest.mark.parametrize("outcome", Outcome.values)
def test_closing_takes_any_outcome_and_shows_it(client, centre, counsellor, outcome):
    referral = referrals.handed_off(centre, to=S.CONTACTED)
    data = {"outcome": outcome, "note": "むすびのことば", "seen": referral.version}
    response = client.post(url("close", referral), data, follow=True)
    assert fresh(referral).outcome == outcome
    assert str(Outcome(outcome).label) in text_of(response)
    assert "むすびのことば" in text_of(response)


def test_nothing_closes_without_an_outcome(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.CONTACTED)
    response = client.post(url("close", referral), {"note": "書いたこと", "seen": referral.version})
    assert fresh(referral).status == S.CONTACTED
    assert "結果がないまま終えることはできません" in text_of(response)
    assert "書いたこと" in text_of(response)


def test_an_unopened_referral_cannot_be_answered(client, centre, counsellor):
    referral = referrals.handed_off(centre)
    response = client.post(url("answer", referral), {"answer": "accept", "seen": referral.version})
    assert "内容を開いて読んでから" in text_of(response)
    assert fresh(referral).status == S.SENT


# --- two people, two clicks, two windows -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "name", "data", "end"),
    [
        (S.VIEWED, "answer", {"answer": "accept"}, S.ACCEPTED),
        (S.VIEWED, "answer", {"answer": "decline", "reason": "full"}, S.DECLINED),
        (S.ACCEPTED, "contact", {}, S.CONTACTED),
        (S.CONTACTED, "close", {"outcome": "moved"}, S.CLOSED),
    ],
)
def test_a_double_click_is_done_once_and_is_no_error(client, centre, counsellor, start, name, data, end):
    referral = referrals.handed_off(centre, to=start)
    for _ in range(2):
        response = client.post(url(name, referral), {**data, "seen": referral.version}, follow=True)
        assert response.status_code == 200
        assert "できませんでした" not in text_of(response)
    assert referral.history.filter(to_status=end).count() == 1


def test_whoever_comes_second_is_told_who_was_first_and_keeps_what_they_typed(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    colleague = members.counsellor(centre)
    before = referral.version
    handoffs.note_first_contact(referral=fresh(referral), by=colleague, seen=before)
    data = {"outcome": "information_only", "note": "長い文章を書いた", "seen": before}
    response = client.post(url("close", referral), data)
    assert response.status_code == 409
    assert colleague.name in text_of(response)
    assert "長い文章を書いた" in text_of(response)
    assert fresh(referral).status == S.CONTACTED
    again = {**data, "seen": response.context["form"]["seen"].value()}
    client.post(url("close", referral), again)
    assert fresh(referral).outcome == "information_only"


def test_words_for_a_form_that_no_longer_stands_there_are_still_shown(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    colleague = members.counsellor(centre)
    handoffs.accept(referral=fresh(referral), by=colleague, seen=referral.version)
    data = {"answer": "decline", "reason": "full", "note": "手いっぱいです、と書いた", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert colleague.name in text_of(response)
    assert "手いっぱいです、と書いた" in text_of(response)
    assert fresh(referral).status == S.ACCEPTED


def test_a_referral_that_expired_meanwhile_says_so_and_keeps_the_words(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    handoffs.expire(referral=fresh(referral))
    data = {"answer": "decline", "reason": "full", "note": "おそくなりました", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert "期限までに返事がなかった" in text_of(response)
    assert "おそくなりました" in text_of(response)
    assert says_nothing_personal(response)


@pytest.mark.parametrize("start", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("open", {}),
        ("answer", {"answer": "accept"}),
        ("answer", {"answer": "decline", "reason": "full", "note": "x"}),
        ("contact", {}),
        ("close", {"outcome": "moved"}),
    ],
)
def test_after_a_withdrawal_an_open_window_says_so_whatever_is_clicked(client, centre, counsellor, start, name, data):
    referral = referrals.handed_off(centre, to=start, **SECRETS)
    withdraw(referral)
    response = client.post(url(name, referral), {**data, "seen": referral.version}, follow=True)
    assert "本人が同意をとりやめました" in text_of(response)
    assert "シュレッダーなどで破棄" in text_of(response)
    assert says_nothing_personal(response)
    assert fresh(referral).status == S.REVOKED


def test_a_withdrawn_referral_is_a_line_without_content(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED, **SECRETS)
    withdraw(referral)
    for tab in ("new", "done"):
        page = client.get(reverse("portal:queue"), {"tab": tab})
        assert referral.number in text_of(page), "the withdrawal is told on every tab"
        assert says_nothing_personal(page)
    assert "同意の撤回により閉じました" in text_of(page)


def test_an_old_withdrawal_leaves_the_top_of_the_queue(client, centre, counsellor):
    referrals.handed_off(centre, to=S.REVOKED)
    with clock.at(clock.now() + timedelta(days=15)):
        assert "同意をとりやめたつなぎ" not in text_of(client.get(reverse("portal:queue"), {"tab": "new"}))


def test_withdrawing_after_the_end_closes_the_packet_too(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.CLOSED, **SECRETS)
    assert NAME in text_of(client.get(url("packet", referral)))
    withdraw(referral)
    response = client.get(url("packet", referral), follow=True)
    assert "本人が同意をとりやめました" in text_of(response)
    assert says_nothing_personal(response)


# --- the second consent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_it_is_said_clearly_when_the_result_must_not_be_told(client, centre, counsellor, status):
    silent = referrals.handed_off(centre, to=status, feedback=False)
    open_ = referrals.handed_off(centre, to=status)
    warning = "結果をフードバンクに知らせることに同意していません"
    assert warning in text_of(client.get(url("packet", silent)))
    assert warning not in text_of(client.get(url("packet", open_)))


# --- whose referral ----------------------------------------------------------------------------------------------


def test_the_attempt_to_open_another_centres_referral_is_logged_without_persons(client, centre, counsellor):
    other = referrals.portal_centre("012033")
    referral = referrals.handed_off(other, place_code="012033", **SECRETS)
    with structlog.testing.capture_logs() as logged:
        assert client.get(url("packet", referral)).status_code == 404
    assert [line["event"] for line in logged if line["log_level"] == "warning"] == ["portal.refused"]
    line = next(line for line in logged if line["event"] == "portal.refused")
    assert line["member"] == counsellor.public_id
    assert not any(secret in str(line) for secret in SHOWN)


def test_whoever_lost_the_role_sees_nothing_more(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    counsellor.role_grants.all().delete()
    for name in ("cover", "packet"):
        assert client.get(url(name, referral)).status_code == 404
    assert client.get(reverse("portal:queue")).status_code == 404


def test_the_desk_has_no_portal(client, centre):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    client.force_login(members.caseworker(referral.case.desk))
    assert client.get(url("packet", referral)).status_code == 404


def test_reading_without_a_live_consent_is_impossible_even_when_the_status_was_left_standing(
    client, centre, counsellor
):
    """The ledger rules, not the status: a withdrawal written past the verb closes the packet all the same."""
    referral = referrals.handed_off(centre, to=S.ACCEPTED, **SECRETS)
    given = ConsentEntry.objects.get(person=referral.case.person, purpose="tell_centre")
    ConsentEntry.objects.create(
        person=given.person, case=given.case, purpose=given.purpose, recipient=given.recipient, fields=given.fields,
        given=False, text_version=given.text_version, channel="web", stated_by="person", at=clock.now(),
        stated_on=clock.today(),
    )  # fmt: skip
    assert says_nothing_personal(client.get(url("packet", referral), follow=True))
    client.post(url("contact", referral), {"seen": referral.version})
    assert fresh(referral).status == S.ACCEPTED


def test_every_page_of_the_portal_stays_out_of_caches(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    for name in ("cover", "packet"):
        response = client.get(url(name, referral))
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_reading_a_packet_opens_the_packet_and_not_the_case(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    before = AccessedKey.objects.count()
    client.get(url("packet", referral))
    opened = set(AccessedKey.objects.order_by("pk")[before:].values_list("key_public_id", flat=True))
    assert opened == {referral.packet.data_key.public_id}


def test_english_has_the_same_pages(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    for name in ("cover", "packet"):
        response = client.get(url(name, referral), headers={"accept-language": "en"})
        assert response.status_code == 200
        assert 'lang="en"' in text_of(response)
