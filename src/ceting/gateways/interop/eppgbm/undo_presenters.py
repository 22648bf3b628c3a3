"""What the page of an import says of its taking back: figures, rows that stay, sealed months. No database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ceting.care.measurements.models import MonthCountChange
from ceting.gateways.interop.eppgbm.models import ImportFile, UndoneRow
from ceting.gateways.interop.eppgbm.presenters import Figure
from ceting.standards.numbers import format_month


def figures(numbers: Mapping[str, int]) -> list[Figure]:
    """`numbers` are those of undo_page._numbers."""
    return [
        Figure("Penimbangan ditarik", numbers["measurements"]),
        Figure("Anak ditarik dari daftar", numbers["children"]),
        Figure("NIK ditarik", numbers["niks"]),
        Figure(
            "Baris yang tetap", numbers["stays"], "karena dipakai catatan lain" if numbers["stays"] else ""
        ),
    ]


@dataclass(frozen=True)
class StayingLine:
    """A row of which something stays: where it stood, whose it is, and who or what keeps it."""

    line: int
    name: str
    sentence: str


def staying_lines(rows: Iterable[UndoneRow], file: ImportFile) -> list[StayingLine]:
    """The rows need their `row`."""
    place = file.columns.get("name")
    return [
        StayingLine(
            each.row.line,
            "" if place is None else str(json.loads(each.row.raw)[place]),
            each.sentence,
        )
        for each in rows
    ]


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
