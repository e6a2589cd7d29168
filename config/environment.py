"""What the environment must give, and the throw-away secrets of the demonstration.

Outside the demonstration whatever is missing or too weak stops the start with a message that says what to do. In the
demonstration (``TSUNAGU_DEMO=1``) secrets are made once and kept in ``TSUNAGU_VAR/demo-secrets.json``.

``python -m config.environment`` writes new secrets for a new site, a line each.
"""

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from foundation.crypto.ring import check_apart

RINGS = ("FIELD_KEYS", "INDEX_KEYS", "SEAL_KEYS", "PAGE_KEYS", "TOKEN_KEYS")
SECRETS = ("SECRET_KEY", *RINGS)
DEMO_SECRETS = "demo-secrets.json"
SHORTEST_SECRET = 50


def private_directory(path: Path) -> Path:
    """Make ``path`` readable by its owner alone and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def load_secrets(*, var: Path, demo: bool) -> dict[str, str]:
    """Return the secrets from the environment, or the demonstration's own.

    Raises ImproperlyConfigured naming every missing one when this is not the demonstration, where Django's secret is
    short, and where two rings share a key.
    """
    found = {name: os.environ[name] for name in SECRETS if os.environ.get(name)}
    missing = [name for name in SECRETS if name not in found]
    if missing and not demo:
        raise ImproperlyConfigured(
            f"{', '.join(missing)} must be set in the environment. "
            "docs/operations.md says how each is made. For a trial run without real people: make run. "
            "A command for the demonstration needs TSUNAGU_DEMO=1."
        )
    if missing:
        found = {**_demo_secrets(var / DEMO_SECRETS), **found}
    if not demo and len(found["SECRET_KEY"]) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"SECRET_KEY has {len(found['SECRET_KEY'])} characters; it needs at least {SHORTEST_SECRET} random ones. "
            "python -m config.environment makes one."
        )
    check_apart({name: found[name] for name in RINGS})
    return found


def base_url(given: str, *, demo: bool) -> str:
    """The address people use, which mails carry and from which security follows; without a slash at its end.

    Raises ImproperlyConfigured where it is missing, or no https, on anything but a demonstration.
    """
    url = (given or ("http://127.0.0.1:8000" if demo else "")).rstrip("/")
    parts = urlsplit(url)
    if not url:
        raise ImproperlyConfigured("BASE_URL must be set: the address people use, as https://tsunagu.example.org")
    if not parts.hostname or parts.scheme not in ("http", "https") or url != f"{parts.scheme}://{parts.netloc}":
        raise ImproperlyConfigured(
            f"BASE_URL is {given!r}: it takes a scheme and a host, as https://tsunagu.example.org"
        )
    if parts.scheme != "https" and not demo:
        raise ImproperlyConfigured(
            f"BASE_URL is {given!r}: outside the demonstration it begins with https. Names and addresses pass here."
        )
    return url


def _demo_secrets(path: Path) -> dict[str, str]:
    """The demonstration's secrets: kept, or made now, or brought up to date."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes may start at once: the second reads what the first made
        kept = json.loads(path.read_text()) if path.exists() else {}
        due = kept if "SEAL_KEYS" in kept else _parted(kept) if kept else _new_secrets()
        if due != kept:
            draft = path.with_suffix(".draft")
            draft.touch(mode=0o600)
            draft.write_text(json.dumps(due))
            draft.replace(path)
    return due


def _new_secrets(key_id: str = "demo") -> dict[str, str]:
    return {"SECRET_KEY": secrets.token_urlsafe(50), **{name: _new_key(key_id) for name in RINGS}}


def _parted(kept: dict[str, str]) -> dict[str, str]:
    """The secrets of a demonstration from before the rings were apart, as docs/operations.md says it is done by hand.

    What was sealed with the index key can still be verified; the index itself is made anew under a new one.
    """
    apart = {name: _new_key("parted") for name in ("INDEX_KEYS", "SEAL_KEYS", "PAGE_KEYS")}
    apart["SEAL_KEYS"] += f",{kept['INDEX_KEYS']}"
    return {**kept, **apart}


def _new_key(key_id: str) -> str:
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


if __name__ == "__main__":
    for name, secret in _new_secrets("k1").items():
        print(f"{name}={secret}")
