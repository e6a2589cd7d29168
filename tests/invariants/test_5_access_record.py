"""Invariant 5: every read of personal data leaves an access record; the person can see who received and which
organisation opened theirs."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.crypto.ciphertext import Ciphertext
from foundation.crypto.fields import EncryptedField
from foundation.faults import UnrecordedRead
from foundation.models import AccessedKey, AccessRecord
from organisations.roles import Role
from referrals.models import Case, Person
from tests.factories import members
from tests.invariants import marked
from tests.invariants.crawl import Full
from tests.private_pages import LetIn

WITHOUT_PERSONS = {Role.PROGRAMME_MANAGER, Role.DIRECTORY_EDITOR, Role.ADMINISTRATOR}


def encrypted_fields():
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedField)
    ]


@pytest.fixture
def full(world) -> Full:
    return Full.of(world)


def test_whatever_page_shows_a_person_has_left_a_record_of_it(full):
    """Everybody opens every address: a page with the marked person's words without a record is a leak."""
    keys = {full.case.person.data_key.public_id, full.referral.packet.data_key.public_id}
    shown_to, before = set(), AccessRecord.objects.count()
    for who, address, path, response in full.open_all():
        records = list(AccessRecord.objects.order_by("pk")[before:])
        before += len(records)
        shows = bool(marked.found_in(response.content))
        assert len(records) <= 1, f"{who} {path}: one record a page"
        assert shows == bool(records), f"{who} {path} shows {shows}, recorded {records}"
        if not shows:
            continue
        assert who not in WITHOUT_PERSONS or address.name.startswith("person:"), f"{who} {path}"
        (record,) = records
        shown_to.add((who, address.name))
        assert set(record.keys) & keys, f"{who} {path}"
        assert set(record.keys) == set(record.accessed.values_list("key_public_id", flat=True))
        assert record.purpose == address.name
        assert not marked.found_in(str(record.__dict__))
        if who == "visitor":
            assert (record.actor, record.member_id) == ("visitor", None)
        else:
            centre_s = who == Role.COUNSELLOR
            assert record.actor.startswith("member:")
            assert record.member_id is not None
            if not address.name.startswith("person:"):
                assert record.organisation_id == (full.world.centre.pk if centre_s else full.world.desk.pk)
    expected = {"desk:case", "desk:parcel", "desk:referral", "desk:referral_sheet", "portal:packet", "person:page"}
    assert expected <= {name for _who, name in shown_to}, "the crawl saw too little"


def test_a_visitor_is_shown_a_person_by_the_private_link_alone(full):
    visitor = Client()
    for address, path in full.paths():
        if not address.name.startswith("person:"):
            assert not marked.found_in(visitor.get(path).content), path


def test_the_person_s_page_tells_of_every_organisation_that_opened_theirs(full):
    opened_by = set()
    for who, address, _path, response in full.open_all(Role.PACKER, Role.COUNSELLOR):
        if marked.found_in(response.content) and not address.name.startswith("person:"):
            opened_by.add(full.world.centre.name if who == Role.COUNSELLOR else full.world.desk.name)
    page = LetIn().get(reverse("person:page", args=[full.secret])).content.decode()
    told = page.split("あなたの内容を開いたところ")[1].split("</details>")[0]
    assert opened_by == {full.world.centre.name, full.world.desk.name}
    for organisation in opened_by:
        assert organisation in told


def test_outside_a_scope_no_encrypted_column_of_any_table_opens(full):
    tried = 0
    for model, field in encrypted_fields():
        for row in model._base_manager.select_related("data_key").all()[:3]:
            if isinstance(row.__dict__[field.attname], Ciphertext) and row.data_key.kind != "draft":
                tried += 1
                with pytest.raises(UnrecordedRead):
                    getattr(row, field.attname)
    assert tried > 20


@pytest.mark.parametrize("ask", ["values", "values_list"])
def test_going_around_the_attribute_gives_ciphertext(full, ask):
    for model, field in encrypted_fields():
        for row in getattr(model._base_manager.all(), ask)(field.attname):
            value = row[field.attname] if ask == "values" else row[0]
            assert value in (None, "") or isinstance(value, Ciphertext)
            assert not marked.found_in(repr(value), str(value))


def test_without_its_record_a_page_is_not_handed_out(full, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("the table is full")

    monkeypatch.setattr("foundation.models.access_record.AccessRecord.objects.create", fails)
    for role, at, path in (
        (Role.CASEWORKER, full.world.desk, reverse("desk:case", args=[full.case.public_id])),
        (Role.COUNSELLOR, full.world.centre, reverse("portal:packet", args=[full.referral.public_id])),
        (None, None, reverse("person:page", args=[full.secret])),
    ):
        client = LetIn(raise_request_exception=False)
        if role:
            client.force_login(members.member(role, at=at))
        response = client.get(path)
        assert response.status_code == 500
        assert not marked.found_in(response.content)


def test_counting_and_listing_keys_opens_nobody(full):
    before = AccessedKey.objects.count()
    assert Case.objects.count()
    assert list(Person.objects.values_list("public_id", flat=True))
    with access.scope(actor="test", purpose="counting"):
        list(Person.objects.select_related("data_key"))
    assert AccessedKey.objects.count() == before
