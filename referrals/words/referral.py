"""The words for referrals: to the desk, to the centre, to the person."""

from django.utils.translation import gettext_lazy as _

from referrals.words.kinds import UNKNOWN_STATUS, ClosedWords, ForPerson, ReferralWords, Table

# Without the second consent the desk learns that an answer came, not what it was.
ANSWERED = ("answered", _("返事がありました"))
ANSWER_CAME = _("{centre}から返事がありました")
CORRECTED = _("{centre}の返事の記録を直しました")
_WAITING = _("引き受けたら、窓口からあなたに連絡があります。")
WITHDRAWN_WHEN_OVER = _("そのあとに同意をとりやめたので、連絡をやめて印刷したものを捨てるように、窓口に知らせました。")
_STOPPED = _("同意をとりやめたので、止めました。")
WILL_BE_TOLD_TO_STOP = _("フードバンクから窓口に、連絡をやめて印刷したものを捨てるように伝えます。")
TOLD_TO_STOP_IF_IT_HAS_IT = _(
    "窓口にまだ渡していないかを、たしかめています。渡していたときは、連絡をやめて捨てるように伝えます。"
)
TOLD_TO_STOP = _("{day}に、フードバンクから窓口に、連絡をやめて印刷したものを捨てるように伝えました。")

_KNOWN: dict[str, ReferralWords] = {
    "draft": ReferralWords(
        desk=_("下書き"),
        happened="",  # exists inside the sending transaction alone
        centre="",
        centre_next="",
        person=ForPerson(_("窓口に伝える準備をしています。")),
    ),
    "sent": ReferralWords(
        desk=_("送付済み・返事待ち"),
        desk_on_paper=_("窓口に連絡しています"),
        happened=_("{centre}につなぎました（{way}）"),
        happened_on_paper=_("{centre}に渡すつなぎシートを用意しました（{way}）"),  # nothing has left the house yet
        centre=_("未開封"),
        centre_next=_("内容を開いて読み、引き受けるかどうかを返事してください。"),
        person=ForPerson(_("窓口に伝えました。返事を待っています。"), _WAITING),
        person_on_paper=ForPerson(
            _("窓口に連絡しています。"), _("フードバンクが、電話と紙で窓口に伝えます。伝わったら、ここに出ます。")
        ),
    ),
    "viewed": ReferralWords(
        desk=_("開封済み・返事待ち"),
        desk_on_paper=_("伝わりました・返事待ち"),
        happened=_("{centre}が受けとりました"),
        centre=_("返事待ち"),
        centre_next=_("引き受けるかどうかを、期限までに返事してください。"),
        person=ForPerson(_("窓口が内容を読みました。返事を待っています。"), _WAITING),
        person_on_paper=ForPerson(_("窓口に伝わりました。返事を待っています。"), _WAITING),
    ),
    "accepted": ReferralWords(
        desk=_("引き受け"),
        happened=_("{centre}が引き受けました"),
        centre=_("引き受け"),
        centre_next=_("本人に連絡してください。はじめて話せたら「本人と連絡がとれた」を記録してください。"),
        person=ForPerson(_("窓口が引き受けました。"), _("あなたがえらんだ方法と時間に、窓口から連絡があります。")),
    ),
    "contacted": ReferralWords(
        desk=_("本人に連絡した"),
        happened=_("{centre}が本人に連絡しました"),
        centre=_("連絡ずみ"),
        centre_next=_("相談がひと区切りついたら、結果を記録して終えてください。"),
        person=ForPerson(_("窓口と連絡がとれました。"), _("つづきは、窓口と話してください。")),
    ),
    "on_hold": ReferralWords(
        desk=_("保留中"),
        happened=_("{centre}が保留にしました"),
        centre=_("保留中"),
        centre_next=_("保留にした日がきたら、対応をつづけるか、結果を記録して終えてください。"),
        person=ForPerson(
            _("窓口が、いったん待っています。"), _("つづきは窓口から連絡があります。いそぐときは、窓口に電話できます。")
        ),
    ),
    "closed": ReferralWords(
        desk=_("結果あり"),
        happened=_("{centre}へのつなぎの結果：{detail}"),
        centre=_("結果あり"),
        centre_next=_("このつなぎは終わりました。することはありません。"),
        person=ForPerson(_("窓口へのつなぎは終わりました。"), _("相談をつづけたいときは、窓口に直接電話できます。")),
    ),
    # The person agreed to be handed on, and not that the centre tells what came of it.
    "declined": ReferralWords(
        desk=_("受け入れ不可"),
        happened=_("{centre}は受け入れ不可でした（{detail}）"),
        centre=_("引き受けず"),
        centre_next=_("フードバンクに戻しました。このあとはフードバンクが進めます。内容は閉じました。"),
        person=ForPerson(_("今回は引き受けられませんでした。"), _("フードバンクが、ほかの方法を考えます。")),
    ),
    "expired": ReferralWords(
        desk=_("期限切れ・返答なし"),
        happened=_("{centre}から返答がなく、期限が切れました"),
        centre=_("期限切れ"),
        centre_next=_(
            "期限までに返事がなかったため、フードバンクに戻りました。引き受けられるときは、電話で伝えてください。"
        ),
        person=ForPerson(_("まだ返事がありません。"), _("こちらで確認します。")),
    ),
    "revoked": ReferralWords(
        desk=_("同意の撤回"),
        happened=_("同意の撤回により、{centre}へのつなぎを止めました"),
        centre=_("同意の撤回により閉じました"),
        centre_next=_("本人への連絡はしないでください。"),
        person=ForPerson(_STOPPED, _("窓口からは、もう連絡がありません。")),
        tell_centre=_("本人が同意をとりやめました。{centre}に電話して、連絡をやめて紙を破棄するように伝えてください。"),
        tell_centre_if_it_has_it=_(
            "本人が同意をとりやめました。{centre}に紙をもう渡したかを、たしかめてください。渡していたら、電話して、"
            "連絡をやめて紙を破棄するように伝えてください。まだなら、紙をこちらで破棄します。電話は要りません。"
        ),
        person_to_be_told=WILL_BE_TOLD_TO_STOP,
        person_if_it_has_it=TOLD_TO_STOP_IF_IT_HAS_IT,
        person_told=TOLD_TO_STOP,
    ),
    "entered_in_error": ReferralWords(
        desk=_("つなぎ先のまちがい"),
        happened=_("つなぎ先のまちがいだったので、{centre}へのつなぎを止めました"),
        centre=_("つなぎ先のまちがいにより閉じました"),
        centre_next=_(
            "まちがってお送りしたつなぎです。本人への連絡はしないでください。印刷した内容は、破棄してください。"
        ),
        person=ForPerson(
            _("ちがう窓口に伝えてしまったので、止めました。"),
            _("その窓口には、連絡をやめて内容を捨てるように伝えました。"),
        ),
        tell_centre=_("つなぎ先のまちがいです。{centre}に電話して、連絡をやめて紙を破棄するように伝えてください。"),
        tell_centre_if_it_has_it=_(
            "つなぎ先のまちがいです。{centre}に紙をもう渡したかを、たしかめてください。渡していたら、電話して、"
            "連絡をやめて紙を破棄するように伝えてください。まだなら、紙をこちらで破棄します。電話は要りません。"
        ),
        person_if_unsure=_("つなぐ窓口をまちがえたので、止めました。"),
        person_if_it_has_it=_(
            "その窓口にまだ渡していないかを、たしかめています。渡していたときは、連絡をやめて捨てるように伝えます。"
        ),
        person_to_be_told=_("フードバンクからその窓口に、連絡をやめて印刷したものを捨てるように伝えます。"),
        person_told=_("{day}に、フードバンクからその窓口に、連絡をやめて印刷したものを捨てるように伝えました。"),
    ),
    "handed_over": ReferralWords(
        desk=_("引きつぎ済み（結果は聞かない約束）"),
        happened=_("{centre}に引きついで、つなぎを終えました（結果は、本人との約束どおり聞きません）"),
        centre=_("引きつぎ済み"),
        centre_next=_("本人との約束により、結果はフードバンクに知らせないでください。"),
        person=ForPerson(
            _("窓口に引きつぎました。"),
            _("そのあとのことは、お約束どおり、窓口からフードバンクには伝わりません。つづきは、窓口と話してください。"),
        ),
    ),
}
# The person agreed anew, to less than the packet says: they may be spoken with on what is told anew.
NARROWED = ClosedWords(
    centre=_("前の内容を閉じました"),
    centre_next=_(
        "本人が、伝える内容をへらして同意しなおしました。前に受けとった内容は、破棄してください。"
        "いま伝えられる内容は、あらためて届きます。"
    ),
    tell_centre=_(
        "本人が、伝える内容をへらして同意しなおしました。{centre}に電話して、前に渡した紙を破棄するように伝えてください。"
        "いま伝えられる内容は、あらためてつなぎます。"
    ),
    tell_centre_if_it_has_it=_(
        "本人が、伝える内容をへらして同意しなおしました。{centre}に前の紙をもう渡したかを、たしかめてください。"
        "渡していたら、電話して、破棄するように伝えてください。まだなら、紙をこちらで破棄します。電話は要りません。"
    ),
    person_to_be_told=_(
        "そのあと、伝える内容をへらしました。前の内容を捨てるように、フードバンクから窓口に伝えます。"
        "窓口の人がもう読んだことは、消せません。"
    ),
    person_told=_(
        "そのあと、伝える内容をへらしました。{day}に、前の内容を捨てるように、フードバンクから窓口に伝えました。"
        "窓口の人がもう読んだことは、消せません。"
    ),
    person_mailed=_(
        "そのあと、伝える内容をへらしたので、前の内容を閉じて、印刷したものを捨てるように、窓口に知らせました。"
        "窓口の人がもう読んだことは、消せません。"
    ),
    person_if_it_has_it=_(
        "そのあと、伝える内容をへらしました。前の内容を窓口にまだ渡していないかを、たしかめています。"
        "渡していたときは、捨てるように伝えます。"
    ),
)
# To the person, of one that came back, once the desk has done what it does about it.
FOLLOWED_UP = _("ほかの方法は、フードバンクに電話して聞いてください。")
# Of one that nobody answered, whose consent doesn't stand any more: nobody asks the centre again. By ``Gone``.
_NO_ANSWER = _("期限までに、返事がありませんでした。")
UNANSWERED = {
    "withdrawn": ForPerson(_NO_ANSWER, _("同意をとりやめたので、もう確認しません。内容は、だれも開いていません。")),
    "in_error": ForPerson(
        _NO_ANSWER, _("フードバンクの記録にまちがいがあったので、もう確認しません。内容は、だれも開いていません。")
    ),
}
# Of one on paper that was stopped before anything left the house.
NEVER_LEFT = _("窓口には、何も渡していませんでした。用意した紙は捨てました。")
REFERRAL = Table(
    _KNOWN,
    unknown=ReferralWords(
        desk=UNKNOWN_STATUS,
        happened=UNKNOWN_STATUS,
        centre=UNKNOWN_STATUS,
        centre_next=_("送り主に電話でたしかめてください。"),
        person=ForPerson(UNKNOWN_STATUS),
    ),
)
