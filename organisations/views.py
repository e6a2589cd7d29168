"""Takes a member to their workplace after sign-in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisations.workplaces import WORKPLACES


def home(request: HttpRequest) -> HttpResponse:
    for permission, name, _label in WORKPLACES:
        if request.user.can(permission):
            return redirect(name)
    raise PermissionDenied
