"""Settings of every installation, from the environment (docs/reference/settings.md). One file on purpose."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from ceting.config import environment
from ceting.config.logs import LOGGING  # noqa: F401  Django reads it by name

MODE = environment.mode()
HOME = environment.home()
DEBUG = False

SECRET_KEY = environment.required("CETING_SECRET_KEY")
DATA_KEYS = environment.data_keys()
LOOKUP_KEY = environment.lookup_key()
ALLOWED_HOSTS = [
    host for host in os.environ.get("CETING_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CETING_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "ceting.foundation.core",
    "ceting.foundation.audit",
    "ceting.foundation.messaging",
    "ceting.foundation.ui",
    "ceting.registry.places",
    "ceting.registry.accounts",
    "ceting.registry.families",
    "ceting.registry.rights",
    "ceting.registry.office",
    "ceting.care.measurements",
    "ceting.care.pregnancies",
    "ceting.care.child_health",
    "ceting.gateways.interop",
    "ceting.gateways.interop.eppgbm",
    "ceting.gateways.interop.pregnant_women",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    # The second factors' rows and cryptography (docs/adr/0007). Its accounts come along and stay empty.
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before anything that could read the body.
    "ceting.config.limits.BodyLimitMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Behind the sign-in: it asks who she is, and before every view.
    "ceting.registry.accounts.locking.LockMiddleware",
    # Tells allauth's second factors which request they are in.
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ceting.config.limits.PrivatePagesMiddleware",
]

ROOT_URLCONF = "ceting.config.urls"
WSGI_APPLICATION = "ceting.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Pages that stand above every app.
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ceting.config.navigation.navigation",
            ],
            "builtins": ["ceting.foundation.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

_database = environment.database()
DATABASES = {"default": _database.settings}
DATABASE_IS_SQLITE = _database.is_sqlite
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by every process: limits that LocMem would count per process (architecture.md).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Django's 300 would let anybody push out who must wait, by failing under 300 names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "measurements:home"
SIGN_IN_TRIES = 5
"""Wrong passwords for one name from one address before the door closes for SIGN_IN_PAUSE seconds."""
SIGN_IN_TRIES_PER_ADDRESS = 60
"""Wrong passwords from one address, whoever: a whole puskesmas shares one, so it is wider."""
SIGN_IN_PAUSE = 15 * 60
PROOF_MINUTES = 15
"""How long a password, a code or a passkey opens the pages that change the keys to an account."""
SECOND_FACTOR_MUST = MODE != "demo"
"""Whether a role that must have a second factor is held to it; a demo's passwords are printed on the screen."""
SECOND_FACTOR_GRACE_DAYS = 14
MFA_ADAPTER = "ceting.registry.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
"""The half minute before and after: cheap phones have no exact clock."""
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_LOGIN_METHODS = {"username"}
LINK_DAYS = 7
"""How long an invitation or a link to a new password opens the door."""

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True
# The `id` locale reads "8.500" as 8500; our own number field reads what people type.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
_hashed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if MODE == "test" else _hashed},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"

BODY_LIMIT = 1024 * 1024
"""Bytes of an ordinary request. Paths that take files name their own limit in UPLOAD_LIMITS."""
UPLOAD_LIMITS = {"/staf/impor/": 60 * 1024 * 1024}
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# HTTPS in front of a real installation; a demo on localhost has none.
_secure = MODE == "production"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "__Host-ceting" if _secure else "ceting"
CSRF_COOKIE_NAME = "__Host-ceting-csrf" if _secure else "ceting-csrf"
SESSION_ENGINE = "ceting.registry.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
BEHIND_PROXY = bool(os.environ.get("CETING_BEHIND_PROXY"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_SSL_REDIRECT = _secure and not os.environ.get("CETING_PLAIN_HTTP")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ceting.config.failures.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

Q_CLUSTER = {
    "name": "ceting",
    "orm": "default",
    "workers": 1,
    "poll": 1,
    "timeout": 3600,
    # Longer than the timeout: a job must not be handed out twice while it runs.
    "retry": 3700,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 500,
    "sync": False,
}

SILENCED_SYSTEM_CHECKS = ["security.W004"] if not _secure else []
