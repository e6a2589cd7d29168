"""Where an application and its hand-offs stand, in plain words for the person: what is, what comes next, and when.

Reasons why a case ended stay with the desk: "the same application exists" would tell whoever typed in somebody
else's name that this person is registered.
"""

from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import CaseStatus, ReferralStatus

Words = str | Promise


@dataclass(frozen=True)
class Standing:
    """One state: ``now`` in a short sentence, ``then`` what happens next, ``when`` until when, or what to do."""

    now: Words
    then: Words = ""
    when: Words = ""


_ASK = _("土日・祝日をのぞいて3日たってもここがかわらないときは、電話でたしかめてください。")
_AGAIN = _("また必要になったら、もう一度申しこめます。")

_C = CaseStatus
OF_CASE: dict[str, Standing] = {
    _C.RECEIVED: Standing(_("申込みを受けとりました。"), _("フードバンクの担当者が、届いた順に読みます。"), _ASK),
    _C.IN_REVIEW: Standing(
        _("担当者が申込みを読んでいます。"),
        _("聞きたいことがあるときは、あなたがえらんだ方法で連絡します。なければ、送る準備にすすみます。"),
        _ASK,
    ),
    _C.APPROVED: Standing(_("食べものを送ることが決まりました。"), _("これから箱につめて送ります。"), _ASK),
    _C.PACKED: Standing(_("食べものを箱につめました。"), _("つぎに荷物を出す日に送ります。"), _ASK),
    _C.SENT: Standing(
        _("食べものを送りました。"),
        _("宅配便では、ふつう2〜3日で届きます。"),
        _("4日たっても届かないときは、電話でたしかめてください。"),
    ),
    _C.DELIVERED: Standing(
        _("食べものを届けました。"), _("届いていないときや、こまったことがあるときは、電話してください。"), _AGAIN
    ),
    _C.CLOSED: Standing(_("この申込みは終わりました。"), "", _AGAIN),
    _C.DECLINED: Standing(
        _("今回は送れません。ほかの窓口はこちらです。"), _("わけを知りたいときは、電話でたずねてください。"), _AGAIN
    ),
    _C.WITHDRAWN: Standing(_("この申込みは取り下げられました。"), "", _AGAIN),
    _C.DUPLICATE: Standing(_("この申込みは終わりました。"), _("くわしいことは、電話でたずねてください。"), _AGAIN),
}

_R = ReferralStatus
OF_REFERRAL: dict[str, Standing] = {
    _R.DRAFT: Standing(_("窓口に伝える準備をしています。")),
    _R.SENT: Standing(_("窓口に伝えました。返事を待っています。"), _("引き受けたら、窓口からあなたに連絡があります。")),
    _R.VIEWED: Standing(
        _("窓口が内容を読みました。返事を待っています。"), _("引き受けたら、窓口からあなたに連絡があります。")
    ),
    _R.ACCEPTED: Standing(_("窓口が引き受けました。"), _("あなたがえらんだ方法と時間に、窓口から連絡があります。")),
    _R.CONTACTED: Standing(_("窓口と連絡がとれました。"), _("つづきは、窓口と話してください。")),
    _R.CLOSED: Standing(
        _("窓口へのつなぎは終わりました。"), _("相談をつづけたいときは、窓口に直接電話できます。")
    ),
    _R.DECLINED: Standing(
        _("今回は引き受けられませんでした。"),
        _("フードバンクが、ほかの方法を考えます。"),
    ),
    _R.EXPIRED: Standing(_("まだ返事がありません。"), _("こちらで確認します。")),
    _R.REVOKED: Standing(
        _("同意をとりやめたので、止めました。"), _("窓口からは、もう連絡がありません。")
    ),
}  # fmt: skip
_BY_TELEPHONE: dict[str, Standing] = {
    _R.SENT: Standing(
        _("窓口に連絡しています。"), _("フードバンクが、電話と紙で窓口に伝えます。伝わったら、ここに出ます。")
    ),
    _R.VIEWED: Standing(_("窓口に伝わりました。返事を待っています。"), OF_REFERRAL[_R.VIEWED].then),
}
_TO_BE_TOLD = Standing(
    OF_REFERRAL[_R.REVOKED].now,
    _("フードバンクから窓口に、連絡をやめて印刷したものを捨てるように伝えます。"),
)
_day = lazy(lambda moment: formats.date_format(clock.tokyo_date(moment), "DATE_FORMAT"), str)


def of_referral(referral: Referral) -> Standing:
    """Where one hand-off stands; on paper nothing is told before the centre has it, nor a withdrawal."""
    if referral.is_to_be_told:
        return _TO_BE_TOLD
    if referral.must_be_told:
        told = _("{day}に、フードバンクから窓口に、連絡をやめて印刷したものを捨てるように伝えました。")
        return Standing(_TO_BE_TOLD.now, format_lazy(told, day=_day(referral.followed_up_at)))
    if referral.way == Way.TELEPHONE and referral.status in _BY_TELEPHONE:
        return _BY_TELEPHONE[referral.status]
    return OF_REFERRAL[referral.status]
