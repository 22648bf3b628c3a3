"""Whether this installation can start: asked by `serve` and `work` before they do anything."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ceting.config import safety


class NotReadyError(Exception):
    """It can't start; the sentence is Indonesian and says what to do."""


def set_up() -> None:
    """Load the settings and the apps. Raises NotReadyError for a missing or wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceting.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise NotReadyError(f"Pengaturan belum lengkap: {error}") from error


def check() -> None:
    """Raise NotReadyError unless settings, database and static files are ready to serve, and a real server is safe."""
    _check_safety()
    _check_system()
    _check_database()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not settings.WHITENOISE_USE_FINDERS and not manifest.exists():
        raise NotReadyError("Berkas tampilan belum disiapkan. Jalankan: ceting migrate")


def _check_safety() -> None:
    if settings.MODE != "production":
        return
    database = Path(str(settings.DATABASES["default"]["NAME"])) if settings.DATABASE_IS_SQLITE else None
    found = safety.refusals(
        safety.Installation(
            secret=settings.SECRET_KEY,
            data_keys=settings.DATA_KEYS,
            lookup_key=settings.LOOKUP_KEY,
            hosts=settings.ALLOWED_HOSTS,
            origins=settings.CSRF_TRUSTED_ORIGINS,
            debug=settings.DEBUG or safety.debug_switch(os.environ),
            home=Path(settings.HOME),
            key_file=_path("CETING_ENV_FILE"),
            database=database if database is not None and database.exists() else None,
            tls_key=_path("CETING_TLS_KEY"),
        )
    )
    if found:
        lines = "\n".join(f"  - {sentence}" for sentence in found)
        raise NotReadyError(f"Instalasi ini belum aman:\n{lines}")


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _check_system() -> None:
    found: list[CheckMessage] = [message for message in run_checks() if message.level >= ERROR]
    if found:
        lines = "\n".join(f"  {message.id}: {message.msg}" for message in found)
        raise NotReadyError(f"Pemeriksaan awal menemukan kesalahan:\n{lines}")


def check_database_exists() -> None:
    """Raise NotReadyError where connecting would make an empty SQLite file."""
    if settings.DATABASE_IS_SQLITE and not Path(str(settings.DATABASES["default"]["NAME"])).exists():
        raise NotReadyError("Basis data belum ada. Jalankan: ceting migrate")


def _check_database() -> None:
    check_database_exists()
    try:
        waiting = waiting_migrations()
    finally:
        # Whoever asked becomes the server: it opens its own.
        connection.close()
    if waiting:
        raise NotReadyError("Basis data belum sesuai versi ini. Jalankan: ceting migrate")


def waiting_migrations() -> int:
    """How many migrations of this version the database hasn't had. Raises NotReadyError."""
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise NotReadyError(f"Basis data tidak bisa dihubungi ({type(error).__name__}).") from error
