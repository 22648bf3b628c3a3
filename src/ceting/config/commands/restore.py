"""`ceting restore FILE`: bring a backup back, after checking all of it."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from ceting.config import readiness
from ceting.config.backups import operations
from ceting.config.backups.errors import BackupError
from ceting.config.backups.stores import store_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="berkas cadangan (ceting-....tar)")
    parser.add_argument(
        "--replace", action="store_true", help="ganti basis data yang sudah berisi; yang lama disimpan"
    )


def run(args: argparse.Namespace) -> int:
    """Print what came back; 1 with a sentence when nothing was changed."""
    try:
        readiness.set_up()
        store = store_for(settings.DATABASES["default"])
        done = operations.restore(store, Path(settings.MEDIA_ROOT), args.file, replace=args.replace)
    except (readiness.NotReadyError, BackupError) as error:
        print(f"Cadangan tidak dipulihkan. {error}", file=sys.stderr)
        return 1
    # The trail now ends where the backup's did: later backups tell of another time.
    told = done.manifest.anchor
    held = import_string("ceting.config.anchor.Anchor")(*told) if told else None
    import_string("ceting.config.anchor.keep")(Path(settings.HOME), held)
    print(
        f"Dipulihkan dan diperiksa: {sum(done.manifest.rows.values())} baris dari "
        f"{done.manifest.made_at:%Y-%m-%d %H:%M} UTC (versi {done.manifest.version}). "
        "Jalankan ceting migrate sebelum ceting serve."
    )
    for place in (done.database_aside, done.media_aside):
        if place:
            print(f"Yang lama disimpan sebagai {place}")
    return 0
