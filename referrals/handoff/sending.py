"""Sending a referral: the only way out, behind a live consent."""

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock, history
from foundation.erased import Erased
from foundation.errors import Conflict, DomainError, NotAllowed
from foundation.text.wording import quoted
from organisations.models import Member, Organisation
from organisations.roles import Permission
from outreach.application import disclosable
from outreach.application.answers import ReachBy
from referrals.handoff import packet, routing, taken_back, visibility
from referrals.handoff.moving import due_from, move
from referrals.locks import lock
from referrals.models import Case, CaseTransition, ConsentEntry, Referral
from referrals.models.referral import Way
from referrals.rules import check_may
from referrals.states import ReferralStatus

NOBODY_READS = _("この機関には、いま、つなぎ画面にサインインして答えられる人がいません。電話と紙で送ってください。")


class PacketChanged(Conflict):
    """What would be told is no longer what the sender looked at: a consent, an answer or a way to reach changed."""

    def __init__(self) -> None:
        super().__init__(who="", what="", at=None)

    def _sentence(self) -> str | Promise:
        return _("窓口に伝える内容がかわりました。下の内容をもう一度たしかめてから送ってください。")


def is_read_in_portal(centre: Organisation) -> bool:
    """Whether ``centre`` uses the portal, and somebody there can sign in and answer (one query)."""
    return centre.uses_portal and Member.objects.who_can(Permission.ANSWER_REFERRALS, at=centre).exists()


@transaction.atomic
def send(
    *, case: Case, centre: Organisation, way: str, by: Member, seen: int, previewed: str | None = None
) -> Referral:
    """Send ``case`` to ``centre`` with exactly the fields of the live consent; ``seen`` is its version.

    ``previewed`` is the fingerprint of the packet the sender looked at. Raises NotAllowed without a live
    consent naming the centre; DomainError when the centre doesn't serve the place, doesn't use the portal or has
    nobody who reads it, or already has a live referral of this case, when the case was taken back, when the packet is
    another by now, or the centre couldn't call by it.
    """
    check_may(by, Permission.HAND_OFF, case)
    lock(case.person)
    case = Case.objects.for_handing_off().get(pk=case.pk)  # as it stands now that nobody else can change it
    if case.person.data_key.destroyed or case.application.data_key.destroyed:
        raise Erased
    history.check_seen(case, seen=seen, history=CaseTransition)
    consent = _consent_to_send(case, centre, way)
    if previewed is not None and previewed != packet.fingerprint(packet.preview(case, consent)):
        raise PacketChanged
    _check_centre_can_call(case, consent)
    now = clock.now()
    visibility.returned_to_desk().filter(case=case).update(followed_up_at=now, followed_up_by=by)
    referral = Referral.objects.create(
        case=case, centre=centre, data_key=case.person.data_key, way=way, created_by=by, created_at=now
    )
    packet.freeze(referral=referral, consent=consent, by=by)
    move(referral, ReferralStatus.SENT, by=by, sent_at=now, due_on=due_from(now))
    return referral


def _check_centre_can_call(case: Case, consent: ConsentEntry) -> None:
    """Raise DomainError where the packet would not let the centre call: no way is known, or the consent omits it."""
    known = packet.current_statement(case)
    # A way that another version wrote is one that this one knows nothing against.
    if set(known.reach_by) <= set(ReachBy.values) and not disclosable.ways_to_reach(known):
        raise DomainError(
            _(
                "窓口から本人に連絡する方法がないので、つなげません。"
                "本人に確認して、「名前・連絡先を直す」で連絡方法を直してください。"
            )
        )
    if lacking := disclosable.lacking_to_call(known, consent.fields):
        labels = quoted(disclosable.FIELDS_BY_KEY[key].label for key in lacking)
        words = _(
            "いまの同意では、窓口が本人に連絡できません。{labels}も伝えてよいか本人に確認して、同意を記録してください。"
        )
        raise DomainError(format_lazy(str(words), labels=labels))


def _consent_to_send(case: Case, centre: Organisation, way: str) -> ConsentEntry:
    """The live consent that lets ``case`` go to ``centre``; raises where anything stands against it."""
    choice = next((c for c in routing.choices(case) if c.centre.pk == centre.pk), None)
    if choice is None:
        raise DomainError(_("この機関は、お住まいの地域を担当していません。担当の機関を選んでください。"))
    if choice.consent is None:
        raise NotAllowed(_("この機関に伝える同意がありません。本人に確認して、同意を記録してください。"))
    if choice.is_over:
        raise NotAllowed(taken_back.OVER)
    if way not in Way:
        raise DomainError(_("送り方を選んでください。"))
    if way == Way.PORTAL and not centre.uses_portal:
        raise DomainError(_("この機関はつなぎ画面を使っていません。電話と紙で送ってください。"))
    if way == Way.PORTAL and not is_read_in_portal(centre):
        raise DomainError(NOBODY_READS)
    live = case.referrals.live().filter(centre=centre).select_related("created_by").first()
    if live:
        words = format_lazy(_("{centre}へつなぎ済み"), centre=centre.name)
        raise Conflict(who=live.created_by.name, what=words, at=live.created_at, by_id=live.created_by_id)
    return choice.consent
