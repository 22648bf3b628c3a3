"""`ceting rehearse [FOLDER]`: bring the newest backup back beside the running database, compare, clear away."""

import argparse
import sys
from pathlib import Path

from django.conf import settings

from ceting.config import marks, readiness
from ceting.config.backups import operations
from ceting.config.backups.errors import BackupError
from ceting.config.backups.stores import store_for
from ceting.config.commands.backup import backups_in, folder_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="folder cadangan (bawaan: CETING_BACKUPS, atau backups di CETING_HOME)",
    )


def run(args: argparse.Namespace) -> int:
    """Print what came back; 1 with a sentence when the newest backup wouldn't. The health page tells it either way."""
    try:
        readiness.set_up()
    except readiness.NotReadyError as error:
        print(f"Latihan pemulihan tidak dijalankan. {error}", file=sys.stderr)
        return 1
    home, found = Path(settings.HOME), backups_in(folder_of(args.folder))
    if not found:
        print("Belum ada cadangan untuk dilatih. Jalankan: ceting backup", file=sys.stderr)
        return 1
    try:
        # In the data's own folder: the service may write there, and a scratch database is as private.
        manifest = operations.rehearse(store_for(settings.DATABASES["default"]), found[0], home / "rehearsal")
    except BackupError as error:
        marks.leave(home, marks.REHEARSAL, file=found[0].name, good=False)
        print(f"Latihan pemulihan GAGAL untuk {found[0].name}. {error}", file=sys.stderr)
        return 1
    marks.leave(home, marks.REHEARSAL, file=found[0].name, good=True)
    print(
        f"Latihan pemulihan berhasil: {found[0].name}, {sum(manifest.rows.values())} baris, "
        "setiap baris sama. Tidak ada yang diubah."
    )
    return 0
