"""A row committed between two queries of a page: the page shows it or not, and never breaks."""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import reverse

from foundation import access
from outreach.application.addenda import add_addendum
from referrals import notes
from referrals.desk import casework, parcels
from referrals.handoff import answering, consents, sending, stopping
from referrals.models import Case
from tests.factories import referrals
from tests.factories.cases import all_read, all_shown, fresh
from tests.invariants.world import World
from tests.private_pages import let_in
from tests.referrals.desk_pages import signed_in

pytestmark = pytest.mark.django_db


@contextmanager
def before_query(number: int, act: Callable[[], None]):
    """Do ``act`` right before the ``number``-th query, as somebody else's commit would fall there."""
    asked = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal asked
        asked += 1
        if asked == number:
            with access.scope(actor="test", purpose="in between"):
                act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield lambda: asked


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


def at_moment(number: int, path: str, client, act: Callable[[], None]) -> tuple[int, bool]:
    """The status of ``path`` with ``act`` falling before its ``number``-th query, and whether it fell at all."""
    with transaction.atomic():
        with before_query(number, act) as asked:
            status = client.get(path).status_code
        transaction.set_rollback(True)
    return status, asked() >= number


def every_moment(path: str, client, act: Callable[[], None]) -> list[int]:
    """The statuses of ``path`` with ``act`` falling before each of its queries, each undone afterwards."""
    client.raise_request_exception = False
    statuses, number, fell = [], 1, True
    while fell:
        status, fell = at_moment(number, path, client, act)
        statuses.append(status)
        number += 1
    return statuses


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
