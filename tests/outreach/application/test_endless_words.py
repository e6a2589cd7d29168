"""Whatever endless thing is written into a field of the form: it is refused with the limit, unread, and kept to be cut.

Read, each of these took a worker the thirty seconds after which it is killed.
"""

import re

import pytest
from django.test import Client

from tests.factories.applications import CHUO, desk_in, real_place
from tests.outreach.application.filling import ANSWERS, Filling, text_of

pytestmark = pytest.mark.django_db
ENDLESS = {
    "marks": "a" + "\u0315\u0300" * 20_000,
    "made of marks": "1" + "\u0f73" * 20_000,
    "spaces": "a" + " " * 3_000 + "b",
    "figures": "1" * 4_000,
}
_WRITTEN = re.compile(r'<(?:textarea|input type="(?:text|tel|email)")[^>]*? name="(\w+)"')


def written(page: str) -> list[str]:
    return _WRITTEN.findall(page.partition("<main")[2])


@pytest.mark.parametrize("kind", ENDLESS)
def test_is_refused_unread_on_every_screen_and_stands_there_again(kind):
    real_place(CHUO)
    desk_in()
    filling = Filling(Client())
    details = {**ANSWERS["reach-details"], "email": "hanako@example.jp"}
    filling.fill_until("check", reach={"reach_by": ["phone", "email"]}, reach_details=details)
    looked_at = set()
    for slug in ANSWERS:
        names = written(filling.open(slug).content.decode())
        for name in names:
            page = filling.answer(slug, **{**ANSWERS[slug], name: ENDLESS[kind]})
            assert page.status_code == 200, (slug, name)
            assert "文字まで" in text_of(page), (slug, name)
            assert ENDLESS[kind][:40] in page.content.decode(), (slug, name)
        looked_at.update(names)
    assert {"typed", "people_count", "children_ages", "address", "name", "kana", "phone", "email"} <= looked_at
