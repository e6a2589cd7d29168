"""Who it is, where the box goes, and how they may be reached."""

from django.utils.translation import gettext_lazy as _

from outreach.application import answers, labels
from outreach.application.questions.description import Part, Question

QUESTIONS = (
    Question(
        name="applying_for",
        codes=answers.ApplyingFor,
        otherwise=answers.ApplyingFor.SELF,
        asks=_("この申込みは、だれのことですか"),
        person=_("申しこむ人"),
    ),
    Question(name="helper_name", person=_("代わりに申しこむ方")),
    Question(name="helper_relation", person=_("ご本人との関係"), only_if_said=True),
    Question(name="helper_phone", reads=labels.phone, person=_("代わりに申しこむ方の電話")),
    Question(name="name", asks=_("お名前"), person=_("お名前")),
    Question(
        name="kana",
        asks=_("ふりがな"),
        hint=_("ひらがなでも、カタカナでもだいじょうぶです。名前がかなだけのときは、空けたままで。"),
        person=_("ふりがな"),
        only_if_said=True,
    ),
    Question(
        name="receive_by",
        codes=answers.ReceiveBy,
        otherwise=answers.ReceiveBy.HOME,
        asks=_("どうやって受けとりますか"),
        person=_("受けとり方"),
        staff=_("受けとり方"),
        part=Part.DELIVERY,
    ),
    Question(
        name="delivery_slot",
        codes=answers.DeliverySlot,
        otherwise=answers.DeliverySlot.ANY,
        asks=_("届けてほしい時間"),
        person=_("届ける時間"),
        staff=_("時間帯"),
        part=Part.DELIVERY,
    ),
    Question(
        name="leave_at_door",
        reads=labels.yes_or_no,
        is_yes_or_no=True,
        asks=_("玄関の前に置いていってほしい（置き配）"),
        hint=_("会わずに受けとりたいときに。"),
        person=_("玄関の前に置いていく"),
        staff=_("置き配"),
        part=Part.DELIVERY,
        staff_words={True: _("置いてよい"), False: _("置かずに手わたし")},
    ),
    Question(
        name="reach_by",
        codes=answers.ReachBy,
        several=True,
        ticked_as="reach_by",
        alone=(answers.ReachBy.NONE,),
        asks=_("連絡するときは、どの方法がよいですか"),
        hint=_("いくつでもえらべます。"),
        person=_("連絡のしかた"),
    ),
    Question(
        name="cannot_telephone",
        reads=labels.cannot_telephone,
        is_yes_or_no=True,
        asks=_("電話は使えません"),
        hint=_("耳が聞こえない・聞こえにくいなど。文字で連絡します。"),
        person=_("電話"),
        only_if_said=True,
    ),
    Question(
        name="spoken",
        asks=_("話しやすいことば・通訳"),
        hint=_("日本語のほかのことばや、手話・筆談・やさしい日本語がよいときだけ、書いてください。"),
        person=_("話しやすいことば・通訳"),
        only_if_said=True,
    ),
    Question(name="phone", reads=labels.phone, asks=_("電話番号"), person=_("電話番号"), only_if_said=True),
    Question(
        name="safe_times",
        asks=_("連絡してよい時間"),
        hint=_("例：平日の昼、夜7時すぎ。家の人に知られたくない時間があれば、それも書いてください。"),
        person=_("連絡してよい時間"),
        only_if_said=True,
    ),
    Question(name="email", asks=_("メールアドレス"), person=_("メールアドレス"), only_if_said=True),
    Question(
        name="passphrase",
        asks=_("合言葉"),
        hint=_(
            "受付番号といっしょに使う、ひとつの言葉です。電話で聞かれたときに、ご本人だとたしかめます。"
            "例：すきな食べものの名前。"
        ),
        person=_("合言葉"),
        only_if_said=True,
    ),
)
