"""What to put into a parcel: a suggestion by number of people and needs, to be changed by whoever packs."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.coded import word
from foundation.text.wording import listed
from outreach.application.answers import BabyNeed, CannotEat, Cooking, Lifeline
from outreach.application.questions import QUESTIONS
from outreach.models import Application

# For one person; rice by the kilo, the rest by the piece. A desk packs from what was donated: this is a start.
_TO_COOK = ((_("米 {n}kg"), 2), (_("乾めん {n}袋"), 2), (_("レトルト食品 {n}個"), 3), (_("缶詰 {n}個"), 3))
_READY = ((_("パックごはん {n}個"), 5), (_("そのまま食べられる缶詰 {n}個"), 5), (_("パン・菓子 {n}個"), 4))
_WATER = (_("水（2リットル）{n}本"), 2)
MOST_PEOPLE = 6


def suggested(application: Application) -> str:
    """The contents to start from, as one line of text (uses the prefetched choices).

    "" where something can't be eaten: nobody here knows what a noodle or a biscuit holds.
    """
    if cannot_eat(application):
        return ""
    people = min(application.people_count or 1, MOST_PEOPLE)
    cut = application.stated("lifelines_cut")
    items = list(_READY if needs_ready_food(application.cooking, cut) else _TO_COOK)
    if Lifeline.WATER in cut:
        items.append(_WATER)
    lines = [str(format_lazy(name, n=count * people)) for name, count in items]
    lines += [str(word(BabyNeed, need)) for need in application.stated("baby_needs")]
    return listed(lines)


def cannot_eat(application: Application) -> str:
    """What has to be looked for in the list of ingredients of whatever goes in, as staff read it; "" for nothing."""
    kinds = set(application.cannot_eat or ()) - {CannotEat.NONE}
    if not kinds and not application.cannot_eat_note:
        return ""
    asked = QUESTIONS["cannot_eat"]
    told = application.cannot_eat_note or asked.to_staff(application.cannot_eat)
    title = _("アレルギー") if CannotEat.ALLERGY in kinds else asked.staff
    return str(format_lazy(_("{title}：{what}　原材料をたしかめてください"), title=title, what=told))


def needs_ready_food(cooking: str, lifelines_cut: Iterable[str]) -> bool:
    """Whether nothing can be cooked: no kitchen, or neither electricity nor gas."""
    return cooking == Cooking.CANNOT or {Lifeline.ELECTRICITY, Lifeline.GAS} <= set(lifelines_cut)
