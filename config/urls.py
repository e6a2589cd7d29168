"""All addresses of the site; who may open each stands in config/url_permissions.py."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("", include("foundation.web.urls")),
    path("", include("outreach.urls")),
    path("", include("organisations.urls")),
    path("", include("referrals.urls")),
    path("reports/", include("reports.urls")),
    path("sign-in/", include("allauth.account.urls")),
    # Pages whose address is a secret are sent with no-referrer; from there browsers hide the origin that the CSRF
    # check asks for. Changing the language changes nothing but a cookie.
    path("language/setlang/", csrf_exempt(set_language), name="set_language"),
    path("manage/", admin.site.urls),
]
