"""Whoever changes a row of a person holds the person first: watched on every statement of every verb."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from referrals import locks

# Rows of one person; what a worker puts into a portal is its own row, and waits for nobody.
_OF_A_PERSON = re.compile(
    r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"referrals_"
    r"(case|parcel|referral|consent|casenote|packet|person)\w*\"",
    re.IGNORECASE,
)
_COMES_IN = re.compile(r"\s*INSERT INTO \"referrals_person\"", re.IGNORECASE)  # nobody else sees them yet


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Raise where a verb writes before it holds the person. Of what a test writes itself nothing is asked."""
    held: set[int] = set()  # the outermost transactions that hold somebody, by identity
    kept: list[object] = []  # so that no identity comes again
    hold_row = locks._hold_row

    def verb() -> object | None:
        blocks = [block for block in connection.atomic_blocks if not block._from_testcase]
        return blocks[0] if blocks else None

    def now_held() -> None:
        if (outermost := verb()) is not None:
            held.add(id(outermost))
            kept.append(outermost)

    def holding(person_id: int) -> None:
        hold_row(person_id)
        now_held()

    def look(execute, sql, params, many, context):
        outermost = verb()
        if outermost is not None and _COMES_IN.match(sql):
            now_held()
        elif outermost is not None and _OF_A_PERSON.match(sql) and id(outermost) not in held:
            raise AssertionError(f"the person is not held before: {sql[:80]}")
        return execute(sql, params, many, context)

    monkeypatch.setattr(locks, "_hold_row", holding)
    with connection.execute_wrapper(look):
        yield
