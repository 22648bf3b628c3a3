"""`ceting audit verify`: walk the sealed trail from its first link and say whether anything was changed."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from ceting.config import readiness
from ceting.config.backups import archive
from ceting.config.backups.errors import BackupError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deed", choices=["verify"], help="verify: periksa jejak audit dari awal")
    parser.add_argument(
        "--against",
        type=Path,
        nargs="*",
        default=[],
        metavar="CADANGAN",
        help="bandingkan juga dengan segel di dalam cadangan ini (dari instalasi dan garis waktu yang sama)",
    )


def run(args: argparse.Namespace) -> int:
    """0 when the chain holds; 1 with the broken link; 2 when the installation isn't ready."""
    try:
        readiness.set_up()
        readiness.check()
    except readiness.NotReadyError as error:
        print(f"Jejak audit tidak diperiksa. {error}", file=sys.stderr)
        return 2
    # By name: they are made of models, which can't be imported before set_up().
    broken = import_string("ceting.foundation.audit.operations.BrokenChainError")
    try:
        entries = import_string("ceting.foundation.audit.operations.verify")()
    except broken as error:
        print(
            f"Jejak audit RUSAK pada segel {error.position}. Simpan cadangan dan hubungi Dinas.",
            file=sys.stderr,
        )
        return 1
    cut = import_string("ceting.config.anchor.CutTrailError")
    try:
        held = import_string("ceting.config.anchor.kept")(Path(settings.HOME))
        told = [found for path in args.against if (found := archive.manifest_of(path).anchor)]
        for anchor in [
            *([held] if held else []),
            *(import_string("ceting.config.anchor.Anchor")(*each) for each in told),
        ]:
            import_string("ceting.config.anchor.check")(anchor)
    except BackupError as error:
        print(f"Jejak audit tidak dibandingkan dengan cadangan. {error}", file=sys.stderr)
        return 2
    except cut as error:
        print(
            f"Jejak audit TERPOTONG: segel {error.position} sudah tidak ada atau diganti. "
            "Simpan cadangan dan hubungi Dinas.",
            file=sys.stderr,
        )
        return 1
    print(f"Jejak audit utuh: {entries} catatan tersegel.")
    return 0
