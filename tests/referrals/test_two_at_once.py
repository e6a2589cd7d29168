"""Two people press on the same page: the first counts, the second is told who was first and keeps their words."""

import pytest
from django.urls import reverse

from organisations.models import Member
from referrals.acts import Act
from referrals.desk.views import case as case_page
from referrals.desk.views import parcels as parcel_page
from referrals.handoff import consents, packet
from referrals.handoff.views import consents as consents_page
from referrals.handoff.views import handoffs as handoffs_page
from referrals.models import CaseTransition, ReferralTransition
from referrals.models.referral import Way
from referrals.portal import views as portal_page
from tests.factories import members, referrals
from tests.factories.cases import Town, case, consent, referral, town
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

# Fields that hold words of one's own.
WRITTEN = {"note", "contents", "tracking_number", "why"}
# Act: the status it starts from, what the first and the second type.
ON_A_CASE = {
    "start_review": ("received", {}, {}),
    "approve": ("in_review", {}, {}),
    "end": (
        "in_review",
        {"end": "declined.no_stock", "note": ""},
        {"end": "declined.no_stock", "note": "本人と話した"},
    ),
    "undo_end": ("duplicate", {"why": "べつの方の申込み"}, {"why": "番地がちがう"}),
    "undo_approval": ("approved", {"why": "電話で聞きなおす"}, {"why": "番地がちがう"}),
    "undo_sending": ("sent", {"why": "まだ棚にあった"}, {"why": "べつの箱だった"}),
    "undo_delivery": ("delivered", {"why": "まだだときいた"}, {"why": "となりに届いた"}),
}
IN_THE_STOREROOM = {
    "pack": ("approved", {"contents": "米 2kg", "weight": ""}, {"contents": "パン、缶詰", "weight": ""}),
    "send": ("packed", {"tracking_number": "1234-5678-9012"}, {"tracking_number": "2222-3333-4444"}),
    "unpack": ("packed", {}, {}),
    "take_back": (
        "sent",
        {"reason": "nobody_there", "words": ""},
        {"reason": "refused", "words": "ことわられたとのこと"},
    ),
}
# Address and answer: the status it starts from, what the first and the second type.
IN_THE_PORTAL = {
    ("answer", "accept"): ("viewed", {}, {}),
    ("answer", "decline"): ("viewed", {"reason": "full", "note": ""}, {"reason": "other", "note": "町外の方"}),
    ("contact", ""): ("accepted", {}, {}),
    ("close", ""): (
        "contacted",
        {"outcome": "first_interview", "note": ""},
        {"outcome": "other", "note": "別の窓口へ案内した"},
    ),
}


def one_after_the_other(address: str, first: Member, second: Member, typed_first: dict, typed_second: dict) -> None:
    """Both post from the page as it was before either; the second is told who was first, over their own words."""
    assert signed_in(first).post(address, typed_first).status_code == 302
    page = signed_in(second).post(address, typed_second)
    assert page.status_code == 409
    shown = text(page)
    assert f"{first.name}が" in shown
    for field in WRITTEN & typed_second.keys():
        assert typed_second[field]
        assert typed_second[field] in shown


def on_one_case(view: str, act: str, tried: tuple[str, dict, dict], place: Town, people: tuple[Member, Member]) -> None:
    """Two members press the same button of a case's page; it moves once."""
    status, first, second = tried
    found = case(status=status, by=place.caseworker)
    before = CaseTransition.objects.filter(subject=found).count()
    seen = {"move": act, "seen": found.version}
    address = reverse(view, args=[found.public_id])
    one_after_the_other(address, *people, {**seen, **first}, {**seen, **second})
    assert CaseTransition.objects.filter(subject=found).count() == before + 1


def test_every_act_of_these_pages_is_tried():
    # What is done about a return starts from a parcel that came back: tests/referrals/desk/views/
    assert {*ON_A_CASE, "note", "undo_return", "send_again"} == set(case_page.ACTS)
    assert {*IN_THE_STOREROOM, "deliver"} == set(parcel_page.ACTS)


@pytest.mark.parametrize("act", ON_A_CASE)
def test_two_caseworkers_on_one_case(act):
    place = town()
    other = members.caseworker(place.desk, "担当 二郎")
    on_one_case("desk:case_move", act, ON_A_CASE[act], place, (place.caseworker, other))


@pytest.mark.parametrize("act", IN_THE_STOREROOM)
def test_two_packers_on_one_parcel(act):
    place = town()
    packers = members.packer(place.desk, "箱詰 一郎"), members.packer(place.desk, "箱詰 二郎")
    on_one_case("desk:parcel", act, IN_THE_STOREROOM[act], place, packers)


def test_what_has_arrived_meanwhile_says_who_was_first_and_is_recorded_once():
    place = town()
    found = case(status="sent", by=place.caseworker)
    one, other = members.packer(place.desk, "箱詰 一郎"), members.packer(place.desk, "箱詰 二郎")
    address, posted = reverse("desk:parcel", args=[found.public_id]), {"seen": found.version}
    assert signed_in(one).post(address, {"move": "deliver", **posted}).status_code == 302
    page = signed_in(other).post(address, {"move": "take_back", **posted})
    assert page.status_code == 409
    assert "もう箱づめ・発送の対象ではありません" in text(page)
    assert "箱詰 一郎が" in text(page)
    assert CaseTransition.objects.filter(subject=found, to_status="delivered").count() == 1


def test_what_was_typed_for_a_parcel_that_is_gone_can_be_copied():
    place = town()
    found = case(status="approved", by=place.caseworker)
    address, seen = reverse("desk:parcel", args=[found.public_id]), found.version
    end = {"move": "end", "end": "withdrawn.not_needed", "note": "", "seen": seen}
    ended = reverse("desk:case_move", args=[found.public_id])
    assert signed_in(place.caseworker).post(ended, end).status_code == 302
    packer = signed_in(members.packer(place.desk))
    page = packer.post(address, {"move": "pack", "seen": seen, "contents": "米 2kg、缶詰", "weight": ""})
    assert "米 2kg、缶詰" in text(page)
    assert "取下げ" not in text(page)


@pytest.mark.parametrize("typed", [{"contents": "うどん", "weight": "abc"}, {"contents": "うどん", "weight": ""}])
def test_a_box_written_down_wrongly_while_another_packed_tells_so_and_keeps_the_words(typed):
    place = town()
    found = case(status="approved", by=place.caseworker)
    one, other = members.packer(place.desk, "箱詰 一郎"), members.packer(place.desk, "箱詰 二郎")
    address, posted = reverse("desk:parcel", args=[found.public_id]), {"move": "pack", "seen": found.version}
    assert signed_in(one).post(address, {**posted, "contents": "米", "weight": ""}).status_code == 302
    page = signed_in(other).post(address, {**posted, **typed})
    assert page.status_code == 409
    assert "箱詰 一郎が" in text(page)
    assert "うどん" in text(page)


class TestOneAccountInTwoTabs:
    """The same member presses different things on two pages: only the same thing twice is a second click."""

    @pytest.fixture
    def place(self):
        return town()

    def test_a_withdrawal_is_not_said_to_be_recorded_because_a_consent_was(self, place):
        found = case(consenting=place.centre)
        client, seen = signed_in(place.caseworker), found.person.consents.count()
        said = {"channel": "telephone", "groups": ["contact", "household"], "hear_result": "yes", "from_person": "on"}
        towards = {"seen": seen, "centre": place.centre.public_id}
        record, withdraw = (reverse(f"desk:{name}", args=[found.public_id]) for name in ("consent", "consent_withdraw"))
        assert client.post(record, {**towards, **said}).status_code == 302
        page = client.post(withdraw, {**towards, "channel": "telephone"})
        assert page.status_code == 409
        assert "撤回を記録しました" not in text(page)
        form = next(form for form in read(text(page))[0] if "channel" in form.names)
        assert client.post(withdraw, form.values).status_code == 302
        assert not found.person.consents.live().exists()

    def test_other_words_to_a_follow_up_are_not_lost(self, place):
        found = referral(place, status="declined")
        client, address = signed_in(place.caseworker), reverse("desk:referral_follow_up", args=[found.public_id])
        for words in ("本人に電話した", "本人に電話した"):
            assert client.post(address, {"seen": found.version, "note": words}).status_code == 302
        page = client.post(address, {"seen": found.version, "note": "Bの窓口を案内した"})
        assert page.status_code == 409
        assert "Bの窓口を案内した" in text(page)

    @pytest.mark.parametrize(
        "other",
        [{"end": "declined.other", "note": "理由B 大事なこと"}, {"end": "declined.no_stock", "note": "ちがうメモ"}],
    )
    def test_another_end_is_not_lost(self, place, other):
        found = case(status="in_review", by=place.caseworker)
        client, address = signed_in(place.caseworker), reverse("desk:case_move", args=[found.public_id])
        first = {"move": "end", "seen": found.version, "end": "declined.no_stock", "note": "在庫なし"}
        for _click in range(2):
            assert client.post(address, first).status_code == 302
        page = client.post(address, {**first, **other})
        assert page.status_code == 409
        assert other["note"] in text(page)

    def test_another_way_to_the_centre_is_not_said_to_be_taken(self, reading):
        centre = referrals.portal_centre()
        found = case(consenting=centre)
        client, address = (
            signed_in(members.caseworker(found.desk)),
            reverse("desk:referral_new", args=[found.public_id]),
        )
        previewed = packet.fingerprint(packet.preview(found, found.person.consents.live().first()))
        typed = {"centre": centre.public_id, "seen": found.version, "previewed": previewed}
        assert client.post(address, {**typed, "way": "telephone"}).status_code == 302
        assert client.post(address, {**typed, "way": "telephone"}).status_code == 302
        page = client.post(address, {**typed, "way": "portal"})
        assert page.status_code == 409
        assert "つなぎを送りました" not in text(page)


def test_every_act_that_takes_a_second_click_for_granted_compares_what_was_typed():
    for act in every_act():
        fields = act.form.base_fields.values() if isinstance(act.form, type) else ()
        written = [field for field in fields if not field.widget.is_hidden]
        if written and act.leads_to is not None:
            assert act.stands is not Act.stands, f"{act.done}: other words would be lost under a success"


def every_act() -> list[Act]:
    pages = (case_page, parcel_page, consents_page, handoffs_page, portal_page)
    named = [value for page in pages for value in vars(page).values()]
    return [
        act
        for value in named
        for act in (value.values() if isinstance(value, dict) else [value])
        if isinstance(act, Act)
    ]


@pytest.mark.parametrize("reason", ["", "full"])
def test_an_answer_sent_back_for_its_reason_tells_that_a_colleague_answered(reason):
    centre = referrals.portal_centre()
    one, other = members.counsellor(centre, "相談 一郎"), members.counsellor(centre, "相談 二郎")
    found = referrals.handed_off(centre, to="viewed", by_counsellor=one)
    address, seen = reverse("portal:answer", args=[found.public_id]), {"seen": found.version}
    assert signed_in(one).post(address, {**seen, "answer": "accept"}).status_code == 302
    page = signed_in(other).post(address, {**seen, "answer": "decline", "reason": reason, "note": "町外の方"})
    assert page.status_code == 409
    assert "相談 一郎が" in text(page)
    assert "町外の方" in text(page)


def test_an_empty_follow_up_tells_that_a_colleague_has_done_it():
    place = town()
    found = referral(place, status="declined")
    other = members.caseworker(place.desk, "担当 二郎")
    address, seen = reverse("desk:referral_follow_up", args=[found.public_id]), {"seen": found.version}
    assert signed_in(other).post(address, {**seen, "note": "電話した"}).status_code == 302
    page = signed_in(place.caseworker).post(address, {**seen, "note": ""})
    assert page.status_code == 409
    assert "担当 二郎が" in text(page)


def test_two_notes_at_once_both_stand(reading):
    place = town()
    found = case(by=place.caseworker)
    address = reverse("desk:case_move", args=[found.public_id])
    for writer, words in ((place.caseworker, "電話した"), (members.caseworker(place.desk), "折り返しあり")):
        assert signed_in(writer).post(address, {"move": "note", "text": words}).status_code == 302
    assert [note.text for note in found.notes.order_by("pk")] == ["電話した", "折り返しあり"]


@pytest.mark.parametrize("act", IN_THE_PORTAL)
def test_two_counsellors_on_one_referral(act):
    address, answer = act
    status, first, second = IN_THE_PORTAL[act]
    centre = referrals.portal_centre()
    one, other = members.counsellor(centre, "相談 一郎"), members.counsellor(centre, "相談 二郎")
    found = referrals.handed_off(centre, to=status, by_counsellor=one)
    before = ReferralTransition.objects.filter(subject=found).count()
    seen = {"answer": answer, "seen": found.version}
    to = reverse(f"portal:{address}", args=[found.public_id])
    one_after_the_other(to, one, other, {**seen, **first}, {**seen, **second})
    assert ReferralTransition.objects.filter(subject=found).count() == before + 1


def test_two_caseworkers_writing_down_what_the_centre_said_on_the_telephone():
    place = town()
    found = referral(place, way=Way.TELEPHONE)
    before = ReferralTransition.objects.filter(subject=found).count()
    other = members.caseworker(place.desk, "担当 二郎")
    seen = {"seen": found.version}
    declined = {**seen, "to": "declined", "reason": "full", "note": ""}
    address = reverse("desk:referral_reply", args=[found.public_id])
    differs = {**seen, "to": "declined", "reason": "other", "note": "町外の方"}
    one_after_the_other(address, place.caseworker, other, declined, differs)
    assert ReferralTransition.objects.filter(subject=found).count() == before + 1


class TestTwoAtOneLedger:
    """What a person said about telling a centre: what was heard before somebody else's entry is asked about again."""

    @pytest.fixture
    def place(self):
        return town()

    @pytest.fixture
    def other(self, place):
        return members.caseworker(place.desk, "担当 二郎")

    def consent(self, place, seen: int, **said) -> dict:
        answers = {"channel": "telephone", "groups": ["contact"], "hear_result": "yes", "from_person": "on"}
        return {"seen": seen, "centre": place.centre.public_id, **answers, **said}

    def withdrawal(self, place, seen: int) -> dict:
        return {"seen": seen, "centre": place.centre.public_id, "channel": "telephone"}

    def entries(self, found) -> int:
        return found.person.consents.count()

    def test_two_consents(self, place, other):
        found = case(by=place.caseworker)
        address = reverse("desk:consent", args=[found.public_id])
        said = self.consent(place, 0, channel="paper", stated_on="2026-04-02", groups=["contact", "troubles"])
        one_after_the_other(address, place.caseworker, other, self.consent(place, 0), said)
        assert self.entries(found) == 2
        page = signed_in(other).post(address, said)
        assert page.status_code == 409
        for typed in ("2026-04-02", 'value="troubles"'):
            assert typed in text(page)

    def test_a_consent_heard_before_a_withdrawal_does_not_stand_after_it(self, place, other):
        found = case(consenting=place.centre)
        stood = self.entries(found)
        withdrawn = reverse("desk:consent_withdraw", args=[found.public_id])
        assert signed_in(other).post(withdrawn, self.withdrawal(place, stood)).status_code == 302
        address = reverse("desk:consent", args=[found.public_id])
        page = signed_in(place.caseworker).post(address, self.consent(place, stood))
        assert page.status_code == 409
        assert "担当 二郎が" in text(page)
        assert "への同意の撤回" in text(page)
        assert not found.person.consents.live().exists()
        form = next(form for form in read(text(page))[0] if "from_person" in form.names)
        assert signed_in(place.caseworker).post(address, form.values).status_code == 302
        assert found.person.consents.live().exists()

    def test_a_withdrawal_by_the_person_comes_first_too(self, place):
        found = case(consenting=place.centre)
        stood = self.entries(found)
        consents.withdraw_consent(case=found, recipient=place.centre, channel="web")
        page = signed_in(place.caseworker).post(
            reverse("desk:consent", args=[found.public_id]), self.consent(place, stood)
        )
        assert page.status_code == 409
        assert "ご本人が" in text(page)

    def test_two_withdrawals(self, place, other):
        found = case(consenting=place.centre)
        address, typed = reverse("desk:consent_withdraw", args=[found.public_id]), self.withdrawal(place, 2)
        assert signed_in(place.caseworker).post(address, typed).status_code == 302
        stood = self.entries(found)
        page = signed_in(other).post(address, typed, follow=True)
        assert "担当 一郎が" in text(page)
        assert "撤回を記録しました" not in text(page)
        assert self.entries(found) == stood

    def test_a_withdrawal_of_what_was_consented_to_anew_asks_again(self, place, other):
        found = case(consenting=place.centre)
        stood = self.entries(found)
        wider = self.consent(place, stood, groups=["contact", "household"])
        assert signed_in(other).post(reverse("desk:consent", args=[found.public_id]), wider).status_code == 302
        address = reverse("desk:consent_withdraw", args=[found.public_id])
        page = signed_in(place.caseworker).post(address, self.withdrawal(place, stood))
        assert page.status_code == 409
        assert "担当 二郎が" in text(page)
        assert found.person.consents.live().exists()


def test_two_caseworkers_sending_to_one_centre(reading):
    place = town()
    other = members.caseworker(place.desk, "担当 二郎")
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    address = reverse("desk:referral_new", args=[found.public_id])
    previewed = packet.fingerprint(packet.preview(found, found.person.consents.live().first()))
    typed = {"centre": place.centre.public_id, "seen": found.version, "previewed": previewed, "way": "telephone"}
    one_after_the_other(address, place.caseworker, other, typed, typed)
    number = found.referrals.get().number
    assert number in text(signed_in(other).post(address, typed)), "the page leads to the one that was sent"


@pytest.mark.parametrize(("status", "name"), [("declined", "referral_follow_up"), ("revoked", "referral_told")])
def test_two_caseworkers_following_up(status, name):
    place = town()
    found = referral(place, status=status)
    other = members.caseworker(place.desk, "担当 二郎")
    address = reverse(f"desk:{name}", args=[found.public_id])
    said = {"seen": found.version} | ({"had_left": "yes"} if status == "revoked" else {})
    first, second = (said | {"note": words} for words in ("本人に電話した", "手紙を出した"))
    one_after_the_other(address, place.caseworker, other, first, second)
    assert found.case.notes.count() == 1
