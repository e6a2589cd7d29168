"""What becomes of whom in the demonstration, as data: steps with the fewest and most days after the one before.

Every status of a case, a parcel and a referral is reached by somebody; only a referral's ``draft`` is not, since
it exists inside the sending transaction alone.
"""

from dataclasses import dataclass, field
from random import Random

from demonstration.people import Applicant
from referrals.outcomes import DeclineReason, Outcome
from referrals.reasons import EndReason
from referrals.states import CaseStatus


@dataclass(frozen=True)
class Cue:
    """One thing somebody does: the name of an act of ``stage.Stage``, its words, and how long after the last step."""

    act: str
    fewest: int = 0
    most: int = 1
    words: dict[str, str] = field(default_factory=dict)


_REVIEW, _APPROVE = Cue("review"), Cue("approve", 0, 2)
_PACK, _SEND, _DELIVER = Cue("pack", 0, 2), Cue("send_parcel"), Cue("deliver", 2, 4)
_ON_ITS_WAY = (_REVIEW, _APPROVE, _PACK, _SEND)
_ARRIVED = (*_ON_ITS_WAY, _DELIVER)


def _end(to: str, reason: str, note: str = "", *, fewest: int = 1, most: int = 4) -> Cue:
    return Cue("end", fewest, most, {"to": to, "reason": reason, "note": note})


_CLOSE = _end(CaseStatus.CLOSED, EndReason.DELIVERED, fewest=3, most=10)
CLOSED = (*_ARRIVED, _CLOSE)
# The newest applications stand where the work has got to, the newest first.
NEWEST: tuple[tuple[Cue, ...], ...] = (
    *[()] * 4,
    *[(_REVIEW,)] * 4,
    *[(_REVIEW, _APPROVE)] * 3,
    *[(_REVIEW, _APPROVE, _PACK)] * 3,
    *[_ON_ITS_WAY] * 3,
    (*_ON_ITS_WAY, Cue("take_back", 4, 6)),
    *[_ARRIVED] * 6,
)
# What went otherwise among the earlier ones.
OTHERWISE: tuple[tuple[Cue, ...], ...] = (
    (_REVIEW, _end(CaseStatus.DECLINED, EndReason.CANNOT_REACH, "電話とSMSで3回連絡。返事なし。", fewest=10, most=14)),
    (_REVIEW, _end(CaseStatus.DECLINED, EndReason.CANNOT_REACH, fewest=10, most=14)),
    (_REVIEW, _end(CaseStatus.DECLINED, EndReason.NO_STOCK, "近くの食料配布の窓口を案内した。")),
    (_end(CaseStatus.DECLINED, EndReason.OTHER, "別の団体から今週届くと本人から電話。"),),
    (_end(CaseStatus.WITHDRAWN, EndReason.NOT_NEEDED),),
    (_REVIEW, _end(CaseStatus.WITHDRAWN, EndReason.NOT_NEEDED, "親族から届いたとのこと。")),
    (_REVIEW, _APPROVE, _end(CaseStatus.WITHDRAWN, EndReason.OTHER, "入院されたため、本人の希望でとりやめ。")),
    (_REVIEW, _APPROVE, _PACK, _end(CaseStatus.WITHDRAWN, EndReason.NOT_NEEDED)),
    (_REVIEW, _APPROVE, _PACK, Cue("unpack"), Cue("pack", 1, 2), _SEND, _DELIVER, _CLOSE),
    (_REVIEW, _end(CaseStatus.DUPLICATE, EndReason.SAME_APPLICATION)),
    (_end(CaseStatus.DUPLICATE, EndReason.SAME_APPLICATION),),
    (*_ON_ITS_WAY, Cue("take_back", 4, 6), Cue("send_again", 0, 1), Cue("pack", 1, 3), _SEND, _DELIVER, _CLOSE),
    (*_ON_ITS_WAY, Cue("take_back", 5, 7), Cue("send_again", 0, 1), Cue("pack", 1, 3), _SEND, _DELIVER, _CLOSE),
    (*_ARRIVED, _end(CaseStatus.CLOSED, EndReason.OTHER, "次回は地域の食堂を使うとのこと。")),
    (
        _REVIEW,
        Cue("note", 0, 1, {"text": "電話がつながりにくい。SMSで返事あり。"}),
        _APPROVE,
        _PACK,
        _SEND,
        _DELIVER,
        _CLOSE,
    ),
)

# --- hand-offs ---------------------------------------------------------------------------------------------

SAPPORO, HAKODATE, TOKACHI, ELSEWHERE = "C001", "C002", "C043", ""
PORTAL_CENTRES = (SAPPORO, HAKODATE, TOKACHI)
LIVES_IN = {
    SAPPORO: ("011011", "011029", "011037", "011045", "011070", "011053", "011061", "011088", "011096"),
    HAKODATE: ("012025",),
    TOKACHI: ("016314", "016373", "016438", "016349"),
    ELSEWHERE: ("012041", "012033", "012068", "012131", "013617", "016926", "015431", "012106"),
}


@dataclass(frozen=True)
class Wish:
    """Somebody who wishes the centre to call. ``consents``: at once on the form, or not yet.

    ``hears``: whether the centre may tell the food bank how it went. ``helped``: another person applies for them.
    """

    centre: str
    steps: tuple[Cue, ...] = ()
    consents: bool = True
    hears: bool = True
    helped: bool = False


_REFER = Cue("refer", 2, 5)
_OPEN, _ACCEPT, _CONTACT = Cue("open", 0, 2), Cue("accept", 0, 2), Cue("contact", 1, 5)
_PORTAL_TALK = (_REFER, _OPEN, _ACCEPT, _CONTACT)
_TOLD_ACCEPTED, _TOLD_CONTACTED = Cue("reply", 1, 4, {"to": "accepted"}), Cue("reply", 2, 6, {"to": "contacted"})
_PHONE_TALK = (_REFER, _TOLD_ACCEPTED, _TOLD_CONTACTED)
_EXPIRE = Cue("expire")
_LATELY = Cue("refer_lately")


def _closed(outcome: str, note: str = "") -> Cue:
    return Cue("close", 5, 25, {"outcome": outcome, "note": note})


def _told_closed(outcome: str) -> Cue:
    return Cue("reply", 5, 20, {"to": "closed", "outcome": outcome})


# In the order in which they apply.
WISHES = (
    Wish(SAPPORO, (*_PORTAL_TALK, _closed(Outcome.FIRST_INTERVIEW))),
    Wish(ELSEWHERE, (*_PHONE_TALK, _told_closed(Outcome.FIRST_INTERVIEW))),
    Wish(HAKODATE, (*_PORTAL_TALK, _closed(Outcome.PASSED_ON, "債務の相談は法律の窓口へつないだ。"))),
    Wish(SAPPORO, (*_PORTAL_TALK, _closed(Outcome.ONGOING_SUPPORT))),
    Wish(TOKACHI, (_REFER, _OPEN, _ACCEPT, _closed(Outcome.NOT_ELIGIBLE))),
    Wish(SAPPORO, (
        _REFER, _OPEN, Cue("decline", 1, 3, {"reason": DeclineReason.ALREADY_SUPPORTED}),
        Cue("follow_up", 1, 3, {"note": "本人に電話。いまの担当の人と話を続けるとのこと。"}),
    )),
    Wish(SAPPORO, (_REFER, _OPEN, _ACCEPT, Cue("withdraw", 2, 6))),
    Wish(ELSEWHERE, (_REFER, Cue("reply", 1, 4, {"to": "declined", "reason": DeclineReason.LACKS_INFORMATION}))),
    Wish(SAPPORO, (_REFER, _OPEN, _EXPIRE)),
    Wish(SAPPORO, helped=True, consents=False),
    Wish(HAKODATE, (
        _REFER, _OPEN, Cue("decline", 1, 3, {"reason": DeclineReason.OTHER, "note": "別の課がすでに担当している。"}),
    )),
    Wish(SAPPORO, (*_PORTAL_TALK, _closed(Outcome.INFORMATION_ONLY)), hears=False),
    Wish(ELSEWHERE, (_REFER, _EXPIRE)),
    Wish(HAKODATE, (_REFER, Cue("withdraw_by_telephone", 1, 3))),
    Wish(SAPPORO, (_REFER, _OPEN, _ACCEPT, _closed(Outcome.ALREADY_SUPPORTED))),
    Wish(TOKACHI, (_REFER, _EXPIRE)),
    Wish(HAKODATE, (*_PORTAL_TALK, _closed(Outcome.DECLINED_BY_PERSON))),
    Wish(SAPPORO, (_REFER, _OPEN, _ACCEPT, _closed(Outcome.NOT_REACHED))),
    Wish(HAKODATE, consents=False),
    Wish(ELSEWHERE, (Cue("consent_on_paper", 4, 8), *_PHONE_TALK, _told_closed(Outcome.MOVED)), consents=False),
    Wish(ELSEWHERE, helped=True, consents=False),
    Wish(SAPPORO, _PORTAL_TALK),
    Wish(HAKODATE, _PORTAL_TALK, hears=False),
    Wish(ELSEWHERE, _PHONE_TALK),
    Wish(SAPPORO, (_REFER, _OPEN, _ACCEPT)),
    Wish(HAKODATE, (_REFER, _OPEN, _ACCEPT)),
    Wish(ELSEWHERE, (_REFER, _TOLD_ACCEPTED, Cue("reply", 5, 12, {"to": "handed_over"})), hears=False),
    Wish(SAPPORO, (_LATELY, _OPEN)),
    Wish(TOKACHI, (_LATELY, _OPEN)),
    Wish(SAPPORO, (_LATELY,)),
    Wish(TOKACHI, (_LATELY,)),
    Wish(ELSEWHERE, (_LATELY,)),
    Wish(SAPPORO),
)  # fmt: skip


_EXAMPLE = WISHES.index(Wish(SAPPORO, _PORTAL_TALK))


def example(people: list[Applicant]) -> int:
    """The number of an applicant whose private page is worth a look: a hand-off is going on."""
    return list(wishes_of(people))[_EXAMPLE]


def wishes_of(people: list[Applicant]) -> dict[int, Wish]:
    """Who wishes what, by applicant's number."""
    wishing = [person.number for person in people if person.wishes_call]
    return dict(zip(wishing, WISHES, strict=True))


def case_steps_of(chance: Random, people: list[Applicant]) -> dict[int, tuple[Cue, ...]]:
    """What becomes of each applicant's case, by number."""
    quiet = [person.number for person in people if not person.wishes_call]
    newest, earlier = quiet[: -len(NEWEST) - 1 : -1], quiet[: -len(NEWEST)]
    steps: dict[int, tuple[Cue, ...]] = dict.fromkeys((person.number for person in people), CLOSED)
    steps |= dict(zip(newest, NEWEST, strict=True))
    return steps | dict(zip(sorted(chance.sample(earlier, len(OTHERWISE))), OTHERWISE, strict=True))
