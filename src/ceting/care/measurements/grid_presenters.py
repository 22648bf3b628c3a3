"""The rows of a session's grid as they are shown: words, ranges, what was typed. No database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from ceting.care.measurements.child_presenters import mother_words
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.measurement_words import Chip, chips, cm, kg, typed
from ceting.care.measurements.models import Measurement, Position, Session
from ceting.care.measurements.row_doubts import Doubt, answer
from ceting.care.measurements.usual_values import ranges, usual_weight
from ceting.foundation.ui.numerals import age
from ceting.foundation.ui.presenters import html_attributes
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_decimal
from ceting.standards.numbers.dates import MONTHS_SHORT
from ceting.standards.plausibility.measures import stands


@dataclass(frozen=True)
class Cell:
    """One number to type. Between `low` and `high` ("" when unknown) it surprises nobody: the script doesn't wait."""

    name: str
    row: str
    label: str
    spoken: str
    value: str
    saved: str
    low: str = ""
    high: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.name}-{self.row}"

    @property
    def attributes(self) -> SafeString:
        """All attributes of the input at once: sixty rows of single template variables take twice the time."""
        invalid = {"aria_invalid": "true", "aria_describedby": f"tanya-{self.row}"} if self.doubts else {}
        return html_attributes(
            {
                "id": self.id,
                "name": self.name,
                "form": f"isian-{self.row}",
                "value": self.value,
                "data_saved": self.saved,
                "data_low": self.low,
                "data_high": self.high,
                **invalid,
            }
        )


@dataclass(frozen=True)
class Typed:
    """What stands in the inputs of a row, as text."""

    numbers: Mapping[str, str]
    position: str
    oedema: bool

    @classmethod
    def of(cls, row: Measurement | None) -> "Typed":
        if row is None:
            return cls({}, "", oedema=False)
        return cls({name: typed(getattr(row, name)) for name in LABELS}, row.position, oedema=row.oedema)

    @classmethod
    def posted(cls, data: Mapping[str, str]) -> "Typed":
        numbers = {name: data.get(name, "")[:20] for name in LABELS}
        return cls(numbers, data.get("position", ""), oedema=bool(data.get("oedema")))


# Field -> (label, the word that a screen reader adds).
LABELS = {
    "weight_kg": ("Berat", "kilogram"),
    "lenhei_cm": ("Panjang", "sentimeter"),
    "head_cm": ("Lingkar kepala", "sentimeter"),
    "muac_cm": ("LiLA", "sentimeter"),
}


@dataclass(frozen=True)
class Conflict:
    """Somebody else's values for the same child: `id` is "" when she took hers back."""

    sentence: str
    id: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Outcome:
    """How saving a row ended. `state`: saved, asked (save again to confirm), refused, conflict."""

    state: str
    typed: Typed
    doubts: tuple[Doubt, ...] = ()
    conflict: Conflict | None = None
    base: UUID | None = None
    saved: Measurement | None = None


@dataclass(frozen=True)
class RowView:
    """Everything that `session_row.html` needs."""

    key: str
    url: str
    theirs_url: str
    child_url: str
    number: int
    child: Child
    guest: bool
    age: str
    mother: str
    last: str
    last_on: str
    expected: str
    last_weight: str
    cells: tuple[Cell, ...]
    position: str
    standing: bool
    oedema: bool
    saved_position: str
    saved_oedema: bool
    base: str
    sure: str
    state: str
    chips: tuple[Chip, ...]
    doubts: tuple[Doubt, ...] = ()
    conflict: Conflict | None = None


def present_row(
    entry: Entry,
    session: Session,
    *,
    number: int,
    outcome: Outcome | None = None,
    sheet_code: str = "",
) -> RowView:
    """One row: as it is saved, or with what was typed and why it isn't saved. `sheet_code`: typed from paper."""
    held_on = session.held_on
    child, saved = entry.child, entry.saved
    content = outcome.typed if outcome and outcome.state != "saved" else Typed.of(saved)
    asked = outcome.doubts if outcome else ()
    stays = outcome is not None and outcome.state != "saved"
    age_days = max((held_on - child.birth_date).days, 0)
    standing = stands(age_days)
    before = last_weight(entry)
    usual = usual_weight(entry, held_on)
    base = outcome.base if outcome and stays else (saved.pk if saved else None)
    return RowView(
        key=str(child.pk),
        url=row_url(session, child, sheet_code),
        theirs_url=row_url(session, child, sheet_code, number=number),
        child_url=reverse("measurements:child", args=(child.pk,)),
        number=number,
        child=child,
        guest=not entry.registered,
        age=age(child.birth_date, held_on),
        mother=mother_words(child),
        last=last_words(entry, before),
        last_on=last_day(entry, before),
        expected=f"{format_decimal(usual[0], 1)}–{format_decimal(usual[1], 1)} kg" if usual else "",
        last_weight=str(before) if before is not None else "",
        cells=_cells(entry, content, asked, ranges(entry, held_on, usual), standing=standing),
        position=content.position or _usual_position(standing),
        standing=standing,
        oedema=content.oedema,
        saved_position=(saved.position if saved else "") or _usual_position(standing),
        saved_oedema=bool(saved and saved.oedema),
        base=str(base or ""),
        sure=answer(asked),
        state=outcome.state if outcome else ("saved" if saved else "empty"),
        chips=tuple(chips(saved)) if saved and not stays else (),
        doubts=asked,
        conflict=outcome.conflict if outcome else None,
    )


def row_url(session: Session, child: Child, sheet_code: str, **more: int) -> str:
    """Where a row is sent; it keeps the sheet's order for whoever types without a script."""
    query = urlencode(({"lembar": sheet_code} if sheet_code else {}) | more)
    return reverse("measurements:session-row", args=(session.pk, child.pk)) + (f"?{query}" if query else "")


def _usual_position(standing: bool) -> str:
    return Position.STANDING if standing else Position.LYING


def last_weight(entry: Entry) -> Decimal | None:
    if entry.weighing is not None:
        return entry.weighing.weight_kg
    return entry.child.birth_weight_kg


def last_words(entry: Entry, before: Decimal | None) -> str:
    length = entry.length.lenhei_cm if entry.length else None
    return ", ".join(
        [*([kg(before)] if before is not None else []), *([cm(length)] if length is not None else [])]
    )


def last_day(entry: Entry, before: Decimal | None) -> str:
    if entry.weighing is not None:
        return short_day(entry.weighing.measured_on)
    return "saat lahir" if before is not None else ""


def short_day(day: date) -> str:
    """`24 Okt 26`: narrow enough for a cell."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {day:%y}"


def _cells(
    entry: Entry,
    content: Typed,
    asked: Iterable[Doubt],
    usual: Mapping[str, tuple[float, float] | None],
    *,
    standing: bool,
) -> tuple[Cell, ...]:
    saved = Typed.of(entry.saved)
    cells = []
    for name, (label, unit_word) in LABELS.items():
        low, high = usual[name] or ("", "")
        cell = Cell(
            name=name,
            row=str(entry.child.pk),
            label="Tinggi" if name == "lenhei_cm" and standing else label,
            spoken=f"{entry.child.name}, {unit_word}",
            value=content.numbers.get(name, ""),
            saved=saved.numbers.get(name, ""),
            low=f"{low:.2f}" if low else "",
            high=f"{high:.2f}" if high else "",
            doubts=tuple(doubt for doubt in asked if doubt.field == name),
        )
        cells.append(cell)
    return tuple(cells)


def values_in_words(value_of: Callable[[str], Any]) -> str:
    """`8,5 kg, 71,5 cm terlentang, LiLA 13,5 cm`: one side of a conflict. `value_of` gives a field's value."""
    parts = []
    if (weight := value_of("weight_kg")) is not None:
        parts.append(kg(weight))
    if (length := value_of("lenhei_cm")) is not None:
        position = Position(value_of("position") or "").label.lower() if value_of("position") else ""
        parts.append(f"{cm(length)} {position}".strip())
    if (head := value_of("head_cm")) is not None:
        parts.append(f"lingkar kepala {cm(head)}")
    if (arm := value_of("muac_cm")) is not None:
        parts.append(f"LiLA {cm(arm)}")
    if value_of("oedema"):
        parts.append("bengkak")
    return ", ".join(parts) or "kosong"
