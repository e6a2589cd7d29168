"""Addresses of the navi. What follows /navi/w/ and /navi/list/ is a sealed token, masked in logs."""

from django.urls import path

from outreach.views import navi

app_name = "navi"

urlpatterns = [
    path("navi/w/<token>/", navi.worries, name="worries"),
    path("navi/list/<token>/", navi.results, name="results"),
    path("navi/<slug:trouble>/", navi.start, name="start"),
    path("list/", navi.shared, name="shared"),
    path("list/qr.svg", navi.qr, name="qr"),
]
