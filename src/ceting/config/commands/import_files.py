"""`ceting import areas|posyandu|children|pregnant-women|staff FILE`: what an installation starts with, out of files."""

import argparse
import sys
from pathlib import Path

from django.utils.module_loading import import_string

from ceting.config import readiness


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(
        dest="kind", required=True, metavar="areas|posyandu|children|pregnant-women|staff"
    )
    areas = kinds.add_parser("areas", help="wilayah: kolom kode, nama")
    posyandu = kinds.add_parser("posyandu", help="posyandu: kolom kelurahan, posyandu, rw, puskesmas")
    children = kinds.add_parser(
        "children", help="anak dan penimbangan: berkas e-PPGBM, CSV, atau lembar bulanan"
    )
    women = kinds.add_parser("pregnant-women", help="ibu hamil: daftar atau register ibu hamil")
    staff = kinds.add_parser("staff", help="petugas: kolom nama, nama masuk, peran, posyandu, hp")
    for each in (areas, posyandu, children, women, staff):
        each.add_argument("file", type=Path, metavar="BERKAS", help="CSV atau Excel (.xlsx)")
        each.add_argument("--periksa", action="store_true", help="periksa saja; tidak ada yang disimpan")
        each.add_argument(
            "--oleh",
            required=each is not areas,
            default="",
            metavar="AKUN",
            help="nama masuk yang bertanggung jawab",
        )
    for each in (children, women):
        each.add_argument("--puskesmas", default="", help="bila akun itu bertugas di lebih dari satu")
        each.add_argument("--posyandu", default="", help="posyandu untuk baris tanpa nama posyandu")
    staff.add_argument(
        "--tautan",
        type=Path,
        metavar="BERKAS",
        help="berkas baru untuk tautan masuk, hanya terbaca oleh pemiliknya",
    )
    staff.add_argument(
        "--alamat", default="", metavar="https://...", help="alamat Ayo Ceting, untuk tautan itu"
    )


def run(args: argparse.Namespace) -> int:
    """0; 1 with the problems by line, and nothing taken; 2 when the installation isn't ready."""
    try:
        readiness.set_up()
        readiness.check()
    except readiness.NotReadyError as error:
        print(f"Tidak ada yang diimpor. {error}", file=sys.stderr)
        return 2
    # By name: they are made of models, which can't be imported before set_up().
    return int(import_string("ceting.config.imports.running.run")(args))
