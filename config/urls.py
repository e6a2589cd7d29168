"""All addresses of the site; who may open each stands in organisations/url_permissions.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("foundation.urls")),
    path("", include("outreach.urls")),
    path("", include("organisations.urls")),
    path("", include("referrals.urls")),
    path("reports/", include("reports.urls")),
    path("sign-in/", include("allauth.account.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("manage/", admin.site.urls),
]
