"""What the pages of an import of children show, decided without requests. Words and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ceting.care.measurements.models import MonthCountChange
from ceting.foundation.ui import numerals
from ceting.gateways.interop.eppgbm.models import ImportFile, ImportRow, Outcome
from ceting.gateways.interop.presenters import Figure, ProblemGroup, cell, day, known, refused, staying
from ceting.standards.numbers import format_month

GROUPS = tuple(
    ProblemGroup(*each)
    for each in (
        ("posyandu", "Posyandu belum dipilih", ("unsettled",)),
        ("nama", "Nama anak kosong", ("name",)),
        ("kelamin", "Jenis kelamin tidak jelas", ("sex",)),
        ("tanggal-lahir", "Tanggal lahir salah", ("birth_date",)),
        ("tanggal-ukur", "Tanggal pengukuran salah", ("measured_on", "future", "before_birth")),
        ("nik-ganda", "NIK milik anak lain", ("nik_of", "nik_elsewhere", "nik_differs")),
        ("nik-baru", "NIK ditambahkan ke anak yang sudah terdaftar", ("learned_nik",)),
        ("nik", "NIK tidak ikut diambil atau perlu diperiksa", ("nik.",)),
        ("angka-mustahil", "Hasil ukur tidak mungkin", ("weight", "lenhei", "muac", "head")),
        ("tidak-wajar", "Hasil ukur jauh dari biasanya", ("implausible",)),
        ("ragu", "Mungkin anak yang sudah terdaftar", ("ambiguous", "alike", "other_posyandu")),
        ("beda", "Berbeda dengan catatan yang ada", ("differs",)),
        ("bentrok", "Dua catatan berbeda di tanggal yang sama", ("conflict_in_file",)),
        ("tanggal-perkiraan", "Tanggal timbang diperkirakan", ("estimated_day",)),
        ("kembar", "Baris kembar, diambil satu kali", ("repeated",)),
        ("lain", "Keterangan lain", ("",)),
    )
)
"""The first that fits."""


def forecast(totals: Mapping[str, int]) -> list[Figure]:
    """What an import would do, from the totals of the check."""
    return [
        Figure("Penimbangan baru", totals.get("recorded", 0)),
        Figure("Anak baru", totals.get("new_children", 0), _also(totals.get("registered", 0))),
        Figure(
            "Anak sudah terdaftar",
            totals.get("known_children", 0),
            _learned(totals.get("learned_niks", 0)) or "dikenali dari NIK atau nama dan tanggal lahir",
        ),
        known(totals),
        refused(totals),
    ]


def result(counts: Mapping[str, int]) -> list[Figure]:
    """What an import has done, from settling.counts."""
    return [
        Figure("Penimbangan dicatat", counts.get(Outcome.RECORDED, 0)),
        Figure("Anak baru terdaftar", counts.get("new_children", 0)),
        known(counts),
        refused(counts),
    ]


def undone(numbers: Mapping[str, int]) -> list[Figure]:
    """`numbers`: measurements, children, niks, stays."""
    return [
        Figure("Penimbangan ditarik", numbers["measurements"]),
        Figure("Anak ditarik dari daftar", numbers["children"]),
        Figure("NIK ditarik", numbers["niks"]),
        staying(numbers["stays"]),
    ]


def _also(registered: int) -> str:
    return f"{numerals.decimal(registered)} baris tanpa hasil ukur" if registered else ""


def _learned(niks: int) -> str:
    return f"{numerals.decimal(niks)} di antaranya mendapat NIK dari berkas" if niks else ""


def dated(file: ImportFile, row: ImportRow) -> str:
    """When she was weighed, else the month that a sheet names."""
    return day(cell(file, row, "measured_on"), file) or cell(file, row, "month")


@dataclass(frozen=True)
class MonthLine:
    """A sealed month that counts otherwise since: `query` narrows the page of changes to it."""

    posyandu: str
    month: str
    query: str


def month_lines(changes: Sequence[MonthCountChange]) -> list[MonthLine]:
    """One line a posyandu and month, the newest month first. The changes need their count's posyandu."""
    counts = {change.count_id: change.count for change in changes}
    ordered = sorted(counts.values(), key=lambda count: (-count.month.toordinal(), str(count.posyandu)))
    return [
        MonthLine(
            str(count.posyandu),
            format_month(count.month),
            f"?bulan={count.month:%Y-%m}&posyandu={count.posyandu_id}",
        )
        for count in ordered
    ]
