"""Addresses of the application form; what is answered stands in none of them."""

from django.urls import path

from outreach.views import apply

app_name = "apply"

urlpatterns = [
    path("apply/", apply.start, name="start"),
    path("apply/done/", apply.done, name="done"),
    path("apply/<slug:step>/", apply.step, name="step"),
    path("desk/telephone/", apply.telephone, name="telephone"),
    path("desk/telephone/done/", apply.telephone_done, name="telephone_done"),
    path("desk/telephone/<slug:step>/", apply.telephone_step, name="telephone_step"),
]
