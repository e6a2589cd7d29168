"""Opens a scope for every request and lets no page out whose record could not be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

from foundation.access.scopes import Reader, Scope, active
from foundation.faults import AccessNotRecorded


class AccessMiddleware:
    """One record a page, rendering included; stands inside authentication, outside of all that reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        opened = Scope(who=lambda: reader_of(request), purpose="")
        with active(opened):
            response = self.get_response(request)
        opened.purpose = purpose_of(request)
        try:
            opened.write()
        except AccessNotRecorded:
            if response.streaming:  # nothing to let go of otherwise; closing would tell Django that the request is over
                response.close()
            raise  # Django turns it into the plain error page
        if isinstance(response, StreamingHttpResponse) and getattr(response, "file_to_stream", None) is None:
            response.streaming_content = _recorded(response.streaming_content, opened)
        return response


def reader_of(request: HttpRequest) -> Reader:
    """The member who is signed in, else a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Reader(actor="visitor")
    return Reader(
        actor=f"member:{user.public_id}",
        member_id=user.pk,
        organisation_id=getattr(user, "acting_organisation_id", None),
    )


def purpose_of(request: HttpRequest) -> str:
    """The view's name; where nothing matched, that it was no known page."""
    match = request.resolver_match
    return match.view_name if match else "unknown page"


def _recorded(chunks: Iterator[bytes], opened: Scope) -> Iterator[bytes]:
    """A stream is made after the view returned: record what a chunk opened before handing it on."""
    while True:
        with active(opened):
            chunk = next(chunks, None)
        opened.write()
        if chunk is None:
            return
        yield chunk
