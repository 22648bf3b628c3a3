"""`ceting first-account`: the account by which a new installation begins, and the one-time link that opens it."""

import argparse
import sys

from django.conf import settings
from django.utils.module_loading import import_string

from ceting.config import readiness
from ceting.foundation.core.errors import RefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--nama", required=True, help="nama orangnya, misalnya 'Dinas Kesehatan Kota Padang'")
    parser.add_argument("--akun", required=True, help="nama masuk, tanpa spasi, misalnya dinas")
    parser.add_argument(
        "--alamat", default="", metavar="https://...", help="alamat Ayo Ceting (bawaan: dari CETING_ORIGINS)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the link, once; 1 with a sentence when somebody has an account already; 2 when it isn't ready."""
    try:
        readiness.set_up()
        readiness.check()
    except readiness.NotReadyError as error:
        print(f"Akun tidak dibuat. {error}", file=sys.stderr)
        return 2
    address = args.alamat or next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    if not address:
        print("Isi --alamat, misalnya https://ceting.puskesmas.id", file=sys.stderr)
        return 1
    try:
        # By name: it is made of models, which can't be imported before set_up().
        link = import_string("ceting.config.beginning.open_first_account")(
            name=args.nama, username=args.akun, address=address
        )
    except RefusedError as refusal:
        print(*(problem.sentence for problem in refusal.problems), sep="\n", file=sys.stderr)
        return 1
    print(
        f"Akun {args.akun.lower()} dibuat. Buka tautan ini sekali, dalam {settings.LINK_DAYS} hari, "
        "untuk membuat kata sandi:\n"
        f"{link}\n"
        "Sesudah itu: Lainnya, Langkah awal, Buka puskesmas baru."
    )
    return 0
