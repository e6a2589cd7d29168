"""A person whose key was destroyed: every page still opens, says what is gone, and goes on counting."""

import pytest
from django.urls import reverse

from foundation.crypto import data_keys
from foundation.erased import ERASED, Erased
from foundation.models import DataKey
from referrals.handoff import sending
from referrals.models import PersonIndex
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import members
from tests.factories.cases import fresh
from tests.invariants.crawl import Full
from tests.invariants.marked import found_in
from tests.private_pages import let_in
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

GONE = str(ERASED)
HELPED = {"applying_for": "other", "helper_name": "めじるし 太郎", "helper_phone": "+81312345678", "consenting": None}


def destroy(full: Full, what: str) -> None:
    keys = {
        "person": [full.case.person.data_key],
        "provision": [full.referral.packet.data_key] if full.referral else [],
        "all": list(DataKey.objects.all()),
    }
    for key in keys[what]:
        data_keys.destroy(key)


@pytest.mark.parametrize("what", ["person", "provision", "all"])
@pytest.mark.parametrize("to", [ReferralStatus.SENT, ReferralStatus.CONTACTED, ReferralStatus.REVOKED])
def test_no_page_breaks_and_none_shows_what_was_erased(world, what, to):
    """Whom the map refuses is refused before anything is looked up: the test after this one asks that, of everybody."""
    case, secret = world.hand_in()
    full = Full.of(world)
    full.referral = world.refer(case, to=to)
    full.case, full.secret = case, secret
    destroy(full, what)
    broken, shown = [], []
    for who, client in full.clients().items():
        client.raise_request_exception = False
        for _address, path in full.paths_open_to(who):
            response = client.get(path)
            broken += [(who, path)] if response.status_code >= 500 else []
            shown += [(who, path)] if what == "all" and found_in(response.content) else []
    assert (broken, shown) == ([], [])


def test_no_page_breaks_where_somebody_else_applied(world):
    full = Full.of(world)
    full.case, full.secret = world.hand_in(**HELPED)
    destroy(full, "all")
    for who, client in full.clients().items():
        client.raise_request_exception = False
        assert [path for _a, path in full.paths() if client.get(path).status_code >= 500] == [], who


class TestWhatIsSaid:
    @pytest.fixture
    def full(self, world):
        full = Full.of(world)
        destroy(full, "all")
        return full

    @pytest.mark.parametrize(
        ("name", "who"), [("desk:case", "caseworker"), ("desk:parcel", "caseworker"), ("person:page", None)]
    )
    def test_the_page_says_that_it_is_erased(self, full, name, who):
        client = signed_in(full.world.caseworker) if who else full.clients()["visitor"]
        if name == "desk:parcel":
            client = signed_in(members.packer(full.world.desk))
        if name == "person:page":
            let_in(client, full.secret)
        at = full.secret if name == "person:page" else full.case.public_id
        assert GONE in text(client.get(reverse(name, args=[at])))

    @pytest.mark.parametrize("name", ["portal:packet", "desk:referral_sheet"])
    def test_a_packet_without_its_key_says_so_and_not_that_nothing_was_told(self, full, name):
        member = full.world.counsellor if name == "portal:packet" else full.world.caseworker
        page = text(signed_in(member).get(reverse(name, args=[full.referral.public_id])))
        assert "この方の情報は消去済みです" in page
        assert "連絡のしかたは伝えられていません" not in page

    def test_a_note_is_refused_with_the_reason_and_stays_to_be_copied(self, full):
        address = reverse("desk:case_move", args=[full.case.public_id])
        page = text(signed_in(full.world.caseworker).post(address, {"move": "note", "text": "電話した"}))
        assert str(Erased.default_message) in page
        assert "電話した" in page

    def test_an_answer_with_words_is_refused_with_the_reason(self, full):
        address = reverse("portal:close", args=[full.referral.public_id])
        typed = {"seen": full.referral.version, "outcome": "other", "note": "別の窓口へ"}
        page = text(signed_in(full.world.counsellor).post(address, typed))
        assert str(Erased.default_message) in page

    def test_the_person_is_told_when_they_would_add_something(self, full):
        address = reverse("person:addendum", args=[full.secret])
        visitor = let_in(full.clients()["visitor"], full.secret)
        page = text(visitor.post(address, {"own_words": "たすけて"}, follow=True))
        assert str(Erased.default_message) in page

    def test_nothing_is_told_of_somebody_erased(self, world, reading):
        case, _secret = world.hand_in()
        data_keys.destroy(case.person.data_key)
        with pytest.raises(Erased):
            sending.send(case=fresh(case), centre=world.centre, way=Way.PORTAL, by=world.caseworker, seen=case.version)


def test_nothing_finds_them_any_more(world):
    case, _secret = world.hand_in()
    other, _secret = world.hand_in(name="見本 べつ", kana="みほん べつ")
    assert PersonIndex.objects.filter(person=case.person).exists()
    data_keys.destroy(case.person.data_key)
    assert not PersonIndex.objects.filter(person=case.person).exists()
    assert PersonIndex.objects.filter(person=other.person).exists()


def test_they_are_counted_as_before(world):
    full = Full.of(world)
    manager = full.clients()["programme_manager"]
    before = text(manager.get(reverse("reports:download") + "?format=csv"))
    destroy(full, "all")
    assert text(manager.get(reverse("reports:download") + "?format=csv")) == before
