"""Addresses of the reports floor."""

from django.urls import path

from reports.views import dashboard

app_name = "reports"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("charts/<slug:key>.svg", dashboard.chart, name="chart"),
    path("download/", dashboard.download, name="download"),
]
