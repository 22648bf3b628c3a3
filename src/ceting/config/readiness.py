"""Whether this installation can start: asked by `serve` and `work` before they do anything."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


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
    """Raise NotReadyError unless settings, database and static files are ready to serve."""
    _check_system()
    _check_database()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not settings.WHITENOISE_USE_FINDERS and not manifest.exists():
        raise NotReadyError("Berkas tampilan belum disiapkan. Jalankan: ceting migrate")


def _check_system() -> None:
    found: list[CheckMessage] = [message for message in run_checks() if message.level >= ERROR]
    if found:
        lines = "\n".join(f"  {message.id}: {message.msg}" for message in found)
        raise NotReadyError(f"Pemeriksaan awal menemukan kesalahan:\n{lines}")


def _check_database() -> None:
    if settings.DATABASE_IS_SQLITE and not Path(str(settings.DATABASES["default"]["NAME"])).exists():
        # Connecting would make an empty one.
        raise NotReadyError("Basis data belum ada. Jalankan: ceting migrate")
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise NotReadyError(f"Basis data tidak bisa dihubungi ({type(error).__name__}).") from error
    finally:
        connection.close()
    if waiting:
        raise NotReadyError("Basis data belum sesuai versi ini. Jalankan: ceting migrate")
