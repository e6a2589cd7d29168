"""What is told of leaving on a page whose browser has an application half written."""

from typing import Any

from django import template

from outreach.application import cookies

register = template.Library()


@register.inclusion_tag("outreach/front/_leaving_a_draft.html", takes_context=True)
def leaving_a_draft(context: dict[str, Any]) -> dict[str, Any]:
    """That leaving loses it, and the way to leave without."""
    return {"has_draft": cookies.may_have_a_draft(context["request"]), "keep": cookies.KEEP_DRAFT}
