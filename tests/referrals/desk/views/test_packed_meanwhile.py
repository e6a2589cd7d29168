"""What comes while a packer has the parcel open: a label put right, something the person added."""

import pytest
from django.urls import reverse

from outreach.application.addenda import add_addendum
from referrals.desk import corrections
from referrals.models import Parcel
from tests.factories.cases import advance, case, fresh, town
from tests.factories.members import packer
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
FACTS = {"address": "見本町2", "postcode": "0600001", "email": "mihon@example.org"}
WORDS = "子どもに卵アレルギーがあります"
ASKED = "箱とラベルをたしかめてから、もう一度押してください"
TYPED = {"pack": {"contents": "缶詰だけ"}, "send": {"tracking_number": "1234-5678"}}
STANDS = {"pack": ("approved", "packed"), "send": ("packed", "sent")}


@pytest.fixture
def place():
    return town()


@pytest.fixture
def table(place):
    return signed_in(packer(place.desk, "箱詰 三郎"))


def address(found):
    return reverse("desk:parcel", args=[found.public_id])


def form_of(response):
    return next(form for form in read(text(response))[0] if "corrected" in form.names).values


def press(client, found, move, form):
    return client.post(address(found), {**form, "move": move, **TYPED[move]}, follow=True)


def correct(place, found, **now):
    corrections.correct(
        case=fresh(found), now=corrections.stands(fresh(found)) | now, why="電話で本人にたしかめた",
        by=place.caseworker, seen=corrections.length(found),
    )  # fmt: skip


@pytest.mark.parametrize("move", STANDS)
class TestALabelPutRight:
    def test_is_told_before_the_click_counts_with_the_words_kept(self, place, table, move):
        before, after = STANDS[move]
        found = case(status=before, by=place.caseworker, **FACTS)
        form = form_of(table.get(address(found)))
        correct(place, found, address="見本町9", phone="+819012345678")
        refused = press(table, found, move, form)
        assert refused.status_code == 409
        shown = text(refused)
        assert "住所、電話が直されています（担当 一郎、" in shown
        assert ASKED in shown
        assert "見本町9" in shown
        assert next(iter(TYPED[move].values())) in shown
        assert fresh(found).status == before
        assert press(table, found, move, form_of(refused)).status_code == 200
        assert fresh(found).status == after

    def test_before_the_page_was_opened_asks_nothing(self, place, table, move):
        before, after = STANDS[move]
        found = case(status=before, by=place.caseworker, **FACTS)
        correct(place, found, address="見本町9")
        press(table, found, move, form_of(table.get(address(found))))
        assert fresh(found).status == after

    def test_asks_nothing_where_only_the_mail_was_corrected(self, place, table, move):
        before, after = STANDS[move]
        found = case(status=before, by=place.caseworker, **FACTS)
        form = form_of(table.get(address(found)))
        correct(place, found, email="new@example.org")
        press(table, found, move, form)
        assert fresh(found).status == after

    def test_is_told_on_coming_back_after_a_sign_in(self, place, move):
        found = case(status=STANDS[move][0], by=place.caseworker, **FACTS)
        by = packer(place.desk)
        client = signed_in(by)
        form = form_of(client.get(address(found)))
        client.session.flush()
        client.post(address(found), {**form, "move": move, **TYPED[move]})
        correct(place, found, address="見本町9")
        client.force_login(by)
        assert ASKED in text(client.get(address(found)))


@pytest.mark.parametrize(
    ("corrected_at", "status", "told"),
    [
        ("approved", "approved", "前に印刷した紙やラベルは使わないでください"),
        ("approved", "sent", ""),
        ("sent", "sent", "荷物は前のあて先に向かっています"),
    ],
)
def test_the_page_says_what_was_put_right(place, table, corrected_at, status, told):
    found = case(status=corrected_at, by=place.caseworker, **FACTS)
    correct(place, found, address="見本町9")
    found = found if status == corrected_at else send_on(found, place)
    shown = text(table.get(address(found)))
    assert ("直されています" in shown) == bool(told)
    assert told in shown


def send_on(found, place):
    client = signed_in(place.caseworker)
    for move in ("pack", "send"):
        press(client, found, move, form_of(client.get(address(found))))
    return fresh(found)


class TestWhatThePersonAdded:
    def test_is_read_by_a_caseworker_on_the_parcel(self, place):
        found = case(status="approved", by=place.caseworker)
        add_addendum(application=found.application, own_words=WORDS)
        assert WORDS in text(signed_in(place.caseworker).get(address(found)))

    @pytest.mark.parametrize("status", ["approved", "packed", "sent"])
    def test_is_nothing_a_packer_reads_but_to_ask_about(self, place, table, status):
        found = case()
        add_addendum(application=found.application, own_words=WORDS, public_assistance="receiving")
        found = advance(found, status, by=place.caseworker)
        shown = text(table.get(address(found)))
        assert "ケースの担当に確かめてください" in shown
        assert "書きたしあり" in text(table.get(reverse("desk:packing"), {"tab": status}))
        for words in (WORDS, "生活保護"):
            assert words not in shown

    def test_where_nothing_was_added_nothing_is_said(self, place, table):
        found = case(status="approved", by=place.caseworker)
        assert "書きたし" not in text(table.get(address(found)))
        assert "書きたし" not in text(table.get(reverse("desk:packing")))

    @pytest.mark.parametrize("move", STANDS)
    def test_meanwhile_is_asked_about_before_the_click_counts(self, place, table, move):
        before, after = STANDS[move]
        found = case(status=before, by=place.caseworker)
        form = form_of(table.get(address(found)))
        add_addendum(application=found.application, own_words=WORDS)
        refused = press(table, found, move, form)
        assert refused.status_code == 409
        assert "ケースの担当に確かめてから、もう一度押してください" in text(refused)
        assert next(iter(TYPED[move].values())) in text(refused)
        press(table, found, move, form_of(refused))
        assert fresh(found).status == after
        assert Parcel.objects.count() == 1
