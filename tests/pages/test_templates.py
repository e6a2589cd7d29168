"""What holds for every template, read as text."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static").rglob("*.css"))
PAGES = [path for path in TEMPLATES if re.search(r"{% extends .*(base|staff)\.html", path.read_text("utf-8"))]

EVENTS = "click|change|submit|load|input|focus|blur|error|key[a-z]+|mouse[a-z]+"
INLINE_CODE = re.compile(rf"<style|\sstyle=|\son(?:{EVENTS})=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"(?:src|srcset|data|poster)=[\"']?(?:https?:)?//|url\([\"']?(?:https?:)?//|@import", re.IGNORECASE
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_no_template_carries_code_that_the_content_security_policy_refuses(template):
    assert not INLINE_CODE.findall(template.read_text("utf-8"))


@pytest.mark.parametrize("file", [*TEMPLATES, *STYLES], ids=_name)
def test_nothing_is_fetched_from_another_site(file):
    assert not ELSEWHERE.findall(file.read_text("utf-8"))


@pytest.mark.parametrize("template", [path for path in PAGES if path.name != "staff.html"], ids=_name)
def test_every_page_has_a_title_and_one_heading(template):
    text = template.read_text("utf-8")
    assert "{% block title %}" in text or "{% block page_title %}" in text
    if "{% block page_head %}" in text:
        assert text.count("<h1") == 1
    else:
        assert "{% block heading %}" in text
        assert "<h1" not in text


def test_the_parts_of_bootstrap_name_their_source_and_licence():
    folder = ROOT / "static" / "vendor" / "bootstrap"
    assert "Bootstrap v5.3" in (folder / "bootstrap.css").read_text("utf-8")[:200]
    assert (folder / "LICENSE").read_text("utf-8").startswith("The MIT License")


def test_the_fonts_of_documents_come_with_their_licence():
    folder = ROOT / "reports" / "fonts"
    assert {path.name for path in folder.glob("*.ttf")} == {
        "NotoSansJP_400Regular.ttf",
        "NotoSansJP_700Bold.ttf",
    }
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text("utf-8")
