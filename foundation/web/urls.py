"""Addresses for machines."""

from django.conf import settings
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView

from foundation.web import health

_icon = RedirectView.as_view(
    url=f"{settings.STATIC_URL}img/favicon.svg", permanent=True, http_method_names=["get", "head"]
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Browsers ask here beside pages that name no icon: the admin's, a picture's.
    path("favicon.ico", cache_control(public=True, max_age=24 * 60 * 60)(_icon), name="favicon"),
]
