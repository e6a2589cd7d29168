"""Where the box goes when that is not where the person lives: the home decides who helps, the label names the other."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from referrals import corrected
from referrals.handoff import packet
from referrals.models import Case, ConsentEntry
from tests.factories.applications import CHUO, OTARU, centre_in, desk_in, real_place, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    desk_in()
    real_place(OTARU)
    centre = centre_in()
    submit(consenting=centre, sending_place_code=OTARU, postcode="0470001", address="見本町1")
    return Case.objects.for_handing_off().get()


@pytest.fixture
def caseworker(case):
    member = membership.add_member(email="worker@example.jp", name="担当 見本", password=None)
    membership.give_role(member=member, organisation=case.desk, role=Role.CASEWORKER)
    return member


def test_the_home_stays_the_persons_place(case):
    assert case.person.place.code == CHUO
    assert case.destination.code == OTARU


def test_the_desk_sees_home_and_address(client, case, caseworker):
    client.force_login(caseworker)
    page = client.get(reverse("desk:case", args=[case.public_id])).content.decode()
    assert "北海道小樽市見本町1" in page
    assert "北海道札幌市中央区" in page
    assert "北海道札幌市中央区見本町1" not in page


@pytest.mark.usefixtures("reading")
def test_the_centre_is_told_the_home_and_apart_where_to_write(case):
    consent = ConsentEntry.objects.filter(fields__isnull=False).order_by("pk").first()
    told = {row.key: row.value for row in packet.preview(case, ConsentEntry(fields=[*consent.fields, "parcels_to"]))}
    assert told["address"] == "北海道札幌市中央区"
    assert told["parcels_to"] == "〒047-0001 北海道小樽市見本町1"
    told = {row.key: row.value for row in packet.preview(case, ConsentEntry(fields=["name", "address"]))}
    assert "小樽" not in str(told)


def test_of_a_corrected_box_address_the_centre_is_told_only_what_it_may_know(case, caseworker):
    consented = SimpleNamespace(fields=["name", "address"])
    packet_of = SimpleNamespace(consent=consented, referral=SimpleNamespace(case=case))
    assert corrected.of_packet(packet_of, {"address", "postcode"}) == []
    consented.fields = ["name", "address", "parcels_to"]
    assert corrected.of_packet(packet_of, {"address"}) == ["parcels_to"]
