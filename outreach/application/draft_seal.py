"""What a draft's random id stands for once handed in: the application's key, the secret of its page.

Both are derived, never stored beside the draft: a second click, or a second try after the answer was lost on
its way, finds the same application and shows the same page. Once the draft is gone and the browser has
forgotten its id, nobody can derive them again.
"""

import base64
import hmac
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings

from foundation import clock
from foundation.crypto.blind_index import subkey
from foundation.crypto.ring import page_ring
from outreach.models import Application
from outreach.models.draft import mark_of

_SECRET_BYTES = 24


class Seal(NamedTuple):
    submission_key: str
    page_secret: str


class HandedIn(NamedTuple):
    """An application that stands, the secret of its private page, and the mark of the draft it came of."""

    application: Application
    page_secret: str
    mark: str


def seal_of(draft_id: str) -> Seal:
    """The seal under the key that writes."""
    return _seals(draft_id)[0]


def handed_in(draft_id: str) -> HandedIn | None:
    """The application that came of a draft, as long as the draft itself would have lived."""
    seals = {seal.submission_key: seal for seal in _seals(draft_id)}
    since = clock.now() - timedelta(hours=settings.DRAFT_LIFETIME_HOURS)
    application = Application.objects.filter(submission_key__in=seals, received_at__gt=since).first()
    if application is None:
        return None
    return HandedIn(application, seals[application.submission_key].page_secret, mark_of(draft_id))


def _seals(draft_id: str) -> list[Seal]:
    ring = page_ring()
    return [_seal(ring.get(key_id), draft_id.encode()) for key_id in ring.ids]


def _seal(key: bytes, draft_id: bytes) -> Seal:
    secret = hmac.digest(subkey(key, "page secret of a draft"), draft_id, "sha256")[:_SECRET_BYTES]
    return Seal(
        submission_key=hmac.digest(subkey(key, "submission key of a draft"), draft_id, "sha256").hex(),
        page_secret=base64.urlsafe_b64encode(secret).decode(),
    )
