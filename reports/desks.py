"""Whose applications a member may see counted."""

from collections.abc import Collection

from django.db.models import QuerySet

from organisations.models import Member, Organisation
from organisations.models.organisation import Kind
from organisations.roles import Permission

Desks = Collection[Organisation] | None  # all of them when None


def counted_for(member: Member) -> Desks:
    """The desks whose counts ``member`` sees: their own food banks', or all (None) for a programme's operator."""
    organisations = member.organisations_with(Permission.VIEW_REPORTS)
    if any(organisation.kind == Kind.OPERATOR for organisation in organisations):
        return None
    return [organisation for organisation in organisations if organisation.kind == Kind.FOOD_BANK]


def of_desks(desks: Desks, rows: QuerySet, desk: str) -> QuerySet:
    """Those of ``rows`` that belong to ``desks``, by their column ``desk``."""
    return rows if desks is None else rows.filter(**{f"{desk}__in": desks})
