"""Fills in the forms of a page as a browser without scripts would: what stands in them, plus what a person says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

LEFT_ALONE = ("/language/", "/sign-in/")
MOST_STEPS = 60


@dataclass
class Form:
    """One form: where it goes, what stands in it, and the names that can be answered."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    leads_to: set[str] = field(default_factory=set)  # by buttons that go elsewhere


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._textarea = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append(Form(given.get("action") or "", (given.get("method") or "get").lower()))
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "option" and "selected" in given:
            self.forms[-1].values.setdefault(self._select, []).append(value)
        elif tag == "button" and given.get("formaction") and self.forms:
            self.forms[-1].leads_to.add(given["formaction"] or "")
        if not self.forms or not name:
            return
        form = self.forms[-1]
        kind = given.get("type", "text")
        if tag == "input" and kind not in ("submit", "button"):
            form.names.add(name)
            if kind not in ("radio", "checkbox") or "checked" in given:
                form.values.setdefault(name, []).append(value or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            form.names.add(name)
            self._textarea = name
        elif tag == "select":
            form.names.add(name)
            self._select = name
        elif tag == "button":
            form.names.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].values.setdefault(self._textarea, []).append(data.removeprefix("\n"))


def read(html: str) -> tuple[list[Form], list[str]]:
    """The forms of a page and its links."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms, reader.links


def typed(client: Client, address: str) -> dict[str, Any]:
    """What the one form of a page of the admin would send, as it came."""
    form = next(form for form in read(client.get(address).content.decode())[0] if "seen" in form.names)
    return dict(form.values)


def seen(client: Client, address: str) -> str:
    """What the form of a page says that its reader has before them."""
    return typed(client, address)["seen"][0]


def walk(client: Client, start: str, answers: dict[str, Any], *, until: str) -> Any:
    """Go through a form page by page from ``start`` with ``answers`` by field name, until an address holds ``until``.

    Returns the last response; fails with the page that can't be passed.
    """
    address, seen = start, []
    response = client.get(address, follow=True)
    for _ in range(MOST_STEPS):
        address = response.redirect_chain[-1][0] if response.redirect_chain else address
        if until in address:
            return response
        html = response.content.decode()
        form = next(form for form in read(html)[0] if form.method == "post" and not form.action.startswith(LEFT_ALONE))
        said = {name: value for name, value in answers.items() if name in form.names}
        target = urljoin(address, form.action) if form.action else address
        state = (target, str(sorted(form.names)), response.status_code, html.count("is-invalid"))
        assert seen.count(state) < 2, f"no way past {target}: {html.split('<main')[-1]}"
        seen.append(state)
        address = target
        response = client.post(target, {**form.values, **said}, follow=True)
    raise AssertionError("the form never ends")
