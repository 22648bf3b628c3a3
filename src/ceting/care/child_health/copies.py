"""What the care of children puts into a person's copy."""

from ceting.care.child_health.models import Entry, Immunisation, Strike
from ceting.registry.rights.contributing import Table, contribute
from ceting.standards.child.doses import known_doses
from ceting.standards.numbers import format_date

HERS = (("children", "entry__child"), ("children", "entry__origin"))


def _day(row: object) -> str:
    entry: Entry = row.entry  # type: ignore[attr-defined]
    return format_date(entry.happened_on)


contribute(
    Table(
        Entry,
        "Pelayanan anak",
        (("children", "child"), ("children", "origin")),
        {
            "child": "Anak",
            "kind": "Pelayanan",
            "happened_on": "Tanggal",
            "place": "Tempat",
            "given_by": "Oleh",
            "recorded_by": "Dicatat oleh",
            "puskesmas": "Puskesmas",
            "created_at": "Dicatat pada",
        },
        {"origin": "the double for whom it was written; the doubles are copied too"},
    ),
    Table(
        Immunisation,
        "Imunisasi",
        HERS,
        {"entry": "Tanggal", "dose": "Dosis", "lot": "Nomor batch"},
        words={"entry": _day, "dose": lambda row: known_doses()[row.dose].label},
    ),
    Table(
        Strike,
        "Catatan pelayanan yang dicoret",
        HERS,
        {"entry": "Tanggal", "reason": "Alasan", "created_at": "Dicoret pada"},
        words={"entry": _day},
    ),
)
