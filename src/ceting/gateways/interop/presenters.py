"""What the pages of every import show: figures, names of posyandu in a line, rows to mend."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ceting.foundation.ui.spreadsheets import harmless
from ceting.gateways.interop.forms import Place


@dataclass(frozen=True)
class Figure:
    """A number with its words, for {% stat %}."""

    label: str
    number: int
    hint: str = ""


def places_summary(places: Iterable[Place]) -> str:
    """ "5 dikenal, 3 dibuat baru, 1 belum dipilih"."""
    number = {"dikenal": 0, "dibuat baru": 0, "dilewati": 0, "belum dipilih": 0}
    for place in places:
        if place.posyandu_id:
            number["dikenal"] += 1
        elif place.village_id:
            number["dibuat baru"] += 1
        else:
            number["dilewati" if place.skipped else "belum dipilih"] += 1
    return ", ".join(f"{count} {words}" for words, count in number.items() if count)


def problems_csv(file: Any, problems: Iterable[Any]) -> str:
    """The rows that weren't taken as they stood, with their line and what is wrong: to mend and upload again.

    `problems` need their `row`. Semicolons and a byte order mark, so that an Indonesian Excel opens it as a table.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Baris di berkas", "Masalah", *map(harmless, file.header)])
    for problem in problems:
        writer.writerow([problem.line, problem.sentence, *map(harmless, json.loads(problem.row.raw))])
    return "\ufeff" + out.getvalue()
