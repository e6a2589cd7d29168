"""The lines of the consent ledger on the case's page: what each entry says, and whether it stands."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.text.wording import listed
from outreach.application.disclosable import FIELDS_BY_KEY
from referrals.models import ConsentEntry

Words = str | Promise
LIVE = "given"


@dataclass(frozen=True)
class ConsentLine:
    """An entry of the ledger, and whether it stands: the state's code and word."""

    entry: ConsentEntry
    code: str
    label: Words
    fields: str
    is_unused: bool  # it stands, and nobody was told on it


def consent_line(entry: Any) -> ConsentLine:
    """The line of an entry that was read with the annotations ``is_live`` and ``is_unused``."""
    fields = listed(FIELDS_BY_KEY[key].label for key in entry.fields if key in FIELDS_BY_KEY)
    if hasattr(entry, "voided_by"):
        return ConsentLine(entry, "entered_in_error", _("記録のまちがい（取り消し）"), fields, is_unused=False)
    if entry.is_live:
        return ConsentLine(entry, LIVE, _("いまの同意"), fields, is_unused=entry.is_unused)
    if not entry.given:
        return ConsentLine(entry, "revoked", _("同意の撤回"), fields, is_unused=False)
    if entry.expires_on and entry.expires_on < clock.today():
        return ConsentLine(entry, "expired", _("期限切れ"), fields, is_unused=False)
    return ConsentLine(entry, "past", _("以前の記録"), fields, is_unused=False)
