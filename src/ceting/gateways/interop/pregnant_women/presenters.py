"""What the pages of an import of pregnant women show, decided without requests. Words and numbers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ceting.foundation.ui import numerals
from ceting.gateways.interop.pregnant_women.columns import LABELS
from ceting.gateways.interop.pregnant_women.models import UndoneWoman, Verdict, WomenFile, WomenProblem
from ceting.gateways.interop.pregnant_women.row_models import WomenRow
from ceting.gateways.interop.presenters import Figure
from ceting.standards.numbers import format_date, parse_date
from ceting.standards.typed_values import TypedValueError


def forecast(totals: Mapping[str, int]) -> list[Figure]:
    """What an import would do, from the totals of the check."""
    return [
        Figure("Kehamilan baru", totals.get(Verdict.REGISTERED, 0), _new(totals.get("new_women", 0))),
        Figure("Sudah ada", _known(totals), "baris yang tidak mengubah apa pun"),
        Figure("Perlu dijawab", totals.get(Verdict.WAITING, 0), "tidak diambil sebelum dijawab"),
        Figure("Tidak diambil", totals.get(Verdict.REFUSED, 0), _left_out(totals)),
    ]


def result(counts: Mapping[str, int]) -> list[Figure]:
    """What an import has done, from operations.counts."""
    return [
        Figure("Kehamilan dicatat", counts.get(Verdict.REGISTERED, 0), _new(counts.get("new_women", 0))),
        Figure("Sudah ada", _known(counts), "baris yang tidak mengubah apa pun"),
        Figure("Tidak dijawab", counts.get(Verdict.WAITING, 0)),
        Figure("Tidak diambil", counts.get(Verdict.REFUSED, 0), _left_out(counts)),
    ]


def undone(numbers: Mapping[str, int]) -> list[Figure]:
    """`numbers`: pregnancies, women, stays."""
    stays = numbers["stays"]
    return [
        Figure("Kehamilan ditarik", numbers["pregnancies"]),
        Figure("Ibu ditarik dari daftar", numbers["women"]),
        Figure("Baris yang tetap", stays, "karena dipakai catatan lain" if stays else ""),
    ]


def _new(women: int) -> str:
    return f"{numerals.decimal(women)} di antaranya ibu yang belum terdaftar" if women else ""


def _known(totals: Mapping[str, int]) -> int:
    return totals.get(Verdict.KNOWN, 0) + totals.get(Verdict.REPEATED, 0)


def _left_out(totals: Mapping[str, int]) -> str:
    skipped = totals.get(Verdict.SKIPPED, 0)
    return f"dan {numerals.decimal(skipped)} dilewati karena posyandunya" if skipped else ""


def column_lines(file: WomenFile) -> list[tuple[str, str]]:
    """(what was read, the column it was read from), in the order of our own list."""
    return [
        (label, f"“{file.header[file.columns[role]]}”")
        for role, label in LABELS.items()
        if role in file.columns
    ]


@dataclass(frozen=True)
class ProblemLine:
    """A row of the list: where it stands, whose it is, when her pregnancy began, what to do."""

    line: int
    name: str
    dated: str
    sentence: str


def problem_lines(problems: Iterable[WomenProblem], file: WomenFile) -> list[ProblemLine]:
    """The problems need their `row`."""
    return [
        ProblemLine(
            each.line, cell(file, each.row, "name") or "(tanpa nama)", dated(file, each.row), each.sentence
        )
        for each in problems
    ]


def question_label(problem: WomenProblem, file: WomenFile) -> str:
    """ "Baris 7: Yanti Marlina, lahir 01/03/1995, HPHT Sel, 1 Sep 2026"."""
    name = cell(file, problem.row, "name")
    birth = cell(file, problem.row, "birth_date")
    parts = [name, f"lahir {birth}" if birth else "", dated(file, problem.row)]
    return f"Baris {problem.line}: {', '.join(part for part in parts if part)}"


def dated(file: WomenFile, row: WomenRow) -> str:
    """ "HPHT Sel, 1 Sep 2026", else "HPL ..."; as it stands when it can't be read."""
    for role in ("lmp", "due_on"):
        if said := cell(file, row, role):
            return f"{LABELS[role]} {_day(said, file)}"
    return ""


def _day(typed: str, file: WomenFile) -> str:
    try:
        return format_date(parse_date(typed, today=file.puskesmas.today().replace(year=2100, day=1)))
    except TypedValueError:
        return typed


def cell(file: WomenFile, row: WomenRow, role: str) -> str:
    position = file.columns.get(role)
    return "" if position is None else str(json.loads(row.raw)[position])


@dataclass(frozen=True)
class StayingLine:
    """A row of which something stays: where it stood, whose it is, and who or what keeps it."""

    line: int
    name: str
    sentence: str


def staying_lines(rows: Iterable[UndoneWoman], file: WomenFile) -> list[StayingLine]:
    """The rows need their `row`."""
    return [
        StayingLine(each.row.line, cell(file, each.row, "name") or "(tanpa nama)", each.sentence)
        for each in rows
    ]
