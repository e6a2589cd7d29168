"""The packet (情報提供書): what the person saw in the preview, frozen when it is sent."""

import dataclasses

from django.utils import translation

from foundation import clock
from foundation.crypto import data_keys
from organisations.models import Member
from outreach import disclosable
from outreach.statement import Statement
from referrals.models import Case, ConsentEntry, Packet, Referral


def current_statement(case: Case) -> Statement:
    """What the person stated, with how to reach them as known now."""
    person = case.person
    return dataclasses.replace(
        case.application.as_statement(),
        name=person.name,
        kana=person.kana,
        birth_year=int(person.birth_year) if person.birth_year else None,
        place_code=person.place.code,
        postcode=person.postcode,
        address=person.address,
        phone=person.phone,
        email=person.email,
        safe_times=person.safe_times,
    )


def preview(case: Case, consent: ConsentEntry) -> list[disclosable.Row]:
    """What the recipient of ``consent`` would read now, and nothing beyond its fields."""
    with translation.override("ja"):
        return disclosable.rows(current_statement(case), consent.fields)


def freeze(*, referral: Referral, consent: ConsentEntry, by: Member) -> Packet:
    """Freeze the packet of ``referral`` under a key of its own; called inside the sending transaction."""
    rows = preview(referral.case, consent)
    return Packet.objects.create(
        referral=referral,
        data_key=data_keys.create(kind="provision"),
        consent=consent,
        fields=[row.key for row in rows],
        rows=[dataclasses.asdict(row) for row in rows],
        frozen_at=clock.now(),
        frozen_by=by,
    )
