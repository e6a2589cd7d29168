"""Fields of the application form: one tap, several ticks, and typed answers understood in any spelling."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, mail, numerals
from foundation.web.fields import TypedText
from outreach.application.answers import PREFER_NOT_TO_SAY
from outreach.application.questions import QUESTIONS

MOST_PEOPLE = 30
_PEOPLE = re.compile(r"(?:家族(?:は|が|で)?|全部で|合計)?(\d+)(?:人|名|にん)?(?:家族|世帯|暮らし|ぐらし)?(?:です)?。?")


def _as_errors(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise ValidationError(error.args[0]) from None


def asked(name: str, **kwargs: Any) -> Any:
    """The field that asks the question ``name`` by its description: a tap, ticks, one box, or a line to write."""
    question = QUESTIONS[name]
    words: dict[str, Any] = {"label": question.asks, "help_text": question.hint}
    if question.several:
        return Ticks(question.offered, alone=question.alone, **words, **kwargs)
    if question.codes:
        return Tap(question.offered, otherwise=question.otherwise, **words, **kwargs)
    if question.is_yes_or_no:
        return forms.BooleanField(required=False, **words, **kwargs)
    return Written(**words, **kwargs)


class Tap(forms.ChoiceField):
    """One answer out of a few; whoever goes on without one has answered ``otherwise``."""

    widget = forms.RadioSelect

    def __init__(self, choices: Iterable, *, otherwise: str = "", **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, **kwargs)
        self.otherwise = otherwise

    def clean(self, value: Any) -> str:
        return super().clean(value) or self.otherwise


class Ticks(forms.MultipleChoiceField):
    """Any number of answers. ``alone`` names those that can't stand beside others."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        choices: Iterable[tuple[str, Any]],
        *,
        alone: Collection[str] = (),
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        pairs = list(choices)
        super().__init__(choices=pairs, required=required, **kwargs)
        self.alone = {value: label for value, label in pairs if value in alone}

    def clean(self, value: Any) -> list[str]:
        ticked = super().clean(value)
        named = [one for one in ticked if one != PREFER_NOT_TO_SAY[0]]
        if any(one not in self.alone for one in named):
            ticked = named  # whoever names something has said it; who says that there is nothing is asked
        conflicting = next((one for one in ticked if one in self.alone), None)
        if len(ticked) > 1 and conflicting:
            raise ValidationError(
                _("「%(answer)s」と、ほかの答えの両方がえらばれています。どちらかにしてください。"),
                params={"answer": self.alone[conflicting]},
            )
        return ticked


class Written(TypedText):
    """Typed text, brought into one form by ``read``; ``show`` writes a kept value back as people write it."""

    def __init__(
        self,
        *,
        read: Callable[[str], Any] = japanese.squash,
        show: Callable[[Any], str] = str,
        empty: Any = "",
        required: bool = False,
        max_length: int = 100,
        **kwargs: Any,
    ) -> None:
        attrs = {name: kwargs.pop(name) for name in ("inputmode", "size") if name in kwargs}
        super().__init__(required=required, max_length=max_length, **kwargs)
        self.read, self.show, self.empty = read, show, empty
        self.widget.attrs |= attrs

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return _as_errors(self.read, typed) if typed else self.empty

    def prepare_value(self, value: Any) -> Any:
        """A kept value in people's spelling; what was just typed stays as it was typed."""
        if value in (None, "", []):
            return ""
        return value if isinstance(value, str) and not self._is_kept(value) else self.show(value)

    def _is_kept(self, value: str) -> bool:
        try:
            return self.fits(value) and self.read(value) == value
        except ValueError:
            return False


def people(text: str) -> int:
    """A number of people: 3, ３人, 三人, ひとり, 4人家族. Raises ValueError."""
    plain = japanese.squash(text).replace("ひとり", "1").replace("ふたり", "2")
    counted = _PEOPLE.fullmatch(numerals.numerals(plain))
    number = int(counted[1]) if counted and not numerals.is_rough(plain) else 0
    if number > MOST_PEOPLE:
        raise ValueError(
            format_lazy(
                _(
                    "ここに書けるのは{most}人までです。もっと多いときは「{most}」と書いて、担当者に電話で伝えてください。"
                ),
                most=MOST_PEOPLE,
            )
        )
    if number < 1:
        raise ValueError(_("人数は、「3」のように数字で書いてください。"))
    return number


# They gave out addresses with dots side by side or before the @ until 2009, against the standard; some live on.
_DOTS_ANYWHERE = ("docomo.ne.jp", "ezweb.ne.jp", "au.com")


def email(text: str) -> str:
    """An address typed in any width, with 。 for the dot of a kana keyboard. Raises ValueError."""
    plain = mail.in_plain_letters(text)
    local, _at, domain = plain.rpartition("@")
    common = re.sub(r"\.+", ".", local).strip(".") if domain.lower() in _DOTS_ANYWHERE else local
    try:
        if not plain.isascii():
            raise ValidationError("")
        forms.EmailField().clean(f"{common}@{domain}")
    except ValidationError:
        raise ValueError(_("メールアドレスをたしかめてください。例：hanako@example.jp")) from None
    return plain
