"""One timeline of a case: everything that happened, who did it, in order, and nothing the desk may not hear."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import access, clock
from foundation.models import AccessRecord
from outreach.models import ApplicationAddendum
from referrals import notes
from referrals.desk import case_file, casework, parcels
from referrals.handoff import consents, replies, sending
from referrals.handoff import timeline as of_handoff
from referrals.handoff.visibility import result_may_be_told
from referrals.models import CaseNote, Parcel, Referral
from tests.factories.applications import desk_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
START = datetime(2022, 6, 1, 0, 0, tzinfo=UTC)


@pytest.fixture
def place():
    return town()


def texts(found):
    return [str(entry.text) for entry in case_file.of(fresh(found)).timeline]


def line(found, word):
    return next(entry for entry in case_file.of(fresh(found)).timeline if word in str(entry.text))


def test_tells_a_whole_story_newest_first_each_with_author_and_time(place):
    by, hour = place.caseworker, timedelta(hours=1)
    with clock.at(START):
        found = case(consenting=place.centre)
    for number, status in enumerate(["in_review", "approved", "packed", "sent", "delivered"], start=1):
        with clock.at(START + number * hour):
            found = _one_step(found, status, by)
    with clock.at(START + 6 * hour):
        sent = sending.send(case=found, centre=place.centre, way="telephone", by=by, seen=found.version)
    with clock.at(START + 7 * hour):
        replies.record_reply(referral=sent, to="accepted", note="面談は10日", by=by, seen=sent.version)
        notes.write_note(case=fresh(found), text="本人に伝えた", by=by)
    with clock.at(START + 8 * hour):
        consents.withdraw_consent(case=fresh(found), recipient=place.centre, channel="web")
    told = case_file.of(fresh(found)).timeline
    assert [str(entry.text) for entry in reversed(told)] == [
        "申込みを受け付けました（ウェブ）",
        "見本の相談窓口に伝える同意を受けました（本人が画面で）",
        "見本の相談窓口から結果を聞く同意を受けました（本人が画面で）",
        "確認をはじめました",
        "発送を決めました",
        "箱づめしました",
        "荷物を発送しました（送り状番号 1234-5678-9012）",
        "荷物が届きました",
        "見本の相談窓口に渡すつなぎシートを用意しました（電話と印刷した紙）",
        "見本の相談窓口から返事がありました",
        "メモ",
        "同意の撤回により、見本の相談窓口へのつなぎを止めました",
        "見本の相談窓口に伝える同意の撤回を受けました（本人が画面で）",
        "見本の相談窓口から結果を聞く同意の撤回を受けました（本人が画面で）",
    ]
    assert all(entry.at and str(entry.by) for entry in told)
    assert [entry.at for entry in told] == sorted((entry.at for entry in told), reverse=True)
    assert str(told[-1].by) == "ご本人"
    assert line(found, "メモ").note == "本人に伝えた"
    assert str(line(found, "返事がありました").by) == "担当 一郎（返事の書きとり）"
    assert line(found, "つなぎシートを用意しました").url.endswith(f"/desk/referrals/{sent.public_id}/")


def _one_step(found, status, by):
    """One step of the way, from where the case is."""
    if status == "in_review":
        casework.start_review(case=found, by=by, seen=found.version)
    elif status == "approved":
        casework.approve(case=found, by=by, seen=found.version)
    elif status == "packed":
        parcels.pack(case=found, contents="米", by=by, seen=found.version)
    else:
        parcel = Parcel.objects.select_related("case__desk").get(case=found)
        if status == "sent":
            parcels.send(parcel=parcel, tracking_number="1234-5678-9012", by=by, seen=found.version)
        else:
            parcels.deliver(parcel=parcel, by=by, seen=found.version)
    return fresh(found)


def test_says_who_applied_for_whom(place):
    assert str(line(case(applying_for="other", helper_name="見本 太郎"), "申込み").by) == "代わりの方"
    assert str(line(case(by=None), "申込み").by) == "ご本人"


def test_a_parcel_that_came_back_is_one_line_not_two():
    by = caseworker(desk_in())
    found = case(status="sent", by=by)
    parcel = found.parcels.get()
    parcel.case = found
    parcels.take_back(parcel=parcel, by=by, seen=found.version, reason="nobody_there")
    assert texts(found)[0] == "荷物が戻ってきました（だれもいなかった）"
    assert sum("発送を決めました" in text for text in texts(found)) == 1


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [
        ("declined", "no_stock", "「対応できず」で終えました（食品が足りない）"),
        ("withdrawn", "not_needed", "「取下げ」で終えました"),
    ],
)
def test_names_the_end_and_its_reason(to, reason, words):
    by = caseworker(desk_in())
    found = case()
    casework.end(case=found, to=to, reason=reason, by=by, seen=1)
    assert words in texts(found)[0]


def test_tells_what_the_person_added_and_what_the_desk_did_about_a_returned_referral(place):
    sent = referral(place, status="declined")
    ApplicationAddendum.objects.create(
        application=sent.case.application, data_key=sent.data_key, added_at=clock.now(), own_words="夜ねむれない"
    )
    replies.follow_up(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    told = texts(sent.case)
    assert "申込みにあとから書きたしました" in told
    assert "戻ってきたつなぎ（見本の相談窓口）に対応しました" in told
    assert "見本の相談窓口は受け入れ不可でした（手いっぱいで受けられない）" in told


class TestWithoutTheSecondConsent:
    def test_only_that_an_answer_came_is_told(self, place):
        sent = referral(place, status="closed")
        assert "見本の相談窓口へのつなぎの結果：初回面談をした" in texts(sent.case)
        consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=False)
        told = "\n".join(texts(sent.case))
        for secret in ("初回面談", "引き受けました", "本人に連絡"):
            assert secret not in told
        assert told.count("見本の相談窓口から返事がありました") == 1

    def test_notes_of_the_centre_are_kept_back(self, place):
        sent = referral(place)
        replies.record_reply(referral=sent, to="accepted", note="面談は10日", by=place.caseworker, seen=sent.version)
        consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=False)
        assert not any("10日" in entry.note for entry in case_file.of(fresh(sent.case)).timeline)

    @pytest.mark.parametrize(("reason", "shown"), [("full", True), ("already_supported", False)])
    def test_a_refusal_is_told_and_its_reason_only_where_it_is_not_about_the_person(self, place, reason, shown):
        sent = referral(place)
        replies.record_reply(referral=sent, to="declined", reason=reason, by=place.caseworker, seen=sent.version)
        consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=False)
        told = "\n".join(texts(sent.case))
        assert "受け入れ不可" in told
        assert ("手いっぱい" in told) == shown
        assert "すでに支援" not in told


@pytest.mark.parametrize(
    "status", ["sent", "viewed", "accepted", "contacted", "closed", "declined", "expired", "revoked"]
)
def test_the_timeline_of_one_referral_fits_every_state(place, status):
    sent = referral(place, status=status)
    sent = Referral.objects.select_related("centre", "followed_up_by", "case__person").get(pk=sent.pk)
    told = of_handoff.of_referral(sent, result_is_told=result_may_be_told(sent))
    assert told[-1].text == "見本の相談窓口に渡すつなぎシートを用意しました（電話と印刷した紙）"
    assert all(entry.url == "" for entry in told)


def test_takes_the_same_queries_however_long_the_story(place):
    def counted(found):
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            access.scope(actor="test", purpose="test"),
        ):
            file = case_file.of(fresh(found))
            assert file.timeline
        return [q["sql"] for q in queries if q["sql"].startswith("SELECT")]

    short = case()
    long = referral(place, status="declined").case
    for number in range(12):
        notes.write_note(case=fresh(long), text=f"メモ {number}", by=place.caseworker)
        with clock.at(clock.now() + timedelta(hours=number + 1)):
            consent(fresh(long), place.centre, by=place.caseworker, hear_result=bool(number % 2))
    for _ in range(3):
        found = fresh(long)
        again = sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
        replies.record_reply(referral=again, to="declined", reason="full", by=place.caseworker, seen=again.version)
    advance(long, "sent", by=place.caseworker)
    assert len(counted(long)) == len(counted(short)) <= 8
    assert len(case_file.of(fresh(long)).timeline) > 40


def test_reading_it_leaves_one_access_record_of_the_person(place):
    found = referral(place, status="closed").case
    with access.scope(actor="member:x", purpose="desk:case"):
        assert case_file.of(fresh(found)).timeline
        notes.write_note(case=fresh(found), text="x", by=place.caseworker)
        case_file.of(fresh(found))
    assert AccessRecord.objects.get(purpose="desk:case").keys == [found.person.data_key.public_id]


def test_a_note_sealed_for_another_person_is_opened_with_its_own_key(client):
    """As when two cases turn out to be one: what was written for each stays sealed under the key of its day."""
    place = town()
    found, joined = case(), case()
    with access.scope(actor="test", purpose="test"):
        notes.write_note(case=found, text="こちらのメモ", by=place.caseworker)
        CaseNote.objects.create(
            case=found, data_key=joined.person.data_key, by=place.caseworker, at=clock.now(), text="むこうのメモ"
        )
    client.force_login(place.caseworker)
    page = client.get(reverse("desk:case", args=[found.public_id]))
    assert page.status_code == 200
    assert "こちらのメモ" in page.content.decode()
    assert "むこうのメモ" in page.content.decode()
    opened = AccessRecord.objects.filter(purpose="desk:case").latest("pk").keys
    assert {found.person.data_key.public_id, joined.person.data_key.public_id} <= set(opened)
