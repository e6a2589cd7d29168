"""Persons, cases, parcels, consents, referrals."""

from referrals.models.case import Case, CaseTransition
from referrals.models.case_note import CaseNote
from referrals.models.consent import ConsentEntry
from referrals.models.correction import PersonCorrection
from referrals.models.packet import Packet
from referrals.models.parcel import Parcel, ParcelTransition
from referrals.models.person import Person
from referrals.models.person_index import PersonIndex
from referrals.models.portal_entry import PortalEntry
from referrals.models.referral import Referral, ReferralTransition

__all__ = [
    "Case", "CaseNote", "CaseTransition", "ConsentEntry", "Packet", "Parcel", "ParcelTransition", "Person",
    "PersonCorrection", "PersonIndex", "PortalEntry", "Referral", "ReferralTransition",
]  # fmt: skip
