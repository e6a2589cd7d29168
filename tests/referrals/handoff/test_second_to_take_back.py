"""The second of two who take the same answer back, or go on from the same hold, is told who was first."""

import pytest

from foundation.errors import Conflict
from referrals.handoff import answering, replies, reply_corrections
from referrals.models.referral import Way
from tests.factories import members, referrals
from tests.factories.referrals import again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.mark.parametrize("to", ["accepted", "declined"])
@pytest.mark.parametrize("way", Way.values)
def test_taking_an_answer_back(way, to):
    sent = referrals.handed_off(way=way)
    worker, counsellor = members.caseworker(sent.case.desk), members.counsellor(sent.centre)
    if way == Way.PORTAL:
        referrals.move_on(again(sent), to=to, by=counsellor)
    else:
        why = {"reason": "full"} if to == "declined" else {}
        replies.record_reply(referral=again(sent), to=to, by=worker, seen=again(sent).version, **why)
    by = counsellor if way == Way.PORTAL else worker
    first, second = again(sent), again(sent)
    reply_corrections.correct_reply(referral=first, why="押しまちがい", by=by, seen=first.version)
    with pytest.raises(Conflict, match=by.name):
        reply_corrections.correct_reply(referral=second, why="押しまちがい", by=by, seen=second.version)


def test_going_on_from_a_hold():
    held = referrals.handed_off(to="on_hold")
    by = members.counsellor(held.centre)
    first, second = again(held), again(held)
    answering.resume(referral=first, by=by, seen=first.version)
    reply_corrections.correct_reply(referral=again(held), why="押しまちがい", by=by, seen=again(held).version)
    with pytest.raises(Conflict, match=by.name):
        answering.resume(referral=second, by=by, seen=second.version)
