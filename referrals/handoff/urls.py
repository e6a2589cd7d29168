"""Addresses of consents and referrals at the desk; they stand under its name (``desk:``)."""

from django.urls import path

from referrals.handoff.views import consents, handoffs, sending, voiding

urlpatterns = [
    path("cases/<slug:public_id>/consent/", consents.record, name="consent"),
    path("cases/<slug:public_id>/consent/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("cases/<slug:public_id>/consent/void/", voiding.void, name="consent_void"),
    path("cases/<slug:public_id>/referral/", sending.referral_new, name="referral_new"),
    path("referrals/<slug:public_id>/", handoffs.referral, name="referral"),
    path("referrals/<slug:public_id>/reply/", handoffs.reply, name="referral_reply"),
    path("referrals/<slug:public_id>/hold/", handoffs.hold, name="referral_hold"),
    path("referrals/<slug:public_id>/resume/", handoffs.resume, name="referral_resume"),
    path("referrals/<slug:public_id>/take-back/", handoffs.take_back, name="referral_take_back"),
    path("referrals/<slug:public_id>/follow-up/", handoffs.follow_up, name="referral_follow_up"),
    path("referrals/<slug:public_id>/tell-person/", handoffs.tell_person, name="referral_tell_person"),
    path("referrals/<slug:public_id>/told/", handoffs.told, name="referral_told"),
    path("referrals/<slug:public_id>/wrong-centre/", handoffs.wrong_centre, name="referral_wrong_centre"),
    path("referrals/<slug:public_id>/sheet/", sending.sheet, name="referral_sheet"),
]
