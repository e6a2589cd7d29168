"""What stands on a parcel's label, and whether the desk has put any of it right since somebody looked.

A packer's page carries how many corrections of the person there were: box and label were made from what it showed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict
from foundation.text.wording import listed
from organisations.models import Member
from referrals import corrected
from referrals.models import Case, CaseTransition
from referrals.states import CaseStatus


@dataclass(frozen=True)
class LabelChange:
    """The newest correction of what a label says: when, by whom; ``what``: the words for all that was corrected."""

    at: datetime
    by: Member
    what: str


def changed(case: Case, *, seen: int = 0) -> LabelChange | None:
    """What of the label was corrected after the first ``seen`` corrections (decrypts); None where nothing was."""
    newest_first = corrected.of(case.person)
    later = newest_first[: max(len(newest_first) - seen, 0)]
    named = [one for one in later if not set(corrected.ON_LABEL).isdisjoint(one.fields)]
    if not named:
        return None
    fields = {name for one in named for name in one.fields}
    what = listed(corrected.FIELDS[name] for name in corrected.ON_LABEL if name in fields)
    return LabelChange(named[0].at, named[0].by, what)


def changed_on_the_way(case: Case) -> LabelChange | None:
    """What a packer's page tells: what was corrected, and of a box on its way only what was corrected since."""
    found = changed(case)
    if found and case.status == CaseStatus.SENT:
        sent = CaseTransition.objects.filter(subject=case, to_status=CaseStatus.SENT).order_by("-pk").first()
        return found if sent and found.at > sent.at else None
    return found


def newer_than(case: Case, seen: int) -> Conflict | None:
    """Who corrected the label since the page that showed ``seen`` corrections."""
    found = changed(case, seen=seen)
    if found is None:
        return None
    return Conflict(
        who=found.by.name, what=found.what, at=found.at, by_id=found.by.pk,
        told=_("{what}が直されています（{who}、{when}）。箱とラベルをたしかめてから、もう一度押してください。"),
    )  # fmt: skip


def came_beside(case: Case, data: dict[str, Any]) -> Conflict | None:
    """``newer_than`` for a form that carries ``corrected``."""
    return newer_than(case, data.get("corrected") or 0)


def check_label(case: Case, corrected: int) -> None:
    """Raise Conflict where the label was put right after ``corrected``; the caller holds the person's lock."""
    found = newer_than(case, corrected)
    if found:
        raise found
