"""A paper sheet in words, and as a PDF. No database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from ceting.care.measurements.child_presenters import mother_words
from ceting.care.measurements.expected_presenters import usual_words
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.grid_presenters import last_day, last_weight, last_words
from ceting.care.measurements.models import Session
from ceting.care.measurements.sheet_codes import spoken
from ceting.care.measurements.sheet_models import PaperSheet
from ceting.care.measurements.sheet_order import Numbered
from ceting.foundation.ui.numerals import age, moment
from ceting.foundation.ui.qr import qr_svg
from ceting.foundation.ui.typesetting import typeset
from ceting.standards.numbers import format_date
from ceting.standards.plausibility.measures import stands
from ceting.standards.vitamin_a import capsule_due

BLANK_LETTERS = "ABCDEFGHJK"
"""Lines for children who come unlisted: letters, so that no number of the screen means another child."""

LONGEST_NAME = 42
"""Two lines of a row at most; the screen shows the whole name beside the number."""

AddressOf = Callable[[int | None], str]
"""Number of a row (None: the sheet itself) -> the address that its QR holds: opaque, it opens for who may see."""


@dataclass(frozen=True)
class SheetLine:
    """A sheet in the list of those that were printed."""

    sheet: PaperSheet
    code: str
    title: str
    day: str
    printed: str
    children: int


def sheet_line(sheet: PaperSheet, children: int) -> SheetLine:
    return SheetLine(
        sheet=sheet,
        code=spoken(sheet.code),
        title=f"{_title(sheet)}, {sheet.posyandu.village}",
        day=format_date(sheet.held_on),
        printed=printed_words(sheet),
        children=children,
    )


def printed_words(sheet: PaperSheet) -> str:
    """`Wati, Kam, 26 Nov 2026 08.00`."""
    return f"{sheet.printed_by.name}, {moment(sheet.created_at, sheet.posyandu.puskesmas.timezone)}"


def _title(sheet: PaperSheet) -> str:
    return Session(posyandu=sheet.posyandu, kind=sheet.kind, place=sheet.place).title


def sheet_pdf(sheet: PaperSheet, order: Numbered, held_on: date, address_of: AddressOf) -> bytes:
    """The sheet on A4, landscape, in black on white: one row a child, boxes wide and high enough for a hand."""
    return typeset("ceting.care.measurements", "paper_sheet", paper_words(sheet, order, held_on, address_of))


def paper_words(
    sheet: PaperSheet, order: Numbered, held_on: date, address_of: AddressOf
) -> dict[str, object]:
    """Everything that is written on the sheet, as the template names it. Only what the posyandu needs."""
    number_of_rows = max([*(number for number, _ in order.rows), *order.gone], default=0)
    entries = dict(order.rows)
    return {
        "title": f"{_title(sheet)}, {sheet.posyandu.village}",
        "puskesmas": str(sheet.posyandu.puskesmas),
        "day": format_date(held_on),
        "code": spoken(sheet.code),
        "qr": qr_svg(address_of(None)),
        "printed": printed_words(sheet),
        "vitamin_a": Session(held_on=held_on).gives_vitamin_a,
        "children": len(entries),
        "rows": [
            _paper_row(number, entries[number], held_on, address_of)
            if number in entries
            else {"number": number, "gone": True}
            for number in range(1, number_of_rows + 1)
        ],
        "blanks": list(BLANK_LETTERS),
    }


def _paper_row(number: int, entry: Entry, held_on: date, address_of: AddressOf) -> dict[str, object]:
    child = entry.child
    before = last_weight(entry)
    capsule = capsule_due(child.birth_date, held_on) if entry.registered else None
    return {
        "number": number,
        "gone": False,
        "qr": qr_svg(address_of(number)),
        "name": Truncator(child.name).chars(LONGEST_NAME),
        "about": " · ".join(
            part
            for part in (
                child.get_sex_display(),
                age(child.birth_date, held_on),
                Truncator(mother_words(child)).chars(LONGEST_NAME),
            )
            if part
        ),
        "last": last_words(entry, before),
        "last_on": last_day(entry, before),
        "usual": usual_words(entry, held_on),
        "position": "B" if stands(max((held_on - child.birth_date).days, 0)) else "T",
        "capsule": capsule.value if capsule else "",
    }
