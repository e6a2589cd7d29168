"""A sign-in that ended amid work: on every screen the words are there again, and count when pressed again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from foundation import access, clock
from organisations import membership
from organisations.models import Member
from organisations.roles import Role
from referrals.desk import parcels
from referrals.handoff import replies, reply_corrections
from referrals.models import Referral
from referrals.models.referral import Way
from tests.addresses import of_the_house
from tests.factories import members, referrals
from tests.factories.applications import desk_in
from tests.factories.cases import case, consent, fresh, referral, town
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text
from tests.stored import everything_stored

pytestmark = pytest.mark.django_db

PASSWORD = "kaku-no-nagai-kotoba"
WORDS = "<b>母親が入院した</b>&1"


@dataclass
class Work:
    """What a member was about to press: the address, what was typed, the button, and the words to see again."""

    member: Member
    path: str
    typed: dict[str, object]
    words: tuple[str, ...] = ()
    button: tuple[str, ...] = ()


def on_a_case(move: str, status: str, *words: str, **typed) -> Callable[[], Work]:
    def make() -> Work:
        place = town()
        found = case(status=status, by=place.caseworker)
        path = reverse("desk:case_move", args=[found.public_id])
        posted = {"move": move, **({} if move == "note" else {"seen": found.version}), **typed}
        return Work(place.caseworker, path, posted, words, ("move",))

    return make


def in_the_storeroom(move: str, status: str, *words: str, **typed) -> Callable[[], Work]:
    def make() -> Work:
        place = town()
        found = case(status=status, by=place.caseworker)
        path = reverse("desk:parcel", args=[found.public_id])
        posted = {"move": move, "seen": found.version, **typed}
        return Work(members.packer(place.desk), path, posted, words, ("move",))

    return make


def in_the_portal(address: str, status: str, *words: str, **typed) -> Callable[[], Work]:
    def make() -> Work:
        centre = referrals.portal_centre()
        counsellor = members.counsellor(centre)
        found = referrals.handed_off(centre, to=status, by_counsellor=counsellor)
        path = reverse(f"portal:{address}", args=[found.public_id])
        return Work(counsellor, path, {"seen": found.version, **typed}, words, ("answer",))

    return make


def recording_a_consent() -> Work:
    place = town()
    found = case(by=place.caseworker, hand_off_wish="")
    typed = {
        "seen": 0,
        "centre": place.centre.public_id,
        "channel": "paper",
        "stated_on": "2026-04-02",
        "groups": ["contact", "troubles"],
        "hear_result": "no",
        "from_person": "on",
    }
    return Work(place.caseworker, reverse("desk:consent", args=[found.public_id]), typed, ("2026-04-02",))


def withdrawing_a_consent() -> Work:
    place = town()
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    typed = {"seen": 2, "centre": place.centre.public_id, "channel": "paper"}
    return Work(place.caseworker, reverse("desk:consent_withdraw", args=[found.public_id]), typed)


def taking_a_consent_back() -> Work:
    place = town()
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    typed = {"seen": 2, "number": "0", "why": WORDS}
    return Work(place.caseworker, reverse("desk:consent_void", args=[found.public_id]), typed, (WORDS,))


def handing_on() -> Work:
    place = town()
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    path = reverse("desk:referral_new", args=[found.public_id])
    shown = text(signed_in(place.caseworker).get(path))
    previewed = next(form.values["previewed"][0] for form in read(shown)[0] if "previewed" in form.names)
    typed = {"centre": place.centre.public_id, "seen": found.version, "previewed": previewed, "way": "telephone"}
    return Work(place.caseworker, path, typed)


def correcting() -> Work:
    place = town()
    found = case(by=place.caseworker)
    typed = {"seen": 0, "name": "見本 太郎", "kana": "みほん たろう", "address": "見本町2", "phone": "", "why": WORDS}
    typed["reach_by"] = "letter"
    return Work(place.caseworker, reverse("desk:case_correct", args=[found.public_id]), typed, (WORDS,))


def correcting_a_box() -> Work:
    place = town()
    found = case(status="sent", by=place.caseworker)
    box = found.parcels.get()
    typed = {"seen": box.version, "tracking_number": "", "weight": "", "contents": WORDS, "why": WORDS}
    path = reverse("desk:parcel_correct", args=[found.public_id, box.public_id])
    return Work(place.caseworker, path, typed, (WORDS,))


def sending_again() -> Work:
    place = town()
    found = case(status="sent", by=place.caseworker)
    parcels.take_back(parcel=found.parcels.get(), by=place.caseworker, seen=found.version, reason="nobody_there")
    typed = {"move": "send_again", "seen": fresh(found).version, "found_out": WORDS}
    return Work(place.caseworker, reverse("desk:case_move", args=[found.public_id]), typed, (WORDS,))


def writing_down_a_reply() -> Work:
    place = town()
    found = referral(place, way=Way.TELEPHONE)
    typed = {"seen": found.version, "to": "declined", "reason": "other", "note": WORDS}
    return Work(place.caseworker, reverse("desk:referral_reply", args=[found.public_id]), typed, (WORDS,))


def following_up() -> Work:
    place = town()
    found = referral(place, status="declined")
    typed = {"seen": found.version, "note": WORDS}
    return Work(place.caseworker, reverse("desk:referral_follow_up", args=[found.public_id]), typed, (WORDS,))


def telling_the_person() -> Work:
    place = town()
    found = referral(place, status="declined")
    with access.scope(actor="test", purpose="test"):
        replies.follow_up(referral=found, note="x", by=place.caseworker, seen=found.version)
        found = Referral.objects.get(pk=found.pk)
        reply_corrections.correct_reply(referral=found, why="x", by=place.caseworker, seen=found.version)
    typed = {"seen": found.version, "note": WORDS}
    return Work(place.caseworker, reverse("desk:referral_tell_person", args=[found.public_id]), typed, (WORDS,))


def telling_the_centre() -> Work:
    place = town()
    found = referral(place, status="revoked")
    typed = {"seen": found.version, "had_left": "yes", "note": WORDS}
    return Work(place.caseworker, reverse("desk:referral_told", args=[found.public_id]), typed, (WORDS,))


def stopping_at_the_wrong_centre() -> Work:
    place = town()
    found = referral(place, status="accepted")
    typed = {"seen": found.version, "why": WORDS}
    return Work(place.caseworker, reverse("desk:referral_wrong_centre", args=[found.public_id]), typed, (WORDS,))


def on_a_referral(address: str, status: str, *words: str, **typed) -> Callable[[], Work]:
    def make() -> Work:
        place = town()
        found = referral(place, status=status)
        path = reverse(f"desk:{address}", args=[found.public_id])
        return Work(place.caseworker, path, {"seen": found.version, **typed}, words)

    return make


def some_day() -> str:
    return f"{clock.today() + timedelta(days=30):%Y-%m-%d}"


WORK: dict[str, Callable[[], Work]] = {
    "start": on_a_case("start_review", "received"),
    "approve": on_a_case("approve", "in_review"),
    "end": on_a_case("end", "in_review", WORDS, end="declined.no_stock", note=WORDS),
    "note": on_a_case("note", "in_review", WORDS, text=WORDS),
    "pack": in_the_storeroom("pack", "approved", WORDS, contents=WORDS, weight="3.5"),
    "send": in_the_storeroom("send", "packed", "1234-5678-9012", tracking_number="1234-5678-9012"),
    "unpack": in_the_storeroom("unpack", "packed"),
    "deliver": in_the_storeroom("deliver", "sent"),
    "take back": in_the_storeroom("take_back", "sent", WORDS, reason="other", words=WORDS),
    "consent": recording_a_consent,
    "withdrawal": withdrawing_a_consent,
    "consent taken back": taking_a_consent_back,
    "correction": correcting,
    "box corrected": correcting_a_box,
    "sending again": sending_again,
    "handing on": handing_on,
    "reply": writing_down_a_reply,
    "follow-up": following_up,
    "telling": telling_the_centre,
    "telling the person": telling_the_person,
    "wrong centre": stopping_at_the_wrong_centre,
    "hold": on_a_referral("referral_hold", "accepted", WORDS, until=some_day(), why=WORDS),
    "going on": on_a_referral("referral_resume", "on_hold"),
    "taking back": on_a_referral("referral_take_back", "closed", WORDS, why=WORDS),
    "late reply": on_a_referral("referral_reply", "expired", WORDS, to="declined", reason="other", note=WORDS),
    "accept": in_the_portal("answer", "viewed", answer="accept"),
    "decline": in_the_portal("answer", "viewed", WORDS, answer="decline", reason="other", note=WORDS),
    "contact": in_the_portal("contact", "accepted"),
    "close": in_the_portal("close", "contacted", WORDS, outcome="other", note=WORDS),
    "hold in the portal": in_the_portal("hold", "contacted", WORDS, until=some_day(), why=WORDS),
    "going on in the portal": in_the_portal("resume", "on_hold"),
    "taking back in the portal": in_the_portal("take_back", "closed", WORDS, why=WORDS),
    "taking a refusal back": in_the_portal("take_back", "declined", WORDS, why=WORDS),
}


@pytest.fixture(params=WORK.values(), ids=WORK.keys())
def work(request) -> Work:
    return request.param()


def whose_sign_in_has_ended(work: Work) -> Client:
    """A browser at which the member was signed in until a moment ago."""
    client = signed_in(work.member)
    client.get(reverse("organisations:home"))
    client.session.flush()
    return client


def come_back(work: Work):
    """Press without a session, sign in, and look at what comes."""
    client = whose_sign_in_has_ended(work)
    led = client.post(work.path, work.typed)
    assert led.url == f"{reverse('account_login')}?next={work.path}"
    assert WORDS not in text(client.get(led.url))
    work.member.set_password(PASSWORD)
    work.member.save()
    sign_in = {"login": work.member.email, "password": PASSWORD, "next": work.path}
    before = everything_stored()
    shown = client.post(reverse("account_login"), sign_in, follow=True)
    after = everything_stored()
    assert {name for name in after if after[name] != before[name]} <= {"organisations_member"}, "something was done"
    return client, shown


# Steps of the form have tests of their own, and so has looking for somebody, which records nothing.
TRIED_ELSEWHERE = ("apply:telephone_step", "desk:find")


def test_every_page_that_keeps_words_is_tried():
    keeping = {
        address.name
        for address in of_the_house()
        if hasattr(address.view, "keeps_words") and address.name not in TRIED_ELSEWHERE
    }
    tried = set()
    for make in WORK.values():
        with transaction.atomic():
            tried.add(resolve(make().path).view_name)
            transaction.set_rollback(True)
    assert keeping == tried


def test_the_words_are_there_again_said_to_be_unrecorded_and_count_when_pressed_again(work):
    client, shown = come_back(work)
    assert shown.status_code == 200
    page = text(shown)
    assert "まだ記録されていません" in page
    for words in work.words:
        assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page
    wanted = work.typed.keys() - set(work.button)
    form = next(
        form
        for form in read(page)[0]
        if wanted <= form.names and work.path in (form.action.partition("#")[0] or work.path, *form.leads_to)
    )
    for name in wanted - {"seen"}:
        typed = work.typed[name]
        assert form.values[name] == (typed if isinstance(typed, list) else [typed])
    pressed = {name: work.typed[name] for name in work.button if name in work.typed}
    before = everything_stored()
    assert client.post(work.path, {**form.values, **pressed}).status_code == 302
    assert everything_stored() != before
    assert text(client.get(work.path, follow=True)).count("まだ記録されていません") == 0


def test_without_words_the_address_of_a_button_leads_back_to_its_page(work):
    client = Client()
    client.force_login(work.member)
    shown = client.get(work.path, follow=True)
    assert shown.status_code == 200
    assert "まだ記録されていません" not in text(shown)


def test_whoever_may_not_open_the_page_does_not_see_the_words(work):
    client = whose_sign_in_has_ended(work)
    client.post(work.path, work.typed)
    other = membership.add_member(email="else@example.org", name="別団体 花子", password=PASSWORD)
    membership.give_role(member=other, organisation=desk_in("130001", name="別の団体"), role=Role.CASEWORKER)
    sign_in = {"login": other.email, "password": PASSWORD, "next": work.path}
    shown = client.post(reverse("account_login"), sign_in, follow=True)
    assert shown.status_code == 404
    assert "母親" not in text(shown)


def test_what_somebody_else_did_meanwhile_is_told_before_the_words_count():
    place = town()
    found = case(status="in_review", by=place.caseworker)
    path = reverse("desk:case_move", args=[found.public_id])
    typed = {"move": "end", "end": "declined.no_stock", "note": WORDS, "seen": found.version}
    client, shown = come_back(Work(place.caseworker, path, typed))
    other = members.caseworker(place.desk, "担当 二郎")
    assert signed_in(other).post(path, {"move": "approve", "seen": found.version}).status_code == 302
    form = next(form for form in read(text(shown))[0] if "end" in form.names)
    again = client.post(path, {**form.values, "move": "end"})
    assert again.status_code == 409
    assert "担当 二郎が" in text(again)
    assert "母親が入院した" in text(again)
