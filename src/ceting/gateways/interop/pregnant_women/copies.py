"""What imports put into a person's copy: the rows of lists that became hers, word for word, and nobody else's."""

import json

from ceting.gateways.interop.pregnant_women.models import WomenDecision, WomenOutcome
from ceting.registry.rights.contributing import Person, Row, Source, contribute, keep_out
from ceting.standards.numbers import format_date


def imported_rows(person: Person, zone: str) -> list[Row]:
    """Each row under the column names of its list, with where it came from."""
    outcomes = WomenOutcome.objects.filter(woman__in=person.caregivers).select_related("row", "file")
    found = []
    for each in outcomes.order_by("pk").prefetch_related("row__problems"):
        row = {
            "Diimpor": format_date(each.file.created_at.date()),
            "Baris ke": str(each.row.line),
            "Hasil": each.get_verdict_display(),
        }
        row |= {
            f"Kolom {name}": text
            for name, text in zip(each.file.header, json.loads(each.row.raw), strict=False)
            if text
        }
        problems = " ".join(problem.sentence for problem in each.row.problems.all())
        found.append(row | ({"Catatan": problems} if problems else {}))
    return found


contribute(Source((WomenOutcome,), "Baris daftar ibu hamil yang diimpor", imported_rows))
keep_out(WomenDecision, "whom a person took a row for; what it led to is told as the row's outcome")
