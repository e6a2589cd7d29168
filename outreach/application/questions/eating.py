"""Who eats, and what: today, the household's mouths, what can't be eaten, what can be cooked with."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outreach.application import answers, labels
from outreach.application.questions.description import LEAVE_BLANK, Group, Part, Question, Told

QUESTIONS = (
    Question(
        name="food_days",
        codes=answers.FoodDays,
        asks=_("いま、食べものは何日分ありますか"),
        person=_("食べもの"),
        staff=_("いまある食べもの"),
        part=Part.FOOD,
        told=Told("food", Group.TROUBLES, _("食べもの")),
    ),
    Question(
        name="people_count",
        reads=labels.people,
        asks=_("いっしょに暮らしている人は、全部で何人ですか"),
        hint=format_lazy("{} {}", _("ご本人も入れた人数です。"), LEAVE_BLANK),
        person=_("いっしょに暮らす人数"),
        staff=_("人数"),
        part=Part.FOOD,
        told=Told("people", Group.HOUSEHOLD, _("いっしょに暮らす人数")),
    ),
    Question(
        name="children_ages",
        reads=labels.children,
        asks=_("子どもがいるときは、年齢"),
        hint=_("例：3、10。1歳になっていない子は 0 か「8か月」。いないときは空けたままで。"),
        person=_("子どもの年齢"),
        staff=_("子どもの年齢"),
        part=Part.FOOD,
        told=Told("children", Group.HOUSEHOLD, _("子どもの年齢")),
        only_if_said=True,
    ),
    Question(
        name="baby_needs",
        codes=answers.BabyNeed,
        several=True,
        ticked_as="baby_need",
        asks=_("赤ちゃんのもので、要るもの"),
        hint=_("要らないときは、そのまま次へ。"),
        person=_("赤ちゃんのもの"),
        staff=_("赤ちゃんのもの"),
        part=Part.FOOD,
        only_if_said=True,
    ),
    Question(
        name="cannot_eat",
        codes=answers.CannotEat,
        several=True,
        asks=_("食べられないものはありますか"),
        person=_("食べられないもの"),
        staff=_("食べられないもの"),
        part=Part.FOOD,
        further="cannot_eat_note",
        alone=(answers.CannotEat.NONE,),
        nothing=_("答えていません"),
    ),
    Question(
        name="cannot_eat_note",
        asks=_("それは、どんなものですか"),
        hint=_("例：卵、小麦、かたいもの、豚肉。同じ箱に入れないようにします。"),
        person=_("食べられないもの（くわしく）"),
        only_if_said=True,
    ),
    Question(
        name="cooking",
        codes=answers.Cooking,
        asks=_("料理はできますか"),
        person=_("料理"),
        staff=_("料理"),
        part=Part.FOOD,
    ),
    Question(
        name="lifelines_cut",
        codes=answers.Lifeline,
        several=True,
        ticked_as="lifeline_cut",
        asks=_("いま、使えないものはありますか"),
        hint=_("止められているもの、こわれているものをえらんでください。ないときは、そのまま次へ。"),
        person=_("使えないもの"),
        staff=_("使えないもの"),
        part=Part.FOOD,
        told=Told("lifelines", Group.TROUBLES, _("使えないもの")),
        only_if_said=True,
    ),
)
