"""Scopes: within one, every data key that opens something is collected and written down as one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from foundation import clock
from foundation.faults import AccessNotRecorded, UnrecordedRead

if TYPE_CHECKING:
    from foundation.models.access_record import AccessRecord
    from foundation.models.data_key import DataKey

UNRECORDED_KINDS = frozenset({"draft"})  # a draft is read by the one who is writing it

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: a member, a visitor with a private link, a task, a command."""

    actor: str
    member_id: int | None = None
    organisation_id: int | None = None


@dataclass
class Scope:
    """What was opened since the last record; `who` is asked at the first reading, not before."""

    who: Callable[[], Reader]
    purpose: str
    reader: Reader | None = None
    organisation_id: int | None = None
    keys: dict[str, None] = field(default_factory=dict)

    def note(self, public_id: str) -> None:
        if self.reader is None:
            self.reader = self.who()
        self.keys[public_id] = None

    def write(self) -> AccessRecord | None:
        """Write one record of what was opened, or nothing if nothing was. Raises AccessNotRecorded."""
        # The encrypted fields note readings here, and the models are made of encrypted fields.
        from foundation.models.access_count import AccessCount
        from foundation.models.access_record import AccessRecord
        from foundation.models.accessed_key import AccessedKey

        if not self.keys or self.reader is None:
            return None
        keys, self.keys = list(self.keys), {}
        try:
            with transaction.atomic():
                record = AccessRecord.objects.create(
                    number=AccessCount.next(),
                    at=clock.now(),
                    actor=self.reader.actor,
                    member_id=self.reader.member_id,
                    organisation_id=self.organisation_id or self.reader.organisation_id,
                    purpose=self.purpose,
                    keys=keys,
                )
                AccessedKey.objects.bulk_create(
                    [AccessedKey(record=record, key_public_id=key) for key in keys], batch_size=500
                )
        except Exception as error:
            log.error("access.not_recorded", purpose=self.purpose, error=type(error).__name__)
            raise AccessNotRecorded(f"{self.purpose}: {type(error).__name__}") from None
        return record


_current: ContextVar[Scope | None] = ContextVar("access_scope", default=None)


def note(data_key: DataKey) -> None:
    """Called by the encrypted fields at each reading. Raises UnrecordedRead outside any scope."""
    if data_key.kind in UNRECORDED_KINDS:
        return
    current = _current.get()
    if current is None:
        raise UnrecordedRead("open an access.scope(…) before reading personal data")
    current.note(data_key.public_id)


@contextmanager
def scope(
    *, actor: str, purpose: str, member_id: int | None = None, organisation_id: int | None = None
) -> Iterator[Scope]:
    """Record what is read inside, as one record on leaving.

    Open it outside of a transaction, so that a roll-back takes back the work and not the record.

    When the record can't be written, AccessNotRecorded is raised and what was read must not be handed out.
    """
    reader = Reader(actor=actor, member_id=member_id, organisation_id=organisation_id)
    opened = Scope(who=lambda: reader, purpose=purpose)
    try:
        with active(opened):
            yield opened
    except BaseException:
        # The error on its way out already keeps the data in; a record that fails too is in the log.
        with suppress(AccessNotRecorded):
            opened.write()
        raise
    opened.write()


@contextmanager
def active(opened: Scope) -> Iterator[None]:
    """Make a scope the current one without writing its record on leaving."""
    token = _current.set(opened)
    try:
        yield
    finally:
        _current.reset(token)


def acting_for(organisation_id: int | None) -> None:
    """Say which organisation the reader acts for, where the member has roles in several."""
    current = _current.get()
    if current is not None:
        current.organisation_id = organisation_id
