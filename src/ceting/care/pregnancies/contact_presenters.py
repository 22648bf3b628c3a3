"""The contacts of a pregnancy, line by line, as the reader may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime

from ceting.care.pregnancies.charts.series import Reading
from ceting.care.pregnancies.models import Contact
from ceting.care.pregnancies.words import Chip, contact_chips, with_unit
from ceting.standards.pregnancy import danger_signs
from ceting.standards.pregnancy.dating import GestationalAge


@dataclass(frozen=True)
class ContactLine:
    """A contact of the history, in what the reader may read."""

    row: Contact
    title: str
    parts: str
    chips: tuple[Chip, ...]
    signs: str
    marks: str
    note: str


def contact_lines(rows: Sequence[Contact], *, clinical: bool) -> list[ContactLine]:
    """The newest first."""
    return [_contact(row, clinical) for row in sorted(rows, key=Contact.chronology, reverse=True)]


def _contact(row: Contact, clinical: bool) -> ContactLine:
    late = (localtime(row.created_at).date() - row.on).days
    marks = [f"dicatat {late} hari kemudian" if late > 7 else "", "diperbaiki" if row.corrects_id else ""]
    age = GestationalAge(row.age_days).in_words
    return ContactLine(
        row,
        f"{row.slot + ': ' if row.slot else ''}{row.get_attendant_display()}, {row.get_place_display()}, {age}",
        " · ".join(measured_parts(row, clinical=clinical)),
        tuple(contact_chips(row, clinical=clinical)),
        ", ".join(danger_signs.danger_sign(code).label for code in row.signs),
        ", ".join(mark for mark in marks if mark),
        row.note if clinical else "",
    )


def measured_parts(row: Contact, *, clinical: bool) -> list[str]:
    """What a contact measured, as the reader may read it."""
    parts = [
        f"{with_unit(row.weight_kg, 'kg')}",
        f"LiLA {with_unit(row.muac_cm, 'cm')}" if row.muac_cm is not None else "",
        f"tensi {row.systolic}/{row.diastolic}" if row.systolic else "",
        f"tablet diminum {row.tablets_taken}" if row.tablets_taken is not None else "",
    ]
    if clinical:
        parts += [
            f"Hb {with_unit(row.hb_g_dl, 'g/dL')}" if row.hb_g_dl is not None else "",
            f"TFU {with_unit(row.fundal_cm, 'cm')}" if row.fundal_cm is not None else "",
            f"DJJ {row.fetal_heart}" if row.fetal_heart else "",
            f"letak {row.get_presentation_display().lower()}" if row.presentation else "",
            f"protein urin {row.get_urine_protein_display().lower()}" if row.urine_protein else "",
            f"gula darah {row.glucose_mg_dl} mg/dL" if row.glucose_mg_dl is not None else "",
            _mean_pressure(row),
            "USG" if row.scan_done else "",
        ]
    return [part for part in parts if part]


def _mean_pressure(row: Contact) -> str:
    """`MAP 93,3 mmHg (tinggi)`: what the screen for pre-eclampsia counts."""
    if row.map_mm_hg is None:
        return ""
    return f"MAP {with_unit(row.map_mm_hg, 'mmHg')}{' (tinggi)' if row.map_positive else ''}"


def weights(rows: Iterable[Contact]) -> list[Reading]:
    """The contacts at which she was weighed, as points of a chart in kg."""
    return [Reading(row.on, row.age_days, float(row.weight_kg)) for row in rows if row.weight_kg is not None]


def fundal_heights(rows: Iterable[Contact]) -> list[Reading]:
    """Those at which it was measured, in cm. For health workers only."""
    return [Reading(row.on, row.age_days, float(row.fundal_cm)) for row in rows if row.fundal_cm is not None]
