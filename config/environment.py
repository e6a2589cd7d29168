"""What the environment must give, and the throw-away secrets of the demonstration.

Outside the demonstration a missing secret stops the start with a message that says what to do. In the
demonstration (``TSUNAGU_DEMO=1``) secrets are made once and kept in ``TSUNAGU_VAR/demo-secrets.json``; a folder
that holds them is a demonstration for every later command too.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRETS = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEYS", "TOKEN_KEYS")
DEMO_SECRETS = "demo-secrets.json"


def private_directory(path: Path) -> Path:
    """Make ``path`` readable by its owner alone and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def holds_demonstration(var: Path) -> bool:
    """Whether ``var`` was made by the demonstration and nobody gave secrets of their own."""
    return (var / DEMO_SECRETS).exists() and not any(os.environ.get(name) for name in SECRETS)


def load_secrets(*, var: Path, demo: bool) -> dict[str, str]:
    """Return the four secrets from the environment, or the demonstration's own.

    Raises ImproperlyConfigured naming every missing one when this is not the demonstration.
    """
    found = {name: os.environ[name] for name in SECRETS if os.environ.get(name)}
    missing = [name for name in SECRETS if name not in found]
    if not missing:
        return found
    if not demo:
        raise ImproperlyConfigured(
            f"{', '.join(missing)} must be set in the environment. "
            "docs/operations.md says how each is made. For a trial run without real people: make run."
        )
    return {**_demo_secrets(var / DEMO_SECRETS), **found}


def _demo_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        ring = {name: f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in SECRETS[1:]}
        content = json.dumps({"SECRET_KEY": secrets.token_urlsafe(50), **ring})
        # Two processes may start at once: the first to create the file wins, the other reads it.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(content)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text())
