"""Addresses of the referrals floor: the desk, the centres' portal, the person's own page."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("referrals.urls.desk")),
    path("portal/", include("referrals.urls.portal")),
    path("my/", include("referrals.urls.person")),
]
