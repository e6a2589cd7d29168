"""Every verb of desk, storeroom, centre and person on one case, called as their pages call it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from foundation import clock
from foundation.errors import NotAllowed
from outreach.application.addenda import add_addendum
from referrals import person_index
from referrals.desk import casework, corrections, parcel_corrections, parcels, undoing
from referrals.handoff import answering, consents, replies, reply_corrections, retelling, sending, stopping, voiding
from referrals.models import Case, Parcel, Referral
from referrals.models.referral import Way
from tests.factories.cases import ALL_FIELDS, Town, all_read, all_shown, fresh

Verb = Callable[[Case, Town], Any]


def _last(found: Case) -> Parcel:
    parcel = found.parcels.order_by("pk").last()
    if parcel is None:
        raise NotAllowed  # no page offers it
    parcel.case = found
    return parcel


def _newest(found: Case) -> Referral:
    related = ("case__person__data_key", "case__desk", "centre", "packet")
    return Referral.objects.select_related(*related).filter(case=found).latest("pk")


def _seen(found: Case, at: Town) -> dict[str, Any]:
    return {"by": at.caseworker, "seen": found.version}


def _end(to: str, reason: str) -> Verb:
    asked: dict[str, Any] = {"without_hand_off": True, "hand_off_goes_on": True, "box": "to_unpack"}
    return lambda found, at: casework.end(
        case=found, to=to, reason=reason, read=all_read(found), **asked, **_seen(found, at)
    )


def _undo(verb: Callable[..., None]) -> Verb:
    return lambda found, at: verb(case=found, why="まちがえた", **_seen(found, at))


def _correct(found: Case, at: Town) -> None:
    now = corrections.stands(found) | {"safe_times": f"{corrections.length(found)}時すぎ"}
    corrections.correct(case=found, now=now, why="電話できいた", by=at.caseworker, seen=corrections.length(found))


def _correct_parcel(parcel: Parcel, at: Town) -> None:
    now = {name: getattr(parcel, name) for name in parcel_corrections.FIELDS} | {"weight_grams": 1000 + parcel.version}
    parcel_corrections.correct(parcel=parcel, now=now, why="はかりなおした", by=at.caseworker, seen=parcel.version)


def _void(found: Case, at: Town) -> None:
    number = voiding.entries(found)[0][0] if voiding.entries(found) else 0
    seen = found.person.consents.count()
    voiding.void(case=found, number=number, why="まちがえた", by=at.caseworker, seen=seen)


def _of_referral(verb: Callable[..., None], by: str, **said: Any) -> Verb:
    def act(found: Case, at: Town) -> None:
        referral = _newest(found)
        verb(referral=referral, by=getattr(at, by), seen=referral.version, **said)

    return act


ON_CASE: dict[str, Verb] = {
    "start_review": lambda found, at: casework.start_review(case=found, read=all_read(found), **_seen(found, at)),
    "approve": lambda found, at: casework.approve(case=found, read=all_read(found), **_seen(found, at)),
    "decline": _end("declined", "no_stock"),
    "withdraw case": _end("withdrawn", "not_needed"),
    "duplicate": _end("duplicate", "same_application"),
    "close case": _end("closed", "delivered"),
    "note": lambda found, at: casework.write_note(case=found, text="電話した", by=at.caseworker, read=all_read(found)),
    "undo_end": _undo(undoing.undo_end),
    "undo_approval": _undo(undoing.undo_approval),
    "undo_sending": _undo(undoing.undo_sending),
    "undo_return": _undo(undoing.undo_return),
    "undo_delivery": _undo(undoing.undo_delivery),
    "pack": lambda found, at: parcels.pack(case=found, contents="米", **all_shown(found), **_seen(found, at)),
    "send": lambda found, at: parcels.send(parcel=_last(found), **all_shown(found), **_seen(found, at)),
    "deliver": lambda found, at: parcels.deliver(parcel=_last(found), **_seen(found, at)),
    "take_back": lambda found, at: parcels.take_back(parcel=_last(found), reason="nobody_there", **_seen(found, at)),
    "send again": lambda found, at: parcels.send_again(parcel=_last(found), found_out="電話した", **_seen(found, at)),
    "confirm unpacked": lambda found, at: parcels.confirm_unpacked(parcel=_last(found), by=at.caseworker),
    "correct parcel": lambda found, at: _correct_parcel(_last(found), at),
    "unpack": lambda found, at: parcels.unpack(parcel=_last(found), **_seen(found, at)),
}
ON_PERSON: dict[str, Verb] = {
    "correct": _correct,
    "index anew": lambda found, _at: person_index.index_anew(found.person),
    "add": lambda found, _at: add_addendum(application=found.application, own_words="もうひとつ"),
    "consent": lambda found, at: consents.record_consent(
        case=found, recipient=at.centre, fields=ALL_FIELDS, hear_result=True, channel="telephone", by=at.caseworker
    ),
    "void": _void,
    "withdraw": lambda found, at: consents.withdraw_consent(case=found, recipient=at.centre, channel="web"),
    "refer": lambda found, at: sending.send(case=found, centre=at.centre, way=Way.TELEPHONE, **_seen(found, at)),
}
ON_REFERRAL: dict[str, Verb] = {
    "open": lambda found, at: answering.open_and_read(referral=_newest(found), by=at.counsellor),
    "accept": _of_referral(answering.accept, "counsellor"),
    "refuse": _of_referral(answering.decline, "counsellor", reason="full"),
    "contact": _of_referral(answering.note_first_contact, "counsellor"),
    "close": _of_referral(answering.close, "counsellor", outcome="moved"),
    "hold": lambda found, at: _of_referral(
        answering.hold, "caseworker", until=clock.today() + timedelta(days=9), why="入院中"
    )(found, at),
    "resume": _of_referral(answering.resume, "caseworker"),
    "reply": _of_referral(replies.record_reply, "caseworker", to="accepted"),
    "take reply back": _of_referral(reply_corrections.correct_reply, "caseworker", why="まちがえた"),
    "follow up": _of_referral(replies.follow_up, "caseworker", note="電話した"),
    "tell": _of_referral(replies.record_told, "caseworker", note="電話した"),
    "tell person": _of_referral(retelling.record_person_told, "caseworker", note="電話した"),
    "wrong centre": _of_referral(stopping.mark_wrong_centre, "caseworker", why="まちがえた"),
    "expire": lambda found, _at: stopping.expire(referral=_newest(found)),
}
ALL = {**ON_CASE, **ON_PERSON, **ON_REFERRAL}


def do(name: str, found: Case, at: Town) -> Any:
    """The verb, on the case as a new request loads it."""
    return ALL[name](fresh(found), at)
