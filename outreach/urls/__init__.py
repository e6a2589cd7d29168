"""Addresses of the public side."""

from django.urls import include, path

urlpatterns = [
    path("", include("outreach.urls.front")),
    path("", include("outreach.urls.navi")),
    path("", include("outreach.urls.apply")),
]
