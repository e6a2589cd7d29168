"""Whom to call today: a parcel takes days, and where no food bank sends yet there is no parcel at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from outreach.application.serving import Serving
from outreach.navi import catalogue, matching
from outreach.navi.content import shipped

HUNGER = "hunger"


@dataclass(frozen=True)
class Number:
    name: str
    phone: str
    hours: str = ""
    what: Any = ""


def numbers(serving: Serving, *, with_desk: bool = True) -> list[Number]:
    """The centre of the place, its food bank, and the lines that help somebody without food; each number once.

    ``with_desk=False`` leaves the food bank out: whoever is on the telephone with it has called it already.
    """
    found: dict[str, Number] = {}
    for number in _numbers(serving, serving.desk if with_desk else None):
        found.setdefault(re.sub(r"\D", "", number.phone), number)
    return list(found.values())


def _numbers(serving: Serving, desk: Organisation | None) -> Iterator[Number]:
    for centre in serving.centres:
        if centre.phone:
            yield Number(centre.name, centre.phone, centre.opening_hours, _("お住まいの地域の相談窓口"))
    if desk and desk.phone:
        yield Number(desk.name, desk.phone, desk.opening_hours, _("この申込みを受けるフードバンク"))
    content = shipped()
    entries = catalogue.windows_for_danger(serving.place, content=content)
    hunger = next(safety for safety in content.safeties if safety.id == HUNGER)
    named = matching.numbers_for(hunger, entries, lineage=catalogue.lineage(serving.place))
    for entry in [*named, catalogue.last_resort(entries, content=content)]:
        yield Number(entry.title, entry.phone, gettext(" ・ ").join(filter(None, (entry.hours, entry.charge))))
