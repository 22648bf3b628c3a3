"""Runs one import for the command line: in a transaction that a try takes back, with its problems by line."""

import argparse
import sys

from django.conf import settings
from django.db import transaction

from ceting.config.imports import areas, people, pipeline, posyandu, staff
from ceting.config.imports.sheets import BadFileError, LineProblem, Outcome
from ceting.gateways.interop.eppgbm import work as children_work
from ceting.gateways.interop.eppgbm.screens import SCREENS as CHILDREN
from ceting.gateways.interop.pregnant_women import work as women_work
from ceting.gateways.interop.pregnant_women.screens import SCREENS as WOMEN

PIPELINES = {
    "children": pipeline.Pipeline(children_work, CHILDREN),
    "pregnant-women": pipeline.Pipeline(women_work, WOMEN),
}
"""Through the jobs and figures of their pages; rows that ask who she is are left out and printed."""
WORDS = {"areas": "wilayah", "posyandu": "posyandu", "staff": "petugas"}


def run(args: argparse.Namespace) -> int:
    """The exit code."""
    try:
        for line in _piped(args) if args.kind in PIPELINES else _others(args):
            print(line)
    except BadFileError as bad:
        for problem in bad.problems:
            print(problem, file=sys.stderr)
        print("Tidak ada yang disimpan. Perbaiki baris-baris di atas, lalu jalankan lagi.", file=sys.stderr)
        return 1
    return 0


def _piped(args: argparse.Namespace) -> list[str]:
    chosen = PIPELINES[args.kind]
    by = people.acting(args.oleh, may=chosen.kind.may[0])
    told = pipeline.take(
        chosen, args.file, by=by, puskesmas=args.puskesmas, posyandu=args.posyandu, dry_run=args.periksa
    )
    return [*told, "Hanya diperiksa; tidak ada yang disimpan."] if args.periksa else told


def _others(args: argparse.Namespace) -> list[str]:
    with transaction.atomic():
        outcome = _taken(args)
        if args.periksa:
            transaction.set_rollback(True)
    done = "akan masuk" if args.periksa else "masuk"
    told = [f"{outcome.taken} {WORDS[args.kind]} {done}, {outcome.known} sudah ada.", *outcome.notes]
    if args.kind == "staff" and outcome.taken and not args.periksa:
        told.append(f"Tautan masuk ada di {args.tautan}. Kirim satu per satu, lalu hapus berkasnya.")
    return [*told, "Hanya diperiksa; tidak ada yang disimpan."] if args.periksa else told


def _taken(args: argparse.Namespace) -> Outcome:
    if args.kind == "areas":
        return areas.take(
            args.file, by=people.acting(args.oleh, may=posyandu.PERMISSION) if args.oleh else None
        )
    if args.kind == "posyandu":
        return posyandu.take(args.file, by=people.acting(args.oleh, may=posyandu.PERMISSION))
    if not args.periksa and args.tautan is None:
        raise BadFileError(LineProblem(0, "Isi --tautan dengan berkas baru untuk tautan masuk petugas."))
    by = people.acting(args.oleh, may=staff.PERMISSION)
    links = None if args.periksa else args.tautan
    return staff.take(args.file, by=by, address=args.alamat or _address(), links=links)


def _address() -> str:
    """Where people reach this installation, as its settings say."""
    origins = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    if origins:
        return str(origins[0])
    raise BadFileError(
        LineProblem(0, "Isi --alamat dengan alamat Ayo Ceting, misalnya https://ceting.puskesmas.id")
    )
