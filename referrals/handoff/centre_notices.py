"""What leaves the house for a centre: portal entries, and mails free of personal data (see ``mailing``).

A handler may run again after a crash: a portal entry is unique in its table.
"""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.work import outbox
from referrals.handoff.mailing import mail
from referrals.handoff.notice_table import (
    CENTRE_NOTICE,
    CORRECTED_NOTICE,
    IN_ERROR_NOTICE,
    NARROWED_NOTICE,
    PORTAL_ENTRY,
    REVOKED_NOTICE,
    WRONG_CENTRE_NOTICE,
)  # fmt: skip
from referrals.models import PortalEntry, Referral
from referrals.models.referral import Mistake
from referrals.states import REFERRAL_STOPPED

_WRONG_CENTRE = _(
    "つなぎ先のまちがいのため、つなぎ1件を閉じました。本人への連絡はしないでください。"
    "印刷した内容があれば、破棄してください。どのつなぎかは、つなぎ画面でわかります。"
)
_CONSENT_IN_ERROR = _(
    "送り主の記録のまちがいのため、つなぎ1件を閉じました。本人への連絡はしないでください。"
    "印刷した内容があれば、破棄してください。どのつなぎかは、つなぎ画面でわかります。"
)


@outbox.handler(PORTAL_ENTRY)
def deliver_to_portal(subject: str, _message_id: int) -> None:
    """Put a referral into its centre's portal, once ever; not after it was stopped."""
    referral = Referral.objects.select_for_update(no_key=True).get(public_id=subject)
    if referral.status in REFERRAL_STOPPED:
        return
    PortalEntry.objects.get_or_create(referral=referral, defaults={"delivered_at": clock.now()})


@outbox.handler(CENTRE_NOTICE, atomic=False)
def notify_centre(subject: str, message_id: int) -> None:
    """Tell the centre that a referral waits; who it is about stands in the portal alone."""
    referral = _of_centre(subject)
    if not referral.is_live:
        return
    _mail_centre(
        referral,
        message_id,
        subject=_("新しいつなぎが届いています"),
        text=_("つなぎ画面に、新しいつなぎが届いています。サインインして内容を開いてください。"),
    )


@outbox.handler(REVOKED_NOTICE, atomic=False)
def notify_centre_of_withdrawal(subject: str, message_id: int) -> None:
    """Tell the centre that a consent was withdrawn and what it must do, when the referral had reached it."""
    referral = _of_centre(subject)
    is_told = PortalEntry.objects.filter(referral=referral).exists()
    if referral.withdrawn_at is None or referral.narrowed or referral.mistake or not is_told:
        return  # it lives again on a consent given since, nobody withdrew, or it never reached the centre
    _mail_centre(
        referral,
        message_id,
        subject=_("つなぎがとりやめになりました"),
        text=_(
            "本人が同意をとりやめたため、つなぎ1件を閉じました。本人への連絡はしないでください。"
            "印刷した内容があれば、破棄してください。どのつなぎかは、つなぎ画面でわかります。"
        ),
    )


@outbox.handler(NARROWED_NOTICE, atomic=False)
def notify_centre_of_narrower_consent(subject: str, message_id: int) -> None:
    """Tell the centre that the person agreed anew to less, and that what it was told before is to be destroyed."""
    referral = _of_centre(subject)
    if not referral.narrowed or not PortalEntry.objects.filter(referral=referral).exists():
        return  # withdrawn since, of which a mail of its own tells, or it never reached the centre
    _mail_centre(
        referral,
        message_id,
        subject=_("前にお送りした内容を閉じました"),
        text=_(
            "本人が、伝える内容をへらして同意しなおしたため、つなぎ1件の内容を閉じました。"
            "印刷した内容や書きうつしたメモがあれば、破棄してください。いま伝えられる内容は、あらためて届きます。"
            "どのつなぎかは、つなぎ画面でわかります。"
        ),
    )


@outbox.handler(IN_ERROR_NOTICE, atomic=False)
def notify_centre_of_record_in_error(subject: str, message_id: int) -> None:
    """Tell the centre that nobody withdrew, and that what was closed for it stays so."""
    referral = _of_centre(subject)
    if referral.mistake != Mistake.WITHDRAWAL or not PortalEntry.objects.filter(referral=referral).exists():
        return  # withdrawn since, of which a mail of its own tells, or it never reached the centre
    _mail_centre(
        referral,
        message_id,
        subject=_("つなぎを閉じたのは、記録のまちがいでした"),
        text=_(
            "送り主の記録のまちがいで、つなぎ1件を閉じました。本人が同意をとりやめたのではありません。"
            "閉じた内容は、もう開けません。つづけるときは、あらためて届きます。どのつなぎかは、つなぎ画面でわかります。"
        ),
    )


@outbox.handler(CORRECTED_NOTICE, atomic=False)
def notify_centre_of_correction(subject: str, message_id: int) -> None:
    """Tell the centre that the desk put right what a packet says; what, stands in the portal alone."""
    referral = _of_centre(subject)
    if not referral.is_live:
        return
    _mail_centre(
        referral,
        message_id,
        subject=_("つなぎの内容に、直したところがあります"),
        text=_(
            "送り主が、つなぎ1件の内容を直しました。本人に連絡する前に、つなぎ画面でたしかめてください。"
            "印刷したものがあれば、印刷しなおして、前のものは破棄してください。どのつなぎかは、つなぎ画面でわかります。"
        ),
    )


@outbox.handler(WRONG_CENTRE_NOTICE, atomic=False)
def notify_centre_of_mistake(subject: str, message_id: int) -> None:
    """Tell the centre that a referral was not meant for it and what it must do, when it had reached it."""
    referral = _of_centre(subject)
    if not PortalEntry.objects.filter(referral=referral).exists():
        return
    _mail_centre(
        referral,
        message_id,
        subject=_("まちがってお送りしたつなぎを閉じました"),
        text=_CONSENT_IN_ERROR if referral.mistake else _WRONG_CENTRE,
    )


def _of_centre(subject: str) -> Referral:
    return Referral.objects.select_related("centre").get(public_id=subject)


def _mail_centre(referral: Referral, message_id: int, *, subject: Promise, text: Promise) -> None:
    """Say something of one referral without a word of whose it is; which one, the portal's list shows."""
    mail(referral.centre, message_id, subject=subject, text=text, path=reverse("portal:queue"))
