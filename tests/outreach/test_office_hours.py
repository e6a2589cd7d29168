"""Whom to call first: the same at every hour on every list, the navi's and the form's."""

from datetime import datetime

import pytest

from foundation import clock
from outreach.application import help_today
from outreach.application.serving import Serving
from outreach.navi import web
from tests.factories.applications import CHUO, real_place
from tests.factories.directory import WindowFactory

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 30, 12, tzinfo=clock.TOKYO)
MONDAY_NIGHT = datetime(2026, 11, 30, 22, tzinfo=clock.TOKYO)
SATURDAY_NOON = datetime(2026, 11, 28, 12, tzinfo=clock.TOKYO)
OFF = [datetime(*day, 11, tzinfo=clock.TOKYO) for day in ((2026, 12, 29), (2026, 12, 31), (2027, 1, 1), (2027, 1, 11))]


@pytest.fixture
def lines(centre):
    """The window of the centre, and a line that answers day and night."""
    city = real_place("011002")
    WindowFactory(code="C001", organisation=centre, area="catchment", place=city, phone=centre.phone, opening_hours="")
    WindowFactory(code="H007", phone="0120-279-338", opening_hours="24時間", urgent=True)


def of_the_navi() -> list[str]:
    hunger = next(one for one in web.safety_strip(real_place(CHUO)) if one.id == "hunger")
    return [entry.phone for entry in hunger.numbers]


def of_the_form(centre) -> list[str]:
    return [one.phone for one in help_today.numbers(Serving.at(real_place(CHUO)), with_desk=False)]


@pytest.mark.parametrize(
    ("moment", "line_first"),
    [(MONDAY_NOON, False), (MONDAY_NIGHT, True), (SATURDAY_NOON, True), *((day, True) for day in OFF)],
)
def test_the_navi_and_the_form_name_first_who_answers_at_this_hour(lines, centre, moment, line_first):
    with clock.at(moment):
        assert of_the_navi() == of_the_form(centre)
        assert (of_the_navi()[0] == "0120-279-338") == line_first


def test_a_centre_whose_hours_nobody_has_said_says_so(lines, client):
    token = client.post("/navi/urgent/", {"typed": "札幌市中央区"}).url
    page = client.get(client.post(token, {"worry": ["no_food_today"]}).url).content.decode()
    touched = page[page.index('<div class="touched') :]
    assert "受付時間は、ここではわかりません。" in touched[: touched.index("</section>")]
