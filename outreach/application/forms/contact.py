"""How the person may be reached, and when it is safe."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, names, telephone
from outreach.application import answers
from outreach.application.forms.address import ADDRESS_MISSING, NO_HOME_FOR_LETTERS, SendingForm, postcode_asked
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import Written, asked, email
from outreach.application.statement import Statement


class ReachForm(StepForm):
    reach_by = asked(
        "reach_by",
        required=True,
        error_messages={
            "required": _("連絡の方法をえらんでください。連絡がいらないときは「連絡はいらない」をえらんでください。")
        },
    )
    cannot_telephone = asked("cannot_telephone")
    spoken = asked("spoken", max_length=100)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cannot_telephone") and answers.ReachBy.PHONE in cleaned.get("reach_by", []):
            self.add_error(
                "reach_by",
                _("「電話は使えません」と「電話」の両方がえらばれています。ほかの方法をえらんでください。"),
            )
        return cleaned


def details_asked(said: Statement) -> list[str]:
    """The fields that follow from the chosen ways; none when everything needed is known."""
    asked = []
    if said.asks_phone:
        asked += ["phone", "safe_times"]
    if "email" in said.reach_by:
        asked += ["email"]
    if "letter" in said.reach_by and said.receive_by != "home":
        asked += ["postcode", "address"]
    if "supporter" in said.reach_by and said.applying_for == "self":
        asked += ["helper_name", "helper_relation", "helper_phone"]
    if "none" in said.reach_by:
        asked += ["passphrase"]
    return asked


def with_remark_apart(data: Any) -> Any:
    """What was typed, with a remark beside the telephone number (夜だけ, 内線 12) moved to when one may call."""
    number, remark = telephone.remark_beside(japanese.squash((data or {}).get("phone", "")))
    if data is None or number == japanese.squash(data.get("phone", "")):
        return data
    beside, times = f"電話({remark})" if remark else "", data.get("safe_times", "")
    moved = data.copy()
    moved["phone"] = number
    moved["safe_times"] = times if beside in times else "、".join(filter(None, [beside, times]))
    return moved


class ReachDetailsForm(SendingForm):
    """The numbers and addresses that the chosen ways need, and no others."""

    no_home_words = NO_HOME_FOR_LETTERS

    phone = asked(
        "phone",
        required=True,
        read=telephone.own_phone,
        show=telephone.show_phone,
        inputmode="tel",
        max_length=30,
        error_messages={"required": _("電話番号を書いてください。")},
    )
    safe_times = asked("safe_times", max_length=200)
    email = asked(
        "email",
        required=True,
        read=email,
        inputmode="email",
        max_length=254,
        error_messages={"required": _("メールアドレスを書いてください。")},
    )
    postcode = postcode_asked(_("手紙を送る郵便番号"))
    address = Written(
        label=_("手紙を送る住所（町名・番地・建物の名前・部屋番号）"),
        required=True,
        max_length=200,
        error_messages={"required": ADDRESS_MISSING},
    )
    helper_name = Written(
        label=_("支援してくれている人のお名前"),
        read=names.as_typed,
        required=True,
        max_length=80,
        error_messages={"required": _("どなたに連絡すればよいか、お名前を書いてください。")},
    )
    helper_relation = Written(
        label=_("どんな方ですか"),
        help_text=_("例：相談員、友人、民生委員。書かなくてもすすめます。"),
        max_length=40,
    )
    helper_phone = Written(
        label=_("その方の電話番号"),
        required=True,
        read=telephone.phone,
        show=telephone.show_phone,
        inputmode="tel",
        max_length=30,
        error_messages={"required": _("その方の電話番号を書いてください。")},
    )
    passphrase = asked(
        "passphrase",
        required=True,
        max_length=40,
        error_messages={"required": _("おぼえやすい言葉を、ひとつ書いてください。")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(with_remark_apart(data), **kwargs)
        asked = details_asked(self.said)
        self.fields = {name: self.fields[name] for name in asked}
        if "address" in self.fields:
            self.ask_where()
