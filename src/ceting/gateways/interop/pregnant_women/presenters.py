"""What the pages of an import of pregnant women show, decided without requests. Words and numbers."""

from collections.abc import Mapping

from ceting.foundation.ui import numerals
from ceting.gateways.interop.pregnant_women.columns import LABELS
from ceting.gateways.interop.pregnant_women.models import Verdict, WomenFile, WomenProblem
from ceting.gateways.interop.pregnant_women.row_models import WomenRow
from ceting.gateways.interop.presenters import Figure, cell, day, known, refused, staying


def forecast(totals: Mapping[str, int]) -> list[Figure]:
    """What an import would do, from the totals of the check."""
    return [
        Figure("Kehamilan baru", totals.get(Verdict.REGISTERED, 0), _new(totals.get("new_women", 0))),
        known(totals),
        Figure("Perlu dijawab", totals.get(Verdict.WAITING, 0), "tidak diambil sebelum dijawab"),
        refused(totals),
    ]


def result(counts: Mapping[str, int]) -> list[Figure]:
    """What an import has done, from settling.counts."""
    return [
        Figure("Kehamilan dicatat", counts.get(Verdict.REGISTERED, 0), _new(counts.get("new_women", 0))),
        known(counts),
        Figure("Tidak dijawab", counts.get(Verdict.WAITING, 0)),
        refused(counts),
    ]


def undone(numbers: Mapping[str, int]) -> list[Figure]:
    """`numbers`: pregnancies, women, stays."""
    return [
        Figure("Kehamilan ditarik", numbers["pregnancies"]),
        Figure("Ibu ditarik dari daftar", numbers["women"]),
        staying(numbers["stays"]),
    ]


def _new(women: int) -> str:
    return f"{numerals.decimal(women)} di antaranya ibu yang belum terdaftar" if women else ""


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
            return f"{LABELS[role]} {day(said, file, ahead=True)}"
    return ""
