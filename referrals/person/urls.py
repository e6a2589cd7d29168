"""Addresses of the person's own page. What follows /my/ is a secret, masked in logs."""

from django.urls import path

from referrals.person import views

app_name = "person"

urlpatterns = [
    path("<slug:secret>/", views.page, name="page"),
    path("<slug:secret>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("<slug:secret>/more/", views.addendum, name="addendum"),
]
