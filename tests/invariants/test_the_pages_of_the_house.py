"""docs/architecture.md names every module where it stands, and no page names a file that is gone."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FLOORS = ("foundation", "organisations", "outreach", "referrals", "reports")
# Shelves of one kind, named as a whole.
SHELVES = {"models", "crypto", "access", "forms", "views", "words", "questions", "opendata", "content"}
BESIDE = {"migrations", "management", "templatetags", "data"}


def tree() -> set[str]:
    page = (HOUSE / "docs/architecture.md").read_text()
    plan = page[page.index("foundation/    models/") :].partition("```")[0]
    return set(re.findall(r"[a-z_]+", plan.replace("draft(s)", "draft drafts")))


def modules() -> list[Path]:
    found = [file for floor in FLOORS for file in (HOUSE / floor).rglob("*.py")]
    return [
        file
        for file in found
        if file.stem not in {"__init__", "apps", "urls"}
        and file.parent.name not in SHELVES
        and not BESIDE & set(file.relative_to(HOUSE).parts)
    ]


def test_every_module_stands_in_the_plan():
    named = tree()
    assert len(modules()) > 100
    assert [str(file.relative_to(HOUSE)) for file in modules() if file.stem not in named] == []


def test_every_file_that_a_page_names_is_there():
    gone = []
    for page in [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))]:
        for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|md|css|js|json|po|csv))`", page.read_text()):
            if path.split("/")[0] in {*FLOORS, "config", "demonstration", "templates", "static", "tests"}:
                gone += [] if (HOUSE / path).exists() else [(page.name, path)]
    assert gone == []
