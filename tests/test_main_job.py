"""The main job by its verbs alone: an application becomes a case, a parcel, a hand-off and an outcome."""

import pytest

from foundation.models import OutboxMessage
from foundation.work import outbox
from organisations import membership, registry
from organisations.models import Place
from organisations.models.organisation import Kind
from organisations.places import place_table
from organisations.roles import Role
from outreach.application import consent_texts, disclosable
from outreach.application.statement import Statement
from outreach.application.submission import submit_application
from referrals.desk import casework, parcels
from referrals.handoff import answering, sending
from referrals.models import Referral
from referrals.outcomes import Outcome
from referrals.reasons import EndReason
from referrals.states import CaseStatus, ReferralStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def hokkaido(db):
    place_table.load()
    return Place.objects.get(code="010006")


def test_an_application_reaches_an_outcome_and_every_step_has_author_and_time(hokkaido, reading):
    desk = registry.register_organisation(kind=Kind.FOOD_BANK, name="見本フードバンク", serves=[hokkaido])
    sapporo = Place.objects.get(code="011002")
    centre = registry.register_organisation(
        kind=Kind.SUPPORT_CENTRE, name="見本の相談窓口", serves=[sapporo], uses_portal=True
    )
    worker = membership.add_member(email="worker@example.jp", name="担当 見本", password=None)
    membership.give_role(member=worker, organisation=desk, role=Role.CASEWORKER)
    counsellor = membership.add_member(email="centre@example.jp", name="相談 見本", password="kaku-no-nagai-kotoba")
    membership.give_role(member=counsellor, organisation=centre, role=Role.COUNSELLOR)

    receipt = submit_application(
        statement=Statement(
            food_days="none", people_count=1, name="見本 はな", kana="みほん はな", birth_year=1980,
            place_code="011011", postcode="0600001", address="見本町1丁目", reach_by=["phone"], phone="+819000000001",
            household_type="single", first_time="yes", someone_to_consult="no", bodies=["none"],
            hand_off_wish="call_me", centre_id=centre.public_id, disclosed=disclosable.keys_of(["contact"]),
            feedback=True, consent_text_version=consent_texts.CURRENT,
        ),
        submission_key="draft-1",
        page_secret="a-secret",
    )  # fmt: skip
    case = receipt.application.case

    casework.approve(case=case, by=worker, seen=case.version)
    parcel = parcels.pack(case=case, contents="お米 レトルト", by=worker, seen=case.version)
    parcels.send(parcel=parcel, by=worker, seen=case.version, tracking_number="0000")
    parcels.deliver(parcel=parcel, by=worker, seen=parcel.case.version)

    referral = sending.send(case=case, centre=centre, way="portal", by=worker, seen=parcel.case.version)
    assert not centre.referrals.in_portal().exists(), "nothing is in the portal before it was delivered"
    for message in OutboxMessage.objects.all():
        outbox.deliver(message.pk)
    received = centre.referrals.in_portal().get()

    answering.open_and_read(referral=received, by=counsellor)
    assert [row["key"] for row in received.packet.rows] == ["name", "birth_year", "address", "phone", "reach"]
    answering.accept(referral=received, by=counsellor, seen=received.version)
    answering.note_first_contact(referral=received, by=counsellor, seen=received.version)
    answering.close(referral=received, outcome=Outcome.FIRST_INTERVIEW, by=counsellor, seen=received.version)
    case.refresh_from_db()
    casework.end(case=case, to=CaseStatus.CLOSED, reason=EndReason.DELIVERED, by=worker, seen=case.version)

    assert Referral.objects.get(pk=referral.pk).status == ReferralStatus.CLOSED
    steps = [*case.history.all(), *referral.history.all(), *parcel.history.all()]
    assert [step.to_status for step in referral.history.all()] == [
        "sent", "viewed", "accepted", "contacted", "closed",
    ]  # fmt: skip
    assert all(step.at and (step.by or step.actor == "person") for step in steps)
