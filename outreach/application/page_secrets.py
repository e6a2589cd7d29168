"""The secrets of private pages: only a keyed digest is kept, under the index ring.

Whoever can write to the database and has no key can't make an address that opens somebody's page. Under a new key the
digests are made anew from a hash that lies sealed in the row; the secret itself is nowhere.
"""

import hashlib
from collections.abc import Callable

from django.db.models import Q, QuerySet

from foundation import access
from foundation.crypto import blind_index
from foundation.crypto.ring import index_ring
from outreach.models import Application

BATCH = 200
_INDEX = "application.page"
_BITS = 256


def kept(secret: str) -> dict[str, str]:
    """The columns of an application by which its page is found."""
    return _columns(_hash(secret))


def find(secret: str) -> QuerySet[Application]:
    """The application whose page this secret opens: under any key of the ring, or as kept before digests had one."""
    hashed = _hash(secret)
    found = Q(page_secret_key="", page_secret_digest=hashed)
    for key_id, digest in zip(index_ring().ids, blind_index.digests(_INDEX, hashed, bits=_BITS), strict=True):
        found |= Q(page_secret_key=key_id, page_secret_digest=digest)
    return Application.objects.filter(found)


def rekey(*, told: Callable[[int], None] = lambda _done: None) -> int:
    """Bring every digest under the ring's first key; returns how many. May be stopped and run again.

    Each batch that opens anything is one reading in the access record. A page whose person was erased is left: there is
    nothing to make a digest of, and nothing to read on it. ``told`` hears after each batch how many are done.
    """
    done, last = 0, 0
    stale = Application.objects.exclude(page_secret_key=index_ring().ids[0]).filter(data_key__wrapped__isnull=False)
    while batch := list(stale.filter(pk__gt=last).select_related("data_key").order_by("pk")[:BATCH]):
        with access.scope(actor="command", purpose="reindex_persons"):
            for application in batch:
                plain = application.page_secret_digest  # where no key was
                hashed = (application.page_secret_hash or "") if application.page_secret_key else plain
                Application.objects.write_page_secret(application, **_columns(hashed))
        done, last = done + len(batch), batch[-1].pk
        told(done)
    return done


def _columns(hashed: str) -> dict[str, str]:
    return {
        "page_secret_digest": blind_index.digest(_INDEX, hashed, bits=_BITS),
        "page_secret_key": index_ring().ids[0],
        "page_secret_hash": hashed,
    }


def _hash(secret: str) -> str:
    """SHA-256; 192 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
