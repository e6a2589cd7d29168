"""Where an application and its hand-offs stand, in plain words for the person: what is, what comes next, and when."""

import dataclasses

from django.utils import formats
from django.utils.functional import lazy
from django.utils.text import format_lazy

from foundation import clock
from referrals.handoff import visibility
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.states import REFERRAL_OVER, REFERRAL_RETURNED, ReferralStatus
from referrals.words import CASE, MISTAKES, REFERRAL, UNKNOWN_STATUS, ForPerson
from referrals.words.case import CAME_BACK, CAME_BACK_FROM_PICKING_UP, NOT_CONTACTED, TO_PICK_UP
from referrals.words.mistakes import CLOSED_IN_ERROR
from referrals.words.referral import FOLLOWED_UP, NARROWED, NEVER_LEFT, UNANSWERED, WITHDRAWN_WHEN_OVER

_day = lazy(lambda moment: formats.date_format(clock.tokyo_date(moment), "DATE_FORMAT"), str)


def of_case(case: Case) -> ForPerson:
    """Where their application stands, and what they are told of it; of whoever wants no contact, where to look."""
    words = _of_case(case)
    return words if case.is_contacted or not words.contacts else dataclasses.replace(words, then=NOT_CONTACTED)


def _of_case(case: Case) -> ForPerson:
    words = CASE.get(case.status)
    if case.box_came_back:
        return CAME_BACK_FROM_PICKING_UP if case.picks_up else CAME_BACK
    if case.picks_up and case.status in TO_PICK_UP:
        return TO_PICK_UP[case.status]
    return words.person if words else ForPerson(UNKNOWN_STATUS)


def at_the_door(case: Case) -> ForPerson:
    """The same for whoever has the address alone, where nothing of the person's own page stands."""
    words = _of_case(case)
    return words.at_the_door or words


def of_referral(referral: Referral) -> ForPerson:
    """Where one hand-off stands, and whether the consent behind it does.

    On paper nothing is told before the centre has it, nor that it was stopped.
    """
    words = REFERRAL.get(referral.status)
    if words is None:
        return ForPerson(UNKNOWN_STATUS)
    gone = visibility.why_consent_is_gone(referral) if referral.status == ReferralStatus.EXPIRED else None
    unanswered = UNANSWERED.get(gone.value) if gone else None
    if unanswered:
        words = dataclasses.replace(words, person=unanswered)
    if referral.mistake:
        # What came of one that was over stays so.
        of_mistake = MISTAKES[referral.mistake].person
        over = referral.status in REFERRAL_OVER
        words = dataclasses.replace(words, person=ForPerson(words.person.now, CLOSED_IN_ERROR) if over else of_mistake)
    if words.person_if_unsure and referral.may_not_have_left:
        words = dataclasses.replace(words, person=dataclasses.replace(words.person, now=words.person_if_unsure))
    if referral.never_left:
        return dataclasses.replace(words.person, then=NEVER_LEFT)
    of_stopping = referral.words_when_closed
    if referral.is_to_be_told:
        asked = referral.may_not_have_left
        then = of_stopping.person_if_it_has_it if asked else of_stopping.person_to_be_told
        return dataclasses.replace(words.person, then=then)
    if referral.must_be_told:
        told = format_lazy(str(of_stopping.person_told), day=_day(referral.told_at))
        return dataclasses.replace(words.person, then=told)
    if referral.narrowed:
        return dataclasses.replace(words.person, then=NARROWED.person_mailed)
    if referral.is_withdrawn_when_over:
        return dataclasses.replace(words.person, then=WITHDRAWN_WHEN_OVER)
    if unanswered:
        return words.person
    if referral.status in REFERRAL_RETURNED and referral.followed_up_at:
        return dataclasses.replace(words.person, then=FOLLOWED_UP)
    if referral.way == Way.TELEPHONE and words.person_on_paper:
        return words.person_on_paper
    return words.person
