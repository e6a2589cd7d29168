"""Addresses of the person's own page. What follows /my/ is a secret, masked in logs."""

from django.urls import path

from referrals.views import person

app_name = "person"

urlpatterns = [
    path("<slug:secret>/", person.page, name="page"),
    path("<slug:secret>/withdraw/", person.withdraw_consent, name="withdraw_consent"),
    path("<slug:secret>/more/", person.supplement, name="supplement"),
]
