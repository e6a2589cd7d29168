"""What people add after the receipt, and whether anybody at the desk has had it before them.

A page of the desk carries the key of the newest addendum on it; only what was on the page counts as read, however much
later somebody presses.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict
from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor
from outreach.models import Application, ApplicationAddendum
from referrals.models import Case

READ_FIRST = _("{who}が{when}に書きたしました。読んでから、もう一度押してください。")
ASK_FIRST = _(
    "{who}が{when}に書きたしました。ケースの担当に確かめてから、もう一度押してください。"
)  # of whom can't read it


def unread() -> QuerySet[ApplicationAddendum]:
    """Addenda newer than what members had before them when they wrote a note on the case or took a step."""
    return ApplicationAddendum.objects.filter(pk__gt=F("application__case__addenda_read"))


def newest(addenda: Iterable[ApplicationAddendum]) -> int:
    """What a page that shows ``addenda`` carries of them; 0 where there are none."""
    return max((addendum.pk for addendum in addenda), default=0)


def of(case: Case) -> list[ApplicationAddendum]:
    """What was added to the case's application, the oldest first, to be opened without another look for its key."""
    key = case.person.data_key
    found = list(case.application.addenda.all())
    for addendum in found:
        if addendum.data_key_id == key.pk:
            addendum.data_key = key
    return found


def newer_than(case: Case, read: int, *, told: Promise = READ_FIRST) -> Conflict | None:
    """The newest addendum that came after ``read``, as somebody who was first; None where nothing came."""
    last = ApplicationAddendum.objects.filter(application=case.application_id, pk__gt=read).order_by("-pk").first()
    if last is None:
        return None
    return Conflict(
        who=NAMES_OF_NOBODY[Actor.PERSON],
        what=_("書きたし"),
        at=last.added_at,
        told=told,
    )


def came_beside(case: Case, data: dict[str, Any]) -> Conflict | None:
    """``newer_than`` for a form that carries ``read``."""
    return newer_than(case, data.get("read") or 0)


def check_read(case: Case, read: int, *, told: Promise = READ_FIRST) -> None:
    """Raise Conflict where something was added after ``read``; until the transaction ends nothing more is."""
    Application.objects.select_for_update(no_key=True).only("pk").get(pk=case.application_id)
    added = newer_than(case, read, told=told)
    if added:
        raise added


def mark_read(case: Case, read: int) -> None:
    """Within the transaction of a verb: whoever pressed had the addenda up to ``read`` before them."""
    there = ApplicationAddendum.objects.filter(application=case.application_id, pk__lte=read).order_by("-pk").first()
    if there:
        Case.objects.filter(pk=case.pk, addenda_read__lt=there.pk).update(addenda_read=there.pk)
