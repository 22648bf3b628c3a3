"""`ceting backup [FOLDER]`: a backup while people work, read back before it counts."""

import argparse
import sys
from pathlib import Path

from django.conf import settings

from ceting.config import readiness
from ceting.config.backups import operations
from ceting.config.backups.errors import BackupError
from ceting.config.backups.stores import store_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="folder tujuan (bawaan: backups di CETING_HOME)")


def run(args: argparse.Namespace) -> int:
    """Print where it is; 1 with a sentence when it couldn't be made."""
    try:
        readiness.set_up()
        folder = (args.folder or Path(settings.HOME) / "backups").resolve()
        made = operations.back_up(store_for(settings.DATABASES["default"]), Path(settings.MEDIA_ROOT), folder)
    except (readiness.NotReadyError, BackupError) as error:
        print(f"Cadangan tidak dibuat. {error}", file=sys.stderr)
        return 1
    print(
        f"Cadangan dibuat dan sudah dibaca kembali: {made.path} "
        f"({made.size / 1e6:.1f} MB, {made.rows} baris, {made.media_files} berkas). "
        "Kunci tidak ikut; simpan di tempat lain."
    )
    return 0
