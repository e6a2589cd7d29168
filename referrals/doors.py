"""The only ways from an address to a case or a referral of the desk: of the member's own desks, else 404."""

from typing import TypeVar

import structlog
from django.http import Http404

from foundation import access
from organisations.roles import Permission
from organisations.sign_in.signed_in import MemberRequest
from referrals.models import Case, Parcel, Referral
from referrals.states import ParcelStatus

Found = TypeVar("Found", Case, Parcel, Referral)
log = structlog.get_logger(__name__)


def case_of_desk(request: MemberRequest, public_id: str) -> Case:
    """A case this member may work on, with the person, the application and the places above."""
    found = (
        Case.objects.for_desk(request.user)
        .for_handing_off()
        .select_related("application__recorded_by")
        .filter(public_id=public_id)
        .first()
    )
    return _let_in(request, found, found.desk_id if found else None)


def case_to_pack(request: MemberRequest, public_id: str) -> Case:
    """A case whose parcel this member may pack or send."""
    found = case_still_to_pack(request, public_id)
    return _let_in(request, found, found.desk_id if found else None)


def case_still_to_pack(request: MemberRequest, public_id: str) -> Case | None:
    """The same after a click: None where its parcel has gone from the storeroom meanwhile."""
    return Case.objects.for_packing(request.user).for_handing_off().filter(public_id=public_id).first()


def case_packed_meanwhile(request: MemberRequest, public_id: str) -> Case:
    """The same for a form that is sent in: the case may have moved on since the page was opened."""
    at_desk = Case.objects.at_packing_desks(request.user).select_related("desk", "person")
    found = at_desk.filter(public_id=public_id).first()
    return _let_in(request, found, found.desk_id if found else None)


def parcel_of_ended(request: MemberRequest, public_id: str) -> Parcel:
    """A box of an ended case that this member is to unpack, or has just unpacked."""
    desks = request.user.organisations_with(Permission.PACK_PARCELS)
    stopped = Parcel.objects.filter(status__in=(ParcelStatus.TO_UNPACK, ParcelStatus.UNPACKED), case__desk__in=desks)
    found = stopped.select_related("case__desk", "case__person").filter(public_id=public_id).first()
    return _let_in(request, found, found.case.desk_id if found else None)


def parcel_of_desk(request: MemberRequest, public_id: str, parcel_id: str) -> Parcel:
    """A box of a case this member may work on."""
    case = case_of_desk(request, public_id)
    found = case.parcels.filter(public_id=parcel_id).first()
    if found:
        found.case = case
    return _let_in(request, found, case.desk_id)


def referral_of_desk(request: MemberRequest, public_id: str) -> Referral:
    """A referral of a case this member may work on."""
    found = (
        Referral.objects.for_desk(request.user)
        .select_related(
            "case__desk", "case__person__data_key", "case__application__data_key", "centre", "created_by",
            "followed_up_by", "told_by", "packet__data_key", "packet__consent",
        )
        .filter(public_id=public_id)
        .first()
    )  # fmt: skip
    return _let_in(request, found, found.case.desk_id if found else None)


def _let_in(request: MemberRequest, found: Found | None, desk_id: int | None) -> Found:
    if found is None:
        view = request.resolver_match.view_name if request.resolver_match else ""
        log.warning("desk.refused", member=request.user.public_id, view=view, method=request.method)
        raise Http404
    access.acting_for(desk_id)
    return found
