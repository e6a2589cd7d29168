"""Why somebody waits to be put in touch with a centre, in the words of a case's next step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from referrals.models import ConsentEntry, Referral
from referrals.models.referral import Mistake
from referrals.states import ReferralStatus

Words = str | Promise
_WISHES_A_CALL = _("本人は、窓口からの連絡を希望しています（同意あり）。まだ、つないでいません。")
_AGREED_LATER = _("窓口に伝える同意があります（申込みのときの希望は「{wish}」）。まだ、つないでいません。")
_AGREED = _("窓口に伝える同意があります。まだ、つないでいません。")
_AGREED_ANEW = _("{centre}に伝える、新しい同意があります。この同意では、まだ、つないでいません。")
_WRONG_CENTRE = _("{centre}へのつなぎは、つなぎ先のまちがいとして止めました。本人は、まだ窓口につながっていません。")
_CLOSED_IN_ERROR = _(
    "撤回、またはへらした同意の記録がまちがいで、{centre}へのつなぎは止めたまま、閉じたままです。"
    "窓口から本人への連絡は、ありません。つづけるときは、あらためてつないでください。"
)
_OLDER_STANDS = _("{centre}へのつなぎは、同意の記録のまちがいで止めました。前からの同意では、まだ、つないでいません。")
_TOLD_LESS = _(
    "本人が、{centre}に伝える内容をへらして同意しなおしました。前に伝えた内容は閉じました。"
    "へらした内容では、まだ、つないでいません。"
)


@dataclass(frozen=True)
class Waiting:
    """One consent on which nothing stands; who went elsewhere may have to apply anew, since the place stays."""

    words: Words
    went_wrong: bool = False


def of(unused: Iterable[ConsentEntry], referrals: Sequence[Referral], *, wish: Words, call: bool) -> list[Waiting]:
    """What ``unused`` consents wait for, given the case's ``referrals``, the newest first."""
    found: list[Waiting] = []
    for entry in unused:
        before = next((one for one in referrals if one.centre_id == entry.recipient_id), None)
        in_error = before is not None and before.mistake == Mistake.WITHDRAWAL
        if before is None or (before.status == ReferralStatus.REVOKED and not in_error):
            words = _WISHES_A_CALL if call else format_lazy(str(_AGREED_LATER), wish=wish) if wish else _AGREED
            found.append(Waiting(words))
            continue
        went_wrong = before.went_to_the_wrong_centre
        if before.mistake:
            why = _words_of_mistake(before, entry)
        else:
            why = _WRONG_CENTRE if went_wrong else _TOLD_LESS if before.narrowed else _AGREED_ANEW
        found.append(Waiting(format_lazy(str(why), centre=entry.recipient.name), went_wrong))
    return found


def _words_of_mistake(before: Referral, entry: ConsentEntry) -> Promise:
    """Of what was stopped on a word recorded in error: whether ``entry`` stood before, or is about something new."""
    if entry.at > before.created_at and (before.withdrawn_at is None or entry.at > before.withdrawn_at):
        return _AGREED_ANEW
    return _CLOSED_IN_ERROR if before.mistake == Mistake.WITHDRAWAL else _OLDER_STANDS
