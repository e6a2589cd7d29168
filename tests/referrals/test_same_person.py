"""Two applications of one human being: staff see the other one wherever they stop, correct, send or decide."""

import pytest
from django.urls import reverse

from foundation.crypto import data_keys
from foundation.models import AccessRecord
from referrals import same_person
from tests.factories.applications import OTARU, desk_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker
from tests.forms import read
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = pytest.mark.django_db
HANAKO = {"name": "見本 花子", "kana": "みほん はなこ", "phone": "+819012345678"}


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


@pytest.fixture
def two(place, reading):
    """Two of one person, the second handed to the centre."""
    first = case(**HANAKO)
    return first, referral(place, **HANAKO).case


def page_of(found, name="case"):
    return reverse(f"desk:{name}", args=[found.public_id])


def shown(client, address):
    page = text(client.get(address))
    return page[page.index("同じ方かもしれない") :].partition("</section>")[0] if "同じ方かもしれない" in page else ""


def test_the_other_is_named_with_its_state_and_what_a_centre_knows(desk, two):
    first, second = two
    box = shown(desk, page_of(first))
    assert second.application.receipt_number in box
    assert page_of(second) in box
    assert "（同じ電話番号、名前）" in box
    assert "見本の相談窓口につないでいます" in box
    assert first.application.receipt_number in shown(desk, page_of(second))


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"name": "別の 人", "kana": "べつの ひと"}, "（同じ電話番号）"),
        ({"phone": "+819000001111"}, "（同じ名前）"),
        ({"phone": "+819000001111", "name": "みほん 華子"}, "（同じふりがな）"),
        ({"phone": "+819000001111", "name": "別の 人", "kana": "みほん はなよ"}, ""),
    ],
)
def test_it_is_said_in_what_the_two_are_alike(desk, place, reading, other, alike):
    first = case(**HANAKO)
    case(**{**HANAKO, **other})
    assert alike in shown(desk, page_of(first))
    assert bool(shown(desk, page_of(first))) == bool(alike)


def test_nothing_is_shown_of_another_desk_or_of_whoever_was_erased(place, reading):
    desk_in(OTARU, name="小樽フードバンク")
    first, erased = case(**HANAKO), case(**HANAKO)
    case(**HANAKO, place_code=OTARU)
    data_keys.destroy(erased.person.data_key)
    assert same_person.of(fresh(first)) == []


def test_it_is_said_before_and_after_a_withdrawal(desk, place, two):
    first, second = two
    consent(first, place.centre, by=place.caseworker)
    assert "見本の相談窓口につないでいます" in shown(desk, page_of(first, "consent_withdraw"))
    form = next(f for f in read(text(desk.get(page_of(first, "consent_withdraw"))))[0] if "channel" in f.names)
    page = text(desk.post(page_of(first, "consent_withdraw"), form.values | {"channel": "telephone"}, follow=True))
    assert f"同じ方かもしれない申込み {second.application.receipt_number} も、窓口に関わっています" in page
    assert second.referrals.live().exists(), "nothing is stopped by itself"


def test_it_is_said_after_a_correction(desk, two):
    first, second = two
    form = next(f for f in read(text(desk.get(page_of(first, "case_correct"))))[0] if "why" in f.names)
    sent = form.values | {"safe_times": "昼だけ", "why": "電話で"}
    page = text(desk.post(page_of(first, "case_correct"), sent, follow=True))
    assert f"申込み {second.application.receipt_number} も、窓口に関わっています" in page


def test_it_is_said_after_the_very_thing_they_shared_was_put_right(desk, place, reading):
    first = case(**HANAKO)
    alone = {"name": "別の 人", "kana": "べつの ひと"}
    second = referral(place, **HANAKO | alone).case
    form = next(f for f in read(text(desk.get(page_of(first, "case_correct"))))[0] if "why" in f.names)
    sent = form.values | {"phone": "090-8765-4321", "why": "番号が変わった"}
    page = text(desk.post(page_of(first, "case_correct"), sent, follow=True))
    assert f"申込み {second.application.receipt_number} も、窓口に関わっています" in page


def test_it_stands_before_sending_and_beside_a_wrong_centre(desk, place, two):
    first, second = two
    consent(first, place.centre, by=place.caseworker)
    assert "見本の相談窓口につないでいます" in shown(desk, page_of(first, "referral_new"))
    assert "見本の相談窓口に伝える同意があります" in shown(
        desk, reverse("desk:referral", args=[second.referrals.get().public_id])
    )


def test_of_those_that_are_over_a_centre_may_hold_what_it_was_told(place, reading):
    first = case(**HANAKO)
    referral(place, status="closed", **HANAKO)
    assert [str(words) for words in same_person.of(first)[0].at_centres] == [
        "見本の相談窓口が、終わったつなぎの内容を持っています"
    ]


def test_it_opens_nothing_of_the_others(desk, two):
    first, second = two
    desk.get(page_of(first))
    record = AccessRecord.objects.filter(purpose="desk:case").latest("pk")
    assert record.keys == [first.person.data_key.public_id]
    assert second.person.data_key.public_id not in record.keys


def test_takes_as_many_queries_for_two_as_for_many_and_shows_the_first_ten(place, reading):
    first = case(**HANAKO)
    referral(place, **HANAKO)

    def taken():
        with counting() as queries:
            found = same_person.of(fresh(first))
        return len(queries), found

    two, _found = taken()
    for _one in range(same_person.MOST):
        case(**HANAKO)
    many, found = taken()
    assert many == two
    assert len(found) == same_person.MOST
    assert found[0].at_centres, "what a centre knows comes first"


def test_a_decision_about_the_box_is_taken_beside_it(desk, place, two):
    first, _second = two
    advance(first, "in_review", by=caseworker(place.desk))
    page = text(desk.get(page_of(first)))
    assert page.index("同じ方かもしれない") < page.index("発送を決める")
