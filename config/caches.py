"""Where the web processes keep what they count together."""

from pathlib import Path
from typing import Any


def shared(broker_url: str, *, folder: Path) -> dict[str, Any]:
    """A cache that all web processes share: the broker's Redis where there is one, else files of this machine."""
    if broker_url.startswith("redis://"):
        return {
            "BACKEND": "foundation.cache.ForgivingRedisCache",
            "LOCATION": broker_url,
            "KEY_PREFIX": "tsunagu-cache",
        }
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(folder),
        "OPTIONS": {"MAX_ENTRIES": 5000},  # beyond these Django throws some away
    }
