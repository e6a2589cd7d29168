"""The site's addresses, and the two floors that everything is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from config.url_permissions import URL_PERMISSIONS
from foundation import clock
from foundation.models import OutboxMessage
from organisations.permission_map import Access


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    OutboxMessage.objects.create(kind="bench", subject="bench", run_at=clock.now())
    return HttpResponse("")


URL_PERMISSIONS |= {"bench_empty": Access.PUBLIC, "bench_insert": Access.PUBLIC}

urlpatterns = [
    path("bench/empty/", empty, name="bench_empty"),
    path("bench/insert/", insert, name="bench_insert"),
    path("", include("config.urls")),
]
