"""Addresses of the support centres' portal."""

from django.urls import path

from referrals.views import portal

app_name = "portal"

urlpatterns = [
    path("", portal.queue, name="queue"),
    path("<str:public_id>/", portal.cover, name="cover"),
    path("<str:public_id>/open/", portal.open_packet, name="open"),
    path("<str:public_id>/packet/", portal.packet_page, name="packet"),
    path("<str:public_id>/answer/", portal.answer, name="answer"),
    path("<str:public_id>/contact/", portal.contact, name="contact"),
    path("<str:public_id>/close/", portal.close, name="close"),
]
