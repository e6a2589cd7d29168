"""What everybody reads about a status: one row for each, with the words of the desk, the centre and the person."""

from referrals.words.case import CASE
from referrals.words.kinds import UNKNOWN_STATUS, CaseWords, ClosedWords, ForPerson, ParcelWords, ReferralWords
from referrals.words.mistakes import MISTAKES
from referrals.words.parcel import PARCEL
from referrals.words.referral import ANSWERED, NARROWED, REFERRAL

__all__ = [
    "ANSWERED",
    "CASE",
    "MISTAKES",
    "NARROWED",
    "PARCEL",
    "REFERRAL",
    "UNKNOWN_STATUS",
    "CaseWords",
    "ClosedWords",
    "ForPerson",
    "ParcelWords",
    "ReferralWords",
]
