"""The mails to a food bank's desk: that something came in, or that a member has to telephone."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.work import outbox
from outreach.application.addenda import ADDENDUM_NOTICE
from outreach.application.submission import DESK_NOTICE
from outreach.models import Application
from referrals.handoff.mailing import mail
from referrals.handoff.notice_table import (
    ANSWER_NOTICE,
    TELLING_NOTICE,
)  # fmt: skip
from referrals.models import Referral
from referrals.models.referral import Mistake

_WHY_TO_TELL: dict[str, Promise] = {
    "withdrawn": _("本人が、つなぎ1件の同意をとりやめました。"),
    "narrowed": _("本人が、つなぎ1件の窓口に、前より少ない内容で同意しなおしました。"),
    "mistake": _("記録のまちがいで、つなぎ1件が止まりました。"),
}
_TO_STOP = _(
    "窓口に電話して、本人に連絡しないこと、渡した紙を破棄することを伝えてください。"
    "どのつなぎかは、サインインするとわかります。"
)
_TO_DESTROY = _(
    "窓口に電話して、前に渡した紙を破棄することを伝えてください。どのつなぎかは、サインインするとわかります。"
)
_NOT_WITHDRAWN = _(
    "窓口に電話して、本人がとりやめたのではないことと、あらためてつなぐのを待つことを伝えてください。"
    "どのつなぎかは、サインインするとわかります。"
)
_IF_IT_HAS_IT = _(
    "窓口に紙をもう渡したかをたしかめて、渡していたら、電話で伝えてください。どのつなぎかは、サインインするとわかります。"
)


@outbox.handler(TELLING_NOTICE, atomic=False)
def notify_desk_of_withdrawal(subject: str, message_id: int) -> None:
    """Ask the desk to tell a centre that no mail reaches of a withdrawal, or of a consent to less.

    Which one stands in the queue.
    """
    referral = Referral.objects.select_related("case__desk").get(public_id=subject)
    if not referral.is_to_be_told:
        return
    why = _WHY_TO_TELL["mistake" if referral.mistake else "narrowed" if referral.narrowed else "withdrawn"]
    what = _TO_DESTROY if referral.narrowed else _TO_STOP
    if referral.mistake == Mistake.WITHDRAWAL:
        what = _NOT_WITHDRAWN
    if referral.may_not_have_left:
        what = _IF_IT_HAS_IT
    mail(
        referral.case.desk,
        message_id,
        subject=_("窓口に電話で伝えてください"),
        text=format_lazy("{why}{what}", why=why, what=what),
        path=f"{reverse('desk:queue')}?tab=to_tell",
    )


@outbox.handler(ANSWER_NOTICE, atomic=False)
def notify_desk_of_answer(subject: str, message_id: int) -> None:
    """Tell the desk that a referral moved; what was answered stands on the case's page."""
    referral = Referral.objects.select_related("case__desk").get(public_id=subject)
    mail(
        referral.case.desk,
        message_id,
        subject=_("つなぎに動きがありました"),
        text=_("支援機関からの返事、または期限切れがありました。サインインして確認してください。"),
        path=reverse("desk:queue"),
    )


@outbox.handler(DESK_NOTICE, atomic=False)
def notify_desk_of_application(subject: str, message_id: int) -> None:
    """Tell the desk that an application came in."""
    application = Application.objects.select_related("desk").get(public_id=subject)
    mail(
        application.desk,
        message_id,
        subject=_("新しい申込みが届きました"),
        text=_("食品の申込みが1件届きました。サインインして確認してください。"),
        path=reverse("desk:queue"),
    )


@outbox.handler(ADDENDUM_NOTICE, atomic=False)
def notify_desk_of_addendum(subject: str, message_id: int) -> None:
    """Tell the desk that somebody added to their application; who and what stands in the queue."""
    application = Application.objects.select_related("desk").get(public_id=subject)
    mail(
        application.desk,
        message_id,
        subject=_("申込みに書きたしがありました"),
        text=_("申込みをした人が、あとから書きたしました。サインインして読んでください。"),
        path=f"{reverse('desk:queue')}?tab=supplemented",
    )
