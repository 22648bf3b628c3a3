"""`ceting survey FILE`: the arguments, and what is said at the end."""

import argparse
import gc
import sys
from datetime import datetime
from pathlib import Path

from ceting.survey.columns import ALIASES
from ceting.survey.conduct import Outcome, Request, conduct
from ceting.survey.errors import SurveyError
from ceting.survey.listing import SHOWN, sentence
from ceting.survey.progress import Progress
from ceting.survey.report.words import INDICATORS, count, interval, percent
from ceting.survey.writers import ENDINGS

DESCRIPTION = (
    "Hitung z-score WHO, kategori Permenkes 2/2020 dan prevalensi dari data survei atau penimbangan. "
    "Membaca CSV, TSV, XLSX, XLS, Parquet dan tabel HTML; nama kolom WHO Anthro, R anthro dan nama Indonesia dikenali."
)
NOTHING_COUNTED = 1
FAILED = 2
INTERRUPTED = 130
# Terminals in old encodings know neither the true minus nor the dash.
_FOR_TERMINALS = str.maketrans({"−": "-", "–": "-"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `ceting survey`."""
    parser.description = DESCRIPTION
    parser.add_argument("file", metavar="FILE", type=Path, help="berkas data")
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help=f"simpan semua baris dengan z-score, flag dan kategori ({', '.join(ENDINGS)})",
    )
    parser.add_argument(
        "--prevalence",
        metavar="FILE.csv",
        type=Path,
        help="simpan tabel prevalensi seperti anthro_prevalence",
    )
    parser.add_argument("--report", metavar="FILE.html", type=Path, help="simpan laporan satu halaman")
    parser.add_argument(
        "--problems", metavar="FILE.csv", type=Path, help="simpan daftar baris yang bermasalah dan alasannya"
    )
    parser.add_argument(
        "--by",
        metavar="KOLOM",
        action="append",
        default=[],
        help="kelompokkan juga menurut kolom ini (boleh diulang), misalnya --by posyandu",
    )
    parser.add_argument(
        "--map",
        metavar="NAMA=KOLOM",
        action="append",
        default=[],
        help=f"sebutkan kolom yang namanya tidak dikenali, misalnya --map weight=BB2. NAMA: {', '.join(ALIASES)}",
    )
    parser.add_argument(
        "--age-unit",
        choices=("days", "months"),
        help="satuan kolom age/umur: days (hari) atau months (bulan)",
    )
    parser.add_argument(
        "--no-age", action="store_true", help="teruskan walau tidak ada kolom umur (hanya BB/PB dan BB/TB)"
    )
    parser.add_argument("--sheet", metavar="NAMA", help="lembar Excel yang dibaca (bawaan: lembar pertama)")


def run(args: argparse.Namespace) -> int:
    """Run the survey that the arguments ask for: 0; 1 if no row could be read; 2 with one sentence on stderr."""
    progress = Progress(sys.stderr)
    # Millions of short-lived cells, none of them in a cycle: looking for cycles would double the time.
    gc.disable()
    try:
        request = _request(args)
        today = datetime.now().astimezone().date()
        outcome = conduct(request, today=today, show=progress.show)
    except SurveyError as error:
        progress.clear()
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        progress.clear()
        print("Dihentikan. Tidak ada hasil yang disimpan.", file=sys.stderr)
        return INTERRUPTED
    finally:
        gc.enable()
    progress.clear()
    _tell_problems(outcome, request)
    _tell_results(outcome, request)
    if outcome.problems.emptied_rows == outcome.rows:
        print(
            "Tidak satu baris pun bisa dihitung. Periksa kolomnya, atau sebutkan dengan --map.",
            file=sys.stderr,
        )
        return NOTHING_COUNTED
    return 0


def _request(args: argparse.Namespace) -> Request:
    mapping = {}
    for pair in args.map:
        name, sign, column = pair.partition("=")
        if not sign or not name.strip() or not column.strip():
            raise SurveyError(f"--map {pair!r} belum lengkap. Tulis NAMA=KOLOM, misalnya --map sex=JK.")
        mapping[name.strip()] = column.strip()
    return Request(
        file=args.file,
        out=args.out,
        prevalence=args.prevalence,
        report=args.report,
        problems=args.problems,
        mapping=mapping,
        by=tuple(args.by),
        age_unit=args.age_unit,
        need_age=not args.no_age,
        sheet=args.sheet,
    )


def _tell_problems(outcome: Outcome, request: Request) -> None:
    found = outcome.problems
    for problem in found.first:
        print(sentence(problem), file=sys.stderr)
    if found.cells > SHOWN:
        where = (
            f"lihat {request.problems}" if request.problems else "simpan semuanya dengan --problems FILE.csv"
        )
        print(f"... dan {count(found.cells - SHOWN)} lagi; {where}", file=sys.stderr)


def _tell_results(outcome: Outcome, request: Request) -> None:
    counted = outcome.rows - outcome.problems.emptied_rows
    print(f"{count(outcome.rows)} baris dibaca, {count(counted)} dihitung.")
    everybody = outcome.table.groups[0]
    for indicator in INDICATORS:
        children = everybody.children_by[indicator.population]
        if children:
            estimate = everybody.estimates[indicator.prefix]
            figures = f"{percent(estimate.value)} (95 % {interval(estimate)}), {count(children)} anak"
            print(f"{indicator.title}: {figures}; {indicator.meaning}".translate(_FOR_TERMINALS))
    for notice in outcome.notices:
        print(f"Catatan: {notice}")
    for path in (request.out, request.prevalence, request.report, request.problems):
        if path is not None:
            print(f"Tersimpan: {path}")
