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
from referrals.desk import corrections
from referrals.models import Case, PersonCorrection

ON_LABEL = ("name", "kana", "postcode", "address", "phone")


@dataclass(frozen=True)
class PutRight:
    """The newest correction of what a label says: when, by whom; ``what``: the words for all that was corrected."""

    at: datetime
    by: Member
    what: str


def put_right(case: Case, *, seen: int = 0) -> PutRight | None:
    """What of the label was corrected after the first ``seen`` corrections (decrypts); None where nothing was."""
    rows = PersonCorrection.objects.filter(person=case.person_id).select_related("data_key", "by").order_by("pk")
    last: PersonCorrection | None = None
    fields: set[str] = set()
    for row in list(rows)[seen:]:
        named = row.changes["now"].keys() & set(ON_LABEL) if isinstance(row.changes, dict) else set()
        if named:
            last, fields = row, fields | named
    if last is None:
        return None
    return PutRight(last.at, last.by, listed(corrections.FIELDS[name] for name in ON_LABEL if name in fields))


def newer_than(case: Case, seen: int) -> Conflict | None:
    """Who corrected the label since the page that showed ``seen`` corrections."""
    found = put_right(case, seen=seen)
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
