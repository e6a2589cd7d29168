"""What is read back before sending says everything that was written, and denies none of it."""

import pytest

from tests.outreach.application.filling import text_of

pytestmark = pytest.mark.django_db


def test_what_cannot_be_eaten_is_not_denied_where_it_is_only_written(filling):
    filling.fill_until("check", eating={"cannot_eat_note": "卵とピーナッツ"})
    page = text_of(filling.open("check"))
    assert "卵とピーナッツ" in page
    assert "食べられないもの とくにない" not in page
