"""Whom to call today: a parcel takes days, and where no food bank sends yet there is no parcel at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.text.telephone import show_phone
from organisations.models import Organisation, Place
from outreach.application.answers import FoodDays
from outreach.application.serving import Serving
from outreach.directory import in_english
from outreach.navi import catalogue, matching
from outreach.navi.content import shipped
from outreach.navi.matching import Entry
from outreach.office_hours import who_answers_first

HUNGER = "hunger"


@dataclass(frozen=True)
class Number:
    """Whom to call. ``hours`` and ``address`` are "" where nobody has said them; ``doubtful`` warns of the number."""

    name: str
    phone: str
    hours: str = ""
    what: Any = ""
    round_the_clock: bool = False
    doubtful: bool = False
    address: str = ""


def numbers(serving: Serving, *, with_desk: bool = True) -> list[Number]:
    """The centre of the place, its food bank, and the lines that help somebody without food; each number once.

    At night and on Saturdays and Sundays, when offices are closed, lines that answer round the clock come first.
    ``with_desk=False`` leaves the food bank out: whoever is on the telephone with it has called it already.
    """
    entries = catalogue.windows_for_danger(serving.place, content=shipped())
    doubtful = {_digits(entry.phone) for entry in entries if entry.doubtful}
    found: dict[str, Number] = {}
    for number in _numbers(serving, serving.desk if with_desk else None, entries):
        found.setdefault(_digits(number.phone), replace(number, doubtful=_digits(number.phone) in doubtful))
    return who_answers_first(found.values())


def until_the_box_comes(food_days: str, serving: Serving) -> list[Number]:
    """Whom to call before the parcel is there, for who has three days' food or less; the desk's number is known."""
    return numbers(serving, with_desk=False) if food_days in (FoodDays.NONE, FoodDays.ONE_TO_THREE) else []


def doubtful_numbers(place: Place | None, centres: Iterable[Organisation]) -> list[str]:
    """Of the telephone numbers of ``centres`` those, as they are stored there, that may be wrong."""
    entries = catalogue.windows_for_danger(place, content=shipped())
    doubtful = {_digits(entry.phone) for entry in entries if entry.doubtful}
    return [centre.phone for centre in centres if _digits(centre.phone) in doubtful]


def _digits(phone: str) -> str:
    """What is dialled, whichever way it is written."""
    return re.sub(r"\D", "", show_phone(phone))


def _numbers(serving: Serving, desk: Organisation | None, entries: list[Entry]) -> Iterator[Number]:
    names = in_english.read_names(serving.centres)
    for centre in serving.centres:
        if centre.phone:
            what = _("お住まいの地域の相談窓口")
            yield Number(names[centre.pk], centre.phone, centre.opening_hours, what, address=centre.address)
    if desk and desk.phone:
        yield Number(desk.name, desk.phone, desk.opening_hours, _("この申込みを受けるフードバンク"))
    content = shipped()
    hunger = next(safety for safety in content.safeties if safety.id == HUNGER)
    named = matching.numbers_for(hunger, entries, lineage=catalogue.lineage(serving.place))
    for entry in [*named, catalogue.last_resort(entries, content=content)]:
        hours = gettext(" ・ ").join(filter(None, (entry.hours, entry.charge)))
        yield Number(entry.title, entry.phone, hours, round_the_clock=entry.round_the_clock)
