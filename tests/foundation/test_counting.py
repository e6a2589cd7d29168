"""Lists say how long they are, but not past what is of use."""

import pytest

from foundation.counting import CappedCount, capped_counts
from tests.foundation.models import Line


@pytest.mark.parametrize(("rows", "shown"), [(1, "1"), (7, "7"), (10, "10"), (11, "10+")])
def test_rows_are_counted_up_to_what_is_useful(db, monkeypatch, django_assert_num_queries, rows, shown):
    monkeypatch.setattr("foundation.counting.COUNT_CAP", 10)
    for _row in range(rows):
        Line.objects.create()
    reader = Line.objects.first()
    with django_assert_num_queries(1):
        counts = capped_counts(reader, {"all": Line.objects.order_by("at"), "none": Line.objects.none()})
    assert {name: str(count) for name, count in counts.items()} == {"all": shown, "none": "0"}


def test_a_large_count_is_readable():
    assert str(CappedCount(1000, True)) == "1,000+"
