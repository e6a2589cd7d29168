"""Addresses of the food bank's desk."""

from django.urls import path

from referrals.views import case, consents, desk, handoffs, parcels

app_name = "desk"

urlpatterns = [
    path("", desk.queue, name="queue"),
    path("packing/", parcels.packing, name="packing"),
    path("cases/<slug:public_id>/", case.case, name="case"),
    path("cases/<slug:public_id>/move/", case.move, name="case_move"),
    path("cases/<slug:public_id>/parcel/", parcels.parcel, name="parcel"),
    path("cases/<slug:public_id>/consent/", consents.record, name="consent"),
    path("cases/<slug:public_id>/consent/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("cases/<slug:public_id>/referral/", handoffs.referral_new, name="referral_new"),
    path("referrals/<slug:public_id>/", handoffs.referral, name="referral"),
    path("referrals/<slug:public_id>/reply/", handoffs.reply, name="referral_reply"),
    path("referrals/<slug:public_id>/follow-up/", handoffs.follow_up, name="referral_follow_up"),
    path("referrals/<slug:public_id>/sheet/", handoffs.sheet, name="referral_sheet"),
]
