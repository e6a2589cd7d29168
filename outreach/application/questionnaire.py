"""The application form as data: its screens in order, what each asks, and when it is asked."""

import dataclasses
import hashlib
import json

from django.utils.translation import gettext_lazy as _

from outreach.application import consent_texts, contradictions, disclosable
from outreach.application.disclosable import FIELDS_BY_KEY, rows
from outreach.application.forms import address, centre, contact, delivery, life, people, today
from outreach.application.forms.base import NothingAsked
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.step import Section, Step


def _is_told(said: Statement, serving: Serving) -> bool:
    """Whether the person may say now what the centre is told: for somebody else that is asked later."""
    wishes = said.hand_off_wish == "call_me" and said.applying_for == "self"
    return wishes and serving.centre(said.centre_id) is not None


def _home(_said: Statement, serving: Serving) -> list:
    return [serving.place.code] if serving.place else []


def _whose(said: Statement, _serving: Serving) -> list:
    """Whose answers they are: what one said of oneself is asked anew when it turns out to be about somebody else."""
    return ["other"] if said.applying_for == "other" else []


def _address(said: Statement, serving: Serving) -> list:
    return [*_home(said, serving), *_whose(said, serving)]


def _details(said: Statement, serving: Serving) -> list:
    details = contact.details_asked(said)
    return [*details, *(_home(said, serving) if "address" in details else []), *_whose(said, serving)]


STEPS: tuple[Step, ...] = (
    Step(
        "for-whom",
        Section.TODAY,
        _("申しこむ人"),
        delivery.ForWhomForm,
        aloud=_(
            "これから、食べものを送るために、いくつかうかがいます。答えたくないことは「答えたくない」でかまいません。"
            "答えても答えなくても、食べものが届くかどうかは変わりません。"
            "この申込みは、ご自分のことですか。それとも、ほかの方のことですか。"
        ),
        template="outreach/application/promised.html",
    ),
    Step(
        "food",
        Section.TODAY,
        _("今日の食べもの"),
        today.FoodForm,
        aloud=_("いま、食べものは何日分ありますか。"),
    ),
    Step(
        "place",
        Section.TODAY,
        _("お住まい"),
        today.HomeForm,
        reads=("home",),
        lead=_("そこへ送れるかどうかを、先にたしかめます。"),
        stands_on=_whose,
        aloud=_("お住まいの郵便番号か、市区町村を教えてください。"),
    ),
    Step(
        "until-then",
        Section.TODAY,
        _("食べものが届くまでのあいだ"),
        NothingAsked,
        applies=lambda said, _serving: said.food_days == "none",
        aloud=_(
            "箱で送る食べものは、届くまでに数日かかります。"
            "今日食べるものがないときは、いまから言うところに、先に電話してみてください。"
        ),
        template="outreach/application/until_then.html",
    ),
    Step(
        "people",
        Section.PEOPLE,
        _("いっしょに暮らす人"),
        people.PeopleForm,
        stands_on=_whose,
        lead=_("何人分を送るか、決めるために聞いています。"),
        aloud=_(
            "いっしょに暮らしている人は、ご本人も入れて、全部で何人ですか。お子さんがいれば、年齢も教えてください。"
        ),
    ),
    Step(
        "eating",
        Section.PEOPLE,
        _("食べられないもの"),
        people.EatingForm,
        stands_on=_whose,
        aloud=_("アレルギーや病気、宗教などで、食べられないものはありますか。"),
    ),
    Step(
        "cooking",
        Section.PEOPLE,
        _("料理のこと"),
        people.CookingForm,
        lead=_("そのまま食べられるものを送るかどうか、決めるために聞いています。"),
        aloud=_("料理はできますか。電気・ガス・水道で、いま使えないものはありますか。"),
    ),
    Step(
        "helper",
        Section.DELIVERY,
        _("代わりに申しこむ方"),
        delivery.HelperForm,
        applies=lambda said, _serving: said.applying_for == "other",
        aloud=_("あなたのお名前と、ご本人との関係、お電話番号を教えてください。"),
    ),
    Step(
        "name",
        Section.DELIVERY,
        _("お名前"),
        delivery.NameForm,
        stands_on=_whose,
        aloud=_("食べものを受けとる方のお名前と、ふりがなを教えてください。生まれた年は、よければで、けっこうです。"),
    ),
    Step(
        "receive",
        Section.DELIVERY,
        _("受けとり方"),
        delivery.ReceiveForm,
        lead=_("箱には「食品」とだけ書きます。"),
        aloud=_("どうやって受けとりますか。箱には「食品」とだけ書きます。"),
        template="outreach/application/receive.html",
    ),
    Step(
        "address",
        Section.DELIVERY,
        _("送り先の住所"),
        address.AddressForm,
        reads=("destination",),
        applies=lambda said, _serving: said.receive_by == "home",
        stands_on=_address,
        aloud=_("送り先の郵便番号と、市区町村より後の住所を、建物の名前と部屋番号まで教えてください。"),
        template="outreach/application/address.html",
    ),
    Step(
        "slot",
        Section.DELIVERY,
        _("届ける時間"),
        delivery.SlotForm,
        applies=lambda said, _serving: said.receive_by == "home",
        aloud=_("届けてほしい時間はありますか。玄関の前に置いていくこともできます。"),
    ),
    Step(
        "reach",
        Section.CONTACT,
        _("連絡のしかた"),
        contact.ReachForm,
        stands_on=_whose,
        lead=_("送る日をお知らせするときや、たしかめたいことがあるときに連絡します。"),
        aloud=_("連絡するときは、どの方法がよいですか。電話が使えないときは、そう教えてください。"),
    ),
    Step(
        "reach-details",
        Section.CONTACT,
        _("連絡先"),
        contact.ReachDetailsForm,
        reads=(
            *("phone", "safe_times", "email", "letters"),
            *("supporter", "supporter_relation", "supporter_phone"),
            "passphrase",
        ),
        applies=lambda said, _serving: bool(contact.details_asked(said)),
        stands_on=_details,
        aloud=_("連絡先と、連絡してよい時間を教えてください。"),
    ),
    Step(
        "household",
        Section.LIFE,
        _("くらしのこと：世帯"),
        life.HouseholdForm,
        stands_on=lambda said, _serving: contradictions.ground_of_household(said),
        template="outreach/application/household.html",
        aloud=_(
            "ここからは、くらしのことをうかがいます。答えたくないことは「答えたくない」でかまいません。"
            "答えても答えなくても、食べものが届くかどうかは変わりません。だれと暮らしていますか。"
        ),
    ),
    Step(
        "income",
        Section.LIFE,
        _("くらしのこと：収入"),
        life.IncomeForm,
        aloud=_("さいきん、収入はどうなりましたか。金額は聞きません。"),
    ),
    Step(
        "debt",
        Section.LIFE,
        _("くらしのこと：借金"),
        life.DebtForm,
        aloud=_("借金や、はらえずにいるお金はありますか。金額は聞きません。"),
    ),
    Step(
        "first",
        Section.LIFE,
        _("くらしのこと：はじめてかどうか"),
        life.FirstForm,
        aloud=_("フードバンクを使うのは、はじめてですか。どこで知りましたか。"),
    ),
    Step(
        "ties",
        Section.LIFE,
        _("くらしのこと：相談"),
        life.TiesForm,
        aloud=_("困ったときに、相談できる人はいますか。いま、相談しているところはありますか。"),
    ),
    Step(
        "centre",
        Section.CENTRE,
        _("お住まいの地域の相談窓口"),
        centre.CentreForm,
        applies=lambda _said, serving: bool(serving.centres),
        # Whoever wants no contact can't be called by a centre either.
        stands_on=lambda said, serving: [*(one.public_id for one in serving.centres), *disclosable.ways_to_reach(said)],
        aloud=_(
            "お住まいの地域には、くらしの困りごとを何でも相談できる窓口があります。"
            "窓口から連絡してほしいですか。窓口だけ知りたい、今はいい、でもかまいません。"
        ),
        template="outreach/application/centre.html",
    ),
    Step(
        "tell",
        Section.CENTRE,
        _("窓口に伝える内容をえらぶ"),
        centre.TellForm,
        applies=_is_told,
        stands_on=lambda said, _serving: [said.centre_id, *disclosable.ways_to_reach(said)],
        aloud=_("窓口に伝えてよいものを教えてください。言われたものだけを伝えます。"),
        template="outreach/application/tell.html",
    ),
    Step(
        "tell-fields",
        Section.CENTRE,
        _("窓口に伝える内容をくわしくえらぶ"),
        centre.TellFieldsForm,
        applies=_is_told,
        aloud=_("ひとつずつ読みあげます。伝えてよいものを教えてください。"),
        template="outreach/application/tell_fields.html",
        aside=True,
        answers="tell",
    ),
    Step(
        "consent",
        Section.CENTRE,
        _("窓口に伝わる内容"),
        centre.ConsentForm,
        applies=_is_told,
        stands_on=lambda said, _serving: [said.centre_id, *told(said), consent_texts.CURRENT, told_exactly(said)],
        afresh=lambda said: dataclasses.replace(said, consent_text_version="", feedback=False),
        aloud=_(
            "窓口に伝わる内容と、同意の文を、これから読みあげます。"
            "よければ「はい」、伝えてほしくなければ「いいえ」と言ってください。"
        ),
        template="outreach/application/consent.html",
    ),
    Step(
        "troubles",
        Section.LIFE,
        _("困っていること"),
        life.TroublesForm,
        lead=_("ナビでえらんだものが入っています。"),
        aside=True,
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
CHECK = "check"


def asked_of(said: Statement, serving: Serving) -> list[Step]:
    """The steps that are asked of this person, in order."""
    return [step for step in STEPS if not step.aside and step.applies(said, serving)]


def told(said: Statement) -> list[str]:
    """Keys of what the centre would read now: chosen, and holding something."""
    tidied = said.tidy()
    return [row.key for row in rows(tidied, tidied.disclosed)]


def told_exactly(said: Statement) -> str:
    """A digest of the answers the centre would read now, whatever language they are shown in."""
    answered = said.tidy().to_json()
    answers = [[answered[name] for name in FIELDS_BY_KEY[key].questions] for key in told(said)]
    return hashlib.blake2b(json.dumps(answers).encode(), digest_size=16).hexdigest()
