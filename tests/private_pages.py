"""A browser that is let in at the door of private pages, for tests of what stands behind it."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from outreach.application import cookies, page_secrets

_PRIVATE = re.compile(r"/my/([\w-]+)/")


def let_in(client: Client, secret: str) -> Client:
    """Give the receipt number at the door, as somebody with their note before them would."""
    number = page_secrets.find(secret).get().receipt_number
    assert client.post(f"/my/{secret}/", {"number": number}).status_code == 302
    return client


class LetIn(Client):
    """Is let in at every private page that it opens, as though it had just given the number."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any):
        if match := _PRIVATE.match(path):
            for application in page_secrets.find(match[1]).only("public_id"):
                shown = HttpResponse()
                cookies.let_in(shown, application)
                self.cookies.update(shown.cookies)
        return super().generic(method, path, *args, **kwargs)
