"""What people agreed to can be read again years later, in the very words."""

import hashlib
import json
from dataclasses import asdict

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from outreach.application import consent_texts
from outreach.application.consent_texts import BY_VERSION, CURRENT
from outreach.application.forms.centre import ConsentForm
from outreach.application.serving import Serving
from outreach.application.statement import Statement

# A line for every version somebody may have agreed to. A line is never changed: other words are a new version.
FINGERPRINTS = {"2026-1": "e663a7377ae6e12e99be91e87bb26d5d2991492ecfcad0f39cb99280a7654445"}


class Centre:
    public_id = "centre"
    name = "見本の相談窓口"


def fingerprint(text) -> str:
    return hashlib.sha256(json.dumps(asdict(text), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def test_no_version_was_changed_or_lost():
    assert {version: fingerprint(text) for version, text in BY_VERSION.items()} == FINGERPRINTS, (
        "These words were agreed to: leave them, write the new ones under a new version and add its line here."
    )
    assert CURRENT in BY_VERSION


@pytest.mark.parametrize(
    ("language", "first", "agree", "second"),
    [
        (
            "ja",
            "見本の相談窓口に、上の内容を伝えることに同意します。",
            "はい。見本の相談窓口に伝えることに同意します",
            "見本の相談窓口が、そのあとどうなったかをフードバンクに知らせてもよい",
        ),
        (
            "en",
            "I agree that 見本の相談窓口 is told what is written above.",
            "Yes. I agree that 見本の相談窓口 is told",
            "見本の相談窓口 may let the food bank know how things went",
        ),
    ],
)
def test_the_screen_shows_the_words_of_the_version_that_is_kept(language, first, agree, second):
    with translation.override(language):
        words = consent_texts.shown(CURRENT, centre=Centre.name)
        page = render_to_string("outreach/application/consent_words.html", {"consent_words": words})
        form = ConsentForm(said=Statement(centre_id=Centre.public_id), serving=Serving(centres=[Centre]))
    assert page.strip().startswith(f"<p>{first}</p>")
    assert page.count("<p>") == 3
    assert form.fields["consent"].choices[0] == ("yes", agree)
    assert form.fields["feedback"].label == second


def test_a_version_nobody_knows_any_more_breaks_no_page():
    assert consent_texts.shown("1999-1", centre="x") == []
