"""Addresses of the navi. What follows /navi/w/ and /navi/list/ is a sealed token, masked in logs."""

from django.urls import path

from outreach.navi import views

app_name = "navi"

urlpatterns = [
    path("navi/w/<token>/", views.worries, name="worries"),
    path("navi/list/<token>/", views.results, name="results"),
    path("navi/<slug:trouble>/", views.start, name="start"),
    path("list/", views.shared, name="shared"),
    path("list/qr.svg", views.qr, name="qr"),
]
