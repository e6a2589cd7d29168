"""What taking a consent back does, said before it is done: by what the centre was really told, and has of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from referrals.models import ConsentEntry, Person, Referral
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.person import told as told_now
from referrals.person.told import Telling, Waiting

Words = str | Promise

NOTHING_TOLD = _("{centre}には、まだ何も伝えていません。とりやめると、このあとも伝えません。")
NOTHING_ON_THIS = _("いまの同意では、{centre}にまだ何も伝えていません。とりやめると、このあとも伝えません。")
NOTHING_SINCE = _("止めたあとは、{centre}にまだ何も伝えていません。とりやめると、このあとも伝えません。")
CLOSED_UNREAD_BEFORE = _("前に{centre}に届けた内容は、だれも開かないまま閉じました。")
CLOSED_UNREAD = _("{centre}に届けた内容は、だれも開かないまま閉じました。とりやめると、このあとも伝えません。")
UNREAD = _(
    "{centre}に届けた内容は、まだだれも開いていません。とりやめると、すぐに開けなくなります。窓口には、連絡をしないことを伝えます。"
)
READ = _(
    "とりやめると、窓口はすぐに内容を開けなくなります。窓口には、連絡をしないことと、印刷したものを捨てることを伝えます。"
)
OVER = _("{centre}へのつなぎは終わっています。とりやめると、窓口に、連絡をしないことと、内容を捨てることを伝えます。")
ON_ITS_WAY = _(
    "フードバンクが、{centre}に電話と紙で伝えているところです。とりやめると、まだ渡していない紙は捨てます。"
    "もう渡していたときは、連絡をしないことと、紙を捨てることを窓口に伝えます。"
)
IF_ON_PAPER = _(
    "{centre}に伝えるために用意した紙を、もう渡していたときは、とりやめると、"
    "連絡をしないことと、紙を捨てることを窓口に伝えます。"
)
ON_PAPER = _(
    "{centre}には、電話と紙で伝えてあります。とりやめると、連絡をしないことと、紙を捨てることを窓口に伝えます。"
)
STAYS_READ = _("窓口の人がもう読んだことは、消せません。")

NOR_HEARD = _("そのあとどうなったかを、{centre}がフードバンクに知らせる同意も、いっしょにとりやめになります。")

AFTER_NOTHING = _("同意をとりやめました。窓口には、何も伝えていません。")
AFTER_UNREAD = _("同意をとりやめました。窓口は、あなたの内容を読めません。")
AFTER_READ = _("同意をとりやめました。窓口の人がもう読んだことは、消せません。")


@dataclass(frozen=True)
class Towards:
    """One centre that may be told now, and what taking that back does there, a sentence each."""

    centre: Organisation
    words: list[Words]


def towards(person: Person, consents: Iterable[ConsentEntry], tellings: Iterable[Telling]) -> list[Towards]:
    """Of each centre that ``consents``, which stand, let be told (one query, and those of ``told.waiting``)."""
    tellings, consents = list(tellings), list(consents)
    reached = set(Referral.objects.filter(case__person=person).reached_by_withdrawal().values_list("pk", flat=True))
    waiting = {one.centre.pk: one for one in told_now.waiting(consents, tellings)}
    heard = {entry.recipient_id for entry in consents if entry.purpose == Purpose.HEAR_RESULT}

    def of(centre: Organisation) -> Towards:
        told = [one for one in tellings if one.referral.centre_id == centre.pk]
        words = list(_words(centre, told, reached, waiting.get(centre.pk)))
        if centre.pk in heard:
            words.append(format_lazy(str(NOR_HEARD), centre=centre.name))
        return Towards(centre, words)

    return [of(centre) for centre in told_now.recipients(consents).values()]


def after(tellings: Iterable[Telling], *, standing: Iterable[Organisation]) -> Words:
    """What is true once it was taken back, of the centres that may not be told any more."""
    named = {centre.pk for centre in standing}
    told = [one for one in tellings if one.referral.centre_id not in named]
    if any(one.may_have_been_read for one in told):
        return AFTER_READ
    return AFTER_UNREAD if told else AFTER_NOTHING


def _words(centre: Organisation, told: list[Telling], reached: set[int], waits: Waiting | None) -> Iterator[Words]:
    does = [_of_one(one) for one in told if one.referral.pk in reached]
    if waits:
        does += _of_waiting(told, waits)
    elif not does:
        does = [CLOSED_UNREAD]
    for words in dict.fromkeys(does):
        yield format_lazy(str(words), centre=centre.name)
    if any(one.may_have_been_read for one in told):
        yield STAYS_READ


def _of_one(telling: Telling) -> Words:
    """Of a hand-off whose centre will be told."""
    referral = telling.referral
    if referral.way == Way.TELEPHONE:
        if not referral.may_not_have_left or referral.told_at:  # who told it to stop had asked whether it has it
            return ON_PAPER
        return ON_ITS_WAY if referral.is_live else IF_ON_PAPER
    if not referral.is_live:
        return OVER
    return READ if telling.may_have_been_read else UNREAD


def _of_waiting(told: list[Telling], waits: Waiting) -> Iterator[Words]:
    """Where nothing was told on the consent that stands, or what was has been stopped."""
    if any(one.unread_when_over for one in told):
        yield CLOSED_UNREAD_BEFORE
    if waits.again:
        yield NOTHING_SINCE
    else:
        yield NOTHING_ON_THIS if told else NOTHING_TOLD
