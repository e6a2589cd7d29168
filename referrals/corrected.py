"""What the desk has put right of what is known of a person: which fields and when; the values stay in the record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.text.wording import listed
from organisations.models import Member
from outreach.application.disclosable import FIELDS_BY_KEY
from referrals.models import Packet, Person, PersonCorrection
from referrals.models.case import PICKUP

Words = str | Promise
# The place is none of them: by it food bank and centre are found, so whoever moved elsewhere applies anew.
FIELDS: dict[str, Words] = {
    "name": _("名前"),
    "kana": _("ふりがな"),
    "postcode": _("郵便番号"),
    "address": _("住所"),
    "reach_by": _("連絡方法"),
    "cannot_telephone": _("電話は使えません"),
    "phone": _("電話"),
    "safe_times": _("連絡してよい時間"),
    "email": _("メール"),
    "spoken": _("話しやすいことば・通訳"),
    "helper_name": _("あいだに入る人の名前"),
    "helper_relation": _("あいだに入る人と本人の関係"),
    "helper_phone": _("あいだに入る人の電話"),
    "passphrase": _("合言葉"),
    "pickup_name": _("受けとる営業所・窓口"),
    "pickup_address": _("その場所の住所"),
    "pickup_hours": _("受けとれる曜日・時間"),
}
ON_LABEL = ("name", "kana", "postcode", "address", "phone", *PICKUP)
# As the person reads it; what is no name of a thing by itself, or short for staff.
_TO_PERSON: dict[str, Words] = FIELDS | {"phone": _("電話番号"), "cannot_telephone": _("電話を使えるかどうか")}

_WAYS = frozenset({"reach_by", "cannot_telephone"})
_NUMBERS = frozenset({"phone", "email", "helper"})  # as fields of a packet


@dataclass(frozen=True)
class PutRight:
    """One correction: its moment, who made it, and the fields that it changed, by name."""

    at: datetime
    by: Member
    fields: tuple[str, ...]

    @property
    def told_to_person(self) -> str:
        return listed(_TO_PERSON[name] for name in self.fields)


def of(person: Person, *, since: datetime | None = None) -> list[PutRight]:
    """The corrections of ``person``, newest first; one query (decrypts). None of whoever was erased."""
    rows = PersonCorrection.objects.filter(person=person).select_related("by").order_by("-pk")
    found = []
    for row in rows if since is None else rows.filter(at__gte=since):
        if row.data_key_id == person.data_key_id:
            row.data_key = person.data_key
        changes = row.changes
        if isinstance(changes, dict):
            found.append(PutRight(row.at, row.by, tuple(name for name in FIELDS if name in changes["was"])))
    return found


def since_frozen(packet: Packet) -> list[str]:
    """Keys of the fields of a packet that were put right after it was frozen (decrypts)."""
    changed = {name for one in of(packet.referral.case.person, since=packet.frozen_at) for name in one.fields}
    return of_packet(packet, changed)


def days_since_frozen(packet: Packet) -> dict[str, date]:
    """The same, each with the day in Tokyo on which it was last put right (decrypts)."""
    days: dict[str, date] = {}
    for one in of(packet.referral.case.person, since=packet.frozen_at):
        for key in of_packet(packet, one.fields):
            days.setdefault(key, clock.tokyo_date(one.at))
    return days


def of_packet(packet: Packet, changed: Collection[str]) -> list[str]:
    """Keys of the fields that the consent behind ``packet`` covers and that hold something ``changed``.

    Where the ways of contact changed, nobody knows any more which number may be rung.
    """
    known = [FIELDS_BY_KEY[key] for key in packet.consent.fields if key in FIELDS_BY_KEY]
    numbers = set() if _WAYS.isdisjoint(changed) else _NUMBERS
    elsewhere = packet.referral.case.application.sending_place_id is not None
    silent = "address" if elsewhere else "parcels_to"  # what the corrected address is no part of
    return [
        field.key
        for field in known
        if field.key != silent and (field.key in numbers or not set(field.questions).isdisjoint(changed))
    ]


def labels(keys: Collection[str]) -> str:
    """What fields of the packet are called there."""
    return listed(FIELDS_BY_KEY[key].label for key in keys)
