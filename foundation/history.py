"""Moving something from one state to the next: checked, counted, with its history row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db import router, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.crypto.fields import EncryptedField
from foundation.errors import Conflict, NotAllowed
from foundation.models.data_key import DataKey
from foundation.models.transition import Actor, Transition

TransitionT = TypeVar("TransitionT", bound=Transition)

NAMES_OF_NOBODY: Mapping[str, Promise] = {
    Actor.PERSON: _("ご本人"),
    Actor.CLOCK: _("自動処理"),
    Actor.CENTRE_REPLY: _("窓口からの返事"),
}


def move(
    subject: Any,
    *,
    to: str,
    table: Mapping[str, Collection[str]],
    history: type[TransitionT],
    by: Any,
    actor: str | None = None,
    reason: str = "",
    note: str = "",
    data_key: DataKey | None = None,
    seen: int | None = None,
    **changes: Any,
) -> TransitionT:
    """Move `subject`, a row with `status` and `version`, to the status `to`, with `changes` and a row of `history`.

    `table` lists for each status those that may follow. `seen` is the version the person had before them;
    without it the version of the loaded instance counts. `by` is a member, or None with the `actor` "person"
    or "clock" (the default). `note` may hold personal data and is sealed under `data_key` (default: the
    subject's own).

    Runs inside the caller's transaction and brings the instance up to date in place. Raises Conflict when
    someone else was first, NotAllowed when `table` has no such step.
    """
    using = router.db_for_write(type(subject), instance=subject)
    if not transaction.get_connection(using).in_atomic_block:
        raise transaction.TransactionManagementError("a state moves inside the transaction of its verb")
    if seen is not None and seen != subject.version:
        raise _conflict(subject, history)
    check_step(subject, to=to, table=table)

    step = history(
        subject=subject,
        from_status=subject.status,
        to_status=to,
        at=clock.now(),
        by=by,
        actor=actor or (Actor.CLOCK if by is None else Actor.MEMBER),
        reason=reason,
        note=note,
        data_key=(data_key or getattr(subject, "data_key", None)) if note else None,
    )
    changed = (
        type(subject)
        ._base_manager.using(using)
        .filter(pk=subject.pk, version=subject.version, status=subject.status)
        .update(status=to, version=F("version") + 1, **_storable(subject, changes))
    )
    if changed != 1:
        raise _conflict(subject, history)
    step.save(using=using)

    subject.status = to
    subject.version += 1
    for name, value in changes.items():
        setattr(subject, name, value)
    return step


def check_seen(subject: Any, *, seen: int, history: type[Transition]) -> None:
    """Raise Conflict when `subject`, freshly read by the caller, is no longer the version the person saw."""
    if seen != subject.version:
        raise _conflict(subject, history)


def check_step(subject: Any, *, to: str, table: Mapping[str, Collection[str]]) -> None:
    """Raise NotAllowed where `table` lets nothing go from where `subject` stands to the status `to`."""
    if to not in table.get(subject.status, ()):
        raise NotAllowed()


def changed_since(subject: Any, seen: int) -> Conflict | None:
    """Who changed `subject` since the version `seen`; None where nobody did. Reads it anew."""
    if type(subject)._base_manager.filter(pk=subject.pk, version=seen).exists():
        return None
    return _conflict(subject, subject.history.model)


def _storable(subject: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as an UPDATE takes them: what is encrypted is sealed first."""
    fields = {name: subject._meta.get_field(name) for name in changes}
    return {
        name: fields[name].sealed(subject, value) if isinstance(fields[name], EncryptedField) else value
        for name, value in changes.items()
    }


def _conflict(subject: Any, history: type[Transition]) -> Conflict:
    """Who came first, as the latest history row tells."""
    moves = history.objects.filter(subject=subject).exclude(from_status=F("to_status"))
    last = moves.select_related("by").order_by("-id").first()
    if last is None:
        return Conflict(who=_("ほかの人"), what="", at=None)
    labels = dict(subject._meta.get_field("status").flatchoices)
    return Conflict(
        who=str(last.by) if last.by is not None else NAMES_OF_NOBODY[last.actor],
        what=labels.get(last.to_status, last.to_status),
        at=last.at,
        to=last.to_status,
        by_id=last.by_id,
    )
