"""Undefined template variables, noted wherever a template of ours asks for one: shown, in a condition, in a filter.

Django shows nothing for them, and takes a condition on one for false; a name that was misspelt or renamed is never
seen. What may be left out is listed here: parts that a component shows only when they are given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.template import VariableDoesNotExist
from django.template.base import Variable

OURS = Path(settings.BASE_DIR, "templates")
# Template: what its conditions ask for though a page need not give it. Pages that fill blocks of base.html count as it.
MAY_BE_LEFT_OUT: dict[str, frozenset[str]] = {
    "base.html": frozenset({"demo_accounts", "form.errors", "request.session.kept_words"}),
    "bootstrap5/field.html": frozenset({"wrapper_class"}),
    "components/empty.html": frozenset({"url"}),
    "components/field_value.html": frozenset({"hint"}),
    "components/form.html": frozenset({"action", "back", "quiet", "tone"}),
    "components/language.html": frozenset({"language_form"}),
    "components/phone.html": frozenset({"label", "large", "whose"}),
    "components/timeline.html": frozenset({"entry.note", "entry.url"}),
    "outreach/navi/_entry.html": frozenset({"lead"}),
}
_noted: list[str] = []


@contextmanager
def noted() -> Iterator[list[str]]:
    """What templates of ours ask for in vain meanwhile, in any thread: conditions swallow errors, a list doesn't."""
    _noted.clear()
    resolve = Variable.resolve

    def watched(variable, context):
        try:
            return resolve(variable, context)
        except VariableDoesNotExist:
            _note(str(variable.var), context)
            raise

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Variable, "resolve", watched)
        yield _noted


def _note(name: str, context) -> None:
    template = context.render_context.template
    origin = Path(template.origin.name) if template else Path()
    if origin.is_relative_to(OURS) and name not in MAY_BE_LEFT_OUT.get(str(origin.relative_to(OURS)), ()):
        _noted.append(f"{origin.relative_to(OURS)}: {name}")
