"""Where a referral stands and what comes next, in the words of the centre that received it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.handoff.visibility import PacketFor
from referrals.states import ReferralStatus


@dataclass(frozen=True)
class NextStep:
    """``stands`` fits a tag in a list, ``next`` says what the counsellor can do now."""

    stands: str | Promise
    next: str | Promise


_S = ReferralStatus
NEXT_STEPS: dict[str, NextStep] = {
    _S.SENT: NextStep(_("未開封"), _("内容を開いて読み、引き受けるかどうかを返事してください。")),
    _S.VIEWED: NextStep(_("返事待ち"), _("引き受けるかどうかを、期限までに返事してください。")),
    _S.ACCEPTED: NextStep(
        _("引き受け"), _("本人に連絡してください。はじめて話せたら「本人と連絡がとれた」を記録してください。")
    ),
    _S.CONTACTED: NextStep(_("連絡ずみ"), _("相談がひと区切りついたら、結果を記録して終えてください。")),
    _S.CLOSED: NextStep(_("結果あり"), _("このつなぎは終わりました。することはありません。")),
    _S.DECLINED: NextStep(
        _("引き受けず"),
        _("フードバンクに戻しました。このあとはフードバンクが進めます。内容は閉じました。"),
    ),
    _S.EXPIRED: NextStep(
        _("期限切れ"),
        _("期限までに返事がなかったため、フードバンクに戻りました。引き受けられるときは、電話で伝えてください。"),
    ),
    _S.REVOKED: NextStep(_("同意の撤回により閉じました"), _("本人への連絡はしないでください。")),
}

WITHDRAWN = NEXT_STEPS[_S.REVOKED]


def next_step(status: str, packet: PacketFor | None = None) -> NextStep:
    """The words for ``status``; a withdrawn consent comes before whatever the status says."""
    return WITHDRAWN if packet is PacketFor.WITHDRAWN else NEXT_STEPS[status]
