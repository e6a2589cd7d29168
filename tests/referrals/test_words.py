"""Every status has every word, for everybody who reads it."""

import dataclasses

import pytest
from django.utils import translation

from foundation.work import outbox
from referrals import words
from referrals.handoff import centre_notices, desk_notices, notice_table
from referrals.states import CASE_ENDS, REFERRAL_STOPPED, CaseStatus, ParcelStatus, ReferralStatus

MAY_BE_EMPTY = {"desk_on_paper", "happened_on_paper", "person_on_paper", "person_if_unsure"}
WHEN_STOPPED = {
    "tell_centre", "tell_centre_if_it_has_it", "person_to_be_told", "person_if_it_has_it", "person_told",
}  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "table"),
    [(CaseStatus, words.CASE), (ParcelStatus, words.PARCEL), (ReferralStatus, words.REFERRAL)],
    ids=["case", "parcel", "referral"],
)
def test_the_table_has_a_row_for_each_status_and_none_besides(statuses, table):
    assert list(table) == list(statuses.values)
    assert {status.value: str(status.label) for status in statuses} == {
        status: str(row.desk) for status, row in table.items()
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_is_left_unsaid_in_either_language(language):
    with translation.override(language):
        unsaid = [
            (status, field.name)
            for table in (words.CASE, words.PARCEL, words.REFERRAL)
            for status, row in table.items()
            for field in dataclasses.fields(row)
            if field.name not in MAY_BE_EMPTY
            and (field.name not in WHEN_STOPPED or status in REFERRAL_STOPPED)
            and not str(getattr(getattr(row, field.name), "now", getattr(row, field.name)))
        ]
    # A draft exists inside the sending transaction alone; a case that moves with its parcel has no line of its own.
    assert set(unsaid) == {
        ("draft", "happened"), ("draft", "centre"), ("draft", "centre_next"),
        ("packed", "happened"), ("sent", "happened"), ("delivered", "happened"),
    }  # fmt: skip


def test_english_says_no_japanese():
    with translation.override("en"):
        said = [
            str(value)
            for table in (words.CASE, words.PARCEL, words.REFERRAL)
            for row in table.values()
            for value in _flat(dataclasses.asdict(row))
        ]
    assert not [text for text in said if any("぀" <= letter <= "鿿" for letter in text)]


def _flat(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from _flat(part)
    elif value is not None:
        yield value


def test_why_a_case_ended_is_never_told_to_the_person():
    assert {str(words.CASE[end].person.then) for end in CASE_ENDS} & {
        str(words.CASE[end].hint) for end in CASE_ENDS
    } == set()


def test_every_notice_of_the_table_is_delivered_by_somebody():
    assert all((centre_notices, desk_notices))  # they register them
    kinds = {notice.kind for row in notice_table.REFERRAL_NOTICES.values() for notice in row}
    assert kinds <= set(outbox._handlers)
    assert set(notice_table.REFERRAL_NOTICES) <= set(ReferralStatus)
