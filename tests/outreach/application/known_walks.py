"""Walks through the form that this process has walked before: what the draft held after each answer.

Answering twenty screens takes a third of a second, and nearly every test of the form begins with it. What a walk leaves
depends on who serves which place, on the day, the language and the answers: where all of these are the same, the draft
that was just begun is brought to where the walk had left another. ``test_known_walks.py`` holds the two against each
other. Nothing else is seen: a test that patches what a walk goes through walks itself (``Filling.walk_until``).
"""

import json
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings

from foundation import clock
from organisations.models import Catchment, Organisation, Place
from outreach.application import consent_texts, drafts
from outreach.application.cookies import PUBLIC, TELEPHONE
from outreach.models import Draft

Trail = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reached:
    """Where an answer led, and what the draft held then, with organisations by their place in the table."""

    slug: str
    answers: str
    version: int


_walked: dict[str, dict[Trail, Reached]] = {}


@dataclass
class Known:
    """One draft that begins its walk, and what is known of walks where it stands."""

    draft_id: int
    organisations: list[str]
    walked: dict[Trail, Reached]
    trail: Trail = ()

    @classmethod
    def of(cls, client: Any, base: str) -> Self | None:
        """None where the browser goes on with something: that is walked."""
        mode = PUBLIC if base == "/apply/" else TELEPHONE
        draft = Draft.objects.select_related("data_key").get(public_id=client.cookies[mode.draft].value)
        if draft.version != 1 or draft.answers["passed"] or draft.set_aside:
            return None
        organisations = list(Organisation.objects.order_by("pk").values())
        numbers = {row.pop("id"): number for number, row in enumerate(organisations)}
        names = [row.pop("public_id") for row in organisations]
        catchments = Catchment.objects.order_by("pk").values_list("organisation_id", "place__code")
        spoken = client.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        world = [
            base, organisations, [(numbers[of], code) for of, code in catchments],
            sorted(Place.objects.values_list("code", flat=True)), clock.today(), spoken and spoken.value,
            client.defaults, consent_texts.CURRENT, draft.answers,
        ]  # fmt: skip
        return cls(draft.pk, names, _walked.setdefault(json.dumps(world, default=str, sort_keys=True), {}))

    def led_to(self, slug: str, answers: dict[str, Any]) -> str | None:
        """The step that this answer led to before, and the trail goes on there; None where nobody has walked it."""
        trail = _further(self.trail, slug, answers)
        if trail not in self.walked:
            return None
        self.trail = trail
        return self.walked[trail].slug

    def bring_there(self) -> None:
        """Let the draft hold what the trail left in another."""
        reached = self.walked[self.trail]
        draft = Draft.objects.select_related("data_key").get(pk=self.draft_id)
        answers = reached.answers
        for number, name in enumerate(self.organisations):
            answers = answers.replace(_placeholder(number), name)
        sealed = Draft._meta.get_field("answers").sealed(draft, json.loads(answers))
        Draft.objects.filter(pk=draft.pk).update(
            answers=sealed, version=reached.version, expires_at=drafts.end_of_life()
        )

    def remember(self, slug: str, answers: dict[str, Any], led_to: str) -> None:
        """Keep what an answer left that was just walked."""
        self.trail = _further(self.trail, slug, answers)
        draft = Draft.objects.select_related("data_key").get(pk=self.draft_id)
        held = json.dumps(draft.answers)
        for number, name in enumerate(self.organisations):
            held = held.replace(name, _placeholder(number))
        self.walked[self.trail] = Reached(led_to, held, draft.version)


def _further(trail: Trail, slug: str, answers: dict[str, Any]) -> Trail:
    return (*trail, (slug, json.dumps(answers, sort_keys=True)))


def _placeholder(number: int) -> str:
    return f"<organisation {number}>"
