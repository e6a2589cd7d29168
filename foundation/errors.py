"""Errors that verbs raise; their messages tell a person what happened and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import moment

_FIRST = _("{who}が{when}に「{what}」にしました。いまの状態を確かめてください。")
_in_words = lazy(moment, str)  # put into the reader's language when it is shown


class DomainError(Exception):
    """Something the person can understand and act on; `message` is shown to them as it is."""

    default_message: str | Promise = _("うまくいきませんでした。もう一度お試しください。")

    def __init__(self, message: str | Promise | None = None) -> None:
        self.message = message if message is not None else self.default_message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The state something is in, or the role someone has, does not allow this."""

    default_message = _("いまの状態では、この操作はできません。いまの状態を確かめてください。")


class Conflict(DomainError):
    """Someone changed the same thing meanwhile: `who` did `what`, `at` when.

    `to` and `by_id` are the bare status and the member's key, for telling a double click (the same person
    wanting the same) from two people wanting different things. `told` is the sentence, with {who}, {when} and
    {what}, where more than the state has to be looked at.
    """

    def __init__(
        self,
        *,
        who: str | Promise,
        what: str | Promise,
        at: datetime | None,
        to: str = "",
        by_id: Any = None,
        told: str | Promise = _FIRST,
    ) -> None:
        self.who = who
        self.what = what
        self.at = at
        self.to = to
        self.by_id = by_id
        self.told = told
        super().__init__(self._sentence())

    def _sentence(self) -> str | Promise:
        if self.at is None:
            return _("ほかの人が先に変更しました。いまの状態を確かめてください。")
        return format_lazy(str(self.told), who=self.who, when=_in_words(self.at), what=self.what)
