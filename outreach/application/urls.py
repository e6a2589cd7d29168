"""Addresses of the application form; what is answered stands in none of them."""

from django.urls import path

from outreach.application import views

app_name = "apply"

urlpatterns = [
    path("apply/", views.start, name="start"),
    path("apply/done/", views.done, name="done"),
    path("apply/<slug:step>/", views.step, name="step"),
    path("desk/telephone/", views.telephone, name="telephone"),
    path("desk/telephone/done/", views.telephone_done, name="telephone_done"),
    path("desk/telephone/<slug:step>/", views.telephone_step, name="telephone_step"),
]
