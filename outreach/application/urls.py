"""Addresses of the application form; what is answered stands in none of them."""

from django.urls import path

from outreach.application.views import public, telephone

app_name = "apply"

urlpatterns = [
    path("apply/", public.start, name="start"),
    path("apply/done/", public.done, name="done"),
    path("apply/<slug:step>/", public.step, name="step"),
    path("desk/telephone/", telephone.calls, name="telephone"),
    path("desk/telephone/done/", telephone.done, name="telephone_done"),
    path("desk/telephone/<slug:step>/", telephone.step, name="telephone_step"),
]
