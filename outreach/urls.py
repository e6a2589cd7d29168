"""Addresses of the public side."""

from django.urls import include, path

urlpatterns = [
    path("", include("outreach.front.urls")),
    path("", include("outreach.navi.urls")),
    path("", include("outreach.application.urls")),
]
