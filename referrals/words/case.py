"""The words for cases: to the desk, and to the person.

Reasons why a case ended stay with the desk: "the same application exists" would tell whoever typed in somebody
else's name that this person is registered.
"""

from django.utils.translation import gettext_lazy as _

from referrals.words.kinds import UNKNOWN_STATUS, CaseWords, ForPerson, Table

_ASK = _("土日・祝日をのぞいて3日たってもここがかわらないときは、電話でたしかめてください。")
_AGAIN = _("また必要になったら、もう一度申しこめます。")
_CAME_BACK = _("送った荷物が、フードバンクに戻ってきました。")
_ENDED = _("「{end}」で終えました（{reason}）")

_CASE: dict[str, CaseWords] = {
    "received": CaseWords(
        desk=_("受付"),
        hint=_("新しい申込みです。読んで、確認をはじめてください。"),
        happened=_("申込みを受け付けました（{way}）"),
        person=ForPerson(_("申込みを受けとりました。"), _("フードバンクの担当者が、届いた順に読みます。"), _ASK),
    ),
    "in_review": CaseWords(
        desk=_("確認中"),
        hint=_("内容を確認して、発送を決めてください。"),
        happened=_("確認をはじめました"),
        person=ForPerson(
            _("担当者が申込みを読んでいます。"),
            _("聞きたいことがあるときは、あなたがえらんだ方法で連絡します。なければ、送る準備にすすみます。"),
            _ASK,
            contacts=True,
        ),
    ),
    "approved": CaseWords(
        desk=_("発送決定"),
        hint=_("箱づめを待っています。"),
        happened=_("発送を決めました"),
        person=ForPerson(_("食べものを送ることが決まりました。"), _("これから箱につめて送ります。"), _ASK),
    ),
    "packed": CaseWords(
        desk=_("箱づめ済み"),
        hint=_("箱ができています。発送したら、記録してください。"),
        person=ForPerson(_("食べものを箱につめました。"), _("つぎに荷物を出す日に送ります。"), _ASK),
    ),
    "sent": CaseWords(
        desk=_("発送済み"),
        hint=_("荷物が向かっています。届いたら、または戻ってきたら、記録してください。"),
        person=ForPerson(
            _("食べものを送りました。"),
            _("宅配便では、ふつう2〜3日で届きます。"),
            _("4日たっても届かないときは、電話でたしかめてください。"),
        ),
    ),
    "delivered": CaseWords(
        desk=_("お届け済み"),
        hint=_("荷物が届きました。ほかにすることがなければ、ケースを終えてください。"),
        person=ForPerson(
            _("食べものを届けました。"), _("届いていないときや、こまったことがあるときは、電話してください。"), _AGAIN
        ),
    ),
    "closed": CaseWords(
        desk=_("終了"),
        hint=_("このケースは終わりました。"),
        happened=_ENDED,
        person=ForPerson(_("この申込みは終わりました。"), "", _AGAIN),
    ),
    "declined": CaseWords(
        desk=_("対応できず"),
        hint=_("対応できず、終わりました。"),
        happened=_ENDED,
        person=ForPerson(
            _("今回は送れません。ほかの窓口はこちらです。"), _("わけを知りたいときは、電話でたずねてください。"), _AGAIN
        ),
    ),
    "withdrawn": CaseWords(
        desk=_("取下げ"),
        hint=_("取下げで、終わりました。"),
        happened=_ENDED,
        person=ForPerson(_("この申込みは取り下げられました。"), "", _AGAIN),
    ),
    "duplicate": CaseWords(
        desk=_("重複"),
        hint=_("重複で、終わりました。"),
        happened=_ENDED,
        person=ForPerson(_("この申込みは終わりました。"), _("くわしいことは、電話でたずねてください。"), _AGAIN),
    ),
}
CASE = Table(_CASE, unknown=CaseWords(desk=UNKNOWN_STATUS, hint=UNKNOWN_STATUS, person=ForPerson(UNKNOWN_STATUS)))
NOT_CONTACTED = _("連絡はいらないとのことなので、こちらからは連絡しません。ときどき、このページでたしかめてください。")
# To the person, until it is decided what becomes of a box that came back.
CAME_BACK = ForPerson(
    _CAME_BACK,
    _("送り先をたしかめるために、あなたがえらんだ方法で連絡します。"),
    _(
        "もう一度送れるように、正しい住所を部屋番号まで教えてください。電話か、「つけ加えて書く」で送れます。"
        "受けとれる日や時間があるときも、教えてください。"
    ),
    contacts=True,
    at_the_door=ForPerson(
        _CAME_BACK,
        _("送り先をたしかめるために、あなたがえらんだ方法で連絡します。"),
        _(
            "もう一度送れるように、正しい住所を部屋番号まで教えてください。電話でも、下で受付番号を入れて書いても送れます。"
            "受けとれる日や時間があるときも、教えてください。"
        ),
    ),
)
CAME_BACK_FROM_PICKING_UP = ForPerson(
    _CAME_BACK,
    _("受けとるところと、受けとれる日をたしかめるために、あなたがえらんだ方法で連絡します。"),
    _("受けとりやすいところや、行ける日があるときは、電話か、「つけ加えて書く」で教えてください。"),
    contacts=True,
    at_the_door=ForPerson(
        _CAME_BACK,
        _("受けとるところと、受けとれる日をたしかめるために、あなたがえらんだ方法で連絡します。"),
        _(
            "受けとりやすいところや、行ける日があるときは、教えてください。"
            "電話でも、下で受付番号を入れて書いても送れます。"
        ),
    ),
)
# To whoever picks the box up: no courier comes to their door.
TO_PICK_UP = {
    "packed": ForPerson(_("食べものを箱につめました。"), _("つぎに荷物を出す日に、受けとるところへ送ります。"), _ASK),
    "sent": ForPerson(
        _("食べものを送りました。"),
        _(
            "下の営業所・窓口に届いたら、受けとりに行ってください。ふつう2〜3日で届きます。行く前に、届いたかどうかを電話でたしかめられます。"
        ),
        _("4日たっても届かないときや、受けとりに行けないときは、電話で教えてください。"),
        at_the_door=ForPerson(
            _("食べものを送りました。"),
            _(
                "受けとるところに届いたら、受けとりに行ってください。ふつう2〜3日で届きます。"
                "どこで受けとるかは、下で受付番号を入れると出ます。"
            ),
            _("4日たっても届かないときや、受けとりに行けないときは、電話で教えてください。"),
        ),
    ),
    "delivered": ForPerson(
        _("食べものをお渡ししました。"),
        _("受けとっていないときや、こまったことがあるときは、電話してください。"),
        _AGAIN,
    ),
}
# What was pressed in error; the person simply reads where their case stands now.
UNDONE = _("「{was}」をとりけして、{now}にもどしました")
DELIVERY_UNDONE = _("「届いた」をとりけして、発送済みにもどしました")
SENDING_UNDONE = _("「発送」をとりけして、箱づめ済みにもどしました")
RETURN_UNDONE = _("「戻ってきた」をとりけして、発送済みにもどしました")
