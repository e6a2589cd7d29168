"""Takes a member to their workplace after sign-in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from organisations.signed_in import MemberRequest
from organisations.workplaces import workplaces


def home(request: MemberRequest) -> HttpResponse:
    for way in workplaces():
        if request.user.can(way.permission):
            return redirect(way.address)
    raise PermissionDenied
