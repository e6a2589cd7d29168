"""The handful of components that pages are put together from; each shows what it is given (docs/look.md)."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html

from foundation.counting import CappedCount

register = template.Library()


@register.simple_tag
def status_tag(code: str, label: str) -> str:
    """A state as a word in a coloured frame: ``code`` is the stored value (its colour stands in theme.css).

    The one component without a template: it stands on every line of the lists, where a template each costs a fifth.
    """
    return format_html('<span class="status status-{}">{}</span>', code, label)


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened: objects or dicts with ``at`` and ``text``, perhaps ``by``, ``note`` and ``url``."""
    return {"entries": entries}


@register.inclusion_tag("components/empty.html")
def empty_state(text: str, hint: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """A list with nothing in it: what that means, and what can be done."""
    return {"text": text, "hint": hint, "url": url, "action": action}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, total: Any = "") -> dict[str, Any]:
    """Back and forth through a ``foundation.web.keyset.Page``; other parameters of the address stay.

    Paper has no next page: there it says how many stand elsewhere.
    """
    known = isinstance(total, CappedCount)
    left = CappedCount(total.number - len(page.items), total.capped) if known else ""
    return {"page": page, "total": total, "left": left, "request": context["request"]}


@register.inclusion_tag("components/progress.html")
def progress(step: int, total: int, label: str = "") -> dict[str, Any]:
    """How far someone has come: ``step`` of ``total``, counted from 1."""
    return {"step": step, "total": total, "label": label}


@register.inclusion_tag("components/phone.html")
def phone_link(number: str, label: str = "", whose: str = "", large: bool = False) -> dict[str, Any]:
    """A number to tap, ``large`` as a card; ``whose`` is read aloud before it."""
    return {"number": number, "label": label, "whose": whose, "large": large}


@register.inclusion_tag("components/field_value.html")
def field_value(label: str, value: Any, hint: str = "") -> dict[str, Any]:
    """One line of a ``<dl class="facts">``; an empty value says that nothing was answered."""
    return {"label": label, "value": value, "hint": hint}


@register.filter
def first_input_id(field: BoundField) -> str:
    """The id of the input to jump to; a group of choices has none of its own, so its first choice."""
    return field.id_for_label or f"{field.auto_id}_0"
