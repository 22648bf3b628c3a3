"""`ceting migrate`: the database and the static files of this version. Harmless to repeat."""

import argparse
import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from ceting.config import readiness

STAMP = ".stamp"
WAITING = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="hanya cetak kesalahan")
    parser.add_argument(
        "--pending",
        action="store_true",
        help="hanya hitung yang menunggu; kode 3 bila ada, tidak mengubah apa pun",
    )


def run(args: argparse.Namespace) -> int:
    """0 when the database is up to date; with --pending 3 when something waits; 1 with a sentence."""
    try:
        readiness.set_up()
        if args.pending:
            waiting = readiness.waiting_migrations()
            print(
                f"{waiting} perubahan basis data menunggu."
                if waiting
                else "Basis data sudah sesuai versi ini."
            )
            return WAITING if waiting else 0
    except readiness.NotReadyError as error:
        print(error, file=sys.stderr)
        return 1
    bring_up_to_date(verbosity=0 if args.quiet else 1)
    return 0


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Make the folders, migrate, make the cache's table, and collect static files when they changed."""
    # Health data: nobody else on this computer reads the folder.
    os.umask(0o077)
    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    Path(settings.MEDIA_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    # One from before there was a umask.
    if settings.DATABASE_IS_SQLITE and database.exists():
        database.chmod(0o600)
    stamp, wanted = Path(settings.STATIC_ROOT) / STAMP, static_fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        # Last, so that a collection that was cut short is done again.
        stamp.write_text(wanted, encoding="utf-8")


def static_fingerprint() -> str:
    """Names the version and every static source file with its size and time of change."""
    digest = hashlib.sha256(version("ceting").encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            change = storage.get_modified_time(path).timestamp()
            digest.update(f"{path}|{storage.size(path)}|{change}\n".encode())
    return digest.hexdigest()
