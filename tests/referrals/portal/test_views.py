"""The support centre's portal: queue, cover, packet."""

from datetime import timedelta

import pytest
import structlog
from django.urls import reverse

from foundation import access, clock
from foundation.models import AccessedKey, AccessRecord
from organisations import membership
from organisations.roles import Role
from referrals.handoff import sending
from referrals.models import ConsentEntry, ReferralTransition
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.referrals.portal.portal_pages import NAME, SECRETS, SHOWN, fresh, says_nothing_personal, text_of, url

S = ReferralStatus
pytestmark = pytest.mark.django_db


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
        referral = sending.send(case=case, centre=centre, way=Way.PORTAL, by=worker, seen=case.version)
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
    monkeypatch.setattr("referrals.portal.queue.PAGE", 2)
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


def test_a_packet_without_a_way_to_reach_says_to_ask_the_desk(client, centre, counsellor, as_sent_before):
    referral = referrals.handed_off(centre, to=S.VIEWED, disclosed=["name"])
    assert "送り主に電話でたしかめてください" in text_of(client.get(url("packet", referral)))


def test_the_page_can_be_printed_without_buttons(client, centre, counsellor):
    page = text_of(client.get(url("packet", referrals.handed_off(centre, to=S.VIEWED))))
    printed = page.split('<div class="no-print">')
    assert "<form" not in printed[0].split("<main")[-1]
    assert len(printed) == 3


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
