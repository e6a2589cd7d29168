"""Addresses of the person's own page. What follows /my/ is a secret, masked in logs."""

from django.urls import path

from referrals.views import person

app_name = "person"

urlpatterns = [
    path("<str:secret>/", person.page, name="page"),
    path("<str:secret>/withdraw/", person.withdraw_consent, name="withdraw_consent"),
    path("<str:secret>/more/", person.supplement, name="supplement"),
]
