"""Addresses of the front page and what stands around it."""

from django.urls import path

from outreach.front import views

app_name = "outreach"

urlpatterns = [
    path("", views.front, name="front"),
    path("about/", views.about, name="about"),
    path("leave/", views.leave, name="leave"),
]
