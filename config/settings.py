"""Django settings; everything that differs between places comes from the environment (docs/operations.md)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import caches
from config.environment import base_url, load_secrets, private_directory
from config.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- where this runs -------------------------------------------------------------------------------------
DEBUG = False
VAR = private_directory(Path(env.str("TSUNAGU_VAR", default=str(BASE_DIR / "var"))))
DEMO = env.bool("TSUNAGU_DEMO", default=False)
_secrets = load_secrets(var=VAR, demo=DEMO)
SECRET_KEY = _secrets["SECRET_KEY"]
FIELD_KEYS = _secrets["FIELD_KEYS"]
INDEX_KEYS = _secrets["INDEX_KEYS"]
SEAL_KEYS = _secrets["SEAL_KEYS"]
PAGE_KEYS = _secrets["PAGE_KEYS"]
TOKEN_KEYS = _secrets["TOKEN_KEYS"]
BASE_URL = base_url(env.str("BASE_URL", default=""), demo=DEMO)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname, "127.0.0.1", "localhost", "[::1]"])

# --- the house -------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "foundation",
    "organisations",
    "outreach",
    "referrals",
    "reports",
    "demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
]
MIDDLEWARE = [
    "foundation.web.middleware.ReadableRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads what it packs, so that a length tells no secret (BREACH)
    "csp.middleware.CSPMiddleware",
    "foundation.web.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.access.AccessMiddleware",
    "foundation.web.readonly.ReadOnlyGetMiddleware",
    "organisations.middleware.PermissionMapMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
PERMISSION_MAP = "config.url_permissions"
WORKPLACES = "config.workplaces"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisations.context.workplace",
                *(["demonstration.accounts.for_signing_in"] if DEMO else []),
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- database --------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'tsunagu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing: WAL lets readers go on, IMMEDIATE takes the write lock at the start.
    # FULL: a receipt that was shown survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Compiling a list's conditions takes PostgreSQL longer than asking them: with 44,000 cases the desk's counts took
    # some four times as long with it. Nor does a page out of order cost four in order, as it takes from disks that
    # turned: believing that, it reads every case there is instead of those of the few rows that wait.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c random_page_cost=1.1")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people who sign in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisations.Member"
AUTHENTICATION_BACKENDS = ["organisations.sign_in.signing_in.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "organisations.sign_in.signing_in.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "organisations.sign_in.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Behind one address sits a whole office. The keys: organisations/sign_in/signing_in.py.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key,60/5m/ip",
    "login_failed_anywhere": "50/h/key",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organisations:home"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "organisations.views.page_grown_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- on the wire -----------------------------------------------------------------------------------------
SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = SECURE
PROXIES = env.int("BEHIND_PROXY", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other names of the domain are not this system's
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
LEAVE_URL = env.str("LEAVE_URL", default="https://weather.yahoo.co.jp/weather/")

# --- words and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# --- files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"

# --- mail ------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{private_directory(VAR / 'mail')}")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = "/" + EMAIL_CONFIG["EMAIL_FILE_PATH"].lstrip("/")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="tsunagu@localhost")

# --- background work -------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = private_directory(VAR / "queue")
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(private_directory(_queue / "messages")),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(private_directory(_queue / "control")),
        "polling_interval": 0.2,
    }
else:
    # A broker that accepts a connection and then says nothing must not hold up a person who waits for a receipt.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "retry_on_timeout": False,
        "max_retries": 0,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="tsunagu")
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")

# --- what web processes count together (wrong sign-ins) ----------------------------------------------------
CACHES = {"default": caches.shared(CELERY_BROKER_URL, folder=private_directory(VAR / "cache"))}

# --- this system's own rules (docs/operations.md) --------------------------------------------------------
GUARD_READS = env.bool("GUARD_READS", default=DEMO)  # a GET that writes a domain row raises
DRAFT_LIFETIME_HOURS = 24
REFERRAL_ANSWER_DAYS = 14
ACCESS_HEADS = env.str("ACCESS_HEADS", default=str(VAR / "access-heads"))  # heads of the access record, noted daily
LOGGING_CONFIG = "foundation.logs.configure"
LOGGING = {"level": env.str("LOG_LEVEL", default="INFO")}  # read by that function
