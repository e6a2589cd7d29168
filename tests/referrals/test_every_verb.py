"""Every verb from every state: it holds the person first, and case and box never tell of different things."""

import ast
from pathlib import Path

import pytest
from django.db import transaction

import referrals
from foundation.errors import DomainError
from referrals.desk import parcels
from referrals.models import Case
from referrals.states import CaseStatus, ParcelStatus, ReferralStatus
from tests.factories.cases import Town, case, consent, fresh, referral, town
from tests.referrals import verbs
from tests.referrals.holding import watched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
C, P = CaseStatus, ParcelStatus
NO_BOX = {None, P.UNPACKED, P.RETURNED}  # none that is under way, or was received
# Which box, the last one, a case may have in which state.
FITS: dict[str, set[str | None]] = {
    C.RECEIVED: NO_BOX, C.IN_REVIEW: NO_BOX, C.APPROVED: NO_BOX,
    C.PACKED: {P.PACKED}, C.SENT: {P.SENT}, C.DELIVERED: {P.DELIVERED}, C.CLOSED: {P.DELIVERED},
    C.DECLINED: NO_BOX, C.WITHDRAWN: {*NO_BOX, P.TO_UNPACK}, C.DUPLICATE: {*NO_BOX, P.TO_UNPACK},
}  # fmt: skip
FROM_EVERY_STATE = [*CaseStatus, "came back"]


@pytest.fixture(autouse=True)
def the_person_is_held_first(db, monkeypatch):
    with watched(monkeypatch):
        yield


def brought_to(status: str, place: Town) -> Case:
    found = case(status="sent" if status == "came back" else status, by=place.caseworker)
    if status == "came back":
        parcel = found.parcels.get()
        parcels.take_back(parcel=parcel, by=place.caseworker, seen=parcel.case.version, reason="nobody_there")
    return fresh(found)


def fits(found: Case) -> bool:
    last = found.parcels.order_by("pk").last()
    return (last.status if last else None) in FITS[found.status]


def every_one_of(names, found: Case, place: Town) -> list[str]:
    """Each verb from where the case stands, undone afterwards; returns those that counted."""
    counted = []
    for name in names:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    verbs.do(name, found, place)
                counted.append(name)
            except DomainError:
                pass  # a refusal is an answer
            assert fits(fresh(found)), f"after {name}"
            transaction.set_rollback(True)
    return counted


@pytest.mark.parametrize("status", FROM_EVERY_STATE)
def test_case_and_box_fit_after_every_verb(status):
    place = town()
    found = brought_to(status, place)
    assert fits(found)
    assert "note" in every_one_of(verbs.ON_CASE, found, place)


@pytest.mark.parametrize("status", [C.PACKED, C.SENT, C.DELIVERED])
def test_a_decision_is_not_made_over_a_box_that_is_under_way(status):
    place = town()
    found = brought_to(status, place)
    assert not {"approve", "start_review"} & set(every_one_of(["approve", "start_review"], found, place))


def test_what_is_said_of_a_person_is_written_while_they_are_held():
    place = town()
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    assert every_one_of(verbs.ON_PERSON, found, place) == list(verbs.ON_PERSON)


@pytest.mark.parametrize("status", [s for s in ReferralStatus if s != ReferralStatus.DRAFT])
def test_a_referral_moves_while_its_person_is_held(status):
    place = town()
    found = referral(place, status=status, hear_result=status != ReferralStatus.HANDED_OVER).case
    every_one_of([*verbs.ON_REFERRAL, "withdraw"], found, place)


def test_every_verb_is_tried():
    called = Path(verbs.__file__).read_text()
    floor = Path(referrals.__file__).parent
    for module in [*floor.glob("*.py"), *floor.glob("desk/*.py"), *floor.glob("handoff/*.py")]:
        for found in ast.parse(module.read_text()).body:
            if not isinstance(found, ast.FunctionDef) or found.name in BENEATH:
                continue
            if any(ast.unparse(one) == "transaction.atomic" for one in found.decorator_list):
                assert f"{module.stem}.{found.name}" in called, f"{module.stem}.{found.name} is not in {verbs.__name__}"


BENEATH = {"write_note", "revoke_towards", "close_held"}  # called by the verbs of pages alone
