from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation import clock


def shown(expression, value, language="ja"):
    with translation.override(language):
        return Template("{% load tsunagu %}{{ " + expression + " }}").render(Context({"x": value}))


@pytest.mark.parametrize(
    ("number", "text", "link"),
    [
        ("+819012345678", "090-1234-5678", "09012345678"),
        ("+81112112000", "011-211-2000", "0112112000"),
        ("+81120279338", "0120-279-338", "0120279338"),
        ("188", "188", "188"),
        ("#7119", "#7119", "%237119"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_number_is_shown_as_people_write_it_and_can_be_tapped(number, text, link):
    assert shown("x|show_phone", number) == text
    assert shown("x|tel", number) == link


@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        (date(2022, 6, 3), "令和4年6月3日", "3 June 2022"),
        (datetime(2022, 6, 2, 15, 0, tzinfo=UTC), "令和4年6月3日", "3 June 2022"),
        (None, "", ""),
    ],
)
def test_a_date_is_shown_by_era_or_in_the_reader_s_language(value, japanese, english):
    assert shown("x|wareki_date", value) == japanese
    assert shown("x|wareki_date", value, "en") == english


def test_a_moment_is_shown_on_tokyo_s_clock():
    moment = datetime(2022, 6, 2, 15, 5, tzinfo=UTC)
    assert shown("x|tokyo_time", moment) == "2022年6月3日 00:05"
    assert shown("x|tokyo_time", moment, "en") == "3 June 2022 00:05"
    assert shown("x|tokyo_time", None) == ""
    assert shown("x|tokyo_time", clock.day_alone(date(2022, 6, 3))) == "2022年6月3日"


@pytest.mark.parametrize(
    ("expression", "share", "text"),
    [("x|percent", 0.6707, "67.1%"), ("x|percent:0", 0.97, "97%"), ("x|percent", 0, "0.0%"), ("x|percent", None, "–")],
)
def test_a_share_is_shown_per_hundred(expression, share, text):
    assert shown(expression, share) == text
