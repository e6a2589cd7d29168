import base64
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.web import keyset as module
from foundation.web.keyset import keyset
from tests.foundation.models import Line

pytestmark = pytest.mark.django_db

DAY = datetime(2022, 6, 3, tzinfo=UTC)
ORDERS = [("-at", "-id"), ("at", "id"), ("rank", "-at", "id"), ("-rank", "-pk"), ("text", "id")]


def lines(ranks):
    Line.objects.all().erase()
    return Line.objects.bulk_create(
        Line(text=f"行{rank}", rank=rank, at=DAY + timedelta(microseconds=rank)) for rank in ranks
    )


def leaf_forward(order, size):
    page = keyset(Line.objects.all(), order=order, size=size)
    assert page.previous_cursor is None
    pages = [page.items]
    while page.next_cursor:
        page = keyset(Line.objects.all(), order=order, size=size, after=page.next_cursor)
        pages.append(page.items)
    return pages, page


def leaf_back(page, order, size):
    pages = [page.items]
    while page.previous_cursor:
        page = keyset(Line.objects.all(), order=order, size=size, before=page.previous_cursor)
        pages.insert(0, page.items)
    return pages


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.integers(-2, 3), max_size=13), st.integers(1, 6), st.sampled_from(ORDERS))
def test_leafing_through_shows_every_row_exactly_once(db, ranks, size, order):
    lines(ranks)
    whole = list(Line.objects.order_by(*order))
    pages, _last = leaf_forward(order, size)
    assert [row for page in pages for row in page] == whole
    assert all(len(page) == size for page in pages[:-1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.integers(-2, 3), min_size=1, max_size=13), st.integers(1, 6), st.sampled_from(ORDERS))
def test_leafing_back_shows_the_same_pages(db, ranks, size, order):
    lines(ranks)
    pages, last = leaf_forward(order, size)
    assert leaf_back(last, order, size) == pages


def test_rows_that_arrive_meanwhile_neither_repeat_nor_hide_others(db):
    old = lines(range(6))
    order = ("-at", "-id")
    first = keyset(Line.objects.all(), order=order, size=3)
    Line.objects.create(text="new", at=DAY + timedelta(days=1))
    second = keyset(Line.objects.all(), order=order, size=3, after=first.next_cursor)
    assert first.items + second.items == old[::-1]


def test_a_page_whose_edge_was_removed_still_continues(db):
    rows = lines(range(6))
    first = keyset(Line.objects.all(), order=("id",), size=3)
    Line.objects.erase(pk=first.items[-1].pk)
    second = keyset(Line.objects.all(), order=("id",), size=3, after=first.next_cursor)
    assert second.items == rows[3:]


def test_filters_stay_in_force_on_every_page(db):
    lines([0, 1] * 4)
    odd = Line.objects.filter(rank=1)
    first = keyset(odd, order=("id",), size=2)
    second = keyset(odd, order=("id",), size=2, after=first.next_cursor)
    assert first.items + second.items == list(odd.order_by("id"))
    assert second.next_cursor is None


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!",
        "bnVsbA",
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
        "WzFd",
        "W251bGwsbnVsbF0",
        "WyJ4IiwieSJd",
        "WzEsMl0",
        "ー",
        "W3t9LFtdXQ",
        "5" * 400,
    ],
)
def test_a_cursor_that_makes_no_sense_gives_the_first_page(db, cursor):
    rows = lines(range(3))
    for where in ("after", "before"):
        page = keyset(Line.objects.all(), order=("at", "id"), size=2, **{where: cursor})
        assert page.items == rows[:2]
        assert page.previous_cursor is None
        assert page.next_cursor


EDGES = (
    "0001-01-01T00:00:00+09:00",
    "9999-12-31T23:59:59-09:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
)
ZONES = [UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)), timezone(timedelta(hours=23, minutes=59))]
# As the encoder would write them: read again they fit their columns, though no row of ours holds such a thing.
MOMENTS = st.one_of(st.sampled_from(EDGES), st.datetimes(timezones=st.sampled_from(ZONES)).map(datetime.isoformat))
NUMBERS = st.one_of(st.integers(), st.sampled_from([2**63, -(2**63) - 1, 10**40, 1.5, True, "7", "٣"]))
TEXTS = st.one_of(st.text(max_size=5), st.sampled_from(["%s", "' OR 1=1", "\U0010ffff"]))
STRANGE = st.one_of(
    st.none(), st.floats(), st.sampled_from(["\0", "a\0b", "\ud800", {}, [[]], "2022-06-03", "2022-06-03T00:00:00"])
)


def cursor_of(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("where", ["after", "before"])
@pytest.mark.parametrize("edge", EDGES)
def test_a_moment_at_the_edge_of_the_calendar_gives_a_page(db, edge, where):
    rows = lines(range(3))
    found = keyset(Line.objects.all(), order=("at", "id"), **{where: cursor_of(edge, 1)}).items
    assert found in (rows, []), "the first page, or what lies beyond the edge"


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_text_that_no_database_stores_gives_the_first_page(db, text):
    rows = lines(range(3))
    page = keyset(Line.objects.all(), order=("text", "id"), after=cursor_of(text, 1))
    assert (page.items, page.previous_cursor) == (rows, None)


def test_no_cursor_breaks_a_list(db, monkeypatch):
    """Most of what is tried must be read as a cursor, or nothing that a database could choke on is tried at all."""
    lines([])
    read: list[bool] = []
    decoded = module._decoded

    def watched(cursor, columns):
        values = decoded(cursor, columns)
        read.append(values is not None)
        return values

    monkeypatch.setattr(module, "_decoded", watched)

    @given(
        well_formed=st.tuples(MOMENTS, NUMBERS, TEXTS, NUMBERS),
        spoilt=st.tuples(*[STRANGE] * 4),
        spoil=st.sampled_from([0] * 8 + [1, 2, 3, 4]),
        where=st.sampled_from(["after", "before"]),
    )
    @settings(max_examples=200, deadline=None)
    def tried(well_formed, spoilt, spoil, where):
        values = [*spoilt[:spoil], *well_formed[spoil:]]
        keyset(Line.objects.all(), order=("at", "rank", "text", "id"), **{where: cursor_of(*values)})

    tried()
    assert sum(read) > len(read) / 4


@given(cursor=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_scribble_in_place_of_a_cursor_breaks_a_list(db, cursor):
    keyset(Line.objects.all(), order=("at", "rank", "id"), after=cursor)


def test_beyond_the_end_there_is_nothing(db):
    rows = lines(range(2))
    first = keyset(Line.objects.all(), order=("id",), size=1)
    Line.objects.erase(pk=rows[1].pk)
    beyond = keyset(Line.objects.all(), order=("id",), size=1, after=first.next_cursor)
    assert (beyond.items, beyond.next_cursor, beyond.previous_cursor) == ([], None, None)


def test_an_order_that_could_skip_rows_is_refused(db):
    with pytest.raises(ValueError, match="unique"):
        keyset(Line.objects.all(), order=("-at",))
    with pytest.raises(ValueError, match="null"):
        keyset(Line.objects.all(), order=("perhaps", "id"))


def test_a_page_takes_two_queries_and_no_offset(db, django_assert_num_queries):
    lines(range(10))
    cursor = keyset(Line.objects.all(), order=("-at", "-id"), size=3).next_cursor
    with django_assert_num_queries(2) as asked:
        keyset(Line.objects.all(), order=("-at", "-id"), size=3, after=cursor)
    assert not any("OFFSET" in query["sql"].upper() for query in asked.captured_queries)


def test_what_a_line_shows_is_asked_of_the_page_alone(db):
    lines(range(10))
    asked = []

    def shown(rows):
        asked.append(rows.count())
        return rows.annotate(twice=F("rank") * 2)

    page = keyset(Line.objects.all(), order=("-at", "-id"), size=3, shown=shown)
    assert asked == [3]
    assert [line.twice for line in page.items] == [line.rank * 2 for line in page.items]


def test_a_row_that_goes_while_its_page_is_made_is_left_out(db):
    lines(range(5))

    def shown(rows):
        Line.objects.erase(pk=rows.order_by("pk").first().pk)
        return rows

    page = keyset(Line.objects.all(), order=("-at", "-id"), size=3, shown=shown)
    assert len(page.items) == 2
    assert page.next_cursor
