"""Verbs by which staff keep the directory of help, one entry at a time."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import Conflict, DomainError
from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor
from organisations.models import Member, Organisation
from outreach.directory.codes import is_about_violence
from outreach.models import Programme, ProgrammeText, Window, WindowText


@transaction.atomic
def save_entry(*, entry: Programme | Window, by: Member, seen: int) -> None:
    """Save ``entry`` as ``by`` has edited it. Raises Conflict when it is no longer at version ``seen``.

    An entry about violence never enters a list that is passed on; a changed number is no longer confirmed.
    """
    now = clock.now()
    if is_about_violence(troubles=entry.troubles, needs=entry.needs):
        entry.sensitive = True
    entry.edited_at, entry.edited_by, entry.updated_at = now, by, now
    if entry.pk is None:
        entry.save(force_insert=True)
        return
    stands = type(entry).objects.select_related("edited_by").get(pk=entry.pk)
    if not type(entry).objects.filter(pk=entry.pk, version=seen).update(version=seen + 1):
        raise changed_meanwhile(stands)
    if isinstance(entry, Window) and isinstance(stands, Window) and entry.phone != stands.phone:
        entry.confirmed_on = None
    entry.version = seen + 1
    entry.save()


def changed_meanwhile(entry: Programme | Window) -> Conflict:
    """Who changed ``entry`` last: an editor, or a file that was taken since."""
    by = entry.edited_by if entry.updated_at == entry.edited_at else None
    who = by.name if by else NAMES_OF_NOBODY[Actor.CLOCK]
    return Conflict(who=who, what=_("内容を修正"), at=entry.updated_at, by_id=by.pk if by else None)


@transaction.atomic
def save_texts(
    *, written: Iterable[ProgrammeText | WindowText], removed: Iterable[ProgrammeText | WindowText] = ()
) -> None:
    """Save and remove texts of an entry that ``save_entry`` has just saved."""
    for text in removed:
        text.delete()
    for text in written:
        text.save()


@transaction.atomic
def confirm_number(*, window: Window, by: Member, on: date | None = None) -> None:
    """Note that staff have called ``window`` and its number is right, also its organisation's if the same."""
    if not window.phone:
        raise DomainError(_("この窓口には電話番号がありません。番号を書いてから確認してください。"))
    window.confirmed_on = on or clock.today()
    save_entry(entry=window, by=by, seen=window.version)
    if window.organisation_id:
        the_same = Organisation.objects.filter(pk=window.organisation_id, phone=window.phone)
        the_same.update(confirmed_on=window.confirmed_on)
