"""docs/how-to.md is true: followed word for word on a copy of the project, it adds a question that works everywhere."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STEP = re.compile(
    r"^\d+\. `(?P<file>[^`]+)` · .*?Before `(?P<anchor>[^`]+)`\n\n   ```\w*\n(?P<code>.*?)\n   ```$", re.M | re.S
)
LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", "var", "staticfiles", "__pycache__", ".*_cache", "screens", ".hypothesis"
)
# What the new question must do, seen from the outside; run in the copy.
PROBE = """
import pytest
from django.urls import reverse
from django.utils import translation
from outreach.application.questions import QUESTIONS
from outreach.models import Application
from referrals.models import Case
from reports import cube
from reports.periods import Period
from tests.factories import members
from tests.factories.applications import CHUO, centre_in, desk_in, real_place
from tests.outreach.application.filling import Filling, text_of


@pytest.mark.django_db
def test_the_new_question(client):
    real_place(CHUO)
    desk, centre = desk_in(), centre_in()
    filling = Filling(client)
    two = {"people": {"people_count": "2"}}
    filling.fill_until("household", **two)
    assert "動物と暮らしていますか" in text_of(filling.open("household"))
    filling.answer("household", household_type="couple", pets="yes")
    answered = {"tell": {"groups": ["contact", "household"]}}
    filling.fill_until("check", household={"household_type": "couple", "pets": "yes"}, **two, **answered)
    read_back = text_of(filling.open("check"))
    assert read_back.count("いっしょに暮らす動物") >= 2  # what was answered, and what the centre would be told
    filling.hand_in()
    application = Application.objects.get()
    assert application.pets == "yes"
    client.force_login(members.caseworker(desk))
    case = Case.objects.get()
    page = client.get(reverse("desk:case", args=[case.public_id])).content.decode()
    assert "<dt>動物</dt>" in page.replace(" ", "")
    with translation.override("en"):
        assert str(QUESTIONS["pets"].words("no")) == "No animals"
    preview = client.get(reverse("desk:referral_new", args=[case.public_id])).content.decode()
    assert "いっしょに暮らす動物" in preview
    counted = cube.count(Period(application.received_on, application.received_on)).indicators["pets"]
    assert counted.cells["yes"] == counted.base == 1
"""


def steps() -> list[re.Match]:
    page = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    return list(STEP.finditer(page.split("## A role")[0]))


@pytest.fixture
def copy(tmp_path):
    """The project with every step of the page taken."""
    copied = tmp_path / "project"
    shutil.copytree(ROOT, copied, ignore=LEFT_OUT)
    for step in steps():
        path = copied / step["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(step["anchor"]) == 1, f"{step['file']} has not one place before {step['anchor']!r}"
        code = "\n".join(line.removeprefix("   ") for line in step["code"].split("\n"))  # indented with its list item
        path.write_text(text.replace(step["anchor"], f"{code}\n{step['anchor']}"), encoding="utf-8")
    return copied


def run(copied: Path, *command: str) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "DATABASE"))
    }
    environment |= {"TSUNAGU_DEMO": "1", "TSUNAGU_VAR": str(copied / "var"), "PYTHONPATH": str(copied)}
    done = subprocess.run(
        [sys.executable, *command], cwd=copied, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_a_question_added_as_the_page_says_is_asked_read_back_shown_told_and_counted(copy):
    assert len(steps()) == 8
    assert "Add field pets" in run(copy, "manage.py", "makemigrations", "outreach")
    run(copy, "-m", "babel.messages.frontend", "--quiet", "compile", "--domain", "django", "--directory", "locale")
    run(copy, "manage.py", "check_catalogue")
    run(copy, "-m", "ruff", "format", "--check", "--exclude", "migrations", ".")
    run(copy, "-m", "ruff", "check", ".")
    (copy / "tests" / "test_probe.py").write_text(PROBE, encoding="utf-8")
    kept = "tests/invariants/test_retired_answers.py::test_a_stored_code_is_never_removed"
    assert "2 passed" in run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "tests/test_probe.py", kept
    )
