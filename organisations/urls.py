"""Addresses of the organisations floor."""

from django.urls import path

from organisations import views

app_name = "organisations"

urlpatterns = [path("home/", views.home, name="home")]
