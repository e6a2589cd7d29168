"""The consent ledger's verbs: record a consent, withdraw it; a withdrawal revokes what stands on it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from organisations.models import Member, Organisation
from organisations.roles import Permission
from outreach.disclosable import CONSENT_TEXT_VERSION, FIELDS_BY_KEY
from referrals import handoffs
from referrals.desk_rules import check_may
from referrals.locks import lock
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.consent import ConsentChannel, Purpose, StatedBy


@transaction.atomic
def record_consent(
    *,
    case: Case,
    recipient: Organisation,
    fields: Iterable[str],
    hear_result: bool,
    channel: str,
    by: Member,
) -> None:
    """Write down a consent the person gave by telephone (words read out) or on paper.

    Raises DomainError for no field, an unknown field, or a channel that needs nobody to record it.
    """
    check_may(by, Permission.WORK_CASES, case)
    keys = list(dict.fromkeys(fields))
    if not keys or not set(keys) <= set(FIELDS_BY_KEY):
        raise DomainError(_("窓口に伝える項目を選んでください。"))
    if channel not in (ConsentChannel.TELEPHONE, ConsentChannel.PAPER):
        raise DomainError(_("どうやって同意を聞いたかを選んでください。"))
    lock(case.person)
    _check_covers_what_was_told(case, recipient, keys)
    _enter(case, Purpose.TELL_CENTRE, recipient, keys, given=True, channel=channel, by=by)
    if hear_result:
        _enter(case, Purpose.HEAR_RESULT, recipient, [], given=True, channel=channel, by=by)


@transaction.atomic
def withdraw_consent(
    *, case: Case, recipient: Organisation, channel: str, by: Member | None = None
) -> list[ConsentEntry]:
    """Withdraw what stands towards ``recipient``, and revoke the live referral to it at once.

    ``by`` is the member who took the withdrawal; None when the person did it on their own page. Returns the
    ledger's new entries; none when nothing stood (withdrawing twice is no error).
    """
    if by is not None:
        check_may(by, Permission.WORK_CASES, case)
    lock(case.person)
    standing = list(case.person.consents.live().filter(recipient=recipient).select_related("case"))
    entries = [
        _enter(case, entry.purpose, recipient, entry.fields, given=False, channel=channel, by=by)
        for entry in standing
    ]
    if any(entry.purpose == Purpose.TELL_CENTRE for entry in standing):
        handoffs.revoke_towards(person=case.person, centre=recipient, by=by)
    return entries


def _check_covers_what_was_told(case: Case, recipient: Organisation, keys: list[str]) -> None:
    """A narrower consent can't stand beside a live referral that told more: that one is withdrawn first."""
    live = Referral.objects.live().filter(case__person=case.person, centre=recipient).select_related("packet")
    if any(not set(referral.packet.fields) <= set(keys) for referral in live):
        raise DomainError(
            _(
                "送ってあるつなぎより項目が少ない同意です。先に同意を撤回として記録し、つなぎを止めてください。"
            )
        )


def _enter(
    case: Case,
    purpose: str,
    recipient: Organisation,
    fields: list[str],
    *,
    given: bool,
    channel: str,
    by: Member | None,
) -> ConsentEntry:
    return ConsentEntry.objects.create(
        person=case.person,
        case=case,
        purpose=purpose,
        recipient=recipient,
        fields=fields,
        given=given,
        text_version=CONSENT_TEXT_VERSION,
        channel=channel,
        stated_by=StatedBy.PERSON,
        recorded_by=by,
        stated_on=clock.today(),
        at=clock.now(),
    )
