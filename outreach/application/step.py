"""One step of the form: what it asks and when, and what the progress line counts it to."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from outreach.application.questions import QUESTIONS
from outreach.application.serving import Serving
from outreach.application.statement import Statement

Rule = Callable[[Statement, Serving], bool]


class Section(Enum):
    """What the progress line counts."""

    TODAY = _("今日のこと")
    PEOPLE = _("食べる人のこと")
    DELIVERY = _("受けとり方")
    CONTACT = _("連絡のしかた")
    LIFE = _("くらしのこと")
    CENTRE = _("相談の窓口")
    CHECK = _("内容のたしかめ")


def always(_said: Statement, _serving: Serving) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One screen. ``stands_on`` gives what it asks about: when that changes, it is asked again, with the answers that
    ``afresh`` leaves standing. What was typed for another ground than today's is not kept where ``afresh`` is given.

    ``aloud`` is what staff read out before the questions. An ``aside`` is reached by a link only; ``answers`` names
    the step that it is another way to answer. Read back are the questions of its form, or what ``reads`` names instead.
    """

    slug: str
    section: Section
    title: Any
    form: Any
    lead: Any = ""
    aloud: Any = ""
    applies: Rule = always
    stands_on: Callable[[Statement, Serving], list] = lambda _said, _serving: []
    afresh: Callable[[Statement], Statement] | None = None
    template: str = "outreach/application/step.html"
    aside: bool = False
    answers: str = ""
    reads: tuple[str, ...] = ()

    def ground(self, said: Statement, serving: Serving) -> str:
        """A digest of what it asks about, carried by its page: what is sent from there answers that alone."""
        asked = json.dumps(self.stands_on(said, serving)).encode()
        return hashlib.blake2b(asked, digest_size=9).hexdigest()

    @property
    def asks_afresh(self) -> bool:
        """Whether an answer to something else is no answer at all: a consent."""
        return self.afresh is not None

    @property
    def read_back(self) -> tuple[str, ...]:
        return self.reads or tuple(name for name in self.form.base_fields if name in QUESTIONS)
