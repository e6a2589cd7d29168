"""Settings of the suite: the project's own, with fast hashers, throw-away keys and nothing leaving the process."""

import os
import tempfile
from typing import Any

os.environ["TSUNAGU_DEMO"] = "1"
# A folder of its own for each process, but for those that a test lets meet in one.
os.environ["TSUNAGU_VAR"] = os.environ.get("SUITE_VAR") or tempfile.mkdtemp(prefix="tsunagu-test-")
os.environ.setdefault("BASE_URL", "http://127.0.0.1:8000")

from config import caches
from config.settings import *  # noqa: F403  (settings are read as one module; the lines above must come first)
from config.settings import DATABASES, TEMPLATES, VAR

DEMO = False
# Read as a demonstration for its throw-away secrets only: what a real site shows is what the suite looks at.
_engine: Any = TEMPLATES[0]
_engine["OPTIONS"]["context_processors"].remove("demonstration.accounts.for_signing_in")
GUARD_READS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True  # nothing was collected
CELERY_TASK_ALWAYS_EAGER = False
ACCESS_HEADS = ""  # one file knows one database; each test begins another
CACHES = {"default": caches.shared("", folder=VAR / "cache")}  # emptied before each test: on Redis, the queue with it
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads lost acknowledged rows on a shared in-memory database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
