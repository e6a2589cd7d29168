"""Words put together as the reader's language does."""

from django.utils.translation import override

from foundation.text.wording import listed


def test_a_list_is_set_apart_as_its_language_does():
    assert listed(["電気", "ガス"]) == "電気、ガス"
    with override("en"):
        assert listed(["gas", "water"]) == "gas, water"


def test_in_a_list_it_is_clear_where_one_thing_ends_though_it_holds_a_comma():
    with override("en"):
        assert listed(["bank", "unpaid rent, taxes or bills"]) == "bank; unpaid rent, taxes or bills"
        assert listed(["unpaid rent, taxes or bills"]) == "unpaid rent, taxes or bills"
