"""How pages that the public reads name a centre."""

from collections.abc import Mapping

from django import template

from organisations.models import Organisation

register = template.Library()


@register.filter
def read_in(centre: Organisation, read_names: Mapping[int, str]) -> str:
    """Its name as it is read (``outreach.directory.in_english.read_names``); its own where the page asked of none."""
    return read_names.get(centre.pk, centre.name)
