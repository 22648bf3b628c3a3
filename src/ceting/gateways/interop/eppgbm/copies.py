"""What imports put into a person's copy: the rows of files that became hers, word for word, and nobody else's."""

from ceting.gateways.interop import copying
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ImportOutcome, LearnedNik
from ceting.gateways.interop.eppgbm.undo_models import NikRemoval
from ceting.registry.rights.contributing import Person, Row, Source, contribute
from ceting.standards.numbers import format_date


def imported_rows(person: Person, zone: str) -> list[Row]:
    """Each row under the column names of its file, with where it came from."""
    found = copying.rows_of(KIND, person.children)
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
