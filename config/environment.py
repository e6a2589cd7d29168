"""What the environment must give, and the throw-away secrets of the demonstration.

Outside the demonstration a missing secret stops the start with a message that says what to do. In the
demonstration (``TSUNAGU_DEMO=1``) secrets are made once and kept in ``TSUNAGU_VAR/demo-secrets.json``; a folder
that holds them is a demonstration for every later command too.
"""

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from foundation.crypto.ring import check_apart

RINGS = ("FIELD_KEYS", "INDEX_KEYS", "SEAL_KEYS", "PAGE_KEYS", "TOKEN_KEYS")
SECRETS = ("SECRET_KEY", *RINGS)
DEMO_SECRETS = "demo-secrets.json"


def private_directory(path: Path) -> Path:
    """Make ``path`` readable by its owner alone and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def holds_demonstration(var: Path) -> bool:
    """Whether ``var`` was made by the demonstration and nobody gave secrets of their own."""
    return (var / DEMO_SECRETS).exists() and not any(os.environ.get(name) for name in SECRETS)


def load_secrets(*, var: Path, demo: bool) -> dict[str, str]:
    """Return the secrets from the environment, or the demonstration's own.

    Raises ImproperlyConfigured naming every missing one when this is not the demonstration, and when two rings
    share a key.
    """
    found = {name: os.environ[name] for name in SECRETS if os.environ.get(name)}
    missing = [name for name in SECRETS if name not in found]
    if missing and not demo:
        raise ImproperlyConfigured(
            f"{', '.join(missing)} must be set in the environment. "
            "docs/operations.md says how each is made. For a trial run without real people: make run."
        )
    if missing:
        found = {**_demo_secrets(var / DEMO_SECRETS), **found}
    check_apart({name: found[name] for name in RINGS})
    return found


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


def _new_secrets() -> dict[str, str]:
    return {"SECRET_KEY": secrets.token_urlsafe(50), **{name: _new_key("demo") for name in RINGS}}


def _parted(kept: dict[str, str]) -> dict[str, str]:
    """The secrets of a demonstration from before the rings were apart, as docs/operations.md says it is done by hand.

    What was sealed with the index key can still be verified; the index itself is made anew under a new one.
    """
    apart = {name: _new_key("parted") for name in ("INDEX_KEYS", "SEAL_KEYS", "PAGE_KEYS")}
    apart["SEAL_KEYS"] += f",{kept['INDEX_KEYS']}"
    return {**kept, **apart}


def _new_key(key_id: str) -> str:
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}"
