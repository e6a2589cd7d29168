"""What the directory calls a centre in English: it stands beside the centre's own name for who reads in it."""

from collections.abc import Iterable

from django.utils.translation import get_language

from organisations.models import Organisation
from outreach.models import Window, WindowText


def beside(name: str, in_english: str) -> str:
    """札幌市の窓口 (Help desk of Sapporo); the name alone where there is nothing to stand beside it."""
    return f"{name} ({in_english})" if in_english else name


def read_names(centres: Iterable[Organisation | None]) -> dict[int, str]:
    """The name of each as it is read now, by primary key (a query where that is in English)."""
    named = {centre.pk: centre.name for centre in centres if centre}
    if not named or get_language() != "en":
        return named
    texts = WindowText.objects.filter(window__in=Window.objects.live(), language="en")
    titles = texts.filter(window__organisation__in=named).order_by("-window__code")
    in_english = dict(titles.values_list("window__organisation_id", "title"))  # of several the first code's
    return {pk: beside(name, in_english.get(pk, "")) for pk, name in named.items()}
