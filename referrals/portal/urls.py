"""Addresses of the support centres' portal."""

from django.urls import path

from referrals.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<slug:public_id>/", views.cover, name="cover"),
    path("<slug:public_id>/open/", views.open_packet, name="open"),
    path("<slug:public_id>/packet/", views.packet_page, name="packet"),
    path("<slug:public_id>/answer/", views.answer, name="answer"),
    path("<slug:public_id>/contact/", views.contact, name="contact"),
    path("<slug:public_id>/close/", views.close, name="close"),
    path("<slug:public_id>/hold/", views.hold, name="hold"),
    path("<slug:public_id>/resume/", views.resume, name="resume"),
    path("<slug:public_id>/take-back/", views.take_back, name="take_back"),
]
