"""The words for referrals stopped or closed on a record that was wrong, so that nobody is said to have withdrawn."""

from django.utils.translation import gettext_lazy as _

from referrals.words.kinds import ForPerson, ReferralWords
from referrals.words.referral import TOLD_TO_STOP, TOLD_TO_STOP_IF_IT_HAS_IT, WILL_BE_TOLD_TO_STOP

# Of one that was over when a withdrawal closed it that was recorded in error: nothing had been stopped.
CLOSED_IN_ERROR = _(
    "そのあと、フードバンクの記録にまちがいがあって、窓口に伝えた内容を閉じました。"
    "また相談したいときは、フードバンクに電話してください。あらためてつなげます。"
)
# The record of the person's word was wrong: that they withdrew, or took part in it at all, is said to nobody.
MISTAKES = {
    "consent": ReferralWords(
        desk=_("同意の記録のまちがい"),
        happened=_("同意の記録がまちがいだったので、{centre}へのつなぎを止めました"),
        centre=_("記録のまちがいにより閉じました"),
        centre_next=_(
            "送り主の記録のまちがいで、お送りしたつなぎです。本人への連絡はしないでください。"
            "印刷した内容は、破棄してください。"
        ),
        person=ForPerson(
            _("フードバンクの記録にまちがいがあったので、止めました。"),
            _("窓口には、連絡をやめて内容を捨てるように伝えました。"),
        ),
        tell_centre=_(
            "同意の記録がまちがいでした。{centre}に電話して、連絡をやめて紙を破棄するように伝えてください。"
            "本人が取りやめたのではありません。"
        ),
        tell_centre_if_it_has_it=_(
            "同意の記録がまちがいでした。{centre}に紙をもう渡したかを、たしかめてください。渡していたら、電話して、"
            "連絡をやめて紙を破棄するように伝えてください。まだなら、紙をこちらで破棄します。電話は要りません。"
        ),
        person_to_be_told=WILL_BE_TOLD_TO_STOP,
        person_if_it_has_it=TOLD_TO_STOP_IF_IT_HAS_IT,
        person_told=TOLD_TO_STOP,
    ),
    "withdrawal": ReferralWords(
        desk=_("撤回の記録のまちがい"),
        happened="",  # the ledger tells it
        centre=_("記録のまちがいにより閉じました"),
        centre_next=_(
            "送り主の記録のまちがいで、止めたつなぎです。本人が同意をとりやめたのではありません。"
            "閉じた内容は、もう開けません。つづけるときは、あらためて届きます。"
        ),
        person=ForPerson(
            _("フードバンクの記録にまちがいがあったので、止めました。"),
            _("止めたものは、そのままにはつづきません。つづけるときは、フードバンクがあらためてつなぎます。"),
        ),
        tell_centre=_(
            "同意についての記録に、まちがいがありました。{centre}に電話して、前の紙は破棄して、"
            "あらためてつなぐのを待つように伝えてください。本人が取りやめたのではありません。"
        ),
        tell_centre_if_it_has_it=_(
            "同意についての記録に、まちがいがありました。{centre}に前の紙をもう渡したかを、たしかめてください。"
            "渡していたら、電話して、紙を破棄して、あらためてつなぐのを待つように伝えてください。"
        ),
        person_to_be_told=_(
            "前の内容を捨てて待つように、フードバンクから窓口に伝えます。つづけるときは、フードバンクがあらためてつなぎます。"
        ),
        person_if_it_has_it=_(
            "窓口にまだ渡していないかを、たしかめています。つづけるときは、フードバンクがあらためてつなぎます。"
        ),
        person_told=_(
            "{day}に、前の内容を捨てるように、フードバンクから窓口に伝えました。"
            "つづけるときは、フードバンクがあらためてつなぎます。"
        ),
    ),
}
