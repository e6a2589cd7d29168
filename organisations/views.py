"""Takes a member to their workplace after sign-in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from organisations.signed_in import MemberRequest
from organisations.workplaces import WORKPLACES


def home(request: MemberRequest) -> HttpResponse:
    for permission, name, _label in WORKPLACES:
        if request.user.can(permission):
            return redirect(name)
    raise PermissionDenied
