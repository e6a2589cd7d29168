"""The consent ledger's verbs: record a consent, withdraw it; a withdrawal revokes what stands on it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import Conflict, DomainError
from organisations import catchment
from organisations.models import Member, Organisation
from organisations.roles import Permission
from outreach.application import consent_texts, disclosable
from outreach.application.disclosable import FIELDS_BY_KEY, NEEDED_TO_CALL
from referrals.handoff import packet, stopping, taken_back
from referrals.handoff.ledger import LedgerGrew
from referrals.handoff.paper import day_stated, version_of
from referrals.locks import lock
from referrals.models import Case, ConsentEntry, Person, Referral
from referrals.models.consent import ConsentChannel, ConsentQuerySet, Purpose, StatedBy
from referrals.rules import DOUBLE_CLICK, check_may


@transaction.atomic
def record_consent(
    *,
    case: Case,
    recipient: Organisation,
    fields: Iterable[str],
    hear_result: bool,
    channel: str,
    by: Member,
    stated_on: date | None = None,
    text_version: str = "",
    seen: int | None = None,
) -> None:
    """Write down a consent the person gave by telephone (words read out) or on paper dated ``stated_on``.

    What is read out are today's words, and of ``fields`` those that hold something: only they are agreed to, so that
    what the person tells later goes nowhere. A paper names its fields whatever they hold, and may carry older words,
    known by their ``text_version``, which has to be said as soon as there are several.

    ``hear_result`` is the answer to the second question; "no" ends what stood before. ``seen`` is how many entries
    the ledger had on the page (``length``): Conflict when it has grown since, so that what was heard before a
    withdrawal doesn't stand after it. Raises DomainError for a recipient that doesn't serve the place, for fields
    that are unknown or don't let the centre call, for a channel that needs nobody to record it, and for paper
    without a date, older than a year, or older than what the person said since: in the ledger, in the application,
    or by taking the case back.
    """
    check_may(by, Permission.WORK_CASES, case)
    keys = list(dict.fromkeys(fields))
    if not keys or not set(keys) <= set(FIELDS_BY_KEY):
        raise DomainError(_("窓口に伝える項目を選んでください。"))
    if not set(keys) >= NEEDED_TO_CALL:
        raise DomainError(_("窓口が連絡できるように、「名前」と「連絡のしかた」も選んでください。"))
    if channel not in (ConsentChannel.TELEPHONE, ConsentChannel.PAPER):
        raise DomainError(_("どうやって同意を聞いたかを選んでください。"))
    words = version_of(channel, text_version)
    lock(case.person)
    if channel == ConsentChannel.TELEPHONE:
        keys = _read_out(case, recipient, keys)
    heard = case.person.consents.live().filter(recipient=recipient, purpose=Purpose.HEAR_RESULT).exists()
    on_paper = channel == ConsentChannel.PAPER
    said = {"recorded_by_id": by.pk, "channel": channel, "fields": keys, "text_version": words}
    said["stated_on"] = stated_on if on_paper else clock.today()  # on paper its date and words are evidence too
    if heard == hear_result and _is_double_click(case, recipient, said):
        return
    if seen is not None:
        raise_if(newer_than(case.person, seen, towards=recipient))
    if recipient not in catchment.centres_for(case.person.place):
        raise DomainError(_("この機関は、お住まいの地域を担当していません。担当の機関を選んでください。"))
    day = day_stated(case, recipient, channel, stated_on, keys=keys, hear_result=hear_result)
    _check_covers_what_was_told(case, recipient, keys)
    entry = partial(_enter, case, recipient=recipient, channel=channel, by=by, stated_on=day, text_version=words)
    entry(Purpose.TELL_CENTRE, fields=keys, given=True)
    stopping.close_held(person=case.person, centre=recipient, beyond=keys)
    if hear_result or heard:
        entry(Purpose.HEAR_RESULT, fields=[], given=hear_result)


@transaction.atomic
def withdraw_consent(
    *, case: Case, recipient: Organisation, channel: str, by: Member | None = None, seen: int | None = None
) -> list[ConsentEntry]:
    """Withdraw what stands towards ``recipient``, and revoke the live referral to it at once.

    ``by`` is the member who took the withdrawal; None when the person did it on their own page. Returns the
    ledger's new entries; none when nothing stood (withdrawing twice is no error). ``seen`` as in recording; only
    a consent given since is asked about, for stopping is the safe side.
    """
    if by is not None:
        check_may(by, Permission.WORK_CASES, case)
    lock(case.person)
    # An expired consent is withdrawn too: a referral may still stand on it.
    standing = list(case.person.consents.not_withdrawn().filter(recipient=recipient))
    if seen is not None and standing:
        raise_if(newer_than(case.person, seen, towards=recipient, given=True))
    enter = partial(_enter, case, recipient=recipient, channel=channel, by=by, stated_on=clock.today())
    entries = [enter(entry.purpose, fields=entry.fields, given=False) for entry in standing]
    stopping.revoke_towards(person=case.person, centre=recipient, by=by)
    return entries


def length(person: Person) -> int:
    """How many entries the person's ledger has: the version of an append-only thing."""
    return person.consents.count()


def last_word(person: Person, *, towards: str) -> Conflict | None:
    """Who wrote the newest entry towards the recipient of this public id, what it says and when."""
    return _told(person.consents.filter(recipient__public_id=towards))


def last_channel(person: Person, *, towards: str) -> str:
    """How the newest entry towards the recipient of this public id was stated."""
    last = person.consents.filter(recipient__public_id=towards).order_by("pk").last()
    return last.channel if last else ""


def newer_than(
    person: Person, seen: int, *, towards: Organisation | None = None, given: bool | None = None
) -> Conflict | None:
    """Who wrote in the ledger since it had ``seen`` entries (``towards`` one recipient); None where nobody did."""
    newer = person.consents.filter(pk__in=list(person.consents.order_by("pk").values_list("pk", flat=True)[seen:]))
    if towards is not None:
        newer = newer.filter(recipient=towards)
    return _told(newer if given is None else newer.filter(given=given))


def _told(entries: ConsentQuerySet) -> Conflict | None:
    """The newest of ``entries`` in words; what is told to the centre comes before what is heard from it."""
    known = entries.select_related("recipient", "recorded_by", "voids").order_by("-pk")
    last = known.filter(purpose=Purpose.TELL_CENTRE).first() or known.first()
    return LedgerGrew(last) if last else None


def raise_if(conflict: Conflict | None) -> None:
    if conflict:
        raise conflict


def _read_out(case: Case, recipient: Organisation, keys: list[str]) -> list[str]:
    """Those of ``keys`` that the page showed with what they hold, and those the centre was told already."""
    live = Referral.objects.live().filter(case__person=case.person, centre=recipient).select_related("packet")
    told = {key for referral in live for key in referral.packet.fields}
    shown = {row.key for row in disclosable.rows(packet.current_statement(case), keys)}
    return [key for key in keys if key in shown | told | NEEDED_TO_CALL]


def _is_double_click(case: Case, recipient: Organisation, said: Mapping[str, Any]) -> bool:
    """Whether what stands says all that was ``said``, and came just now; the case was not taken back in between."""
    last = case.person.consents.live().filter(recipient=recipient, purpose=Purpose.TELL_CENTRE).first()
    same = last is not None and all(getattr(last, name) == value for name, value in said.items())
    if not same or last is None or clock.now() - last.at >= DOUBLE_CLICK:
        return False
    return taken_back.consents_to_hand_on(case).filter(pk=last.pk).exists()


def _check_covers_what_was_told(case: Case, recipient: Organisation, keys: list[str]) -> None:
    """A narrower consent can't stand beside a live referral that told more: that one is withdrawn first."""
    live = Referral.objects.live().filter(case__person=case.person, centre=recipient).select_related("packet")
    if any(not set(referral.packet.fields) <= set(keys) for referral in live):
        raise DomainError(
            _("送ってあるつなぎより項目が少ない同意です。先に同意を撤回として記録し、つなぎを止めてください。")
        )


def _enter(
    case: Case,
    purpose: str,
    *,
    recipient: Organisation,
    fields: list[str],
    given: bool,
    channel: str,
    by: Member | None,
    stated_on: date,
    text_version: str = "",
) -> ConsentEntry:
    return ConsentEntry.objects.create(
        person=case.person,
        case=case,
        purpose=purpose,
        recipient=recipient,
        fields=fields,
        given=given,
        text_version=text_version or consent_texts.CURRENT,
        channel=channel,
        stated_by=StatedBy.PERSON,
        recorded_by=by,
        stated_on=stated_on,
        at=clock.now(),
    )
