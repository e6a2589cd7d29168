"""The dashboard of a period's counts, its charts and its files; nobody's data is opened for it."""

from typing import Any, cast
from urllib.parse import urlencode

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.models import Member
from reports import charts, cube, downloads, periods, tables, work
from reports.desks import Desks, counted_for
from reports.forms import PeriodForm
from reports.indicators import BY_KEY, NOT_FOR_PUBLICATION

FILES = {
    "json": (downloads.as_json, "application/json"),
    "csv": (downloads.as_csv, "text/csv; charset=utf-8"),
    "png": (charts.png, "image/png"),
}


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """All indicators of the period in the address, or of the latest months that hold data."""
    desks = _desks(request)
    offered = periods.choices(cube.months_with_data(desks))
    asked = PeriodForm(request.GET if request.GET.keys() & {"from", "to"} else offered[0].period.query)
    context: dict[str, Any] = {"form": asked, "offered": offered, "period": None}
    context["not_for_publication"] = NOT_FOR_PUBLICATION
    if asked.is_valid() and asked.period:
        context |= _figures(asked.period, desks)
    return render(request, "reports/dashboard.html", context)


def _desks(request: HttpRequest) -> Desks:
    return counted_for(cast(Member, request.user))  # the permission map lets members in only


def _figures(period: periods.Period, desks: Desks) -> dict[str, Any]:
    counted, stands = cube.count(period, desks), work.work(period, desks)
    return {
        "period": period,
        "query": urlencode(period.query),
        "applications": counted.applications,
        "headlines": tables.headlines(counted),
        "tables": tables.tables(counted),
        "work": stands,
    }


# django-csp's type of a view knows none with arguments.
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [NONE]})  # type: ignore[arg-type]
@require_safe
def chart(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator of the period in the address as SVG, whose styles stand in the drawing itself."""
    asked = PeriodForm(request.GET)
    if key not in BY_KEY:
        raise Http404
    if not asked.is_valid() or asked.period is None:
        return HttpResponseBadRequest(asked.errors.as_text(), content_type="text/plain; charset=utf-8")
    counted = cube.count(asked.period, _desks(request))
    return HttpResponse(charts.svg(tables.table(counted, key)), content_type="image/svg+xml")


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The period in the address as a file; with a faulty period back to the dashboard, which says what is wrong."""
    asked = PeriodForm(request.GET)
    kind = request.GET.get("format", "")
    if kind not in FILES:
        raise Http404
    if not asked.is_valid() or asked.period is None:
        return redirect(f"{reverse('reports:dashboard')}?{request.GET.urlencode()}")
    counted = cube.count(asked.period, _desks(request))
    write, content_type = FILES[kind]
    name = downloads.file_name(counted, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(counted), content_type=content_type, headers=headers)
