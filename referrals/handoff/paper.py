"""Consents on paper: which words it carries, of which day it is, and whether the person has said anything since."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from organisations.models import Organisation
from outreach.application import consent_texts
from outreach.application.answers import HandOffWish
from referrals.handoff import taken_back
from referrals.models import Case, ConsentEntry
from referrals.models.consent import ConsentChannel, Purpose

OLDEST_PAPER = timedelta(days=366)
_SAID_OTHERWISE = (HandOffWish.NOT_NOW, HandOffWish.ONLY_KNOW)


def day_stated(case: Case, recipient: Organisation, channel: str, day: date | None, **says: Any) -> date:
    """The day the person said it: on paper its date, after which they must have said nothing else.

    ``says``: the ``keys`` and ``hear_result`` of the paper. Of the same day nobody knows which came last; then the
    paper may not say more than what stands.
    """
    today = clock.today()
    if channel != ConsentChannel.PAPER:
        return today
    if day is None:
        raise DomainError(_("書面に書かれた日付を入れてください。"))
    if day > today:
        raise DomainError(_("書面の日付が、今日よりあとになっています。たしかめてください。"))
    if day < today - OLDEST_PAPER:
        raise DomainError(
            _("1年より前の書面です。いまの気持ちを本人に電話でたしかめて、電話の同意として記録してください。")
        )
    if taken_back.was_taken_back_since(case, day):
        raise DomainError(
            _(
                "書面の日付よりあとに、このケースを取下げか重複で終えてあります。"
                "いまもつないでほしいかを本人に電話でたしかめて、電話の同意として記録してください。"
            )
        )
    for last in _newest_of_each_purpose(case, recipient):
        if day < last.stated_on or (day == last.stated_on and _says_more(last, **says)):
            raise DomainError(
                _(
                    "書面の日付と同じ日か、それよりあとに、本人の返事を記録してあります。"
                    "本人に電話でたしかめて、電話の同意として記録してください。"
                )
            )
    if day < case.received_on and case.application.hand_off_wish in _SAID_OTHERWISE:
        raise DomainError(
            _(
                "申込みで「いまはつながない」と答える前の書面です。"
                "いまの気持ちを本人に電話でたしかめて、電話の同意として記録してください。"
            )
        )
    return day


def version_of(channel: str, version: str) -> str:
    """The version of the words that were agreed to."""
    if channel != ConsentChannel.PAPER or (not version and len(consent_texts.BY_VERSION) == 1):
        return consent_texts.CURRENT
    if version not in consent_texts.BY_VERSION:
        raise DomainError(_("書面に書かれた同意文の版を選んでください。"))
    return version


def _newest_of_each_purpose(case: Case, recipient: Organisation) -> list[ConsentEntry]:
    entries = case.person.consents.spoken().filter(recipient=recipient).order_by("pk")
    return list({entry.purpose: entry for entry in entries}.values())


def _says_more(last: ConsentEntry, *, keys: list[str], hear_result: bool) -> bool:
    """Whether a paper allows what ``last`` doesn't."""
    if last.purpose == Purpose.HEAR_RESULT:
        return hear_result and not last.given
    return not last.given or not set(keys) <= set(last.fields)
