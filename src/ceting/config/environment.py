"""What the installation says about itself, read from the environment; loud when something is missing."""

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

POOL = {"min_size": 1, "max_size": 8, "timeout": 20}
POOL_SWITCH = "CETING_POOL"
"""`off` for a process that forks: a pool's threads don't come along, and a child would wait for them for ever."""
MODES = ("production", "demo", "test")


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} isn't set. docs/reference/settings.md says what it must hold.")
    return value


def mode() -> str:
    """CETING_MODE; a server that says nothing is production, the strictest."""
    value = os.environ.get("CETING_MODE", "production")
    if value not in MODES:
        raise ImproperlyConfigured(f"CETING_MODE is {value!r}; it must be one of {', '.join(MODES)}.")
    return value


def home() -> Path:
    """CETING_HOME: the folder of the database, media and backups."""
    return Path(os.environ.get("CETING_HOME") or Path.cwd() / "var").resolve()


def data_keys() -> tuple[tuple[str, bytes], ...]:
    """CETING_DATA_KEYS as `name:base64,name:base64`; each key 32 bytes, the first one writes."""
    keys = []
    for part in required("CETING_DATA_KEYS").split(","):
        name, _, body = part.strip().partition(":")
        keys.append((name, _key(body, "CETING_DATA_KEYS")))
    return tuple(keys)


def lookup_key() -> bytes:
    """CETING_LOOKUP_KEY: base64 of 32 bytes."""
    return _key(required("CETING_LOOKUP_KEY"), "CETING_LOOKUP_KEY")


def _key(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} isn't base64.") from error
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in base64; it is {len(key)} bytes.")
    return key


@dataclass(frozen=True)
class Database:
    """A parsed DATABASE_URL."""

    settings: dict[str, object]
    is_sqlite: bool


def database() -> Database:
    """DATABASE_URL: `sqlite:///path` (the default, under CETING_HOME) or `postgresql://user:password@host/name`."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{home() / 'ceting.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return Database(_sqlite(parts.path[1:]), is_sqlite=True)
    if parts.scheme in ("postgres", "postgresql"):
        return Database(_postgresql(url), is_sqlite=False)
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}; use sqlite:/// or postgresql://")


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A transaction that will write takes the lock at once, so it never dies half-way on a busy database.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a power cut after "Tersimpan" loses nothing. Limits: WAL grows without bound otherwise.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
                "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", parts.hostname or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**({"pool": POOL} if os.environ.get(POOL_SWITCH) != "off" else {}), **options},
    }
