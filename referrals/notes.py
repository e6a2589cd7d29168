"""Notes on a case: written by whoever works on it, never changed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from organisations.models import Member
from organisations.roles import Permission
from referrals.locks import lock
from referrals.models import Case, CaseNote
from referrals.rules import DOUBLE_CLICK, check_may

LONGEST_NOTE = 4000  # characters


@transaction.atomic
def write_note(*, case: Case, text: str, by: Member) -> CaseNote:
    """Add a note; notes are never changed, a correction is a further note. A double click adds one."""
    check_may(by, Permission.WORK_CASES, case)
    text = text.strip()
    if not text:
        raise DomainError(_("メモが空です。内容を書いてから保存してください。"))
    lock(case.person)
    last = case.notes.select_related("data_key").order_by("pk").last()
    if last and last.by_id == by.pk and clock.now() - last.at < DOUBLE_CLICK and last.text == text:
        return last
    return add_note(case=case, text=text, by=by)


def add_note(*, case: Case, text: str, by: Member) -> CaseNote:
    """The row of a note, within the transaction of a verb that has checked who may."""
    return CaseNote.objects.create(case=case, data_key=case.person.data_key, by=by, at=clock.now(), text=text)
