"""A browser that is let in at the door of private pages, for tests of what stands behind it."""

import re
from typing import Any

from django.test import Client

from outreach.application import page_secrets

_PRIVATE = re.compile(r"/my/([\w-]+)/")


def let_in(client: Client, secret: str) -> Client:
    """Give the receipt number at the door, as somebody with their note before them would."""
    number = page_secrets.find(secret).get().receipt_number
    assert client.post(f"/my/{secret}/", {"number": number}).status_code == 302
    return client


class LetIn(Client):
    """Gives the number of every private page before it opens it."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any):
        if match := _PRIVATE.match(path):
            application = page_secrets.find(match[1]).first()
            if application is not None:
                form = "application/x-www-form-urlencoded"
                number = f"number={application.receipt_number}"
                super().generic("POST", f"/my/{match[1]}/", data=number, content_type=form)
        return super().generic(method, path, *args, **kwargs)
