import pytest
from django.db import IntegrityError, transaction

from foundation.faults import AppendOnlyError
from tests.foundation.models import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db):
    return Line.objects.create(text="one")


def test_rows_are_added_one_by_one_and_in_bulk(line):
    Line.objects.bulk_create([Line(text="two"), Line(text="three")])
    assert list(Line.objects.order_by("id").values_list("text", flat=True)) == ["one", "two", "three"]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.save(),
        lambda line: line.save(update_fields=["text"]),
        lambda line: line.delete(),
        lambda line: Line.objects.update(text="x"),
        lambda line: Line.objects.filter(pk=line.pk).update(text="x"),
        lambda line: Line.objects.filter(pk=line.pk).delete(),
        lambda line: Line.objects.bulk_update([line], ["text"]),
        lambda line: Line.objects.update_or_create(pk=line.pk, defaults={"text": "x"}),
        lambda line: Line.objects.bulk_create(
            [Line(pk=line.pk, text="x")], update_conflicts=True, unique_fields=["id"], update_fields=["text"]
        ),
    ],
)
def test_no_way_of_changing_or_removing_a_row_works(line, change):
    line.text = "x"
    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(line)
    assert Line.objects.get().text == "one"


def test_a_row_cannot_be_written_over_by_its_key(line):
    with pytest.raises(IntegrityError), transaction.atomic():
        Line(pk=line.pk, text="x").save()
    assert Line.objects.get().text == "one"


def test_erasure_removes_exactly_the_rows_it_is_told(line):
    other = Line.objects.create(text="other")
    assert Line.objects.erase(pk=line.pk) == 1
    assert Line.objects.get() == other
    assert Line.objects.filter(text="other").erase() == 1


def test_erasure_of_everything_at_once_is_refused(line):
    with pytest.raises(AppendOnlyError):
        Line.objects.erase()
    assert Line.objects.count() == 1
