"""The magnifying glass of these tests: it has to find what is there."""

import base64
import json
from urllib.parse import quote

import pytest

from tests.invariants.marked import EMAIL, PHONE, TYPED, found_in


@pytest.mark.parametrize(
    "text",
    [
        TYPED["name"], TYPED["address"], PHONE, "090-9876-5432", EMAIL, quote(TYPED["name"]),
        json.dumps(TYPED["kana"]),
        json.dumps(TYPED), str(TYPED["name"].encode()), TYPED["name"].encode(), TYPED["name"].encode().hex(),
        base64.b64encode(TYPED["name"].encode()).decode(),
        base64.urlsafe_b64encode(json.dumps(TYPED).encode()).decode(),
        f'{{"body": "{base64.b64encode(json.dumps([TYPED]).encode()).decode()}"}}',
    ],
)  # fmt: skip
def test_it_is_found_in_whatever_spelling(text):
    assert found_in("nothing here", text)


def test_what_is_not_there_is_not_found():
    assert not found_in("見本町 0640941 K7Q3-9MXF", base64.b64encode(b"something else entirely").decode())
