"""Whose applications a member may see counted."""

from organisations.models import Member
from organisations.models.organisation import Kind
from organisations.roles import Permission
from reports.cube import Desks


def counted_for(member: Member) -> Desks:
    """The desks whose counts ``member`` sees: their own food banks', or all (None) for a programme's operator."""
    organisations = member.organisations_with(Permission.VIEW_REPORTS)
    if any(organisation.kind == Kind.OPERATOR for organisation in organisations):
        return None
    return [organisation for organisation in organisations if organisation.kind == Kind.FOOD_BANK]
