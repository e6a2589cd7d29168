"""What a counsellor answers by the buttons of the packet, and which form stands there in which state."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from organisations.models import Member
from referrals.acts import Act, SeenForm
from referrals.handoff import answering
from referrals.models import Referral
from referrals.portal.forms import AcceptForm, ContactForm, DeclineForm, OutcomeForm
from referrals.states import ReferralStatus

S = ReferralStatus


def _accept(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    """Take it on; not where words stand in the other answer, of which nobody knows which of the two is meant."""
    if data["note"].strip() and data["seen"] == referral.version:
        raise DomainError(
            _(
                "引き受けられない理由の「ひとこと」が書いてあるので、まだ何も記録していません。"
                "引き受けるときは、書いたものを消してから、もう一度「引き受ける」を押してください。"
            )
        )
    answering.accept(referral=referral, by=by, seen=data["seen"])


def _contact(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    answering.note_first_contact(referral=referral, by=by, seen=data["seen"])


def _by(verb: Callable[..., None]) -> Callable[[Referral, Member, dict[str, Any]], None]:
    """A verb of the centre, as a button calls it."""
    return lambda referral, member, data: verb(referral=referral, by=member, **data)


def _words_come_along(_referral: Referral, _data: dict[str, Any]) -> bool:
    """Nothing that was written beside the button is lost by it: it stands on the page that comes."""
    return True


def _answered_so(referral: Referral, data: dict[str, Any]) -> bool:
    """Whether the answer that stands says the same: reason, outcome and words."""
    now = Referral.objects.get(pk=referral.pk)
    said = (data.get("reason", ""), data.get("outcome", ""), data.get("note", "").strip())
    return (now.decline_reason, now.outcome, now.note) == said


ACCEPT = Act(
    AcceptForm, _accept, "answer", _("引き受けを記録しました。本人に連絡してください。"),
    lambda _data: S.ACCEPTED, lambda _referral, data: not data["note"].strip(),
)  # fmt: skip
DECLINE = Act(
    DeclineForm, _by(answering.decline), "answer",
    _("引き受けられないと記録し、フードバンクに戻しました。印刷した内容があれば、破棄してください。"),
    lambda _data: S.DECLINED, _answered_so,
)  # fmt: skip
CONTACT = Act(
    ContactForm, _contact, "answer", _("本人と連絡がとれたことを記録しました。"),
    lambda _data: S.CONTACTED, _words_come_along,
)  # fmt: skip
CLOSE = Act(
    OutcomeForm, _by(answering.close), "answer", _("結果を記録して、このつなぎを終えました。"),
    lambda _data: S.CLOSED, _answered_so,
)  # fmt: skip
# Which form stands on the page in which state.
FORMS: dict[str, type[SeenForm]] = {
    S.VIEWED: DeclineForm,
    S.ACCEPTED: OutcomeForm,
    S.CONTACTED: OutcomeForm,
    S.ON_HOLD: OutcomeForm,
}
