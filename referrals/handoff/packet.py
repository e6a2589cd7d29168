"""The packet (情報提供書): what the person saw in the preview, frozen when it is sent."""

import dataclasses
import hashlib
import json
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.crypto import data_keys
from foundation.erased import unless_erased
from organisations.models import Member
from outreach.application import disclosable
from outreach.application.statement import Statement
from outreach.models.application import year_or_none
from referrals.models import Case, ConsentEntry, Packet, Referral

REACH = "reach"
Words = str | Promise


def current_statement(case: Case) -> Statement:
    """What the person stated, with how to reach them as known now.

    Where the ways were put right, a number or an address of a way that is none any more is nobody's to use.
    """
    person, put_right = case.person, case.put_right
    stated = dataclasses.replace(case.application.as_statement(), **put_right)
    known = dataclasses.replace(
        stated,
        name=person.name,
        kana=person.kana,
        birth_year=unless_erased(year_or_none, person.birth_year),
        place_code=person.place.code,
        postcode=person.postcode,
        address=person.address,
        phone=person.phone,
        email=person.email,
        safe_times=person.safe_times,
    )
    return dataclasses.replace(known.tidy(), safe_times=known.safe_times) if "reach_by" in put_right else known


def preview(case: Case, consent: ConsentEntry) -> list[disclosable.Row]:
    """What the recipient of ``consent`` would read now, and nothing beyond its fields."""
    with translation.override("ja"):
        return disclosable.rows(current_statement(case), consent.fields)


def fingerprint(rows: list[disclosable.Row]) -> str:
    """Tells whether a packet is still the one somebody looked at."""
    content = json.dumps([dataclasses.asdict(row) for row in rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def freeze(*, referral: Referral, consent: ConsentEntry, by: Member) -> Packet:
    """Freeze the packet of ``referral`` under a key of its own; called inside the sending transaction."""
    rows = preview(referral.case, consent)
    return Packet.objects.create(
        referral=referral,
        data_key=data_keys.create(kind="provision"),
        consent=consent,
        text_version=consent.text_version,
        fields=[row.key for row in rows],
        rows=[dataclasses.asdict(row) for row in rows],
        frozen_at=clock.now(),
        frozen_by=by,
    )


def is_erased(packet: Packet) -> bool:
    """Whether what was told can't be read by anybody any more."""
    return packet.data_key.destroyed


def rows_of(packet: Packet) -> list[disclosable.Row]:
    """The packet's lines as they were frozen (decrypts under the packet's own key); none where that was destroyed."""
    if is_erased(packet):
        return []
    return [_row(stored) for stored in packet.rows]


def _row(stored: dict[str, Any]) -> disclosable.Row:
    """A frozen line; what a newer version wrote beside it is left alone."""
    known = {name: stored[name] for name in ("key", "group", "label", "value")}
    return disclosable.Row(**known, codes=tuple(stored.get("codes", ())))


def says(packet: Packet, key: str, code: str) -> bool:
    """Whether the packet tells, in its field ``key``, the coded answer ``code``.

    Of one that was frozen before codes were, the application tells, which never changes.
    """
    row = next((row for row in rows_of(packet) if row.key == key), None)
    if row is None:
        return False
    if "codes" not in next(stored for stored in packet.rows if stored["key"] == key):
        return code in disclosable.FIELDS_BY_KEY[key].codes(packet.referral.case.application.as_statement())
    return code in row.codes


def how_to_reach(packet: Packet) -> str:
    """How and when it is safe to contact the person; "" when they did not have it told."""
    return next((row.value for row in rows_of(packet) if row.key == REACH), "")


def by_groups(packet: Packet) -> list[tuple[Words, list[disclosable.Row]]]:
    """The lines under the words of their groups, empty ones left out; how to reach stands apart.

    What was frozen under a group that is no more comes last: it was told, so it is shown.
    """
    rows = [row for row in rows_of(packet) if row.key != REACH]
    grouped: list[tuple[Words, list[disclosable.Row]]] = [
        (group.label, [row for row in rows if row.group == group]) for group in disclosable.Group
    ]
    grouped.append((_("そのほか"), [row for row in rows if row.group not in disclosable.Group]))
    return [(words, lines) for words, lines in grouped if lines]
