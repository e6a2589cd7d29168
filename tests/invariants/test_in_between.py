"""A row committed between two queries of a page: the page shows it or not, and never breaks."""

import re
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from foundation import access
from foundation.errors import DomainError
from foundation.web.readonly import MAY_BE_WRITTEN
from outreach.application.addenda import add_addendum
from referrals import notes
from referrals.desk import casework, parcels
from referrals.handoff import answering, consents, packet, sending, stopping
from referrals.models import Case
from tests.factories import members, referrals
from tests.factories.cases import all_read, all_shown, fresh
from tests.invariants.world import World
from tests.private_pages import let_in
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
_WRITE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def before_query(number: int, act: Callable[[], None]):
    """Do ``act`` right before the ``number``-th query, as somebody else's commit would fall there.

    Within the transaction of a verb nothing falls: there they hold what they look at (tests/referrals/test_locks.py).
    """
    asked, outside = 0, len(connection.atomic_blocks)

    def wrapper(execute, sql, params, many, context):
        nonlocal asked
        if len(connection.atomic_blocks) > outside:
            return execute(sql, params, many, context)
        asked += 1
        if asked == number:
            # What the page did already may have left nothing to do.
            with access.scope(actor="test", purpose="in between"), suppress(DomainError), transaction.atomic():
                act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield lambda: asked


def same_as_before(ask: Callable[[], HttpResponse], act: Callable[[], None]) -> set[int]:
    """The numbers of the queries before which ``act`` means what it meant before the one ahead of them.

    That one only read, and nothing of what ``act`` writes: whether it came first or second, both find the same. Once
    the page itself has written, ``act`` may write something else, and every moment counts.
    """
    written: set[str] = set()
    asked: list[str] = []
    outside, changed = len(connection.atomic_blocks) + 1, False

    def writes(execute, sql, params, many, context):
        if found := _WRITE.match(sql):
            written.add(found[1].lower())
        return execute(sql, params, many, context)

    def asks(execute, sql, params, many, context):
        nonlocal changed
        found = _WRITE.match(sql)
        changed = changed or bool(found and not MAY_BE_WRITTEN.fullmatch(found[1].lower()))
        if len(connection.atomic_blocks) <= outside:
            asked.append("" if changed else sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with access.scope(actor="test", purpose="in between"), connection.execute_wrapper(writes):
            act()
        transaction.set_rollback(True)  # not before the scope has closed: it writes the record of what was opened
    with transaction.atomic(), connection.execute_wrapper(asks):
        ask()
        transaction.set_rollback(True)
    assert written
    return {
        number + 1
        for number, sql in enumerate(asked, start=1)
        if sql.startswith("SELECT") and "FOR UPDATE" not in sql and not any(table in sql.lower() for table in written)
    }


def send(world: World, case: Case) -> None:
    case = fresh(case)
    sending.send(case=case, centre=world.centre, way="portal", by=world.caseworker, seen=case.version)
    referrals.deliver_outbox()


def withdraw(world: World, case: Case) -> None:
    consents.withdraw_consent(case=fresh(case), recipient=world.centre, channel="web")


def write(world: World, case: Case) -> None:
    notes.write_note(case=fresh(case), text="電話した", by=world.caseworker)


def add(_world: World, case: Case) -> None:
    add_addendum(application=fresh(case).application, own_words="もうひとつ")


def pack(world: World, case: Case) -> None:
    case = fresh(case)
    casework.approve(case=case, by=world.caseworker, seen=case.version, read=all_read(case))
    parcels.pack(case=case, contents="米", by=world.caseworker, seen=case.version, **all_shown(case))


def end(world: World, case: Case) -> None:
    case = fresh(case)
    casework.end(
        case=case,
        to="withdrawn",
        reason="not_needed",
        by=world.caseworker,
        seen=case.version,
        read=all_read(case),
        without_hand_off=True,
    )


def decline(world: World, case: Case) -> None:
    referral = fresh(case).referrals.get()
    answering.open_and_read(referral=referral, by=world.counsellor)
    answering.decline(referral=referral, reason="full", by=world.counsellor, seen=referral.version)


def expire(_world: World, case: Case) -> None:
    stopping.expire(referral=fresh(case).referrals.get())


BEFORE_SENDING = {"send": send, "withdraw": withdraw, "note": write, "addendum": add, "pack": pack, "end": end}
AFTER_SENDING = {"decline": decline, "expire": expire, "withdraw": withdraw, "note": write}


@pytest.fixture(autouse=True)
def unguarded(settings):
    """What falls in between is written over the page's own connection, which the guard of readings would refuse."""
    settings.GUARD_READS = False


def at_moment(number: int, ask: Callable[[], HttpResponse], act: Callable[[], None]) -> tuple[HttpResponse, bool]:
    """What is answered with ``act`` falling before the ``number``-th query, and whether it fell at all."""
    with transaction.atomic():
        with before_query(number, act) as asked:
            response = ask()
        transaction.set_rollback(True)
    return response, asked() >= number


def every_answer(ask: Callable[[], HttpResponse], act: Callable[[], None]) -> list[HttpResponse]:
    """The answers with ``act`` falling before each of the queries, each undone afterwards."""
    answers, number, fell, same = [], 1, True, same_as_before(ask, act)
    while fell:
        response, fell = (answers[-1], True) if number in same else at_moment(number, ask, act)
        answers.append(response)
        number += 1
    return answers


def every_moment(path: str, client, act: Callable[[], None]) -> list[int]:
    """The statuses of ``path`` with ``act`` falling before each of its queries, each undone afterwards."""
    client.raise_request_exception = False
    return [response.status_code for response in every_answer(lambda: client.get(path), act)]


@pytest.mark.parametrize("act", BEFORE_SENDING)
@pytest.mark.parametrize("page", ["desk:case", "desk:queue", "desk:consent", "desk:referral_new", "person:page"])
def test_while_a_case_is_looked_at(world, page, act):
    case, secret = world.hand_in()
    at = {"desk:queue": [], "person:page": [secret]}.get(page, [case.public_id])
    client = let_in(signed_in(world.caseworker), secret)
    statuses = every_moment(reverse(page, args=at), client, lambda: BEFORE_SENDING[act](world, case))
    assert len(statuses) > 5
    assert set(statuses) <= {200, 302, 404}, statuses


@pytest.mark.parametrize("act", AFTER_SENDING)
@pytest.mark.parametrize(
    "page", ["desk:case", "desk:referral", "desk:referral_sheet", "person:page", "portal:queue", "portal:cover"]
)
def test_while_a_referral_is_looked_at(world, page, act):
    case, secret = world.hand_in()
    referral = world.refer(case)
    at = {"desk:case": [case.public_id], "person:page": [secret], "portal:queue": []}.get(page, [referral.public_id])
    client = let_in(signed_in(world.counsellor if page.startswith("portal") else world.caseworker), secret)
    statuses = every_moment(reverse(page, args=at), client, lambda: AFTER_SENDING[act](world, case))
    assert len(statuses) > 3
    assert set(statuses) <= {200, 302, 404}, statuses


TYPED = {"contents": "米 2kg、やわらかいパン", "weight": ""}


@pytest.mark.parametrize("weight", ["", "たぶん5キロ"])
@pytest.mark.parametrize("act", ["end", "note", "addendum", "withdraw"])
def test_while_a_box_is_written_down_its_words_stay(world, act, weight):
    case, _secret = world.hand_in()
    casework.approve(case=fresh(case), by=world.caseworker, seen=fresh(case).version, read=all_read(case))
    packer = signed_in(members.packer(case.desk))
    packer.raise_request_exception = False
    case = fresh(case)
    typed = TYPED | {"move": "pack", "seen": case.version, "weight": weight, **all_shown(case)}
    address = reverse("desk:parcel", args=[case.public_id])
    answers = every_answer(lambda: packer.post(address, typed), lambda: BEFORE_SENDING[act](world, case))
    assert len(answers) > 5
    for response in answers:
        assert response.status_code in {200, 302, 409}, [one.status_code for one in answers]
        assert response.status_code == 302 or TYPED["contents"] in text(response)


@pytest.mark.parametrize("act", ["withdraw", "note", "addendum", "end"])
def test_while_a_referral_is_sent(world, act):
    case, _secret = world.hand_in()
    client = signed_in(world.caseworker)
    client.raise_request_exception = False
    address = reverse("desk:referral_new", args=[case.public_id])
    with access.scope(actor="test", purpose="preview"):
        rows = packet.preview(fresh(case), fresh(case).person.consents.live().get(purpose="tell_centre"))
    typed = {
        "centre": world.centre.public_id, "way": "portal", "seen": fresh(case).version,
        "previewed": packet.fingerprint(rows),
    }  # fmt: skip
    answers = every_answer(lambda: client.post(address, typed), lambda: BEFORE_SENDING[act](world, case))
    assert 302 in {response.status_code for response in answers}
    assert {response.status_code for response in answers} <= {200, 302, 409}


@pytest.mark.parametrize("act", ["withdraw", "decline"])
@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("desk:referral_wrong_centre", {"why": "町をまちがえた"}),
        ("portal:open", {}),
        ("portal:answer", {"answer": "accept"}),
    ],
)
def test_while_a_referral_is_moved(world, page, typed, act):
    case, _secret = world.hand_in()
    referral = world.refer(case)
    client = signed_in(world.counsellor if page.startswith("portal") else world.caseworker)
    client.raise_request_exception = False
    address = reverse(page, args=[referral.public_id])
    posted = typed | {"seen": referral.version}
    answers = every_answer(lambda: client.post(address, posted), lambda: AFTER_SENDING[act](world, case))
    assert {response.status_code for response in answers} <= {200, 302, 409}


def test_while_the_person_takes_their_consent_back(world):
    case, secret = world.hand_in()
    client = let_in(signed_in(world.caseworker), secret)
    client.raise_request_exception = False
    typed = {"centre": world.centre.public_id}
    for act in ("send", "note", "end", "withdraw", "pack"):
        meanwhile = partial(BEFORE_SENDING[act], world, case)
        answers = every_answer(lambda: client.post(reverse("person:withdraw_consent", args=[secret]), typed), meanwhile)
        assert {response.status_code for response in answers} <= {200, 302}, act
