"""The request of someone who has signed in, as the permission map's middleware lets it through."""

from django.http import HttpRequest

from organisations.models import Member


class MemberRequest(HttpRequest):
    """A request whose user is a member; for the types of staff views only."""

    user: Member
