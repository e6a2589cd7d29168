"""How a question is described: one place for its codes and its words, whoever reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import coded
from foundation.erased import ERASED
from foundation.text.wording import side_by_side
from outreach.application import labels

Words = str | Promise
LEAVE_BLANK = _("書きたくないとき、わからないときは、空けたままで次へすすめます。")


def beside(answer: str, further: str) -> str:
    """収入がへった／半年以内."""
    return side_by_side((answer, further))


class Group(models.TextChoices):
    """The groups of what a centre may be told, as the consent names them."""

    CONTACT = "contact", _("連絡先")
    HOUSEHOLD = "household", _("世帯のこと")
    TROUBLES = "troubles", _("困っていること")


class Part(Enum):
    """The parts of the case's page under which staff read answers."""

    FOOD = _("食べものと世帯")
    DELIVERY = _("受けとり方")
    LIFE = _("くらし")
    WISH = _("窓口の希望")


@dataclass(frozen=True)
class Told:
    """A field of the packet: its key, which never changes, its group, what it is called."""

    key: str
    group: Group
    label: Words


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; ``name`` is the field of the Statement that holds its answer.

    Words: ``asks`` and ``hint`` stand on the form, ``person`` is what the answer is called when it is read back,
    ``staff`` what it is called under ``part`` of the case's page, ``told`` how the packet tells it; without part or
    told it is not shown there by itself. The answer to ``further`` goes with it there, put together by ``joined``.
    ``staff_words`` and ``report_words`` stand in, code by code, where staff and reports say it otherwise.

    Answers: one of ``codes``, or several of them, kept as rows under ``ticked_as`` unless they identify; everything
    else becomes words by ``reads``. ``otherwise`` is what going on without an answer means, ``alone`` can't stand
    beside other answers, ``retired`` codes are read and offered to nobody any more. Read back, an empty answer is
    left out where ``only_if_said``, and means ``nothing``.
    """

    name: str
    asks: Words = ""
    hint: Words = ""
    person: Words = ""
    staff: Words = ""
    part: Part | None = None
    told: Told | None = None
    further: str = ""
    joined: Callable[[str, str], str] = beside
    codes: type[TextChoices] | None = None
    several: bool = False
    ticked_as: str = ""
    otherwise: str = ""
    alone: tuple[str, ...] = ()
    reads: Callable[[Any], str] = labels.text
    is_yes_or_no: bool = False
    only_if_said: bool = False
    nothing: Words = ""
    retired: tuple[str, ...] = ()
    staff_words: Mapping[Any, Words] = field(default_factory=dict)
    report_words: Mapping[str, Words] = field(default_factory=dict)

    def words(self, value: Any) -> str:
        """An answer in the person's words; "" where nothing was answered."""
        if value is ERASED:
            return str(ERASED)
        if self.codes is None:
            return self.reads(value)
        return coded.words(self.codes, value or ()) if self.several else str(coded.word(self.codes, value))

    def to_staff(self, value: Any) -> str:
        """The same in the words of staff."""
        if self.staff_words and value is not ERASED and value in self.staff_words:
            return str(self.staff_words[value])
        return self.words(value)

    def read_back(self, value: Any) -> str:
        """An answer read back to whoever gave it."""
        return self.words(value) or str(self.nothing)

    def in_reports(self, code: str) -> Words:
        """What a report calls those who gave the answer ``code``."""
        assert self.codes is not None  # reports count coded answers only
        return self.report_words.get(code) or self.staff_words.get(code) or coded.word(self.codes, code)

    @property
    def offered(self) -> list[tuple[str, Words]]:
        """The answers to choose from, in order: (code, words)."""
        assert self.codes is not None  # only coded answers are chosen
        return [(code, words) for code, words in self.codes.choices if code not in self.retired]
