"""One row of a file, read: what it says about a child and her measurement, and what can't be right. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from ceting.care.measurements.models import Position
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.cells import Cells as Cells
from ceting.gateways.interop.eppgbm import columns, values
from ceting.gateways.interop.eppgbm.monthly import NOTE, Days, Estimate
from ceting.gateways.interop.naming import key_in_file
from ceting.standards.identity import (
    IdentityError,
    MaskedNik,
    Nik,
    doubts_about,
    normalise_name,
    parse_kk,
    parse_nik,
    parse_nik_or_masked,
    parse_phone,
)
from ceting.standards.numbers import parse_date
from ceting.standards.numbers.decimals import Unit
from ceting.standards.typed_values import TypedValueError

KNOWN_DAYS = Days()
"""For files that say the day."""
# The same names, dates and NIKs come back in every month's row of a child.
_name_key = lru_cache(maxsize=1 << 16)(normalise_name)
_date = lru_cache(maxsize=1 << 14)(parse_date)
_nik = lru_cache(maxsize=1 << 15)(parse_nik_or_masked)


@dataclass(slots=True)
class FileRow:
    """A row as we understood it. `refusals` keep it out; `remarks` tell what was left out of it.

    `place` is the key of its ImportPlace. Weights in kg, lengths in cm.
    """

    id: UUID
    line: int
    place: str
    name: str = ""
    name_key: str = ""
    sex: int = 0
    birth_date: date | None = None
    nik: Nik | MaskedNik | None = None
    parent: str = ""
    parent_key: str = ""
    parent_nik: str = ""
    phone: str = ""
    kk: str = ""
    rt: str = ""
    rw: str = ""
    address: str = ""
    birth_weight_kg: Decimal | None = None
    birth_length_cm: Decimal | None = None
    has_kia_book: bool = True
    measured_on: date | None = None
    estimated: bool = False
    """Its day is our guess: the file knows the month."""
    weight_kg: Decimal | None = None
    lenhei_cm: Decimal | None = None
    muac_cm: Decimal | None = None
    head_cm: Decimal | None = None
    position: str = Position.UNKNOWN
    refusals: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
        """What was measured: weight, length, MUAC, head."""
        return (self.weight_kg, self.lenhei_cm, self.muac_cm, self.head_cm)

    @property
    def measures(self) -> bool:
        return any(value is not None for value in self.values)

    @property
    def full_nik(self) -> str:
        return self.nik.digits if isinstance(self.nik, Nik) else ""

    @property
    def mask(self) -> MaskedNik | None:
        return self.nik if isinstance(self.nik, MaskedNik) else None


def read_row(
    key: UUID,
    line: int,
    raw: Sequence[str],
    found: Mapping[str, int],
    today: date,
    days: Days = KNOWN_DAYS,
) -> FileRow:
    """Understand one row. It never raises for what stands in it: everything wrong is told on the row."""
    cells = Cells(found, raw)
    row = FileRow(key, line, key_in_file(cells))
    _read_child(row, cells, today)
    _read_family(row, cells)
    _read_measures(row, cells, today, days)
    return row


def _read_child(row: FileRow, cells: Cells, today: date) -> None:
    row.name = cells["name"][:120]
    row.name_key = _name_key(row.name)
    if not row.name_key:
        _refuse(row, "name", "Nama anak kosong.")
    sex = values.sex(cells["sex"])
    if sex is None:
        said = f"“{cells['sex'][:20]}”" if cells["sex"] else "kosong"
        _refuse(row, "sex", f"Jenis kelamin {said}. Isi L atau P.")
    row.sex = sex or 0
    row.birth_date = _day(row, "birth_date", "Tanggal lahir", cells["birth_date"], today)
    if row.birth_date and today.year - row.birth_date.year > 20:
        _refuse(row, "birth_date.old", "Tanggal lahir terlalu jauh ke belakang. Periksa tahunnya.")
    if cells["nik"]:
        _read_nik(row, cells["nik"])
    row.birth_weight_kg = _birth_value(
        row, "birth_weight", "Berat lahir", lambda: values.birth_weight(cells["birth_weight"]), ("0.3", "7")
    )
    row.birth_length_cm = _birth_value(
        row,
        "birth_length",
        "Panjang lahir",
        lambda: values.measure(cells["birth_length"], "cm"),
        ("20", "65"),
    )
    row.has_kia_book = values.has_book(cells["kia"])


def _read_nik(row: FileRow, cell: str) -> None:
    try:
        row.nik = _nik(cell)
    except IdentityError as error:
        # The weighing is worth more than the number.
        _remark(row, error.code, f"Diambil tanpa NIK: {error.sentence}")
        return
    if isinstance(row.nik, Nik) and row.birth_date and row.sex:
        for doubt in doubts_about(row.nik, birth_date=row.birth_date, sex=row.sex):
            _remark(row, doubt.code, doubt.sentence)


def full_nik(cells: Cells) -> str:
    """The 16 digits of the row's NIK; "" when they are masked, wrong or missing."""
    try:
        nik = _nik(cells["nik"])
    except IdentityError:
        return ""
    return nik.digits if isinstance(nik, Nik) else ""


def _birth_value(
    row: FileRow, code: str, label: str, read: Callable[[], Decimal | None], bounds: tuple[str, str]
) -> Decimal | None:
    try:
        value = read()
    except TypedValueError:
        value = Decimal(-1)
    if value is None or Decimal(bounds[0]) <= value <= Decimal(bounds[1]):
        return value
    _remark(row, code, f"{label} tidak mungkin, jadi tidak ikut diambil.")
    return None


def _read_family(row: FileRow, cells: Cells) -> None:
    row.parent = cells["parent"][:120]
    row.parent_key = _name_key(row.parent)
    row.rt, row.rw = _block(cells["rt"]), _block(cells["rw"])
    row.address = cells["address"][:300]
    row.kk = _identity(row, "kk", cells["kk"], parse_kk)
    row.parent_nik = _identity(row, "parent_nik", cells["parent_nik"], lambda cell: parse_nik(cell).digits)
    row.phone = _identity(row, "phone", cells["phone"], parse_phone)


def _identity(row: FileRow, role: str, cell: str, parse: Callable[[str], str]) -> str:
    if not cell or "*" in cell:
        return ""
    try:
        return parse(cell)
    except IdentityError as error:
        _remark(row, f"{role}.{error.code}", f"{columns.LABELS[role]} tidak ikut diambil: {error.sentence}")
        return ""


def _block(cell: str) -> str:
    """An RT or RW: "002", "RT 2" and "2" are one."""
    digits = "".join(character for character in cell if character.isdigit())[:5]
    return digits.lstrip("0").zfill(2) if digits else cell[:5]


def _read_measures(row: FileRow, cells: Cells, today: date, days: Days) -> None:
    row.weight_kg = _measure(row, "weight", "Berat", cells["weight"], "kg")
    row.lenhei_cm = _measure(row, "lenhei", "Tinggi", cells["lenhei"], "cm")
    row.muac_cm = _measure(row, "muac", "LiLA", cells["muac"], "cm")
    row.head_cm = _measure(row, "head", "Lingkar kepala", cells["head"], "cm")
    if cells["position"]:
        position = values.position(cells["position"])
        if position is None:
            _remark(row, "position", "Cara ukur tidak dikenal. Tulis Terlentang atau Berdiri.")
        row.position = position or Position.UNKNOWN
    if cells["measured_on"]:
        row.measured_on = _day(row, "measured_on", "Tanggal pengukuran", cells["measured_on"], today)
    elif row.measures and cells["month"]:
        _estimate_day(row, days.estimate(cells["month"], row.place, row.birth_date, today))
    elif row.measures:
        _refuse(row, "measured_on.empty", "Tanggal pengukuran kosong, padahal ada hasil ukur.")


def _estimate_day(row: FileRow, found: Estimate | Problem) -> None:
    if isinstance(found, Problem):
        row.refusals.append(found)
        return
    row.measured_on, row.estimated = found.day, True
    row.remarks.append(found.remark)


def _measure(row: FileRow, role: str, label: str, cell: str, unit: Unit) -> Decimal | None:
    try:
        return values.measure(cell, unit)
    except TypedValueError as error:
        _refuse(row, f"{role}.{error.code}", f"{label} “{cell[:20]}”: {error.sentence}")
        return None


def _day(row: FileRow, code: str, label: str, cell: str, today: date) -> date | None:
    if not cell:
        _refuse(row, f"{code}.empty", f"{label} kosong.")
        return None
    try:
        return _date(cell, today=today)
    except TypedValueError as error:
        _refuse(row, f"{code}.{error.code}", f"{label} “{cell[:30]}”: {error.sentence}")
        return None


def _refuse(row: FileRow, code: str, sentence: str) -> None:
    row.refusals.append(Problem(sentence, code[:40]))


def _remark(row: FileRow, code: str, sentence: str) -> None:
    row.remarks.append(Problem(sentence, code[:40]))


def measurement_values(row: FileRow) -> dict[str, Any]:
    """The measures of a row as MeasurementDraft takes them."""
    return {
        "weight_kg": row.weight_kg,
        "lenhei_cm": row.lenhei_cm,
        "position": row.position if row.lenhei_cm is not None else Position.UNKNOWN,
        "muac_cm": row.muac_cm,
        "head_cm": row.head_cm,
        "reason": NOTE if row.estimated else "",
    }
