"""The queue: the member's own cases, by what has to be done, page by page, found by their number."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.models import AccessRecord, OutboxMessage
from foundation.web.keyset import keyset
from organisations import membership
from organisations.roles import Role
from referrals.desk import parcels
from referrals.desk.queue import TABS
from referrals.handoff import consents, sending
from referrals.states import CaseStatus
from tests.factories.applications import OTARU, centre_in, desk_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
QUEUE = reverse("desk:queue")


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def numbers(response):
    return [found.application.receipt_number for found in response.context["page"].items]


def test_shows_who_when_where_and_how_urgent(desk):
    with clock.at(datetime(2022, 6, 3, 5, 4, tzinfo=UTC)):
        found = case(name="見本 花子", kana="みほん はなこ", food_days="none")
    shown = text(desk.get(QUEUE))
    for words in ("見本 花子", "みほん はなこ", "2022年6月3日 14:04", "北海道札幌市中央区", "今日食べるものがない"):
        assert words in shown
    assert found.application.receipt_number in shown
    assert reverse("desk:case", args=[found.public_id]) in shown


def test_whoever_has_food_is_not_marked(desk):
    case(food_days="more")
    assert "今日食べるものがない" not in text(desk.get(QUEUE))


def test_each_case_stands_under_its_tab_and_under_all(desk, place):
    cases = {status: case(status=status, by=place.caseworker) for status in CaseStatus}
    ended = {"closed", "declined", "withdrawn", "duplicate"}
    held = {status: {status} for status in set(CaseStatus) - ended}
    held |= {"all": set(CaseStatus), "open": set(CaseStatus) - ended, "ended": ended}
    for tab in TABS:
        listed = desk.get(QUEUE, {"tab": tab.key}).context["page"].items
        assert {status for status, one in cases.items() if one in listed} == held.get(tab.key, set()), tab.key


def test_referrals_have_tabs_of_their_own(desk, place):
    waiting, back, over = (referral(place, status=status).case for status in ("viewed", "expired", "closed"))
    assert desk.get(QUEUE, {"tab": "awaiting"}).context["page"].items == [waiting]
    returned = desk.get(QUEUE, {"tab": "returned"})
    assert returned.context["page"].items == [back]
    assert "つなぎが戻ってきた" in text(returned)
    assert over in desk.get(QUEUE).context["page"].items


class TestWhoeverAskedToBeCalled:
    MARK = "窓口につなぐのを待っている"

    def waiting(self, desk):
        return desk.get(QUEUE, {"tab": "to_hand_on"}).context["page"].items

    def test_waits_in_a_tab_and_is_marked_until_handed_on(self, desk, place):
        found, _other = case(consenting=place.centre), case()
        assert self.waiting(desk) == [found]
        assert text(desk.get(QUEUE)).count(self.MARK) == 1
        sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=1)
        assert self.waiting(desk) == []
        assert self.MARK not in text(desk.get(QUEUE))

    def test_waits_no_more_once_withdrawn_and_again_once_consenting_anew(self, desk, place):
        found = case(consenting=place.centre)
        sent = sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=1)
        consents.withdraw_consent(case=found, recipient=place.centre, channel="web")
        assert self.waiting(desk) == []
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert self.waiting(desk) == [found]

    def test_does_not_wait_because_the_consent_was_written_down_again(self, desk, place):
        found = case(consenting=place.centre)
        sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=1)
        consent(fresh(found), place.centre, by=place.caseworker, hear_result=False)
        assert self.waiting(desk) == []

    def test_waits_in_a_closed_case_too_unless_that_was_asked(self, desk, place):
        asked = case(status="closed", by=place.caseworker, consenting=place.centre)
        assert self.waiting(desk) == []
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(asked, place.centre, by=place.caseworker, hear_result=False)
            assert self.waiting(desk) == [asked]

    @pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
    def test_does_not_wait_where_nothing_may_be_handed_on(self, desk, place, status):
        case(status=status, by=place.caseworker, consenting=place.centre)
        assert self.waiting(desk) == []


def test_opens_on_what_is_to_be_done(desk, place):
    waiting, _ended = case(), case(status="declined", by=place.caseworker)
    assert desk.get(QUEUE).context["page"].items == [waiting]


class TestWhatWaits:
    """What the desk has to do stands before the list one lands on, whatever the case's state."""

    def first(self, desk, **query):
        shown = text(desk.get(QUEUE, query))
        return shown.partition("先に見るもの")[2].partition("</ul>")[0]

    def test_leads_to_tasks_of_ended_cases_which_the_list_does_not_hold(self, desk, place):
        back, stopped = referral(place, status="expired").case, referral(place, status="revoked").case
        for found in (back, stopped):
            advance(found, "closed", by=place.caseworker)
        assert desk.get(QUEUE).context["page"].items == []
        told = self.first(desk)
        for words in ("?tab=returned", "戻ってきたつなぎ：1件", "?tab=to_tell", "窓口への連絡が要るもの：1件"):
            assert words in told
        assert "?tab=supplemented" not in told

    def test_is_not_said_where_nothing_does_nor_over_another_list(self, desk, place):
        referral(place, status="viewed")
        assert self.first(desk) == ""
        referral(place, status="expired")
        assert self.first(desk) != ""
        assert self.first(desk, tab="returned") == ""


def test_the_tabs_count_and_know_when_to_stop(desk, monkeypatch):
    for _ in range(3):
        case()
    counts = {tab.key: str(count) for tab, count in desk.get(QUEUE).context["tabs"]}
    assert (counts["all"], counts["received"], counts["ended"]) == ("3", "3", "0")
    monkeypatch.setattr("foundation.counting.COUNT_CAP", 2)
    assert {tab.key: str(count) for tab, count in desk.get(QUEUE).context["tabs"]}["all"] == "2+"


def test_work_to_do_comes_oldest_first_and_everything_newest_first(desk):
    made = []
    for hour in range(3):
        with clock.at(datetime(2022, 6, 1, hour, tzinfo=UTC)):
            made.append(case().application.receipt_number)
    assert numbers(desk.get(QUEUE, {"tab": "received"})) == made
    assert numbers(desk.get(QUEUE, {"tab": "all"})) == made[::-1]


def test_leafs_through_every_case_once_there_and_back(desk, monkeypatch):
    monkeypatch.setattr(keyset, "__kwdefaults__", {**keyset.__kwdefaults__, "size": 2})
    with clock.at(datetime(2022, 6, 1, tzinfo=UTC)):  # all in the same moment: the keys must break the tie
        made = {case().application.receipt_number for _ in range(5)}
    seen, address = [], QUEUE
    for _ in range(5):
        page = desk.get(address)
        seen += numbers(page)
        if page.context["page"].next_cursor is None:
            break
        address = f"{QUEUE}?after={page.context['page'].next_cursor}"
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == made
    back = desk.get(f"{QUEUE}?before={page.context['page'].previous_cursor}")
    assert numbers(back) == seen[2:4]


@pytest.mark.parametrize("query", ["?tab=nonsense", "?after=nonsense", "?after=W10", "?tab="])
def test_an_address_that_makes_no_sense_shows_the_list(desk, query):
    found = case()
    response = desk.get(QUEUE + query)
    assert response.status_code == 200
    assert response.context["page"].items == [found]


# As our own cursors, of a moment off the calendar in UTC, and in a zone that no database knows.
HOSTILE = (["0001-01-01T00:00:00+09:00", 1], ["9999-12-31T23:59:59-09:00", 1], ["0003-05-19T22:42:34+23:59", 10**30])


@pytest.mark.parametrize("values", HOSTILE)
@pytest.mark.parametrize("list_", ["desk:queue", "desk:packing"])
def test_a_cursor_off_the_calendar_is_no_error(desk, list_, values):
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    for where in ("after", "before"):
        assert desk.get(reverse(list_), {where: cursor}).status_code == 200


def test_an_empty_desk_is_told_what_will_come(desk):
    shown = text(desk.get(QUEUE))
    assert "対応中のケースはありません" in shown
    assert reverse("apply:telephone") in shown
    assert "すべてのケースを見る" in text(desk.get(QUEUE, {"tab": "packed"}))


class TestWhoSees:
    def test_no_case_of_another_desk(self, desk):
        desk_in(OTARU, name="小樽フードバンク")
        case(place_code=OTARU, name="よその 花子")
        shown = text(desk.get(QUEUE))
        assert "よその 花子" not in shown
        assert "対応中のケースはありません" in shown

    def test_whoever_works_at_two_desks_sees_both_and_which_is_which(self, place):
        second = desk_in(OTARU, name="小樽フードバンク")
        membership.give_role(member=place.caseworker, organisation=second, role=Role.CASEWORKER)
        cases = [case(), case(place_code=OTARU)]
        response = signed_in(place.caseworker).get(QUEUE)
        assert set(response.context["page"].items) == set(cases)
        assert "小樽フードバンク" in text(response)

    def test_others_are_not_told_that_there_is_a_queue(self, place):
        others = [
            packer(place.desk), counsellor(place.centre), member(Role.PROGRAMME_MANAGER, at=place.desk),
            member(Role.ADMINISTRATOR, at=place.desk), member(Role.DIRECTORY_EDITOR, at=place.desk), member(),
        ]  # fmt: skip
        assert [signed_in(by).get(QUEUE).status_code for by in others] == [404] * len(others)

    def test_a_visitor_is_asked_to_sign_in(self, client):
        assert "/sign-in/" in client.get(QUEUE).headers["Location"]

    def test_a_coordinator_sees_it_too(self, place):
        assert signed_in(member(Role.DESK_COORDINATOR, at=place.desk)).get(QUEUE).status_code == 200


def test_the_names_shown_leave_one_access_record_with_all_of_them(desk, place):
    cases = [case() for _ in range(3)]
    desk.get(QUEUE)
    record = AccessRecord.objects.get(purpose="desk:queue")
    assert set(record.keys) == {found.person.data_key.public_id for found in cases}
    assert (record.member_id, record.organisation_id) == (place.caseworker.pk, place.desk.pk)


def test_takes_at_most_nine_queries_whatever_the_number_of_cases(desk, place):
    def taken(tab):
        with counting() as queries:
            desk.get(QUEUE, {"tab": tab})
        return len(queries)

    case(food_days="none", place_code=OTARU)
    few = {tab.key: taken(tab.key) for tab in TABS}
    for number in range(12):
        with clock.at(clock.now() + timedelta(minutes=number)):
            case(status="approved", by=place.caseworker)
            referral(place, status=["sent", "declined"][number % 2])
    many = {tab.key: taken(tab.key) for tab in TABS}
    assert max(many.values()) <= 9  # one reads where boxes are picked up, which is sealed
    assert many["all"] == few["all"]
    assert many["approved"] == many["received"]


def test_serves_the_centre_in_no_list(place):
    referral(place)
    assert signed_in(counsellor(centre_in(name="べつの窓口"))).get(QUEUE).status_code == 404
    assert signed_in(caseworker(desk_in(OTARU))).get(QUEUE).context["page"].items == []


def test_that_nothing_leaves_is_told_to_the_coordinator(desk, place):
    long_ago = clock.now() - timedelta(minutes=11)
    OutboxMessage.objects.create(kind="line", subject="x", created_at=long_ago, run_at=long_ago)
    coordinator = signed_in(member(Role.DESK_COORDINATOR, at=place.desk))
    assert "送り出しが、10分以上止まっています" in text(coordinator.get(QUEUE))
    assert "送り出しが" not in text(desk.get(QUEUE))
    OutboxMessage.objects.all().delete()
    assert "送り出しが" not in text(coordinator.get(QUEUE))


def test_what_waits_for_the_desk_comes_first_and_what_has_arrived_last(desk, place):
    by_status = {
        status: case(status=status, by=place.caseworker) for status in ("delivered", "sent", "received", "packed")
    }
    expected = [by_status[status].application.receipt_number for status in ("received", "packed", "sent", "delivered")]
    assert numbers(desk.get(QUEUE)) == expected


def came_back(place):
    found = case(status="sent", by=place.caseworker)
    parcels.take_back(
        parcel=found.parcels.get(), by=place.caseworker, seen=found.version, reason="other", words="建物がない"
    )
    return fresh(found)


def test_a_box_that_came_back_waits_in_the_queue_until_somebody_decides(desk, place):
    found = came_back(place)
    waiting = f"{QUEUE}?tab=came_back"
    assert "戻ってきた荷物：1件" in text(desk.get(QUEUE))
    assert "荷物が戻ってきた" in text(desk.get(waiting))
    address = reverse("desk:case", args=[found.public_id])
    page = text(desk.get(address))
    assert "荷物が戻ってきました（その他）" in page
    assert "建物がない" in page
    move = {"move": "send_again", "seen": found.version, "found_out": ""}
    refused = text(desk.post(reverse("desk:case_move", args=[found.public_id]), move))
    assert "たしかめたことを書いてください" in refused
    for _click in range(2):
        move["found_out"] = "引っ越し先を聞いた"
        assert desk.post(reverse("desk:case_move", args=[found.public_id]), move).status_code == 302
    page = text(desk.get(address))
    assert page.count("引っ越し先を聞いた") == 1
    assert "もう一度送ることにしました" in page
    assert numbers(desk.get(waiting)) == []


def test_an_end_settles_a_box_that_came_back(desk, place):
    found = came_back(place)
    move = {"move": "end", "end": "withdrawn.not_needed", "note": "", "seen": found.version}
    assert desk.post(reverse("desk:case_move", args=[found.public_id]), move).status_code == 302
    assert numbers(desk.get(f"{QUEUE}?tab=came_back")) == []


def test_the_second_who_decides_is_told_over_their_own_words(place):
    found = came_back(place)
    address = reverse("desk:case_move", args=[found.public_id])
    move = {"move": "send_again", "seen": found.version}
    signed_in(place.caseworker).post(address, {**move, "found_out": "電話した"})
    page = signed_in(caseworker(place.desk, "担当 二郎")).post(address, {**move, "found_out": "留守だった"})
    assert page.status_code == 409
    assert "担当 一郎が" in text(page)
    assert "留守だった" in text(page)
