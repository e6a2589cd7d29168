"""Addresses of the food bank's desk."""

from django.urls import include, path

from referrals.desk.views import case, corrections, packing, parcel_corrections, parcels, queue

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("find/", queue.find, name="find"),
    path("packing/", packing.packing, name="packing"),
    path("cases/<slug:public_id>/", case.case, name="case"),
    path("cases/<slug:public_id>/move/", case.move, name="case_move"),
    path("cases/<slug:public_id>/correct/", corrections.correct, name="case_correct"),
    path("cases/<slug:public_id>/parcel/", parcels.parcel, name="parcel"),
    path("packing/<slug:public_id>/unpacked/", packing.unpacked, name="unpacked"),
    path(
        "cases/<slug:public_id>/parcels/<slug:parcel_id>/correct/",
        parcel_corrections.correct,
        name="parcel_correct",
    ),
    path("", include("referrals.handoff.urls")),
]
