"""What every import puts into a person's copy: the rows of files that became hers, word for word."""

import json
from collections.abc import Iterable
from uuid import UUID

from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.standards.numbers import format_date


def rows_of(kind: ImportKind[FileT], people: Iterable[UUID]) -> list[dict[str, str]]:
    """Each row under the column names of its file, with where it came from and what became of it."""
    outcomes = kind.model("outcomes").objects.filter(**{f"{kind.person}__in": people})
    outcomes = outcomes.select_related("row", "file").order_by("pk").prefetch_related("row__problems")
    found = []
    for each in outcomes:
        row = {
            "Diimpor": format_date(each.file.created_at.date()),
            "Baris ke": str(each.row.line),
            "Hasil": getattr(each, f"get_{kind.verdict}_display")(),
        }
        row |= {
            f"Kolom {name}": text
            for name, text in zip(each.file.header, json.loads(each.row.raw), strict=False)
            if text
        }
        problems = " ".join(problem.sentence for problem in each.row.problems.all())
        found.append(row | ({"Catatan": problems} if problems else {}))
    return found
