"""What was typed on a step and could not be taken: it waits in the draft until the step has an answer.

The page that asks again is opened anew, with these words on it: a browser that goes back finds it, and so does
whoever comes back an hour later.
"""

import dataclasses
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from django.db import transaction
from django.http import QueryDict

from outreach.application import drafts
from outreach.application.step import Step
from outreach.models import Draft

MOST_BYTES = 128 * 1024


class Why(StrEnum):
    """Why a step's words are not taken yet."""

    UNCLEAR = "unclear"  # the step's form says what it doesn't understand
    SAVED_ELSEWHERE = "saved_elsewhere"  # another page had answered the step otherwise
    LANGUAGE = "language"  # they were not sent to go on, the page was turned into another language
    CHANGED = "changed"  # what the step asks about is no longer what the page showed


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """One step's words by field, what their page asked about, and the version of the draft that it showed."""

    typed: dict[str, list[str]]
    version: int
    why: Why
    ground: str = ""

    @classmethod
    def of(cls, posted: QueryDict, fields: Collection[str], **about: Any) -> Self:
        """What was sent for the fields of a step's form, and nothing that it doesn't ask."""
        return cls(typed={name: words for name, words in posted.lists() if name in fields}, **about)

    @property
    def posted(self) -> QueryDict:
        """The words as they came."""
        found = QueryDict(mutable=True)
        for name, words in self.typed.items():
            found.setlist(name, words)
        return found


def of(draft: Draft, slug: str) -> SetAside | None:
    """What waits at a step."""
    held = (draft.set_aside or {}).get(slug)
    if not held:
        return None
    known = {name: held[name] for name in held.keys() & {field.name for field in dataclasses.fields(SetAside)}}
    return SetAside(**{**known, "why": Why(held["why"])})


def not_taken(draft: Draft, asked: Iterable[Step]) -> list[Step]:
    """The steps at which something waits that was sent to go on and could not be taken, in their order."""
    held = draft.set_aside or {}
    return [step for step in asked if step.slug in held and held[step.slug]["why"] != Why.LANGUAGE]


def keep(draft: Draft, slug: str, words: SetAside) -> bool:
    """Let a step's words wait; False, and nothing is kept, where they are too long for that.

    Raises Draft.DoesNotExist when the draft was handed in or destroyed meanwhile.
    """
    with transaction.atomic():
        held = {**_locked(draft), slug: asdict(words)}
        if len(json.dumps(held, ensure_ascii=False).encode()) > MOST_BYTES:
            return False
        _write(draft, held)
    return True


def drop(draft: Draft, slugs: Collection[str]) -> None:
    """Forget what waited at steps that have their answer now."""
    if not (draft.set_aside or {}).keys() & set(slugs):
        return
    with transaction.atomic():
        _write(draft, {slug: words for slug, words in _locked(draft).items() if slug not in slugs})


def _locked(draft: Draft) -> dict[str, Any]:
    """What waits now; whoever else keeps words in this draft waits for the end of the transaction."""
    row = Draft.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=draft.pk)
    return row.set_aside or {}


def _write(draft: Draft, held: dict[str, Any]) -> None:
    # Not a new version of the draft: no answer changed.
    sealed = Draft._meta.get_field("set_aside").sealed(draft, held) if held else None
    until = drafts.end_of_life()  # whoever is asked again is at work
    Draft.objects.filter(pk=draft.pk).update(set_aside=sealed, expires_at=until)
    draft.set_aside, draft.expires_at = sealed, until
