"""Where an application and its hand-offs stand, in plain words for the person: what is, what comes next, and when."""

import dataclasses

from django.utils import formats
from django.utils.functional import lazy
from django.utils.text import format_lazy

from foundation import clock
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.words import CASE, REFERRAL, UNKNOWN_STATUS, ForPerson

_day = lazy(lambda moment: formats.date_format(clock.tokyo_date(moment), "DATE_FORMAT"), str)


def of_case(case: Case) -> ForPerson:
    words = CASE.get(case.status)
    return words.person if words else ForPerson(UNKNOWN_STATUS)


def of_referral(referral: Referral) -> ForPerson:
    """Where one hand-off stands; on paper nothing is told before the centre has it, nor that it was stopped."""
    words = REFERRAL.get(referral.status)
    if words is None:
        return ForPerson(UNKNOWN_STATUS)
    if referral.is_to_be_told:
        return dataclasses.replace(words.person, then=words.person_to_be_told)
    if referral.must_be_told:
        told = format_lazy(str(words.person_told), day=_day(referral.followed_up_at))
        return dataclasses.replace(words.person, then=told)
    if referral.way == Way.TELEPHONE and words.person_on_paper:
        return words.person_on_paper
    return words.person
