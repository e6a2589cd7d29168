"""Addresses of the front page and what stands around it."""

from django.urls import path

from outreach.views import front

app_name = "outreach"

urlpatterns = [
    path("", front.front, name="front"),
    path("about/", front.about, name="about"),
    path("leave/", front.leave, name="leave"),
]
