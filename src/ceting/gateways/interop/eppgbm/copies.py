"""What imports put into a person's copy: the rows of files that became hers, word for word, and nobody else's."""

import json

from ceting.gateways.interop.eppgbm.models import ImportOutcome, LearnedNik
from ceting.gateways.interop.eppgbm.undo_models import NikRemoval
from ceting.registry.rights.contributing import Person, Row, Source, contribute
from ceting.standards.numbers import format_date


def imported_rows(person: Person, zone: str) -> list[Row]:
    """Each row under the column names of its file, with where it came from."""
    outcomes = ImportOutcome.objects.filter(child__in=person.children).select_related("row", "file")
    found = []
    for each in outcomes.order_by("pk").prefetch_related("row__problems"):
        row = {
            "Diimpor": format_date(each.file.created_at.date()),
            "Baris ke": str(each.row.line),
            "Hasil": each.get_outcome_display(),
        }
        row |= {
            f"Kolom {name}": text
            for name, text in zip(each.file.header, json.loads(each.row.raw), strict=False)
            if text
        }
        problems = " ".join(problem.sentence for problem in each.row.problems.all())
        found.append(row | ({"Catatan": problems} if problems else {}))
    learned = (
        LearnedNik.objects.filter(child__in=person.children).select_related("row", "file").order_by("pk")
    )
    for each_nik in learned:
        day = format_date(each_nik.file.created_at.date())
        found.append({"Diimpor": day, "Baris ke": str(each_nik.row.line), "Hasil": "NIK diambil dari berkas"})
    removed = NikRemoval.objects.filter(child__in=person.children).select_related("file").order_by("pk")
    for taken in removed:
        day = format_date(taken.file.created_at.date())
        found.append({"Diimpor": day, "Hasil": "NIK dari berkas ini ditarik kembali"})
    return found


contribute(Source((ImportOutcome, LearnedNik, NikRemoval), "Baris berkas impor", imported_rows))
