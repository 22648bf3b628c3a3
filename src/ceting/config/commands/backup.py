"""`ceting backup [FOLDER]`: a backup while people work, read back before it counts."""

import argparse
import os
import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.module_loading import import_string

from ceting.config import marks, readiness
from ceting.config.backups import operations
from ceting.config.backups.errors import BackupError
from ceting.config.backups.stores import store_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="folder tujuan (bawaan: CETING_BACKUPS, atau backups di CETING_HOME)",
    )
    parser.add_argument(
        "--keep",
        type=int,
        metavar="N",
        help="sesudah berhasil, simpan N cadangan terbaru; yang lebih lama dihapus",
    )


def run(args: argparse.Namespace) -> int:
    """Print where it is; 1 with a sentence when it couldn't be made."""
    try:
        readiness.set_up()
        folder = folder_of(args.folder)
        readiness.check_database_exists()
        # By name: it is made of models, which can't be imported before set_up().
        seal = import_string("ceting.config.anchor.newest")()
        made = operations.back_up(
            store_for(settings.DATABASES["default"]),
            Path(settings.MEDIA_ROOT),
            folder,
            anchor=(seal.position, seal.digest) if seal else None,
        )
    except (readiness.NotReadyError, BackupError) as error:
        print(f"Cadangan tidak dibuat. {error}", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(
            f"Cadangan tidak dibuat. Basis data tidak bisa dibaca ({type(error).__name__}).", file=sys.stderr
        )
        return 1
    marks.leave(Path(settings.HOME), marks.BACKUP, file=made.path.name, rows=made.rows, size=made.size)
    if args.keep is not None:
        for old in backups_in(folder)[max(args.keep, 1) :]:
            old.unlink()
    print(
        f"Cadangan dibuat dan sudah dibaca kembali: {made.path} "
        f"({made.size / 1e6:.1f} MB, {made.rows} baris, {made.media_files} berkas). "
        "Kunci tidak ikut; simpan di tempat lain."
    )
    return 0


def folder_of(asked: Path | None) -> Path:
    """Where backups are: the one asked for, the installation's, or the one beside the data."""
    return (asked or Path(os.environ.get("CETING_BACKUPS") or Path(settings.HOME) / "backups")).resolve()


def backups_in(folder: Path) -> list[Path]:
    """The finished backups of a folder, the newest first."""
    return sorted(folder.glob("ceting-*.tar"), reverse=True)
