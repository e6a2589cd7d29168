"""Who eats, what they can't eat, and what they can cook with."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outreach.application import answers
from outreach.application.forms.base import LEAVE_BLANK, StepForm
from outreach.application.forms.fields import Tap, Ticks, Written, ages, people, show_ages


class PeopleForm(StepForm):
    people_count = Written(
        label=_("いっしょに暮らしている人は、全部で何人ですか"),
        help_text=format_lazy("{} {}", _("ご本人も入れた人数です。"), LEAVE_BLANK),
        read=people,
        empty=None,
        inputmode="numeric",
        size=6,
        max_length=20,
    )
    children_ages = Written(
        label=_("子どもがいるときは、年齢"),
        help_text=_("例：3、10。1歳になっていない子は 0。いないときは空けたままで。"),
        read=ages,
        show=show_ages,
        empty=[],
        max_length=100,
    )
    baby_needs = Ticks(
        answers.BabyNeed,
        label=_("赤ちゃんのもので、要るもの"),
        help_text=_("要らないときは、そのまま次へ。"),
    )

    def clean_children_ages(self) -> list[int]:
        children, count = self.cleaned_data["children_ages"], self.cleaned_data.get("people_count")
        if count and len(children) > count:
            self.add_error(
                "people_count", _("子どもの人数のほうが多いようです。子どももふくめた、全部の人数を書いてください。")
            )
        return children


class EatingForm(StepForm):
    cannot_eat = Ticks(
        answers.CannotEat,
        label=_("食べられないものはありますか"),
        help_text=_("ないときは、そのまま次へ。"),
    )
    cannot_eat_note = Written(
        label=_("それは、どんなものですか"),
        help_text=_("例：卵、小麦、かたいもの、豚肉。同じ箱に入れないようにします。"),
        max_length=300,
    )


class CookingForm(StepForm):
    cooking = Tap(answers.Cooking, label=_("料理はできますか"))
    lifelines_cut = Ticks(
        answers.Lifeline,
        label=_("いま、使えないものはありますか"),
        help_text=_("止められているもの、こわれているものをえらんでください。ないときは、そのまま次へ。"),
    )
