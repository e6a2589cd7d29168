"""Fills the application form in the test client as a browser would: reads a page, answers it, follows."""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.outreach.application.given import ANSWERS
from tests.outreach.application.known_walks import Known


class Filling:
    """One person (or member) at one browser; ``base`` is where the form lives."""

    def __init__(self, client, base: str = "/apply/") -> None:
        self.client, self.base = client, base

    def start(self, **data):
        """Press a button of the first page; returns the response."""
        return self.client.post(self.base, {**self.hidden(self.client.get(self.base)), **data})

    def stop(self):
        """Press the button that throws everything away."""
        return self.send("discard", self.open("discard"))

    def open(self, slug: str):
        """The page of a step, as it is shown."""
        return self.client.get(f"{self.base}{slug}/")

    def hidden(self, response) -> dict[str, str]:
        """The draft, version and page a shown form carries."""
        return dict(re.findall(r'name="(draft|version|page|ground)" value="([^"]*)"', response.content.decode()))

    def answer(self, slug: str, **answers):
        """Open a step and answer it; returns the response to the answer."""
        return self.send(slug, self.open(slug), **answers)

    def send(self, slug: str, shown, **answers):
        """Answer a step on a page that was opened before; what isn't taken comes with the page that asks again."""
        path = f"{self.base}{slug}/"
        response = self.client.post(path, {**self.hidden(shown), **answers})
        return self.client.get(response.url) if step_of(response) == slug else response

    def fill_until(self, goal: str, **other: dict[str, Any]) -> list[str]:
        """Start, and answer every step until ``goal`` is asked; ``other`` replaces single steps' answers.

        Returns the steps that were asked, in order. What this process has walked before is not walked again.
        """
        slug, asked = step_of(self.start()), []
        known = Known.of(self.client, self.base)
        while known and slug != goal and (onward := known.led_to(slug, _answers(slug, other))) is not None:
            asked.append(slug)
            slug = onward
        if known and asked:
            known.bring_there()
        return self._walk(slug, goal, asked, other, known)

    def walk_until(self, goal: str, **other: dict[str, Any]) -> list[str]:
        """The same page by page, where the walk itself is looked at."""
        return self._walk(step_of(self.start()), goal, [], other, None)

    def _walk(self, slug: str, goal: str, asked: list[str], other: dict[str, Any], known: Known | None) -> list[str]:
        while slug != goal:
            assert slug not in asked, f"{slug} was asked twice"
            asked.append(slug)
            answers = _answers(slug, other)
            response = self.answer(slug, **answers)
            assert response.status_code == 302, f"{slug}: {_errors(response)}"
            came_from, slug = slug, step_of(response)
            if known:
                known.remember(came_from, answers, slug)
        return asked

    def hand_in(self, shown=None):
        """Press the last button; ``shown`` is the check page when it was opened before."""
        return self.send("check", shown or self.open("check"))


def step_of(response) -> str:
    """The step that an answer leads to; "" where it leads to none."""
    return urlsplit(response.get("Location", "")).path.rstrip("/").rpartition("/")[2]


def _answers(slug: str, other: dict[str, Any]) -> dict[str, Any]:
    return other.get(slug.replace("-", "_"), ANSWERS[slug])


def _errors(response) -> str:
    form = (response.context or {}).get("form")
    return str(form.errors.as_json()) if form else str(response.status_code)


def text_of(response) -> str:
    """What a page says, without tags and runs of space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
