"""Addresses of the support centres' portal."""

from django.urls import path

from referrals.views import portal

app_name = "portal"

urlpatterns = [
    path("", portal.queue, name="queue"),
    path("<slug:public_id>/", portal.cover, name="cover"),
    path("<slug:public_id>/open/", portal.open_packet, name="open"),
    path("<slug:public_id>/packet/", portal.packet_page, name="packet"),
    path("<slug:public_id>/answer/", portal.answer, name="answer"),
    path("<slug:public_id>/contact/", portal.contact, name="contact"),
    path("<slug:public_id>/close/", portal.close, name="close"),
]
