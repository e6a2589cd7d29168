"""A consent or a withdrawal recorded in error, on the wrong case perhaps: taken back, and nobody is told a lie."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Conflict, DomainError
from organisations import catchment
from referrals.handoff import consents, replies, sending, voiding
from referrals.handoff.unused import unused_consents
from referrals.handoff.visibility import PacketFor, packet_for_centre, result_may_be_told, returned_to_desk
from referrals.models import CaseNote, ConsentEntry, Referral
from referrals.person import said, standing
from referrals.states import ReferralStatus as S
from tests.factories import cases, members, referrals
from tests.factories.cases import case, consent, fresh, referral, town
from tests.factories.referrals import portal_centre
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def withdraw(found, place, *, by=None):
    channel = "telephone" if by else "web"
    consents.withdraw_consent(case=fresh(found), recipient=place.centre, channel=channel, by=by)


def void(found, place, *, which=0):
    """Take back what was written last, or the ``which``-th before it."""
    found = fresh(found)
    number = voiding.entries(found)[which][0]
    seen = consents.length(found.person)
    voiding.void(case=found, number=number, why="別の方の電話だった", by=place.caseworker, seen=seen)


def in_portal(status):
    """A referral in the portal on a consent that a member wrote down."""
    place = town(uses_portal=True, email="centre@example.org", email_confirmed_on="2026-04-01")
    sent = referral(place, way="portal")
    referrals.deliver_outbox()
    referrals.move_on(sent, to=status, by=place.counsellor)
    return place, referrals.again(sent)


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.ON_HOLD, S.CLOSED, S.DECLINED, S.EXPIRED])
def test_a_consent_taken_back_carries_nothing_any_more(place, status):
    sent = referral(place, status=status)
    void(sent.case, place)
    sent = referrals.again(sent)
    assert (sent.status, sent.mistake, sent.outcome, sent.is_to_be_told) == (S.ENTERED_IN_ERROR, "consent", "", True)
    assert not sent.case.person.consents.live().exists()
    assert not result_may_be_told(sent)
    assert "同意の記録がまちがいでした" in str(sent.to_tell_centre)
    for words in (sent.to_tell_centre, standing.of_referral(sent).now, standing.of_referral(sent).then):
        assert "とりやめ" not in str(words)
    found = fresh(sent.case)
    with pytest.raises(DomainError):
        sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.CLOSED])
def test_the_centre_in_its_portal_is_told_without_blaming_the_person(status):
    place, sent = in_portal(status)
    mail.outbox.clear()
    void(sent.case, place)
    referrals.deliver_outbox()
    [message] = [one for one in mail.outbox if one.to == ["centre@example.org"]]
    assert "送り主の記録のまちがい" in message.body
    portal = signed_in(place.counsellor)
    for page in (reverse("portal:queue"), reverse("portal:packet", args=[sent.public_id])):
        shown = text(portal.get(page, follow=True))
        assert "送り主の記録のまちがいで、お送りしたつなぎです" in shown
        assert "とりやめました" not in shown
    assert packet_for_centre(referrals.again(sent)) is PacketFor.NOT_MEANT


def test_what_another_consent_covers_goes_on(place):
    sent = referral(place, status=S.ACCEPTED)
    consent(fresh(sent.case), place.centre, by=place.caseworker, channel="telephone", hear_result=False)
    void(sent.case, place, which=1)
    assert referrals.again(sent).status == S.ACCEPTED


def test_a_withdrawal_taken_back_brings_nothing_to_life_but_lets_it_be_begun_anew(place):
    sent = referral(place, status=S.ACCEPTED, hand_off_wish="call_me")
    withdraw(sent.case, place, by=place.caseworker)
    void(sent.case, place)
    sent = referrals.again(sent)
    assert (sent.status, sent.mistake) == (S.REVOKED, "withdrawal")
    assert {one.case_id for one in unused_consents()} == {sent.case_id}
    assert "つづけるときは" in str(standing.of_referral(sent).then)
    for words in (sent.to_tell_centre, standing.of_referral(sent).now, standing.of_referral(sent).then):
        assert "同意をとりやめ" not in str(words)
    found = fresh(sent.case)
    sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
    assert sorted(Referral.objects.values_list("status", flat=True)) == [S.REVOKED, S.SENT]
    assert not unused_consents()


@pytest.mark.parametrize("status", [S.ACCEPTED, S.CLOSED])
def test_the_portal_says_that_nobody_withdrew_and_stays_closed(status):
    place, sent = in_portal(status)
    withdraw(sent.case, place, by=place.caseworker)
    void(sent.case, place)
    mail.outbox.clear()
    referrals.deliver_outbox()
    assert not [one for one in mail.outbox if "とりやめ" in one.subject]
    portal = signed_in(place.counsellor)
    for page in (reverse("portal:queue"), reverse("portal:packet", args=[sent.public_id])):
        shown = text(portal.get(page, follow=True))
        assert "本人が同意をとりやめたのではありません" in shown
        assert "本人が同意をとりやめました" not in shown
    assert packet_for_centre(referrals.again(sent)) is PacketFor.STOPPED_IN_ERROR


@pytest.mark.parametrize("status", [S.ACCEPTED, S.CLOSED])
def test_a_true_withdrawal_after_that_is_told_anew(status):
    place, sent = in_portal(status)
    withdraw(sent.case, place, by=place.caseworker)
    void(sent.case, place)
    referrals.deliver_outbox()
    mail.outbox.clear()
    withdraw(sent.case, place)
    referrals.deliver_outbox()
    assert [one for one in mail.outbox if one.to == ["centre@example.org"] and "とりやめ" in one.subject]
    sent = referrals.again(sent)
    assert (sent.mistake, packet_for_centre(sent)) == ("", PacketFor.WITHDRAWN)


@pytest.mark.parametrize("status", [S.SENT, S.EXPIRED])
@pytest.mark.parametrize("anew", [False, True])
def test_whoever_withdraws_after_a_mistake_that_never_left_the_house_can(place, status, anew):
    """What an older, stopped referral holds stands in the way of nobody's withdrawal."""
    old = referral(place, status=status)
    withdraw(old.case, place, by=place.caseworker)
    stopped = referrals.again(old)
    if stopped.is_to_be_told:
        told = {"note": "渡す前に破棄した", "by": place.caseworker, "seen": stopped.version, "had_left": False}
        replies.record_told(referral=stopped, **told)
    void(old.case, place)
    if anew:
        found = fresh(old.case)
        sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
    withdraw(old.case, place)
    assert not old.case.person.consents.live().exists()
    assert not Referral.objects.live().exists()
    assert referrals.again(old).never_left == stopped.is_to_be_told


def test_what_was_taken_up_by_sending_on_a_consent_in_error_comes_back_to_the_desk(place, monkeypatch):
    first = referral(place, status=S.DECLINED)
    other = portal_centre(name="もうひとつの窓口")
    monkeypatch.setattr(catchment, "centres_for", lambda _place: [place.centre, other])
    consent(fresh(first.case), other, by=place.caseworker)
    found = fresh(first.case)
    sending.send(case=found, centre=other, way="portal", by=place.caseworker, seen=found.version)
    assert not returned_to_desk().exists()
    void(first.case, place)
    assert list(returned_to_desk()) == [first]


def test_what_the_person_withdrew_themselves_is_not_touched_by_an_older_mistake(place):
    first = referral(place, status=S.ACCEPTED)
    withdraw(first.case, place, by=place.caseworker)
    consent(fresh(first.case), place.centre, by=place.caseworker)
    found = fresh(first.case)
    second = sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
    withdraw(first.case, place)
    void(first.case, place, which=1)  # the withdrawal; the newer one, on the person's page, can't be taken back
    assert referrals.again(first).mistake == "withdrawal"
    assert referrals.again(second).mistake == ""


def test_what_the_person_did_on_their_page_is_no_mistake_of_the_desk(place):
    found = case(consenting=place.centre)
    withdraw(found, place)
    assert voiding.entries(fresh(found)) == []
    with pytest.raises(DomainError):
        voiding.void(case=fresh(found), number=0, why="x", by=place.caseworker, seen=consents.length(found.person))


def test_both_stay_in_the_history_with_the_reason(place):
    sent = referral(place)
    before = ConsentEntry.objects.count()
    void(sent.case, place)
    assert ConsentEntry.objects.count() == before * 2
    page = text(signed_in(place.caseworker).get(reverse("desk:case", args=[sent.case.public_id])))
    assert "に伝える同意を受けました" in page
    assert "に伝える同意の記録を、まちがいとして取り消しました" in page
    assert "記録のまちがい（取り消し）" in page
    assert "別の方の電話だった" in page
    assert CaseNote.objects.count() == 1


def test_the_person_reads_what_was_wrong(place):
    sent = referral(place)
    withdraw(sent.case, place, by=place.caseworker)
    void(sent.case, place)
    words = [one.words for one in said.said(sent.case.person)]
    assert any("とりやめた」という記録はまちがいだったので" in one for one in words)
    assert not said.was_withdrawn(sent.case.person, standing=[])


class TestOnItsPage:
    def address(self, found):
        return reverse("desk:consent_void", args=[found.public_id])

    def posted(self, place, found, *, number=None, why="まちがえた", seen=None):
        found = fresh(found)
        number = voiding.entries(found)[0][0] if number is None else number
        seen = consents.length(found.person) if seen is None else seen
        said = {"number": number, "why": why, "seen": seen}
        return signed_in(place.caseworker).post(self.address(found), said, follow=True)

    def test_it_is_offered_and_done_once_however_often_one_clicks(self, place):
        sent = referral(place, status=S.ACCEPTED)
        page = text(signed_in(place.caseworker).get(reverse("desk:case", args=[sent.case.public_id])))
        assert self.address(sent.case) in page
        assert "書きとった人 担当 一郎" in text(signed_in(place.caseworker).get(self.address(sent.case)))
        assert "どこがまちがいだったか" in text(self.posted(place, sent.case, why=" "))
        seen = consents.length(sent.case.person)
        for _ in range(2):
            shown = text(self.posted(place, sent.case, number=0, seen=seen))
            assert "まちがいの記録を取り消しました" in shown
        assert "同意の記録がまちがいでした" in shown
        assert CaseNote.objects.count() == 1

    @pytest.mark.parametrize("number", ["9" * 4301, "²", "１", "-1", "00", ""])
    def test_a_number_that_is_none_of_the_page_keeps_the_words(self, place, number):
        answer = self.posted(place, referral(place, status=S.ACCEPTED).case, number=number, why="別の方の電話だった")
        assert answer.status_code == 200
        assert "別の方の電話だった" in text(answer)
        assert not ConsentEntry.objects.filter(voids__isnull=False).exists()

    def test_two_entries_of_one_day_are_told_apart_by_what_they_say_and_stop(self, place):
        found = case(by=place.caseworker)
        consent(found, place.centre, by=place.caseworker, fields=["name", "reach"])
        consent(fresh(found), place.centre, by=place.caseworker)
        now = fresh(found)
        sent = sending.send(case=now, centre=place.centre, way="telephone", by=place.caseworker, seen=now.version)
        page = signed_in(place.caseworker).get(self.address(found))
        newest, older = [str(words) for _number, words in page.context["form"].fields["number"].choices]
        assert newest != older
        assert "いまの同意です" in newest
        assert f"つなぎ番号 {sent.number}）が止まり" in newest
        assert "止まるつなぎはありません" in older
        assert "いまは、ほかの記録が有効です" in older
        assert "困りごと" not in older.partition("伝える内容")[2]
        for words in (newest, older):
            assert "名前" in words
            assert re.search(r"\d{1,2}:\d\d", words), "to the minute"

    def test_what_it_says_will_stop_is_what_stops(self, place):
        sent = referral(place, status=S.ACCEPTED)
        consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=False)
        for which in (0, 1):
            [(_n, entry)] = [voiding.entries(fresh(sent.case))[which]]
            assert voiding.stopped_by(entry) == [], "the other one carries it"
        void(sent.case, place)
        [(_n, entry)] = voiding.entries(fresh(sent.case))
        assert voiding.stopped_by(entry) == [sent]
        void(sent.case, place)
        assert referrals.again(sent).status == S.ENTERED_IN_ERROR

    def test_a_colleague_was_first(self, place):
        sent = referral(place, status=S.ACCEPTED)
        found = fresh(sent.case)
        seen = consents.length(found.person)
        consent(found, place.centre, by=members.caseworker(place.desk, "担当 二郎"), fields=cases.ALL_FIELDS)
        answer = self.posted(place, found, seen=seen)
        assert answer.status_code == 409
        assert "担当 二郎" in text(answer)
        with pytest.raises(Conflict):
            voiding.void(case=fresh(found), number=0, why="x", by=place.caseworker, seen=seen)

    def test_with_nothing_to_take_back_it_says_so(self, place):
        found = case(consenting=place.centre)
        page = signed_in(place.caseworker).get(self.address(found), follow=True)
        assert "取り消せる記録は、いまありません" in text(page)


def test_the_table_lets_no_taking_back_give_consent(place):
    sent = referral(place)
    entry = ConsentEntry.objects.filter(given=True).first()
    facts = {
        "person": sent.case.person, "case": sent.case, "purpose": entry.purpose, "recipient": entry.recipient,
        "channel": "web", "stated_by": "person", "stated_on": entry.stated_on, "at": entry.at, "text_version": "x",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEntry.objects.create(**facts, given=True, voids=entry, recorded_by=place.caseworker)
