"""Addresses of the referrals floor: the desk, the centres' portal, the person's own page."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("referrals.desk.urls")),
    path("portal/", include("referrals.portal.urls")),
    path("my/", include("referrals.person.urls")),
]
