"""That somebody wrote in the consent ledger meanwhile: an entry is no state, so it has sentences of its own."""

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict
from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor
from foundation.text.wording import moment
from referrals.models import ConsentEntry
from referrals.models.consent import Purpose

_in_words = lazy(moment, str)  # put into the reader's language when it is shown
_WORDS: dict[tuple[str, bool], Promise] = {
    (Purpose.TELL_CENTRE, True): _("{who}が{when}に、{centre}に伝える同意を書きとりました。"),
    (Purpose.TELL_CENTRE, False): _("{who}が{when}に、{centre}への同意の撤回を書きとりました。"),
    (Purpose.HEAR_RESULT, True): _("{who}が{when}に、{centre}から結果を聞く同意を書きとりました。"),
    (Purpose.HEAR_RESULT, False): _("{who}が{when}に、{centre}から結果を聞く同意の撤回を書きとりました。"),
}
# What the person said on their own page nobody recorded.
_WORDS_OF_THE_PERSON: dict[tuple[str, bool], Promise] = {
    (Purpose.TELL_CENTRE, True): _("ご本人が{when}に、{centre}に伝えることに同意しました。"),
    (Purpose.TELL_CENTRE, False): _("ご本人が{when}に、{centre}への同意をとりやめました。"),
    (Purpose.HEAR_RESULT, True): _("ご本人が{when}に、{centre}から結果を聞くことに同意しました。"),
    (Purpose.HEAR_RESULT, False): _("ご本人が{when}に、{centre}から結果を聞く同意をとりやめました。"),
}

_WORDS_OF_TAKING_BACK: dict[bool, Promise] = {
    True: _("{who}が{when}に、{centre}についての同意の記録を、まちがいとして取り消しました。"),
    False: _("{who}が{when}に、{centre}についての同意の撤回の記録を、まちがいとして取り消しました。"),
}


class LedgerGrew(Conflict):
    """The newest entry, who made it and when."""

    def __init__(self, entry: ConsentEntry) -> None:
        words = _WORDS if entry.recorded_by else _WORDS_OF_THE_PERSON
        said = words[Purpose(entry.purpose), entry.given]
        if entry.voids:
            said = _WORDS_OF_TAKING_BACK[entry.voids.given]
        who = entry.recorded_by.name if entry.recorded_by else NAMES_OF_NOBODY[Actor.PERSON]
        self.said = format_lazy(
            "{said}{look}",
            said=format_lazy(str(said), who=who, when=_in_words(entry.at), centre=entry.recipient.name),
            look=_("いまの状態を確かめてください。"),
        )
        super().__init__(who=who, what=self.said, at=entry.at, by_id=entry.recorded_by_id)

    def _sentence(self) -> str | Promise:
        return self.said
