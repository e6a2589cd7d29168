"""What the suite holds against a variable that nobody gave to a template."""

import re

import pytest
from django.template import Context, Origin, Template, VariableDoesNotExist

from tests.undefined import MAY_BE_LEFT_OUT, OURS


def render(source: str, *, name: str = "page.html", folder=OURS) -> str:
    return Template(source, origin=Origin(str(folder / name))).render(Context({"known": {}}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ nothing|upper }}",
        '{{ nothing|default:"–" }}',
        "{{ known.nothing }}",
        "{% if nothing %}a{% endif %}",
        "{% if not nothing %}a{% endif %}",
        "{% if known or nothing %}a{% endif %}",
        "{% if nothing == 1 %}a{% endif %}",
        "{% for one in nothing %}{% endfor %}",
        "{% with name=nothing %}{% endwith %}",
        "{% firstof nothing known %}",
    ],
)
def test_is_noted_wherever_it_is_asked_for(source, undefined_variables):
    render(source)
    assert {name.rpartition(": ")[2] for name in undefined_variables} <= {"nothing", "known.nothing"}
    assert undefined_variables
    undefined_variables.clear()


def test_is_noted_in_the_argument_of_a_filter(undefined_variables):
    with pytest.raises(VariableDoesNotExist):
        render("{{ known|default:nothing }}")
    assert undefined_variables == ["page.html: nothing"]
    undefined_variables.clear()


def test_what_is_there_or_may_be_left_out_is_not(undefined_variables):
    render("{{ known }}{% if known %}{% endif %}{% for one in known %}{% endfor %}")
    render("{% if url %}{% endif %}", name="components/empty.html")
    render("{{ nothing }}", folder=OURS.parent)
    assert not undefined_variables


@pytest.mark.parametrize("template", sorted(set(MAY_BE_LEFT_OUT) - {"base.html"}))
def test_what_may_be_left_out_is_asked_about_first(template):
    """A page without it shows no hole: each is looked at in a condition of the template."""
    text = (OURS / template).read_text("utf-8")
    for name in MAY_BE_LEFT_OUT[template]:
        assert re.search(rf"{{%-? (?:el)?if [^%]*\b{re.escape(name)}\b", text), name
