"""One row of a list, read: what it says of a woman and her pregnancy, and what can't be right. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.cells import Cells
from ceting.gateways.interop.naming import key_in_file
from ceting.gateways.interop.pregnant_women import columns, history
from ceting.registry.families.drafts import WomanDraft
from ceting.standards.identity import (
    IdentityError,
    MaskedNik,
    Nik,
    doubts_about,
    normalise_name,
    parse_kk,
    parse_nik_or_masked,
    parse_phone,
)
from ceting.standards.numbers import format_date, parse_date, parse_decimal
from ceting.standards.numbers.decimals import Unit
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK
from ceting.standards.pregnancy.values import PregnancyValueError, check_bounds, whole
from ceting.standards.sex import Sex
from ceting.standards.typed_values import TypedValueError

_AGE = re.compile(r"(\d{1,2})(?:[.,]0)?\s*(?:th|thn|tahun|t)?\.?", re.ASCII | re.IGNORECASE)
_STEP = Decimal("0.1")
DIGITS_OF_A_NUMBER = 6
"""So many digits are no name."""


@dataclass(slots=True, eq=False)
class WomanRow:
    """A row as we understood it. `refusals` keep it out; `remarks` tell what was left out of it.

    `place` is the key of its WomenPlace. cm, kg; `age` in completed years, as the file says.
    """

    id: UUID
    line: int
    place: str
    name: str = ""
    name_key: str = ""
    birth_date: date | None = None
    age: int | None = None
    nik: Nik | MaskedNik | None = None
    kk: str = ""
    phone: str = ""
    rt: str = ""
    rw: str = ""
    address: str = ""
    started_on: date | None = None
    from_due: bool = False
    """Its HPHT was reckoned from the HPL."""
    gravida: int | None = None
    para: int | None = None
    abortions: int | None = None
    height_cm: Decimal | None = None
    pre_weight_kg: Decimal | None = None
    refusals: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def full_nik(self) -> str:
        return self.nik.digits if isinstance(self.nik, Nik) else ""

    @property
    def mask(self) -> MaskedNik | None:
        return self.nik if isinstance(self.nik, MaskedNik) else None

    def refuse(self, code: str, sentence: str) -> None:
        self.refusals.append(Problem(sentence, code[:40]))

    def remark(self, code: str, sentence: str) -> None:
        self.remarks.append(Problem(sentence, code[:40]))


def read_row(key: UUID, line: int, raw: Sequence[str], found: Mapping[str, int], today: date) -> WomanRow:
    """Understand one row. It never raises for what stands in it: everything wrong is told on the row."""
    cells = Cells(found, raw)
    row = WomanRow(key, line, key_in_file(cells))
    row.name = cells["name"][:120]
    row.name_key = normalise_name(row.name)
    if not row.name_key:
        row.refuse("name", "Nama ibu kosong.")
    elif sum(character.isdigit() for character in row.name) >= DIGITS_OF_A_NUMBER:
        # A NIK among the names would travel on in messages, which refuse it, and with it the whole chunk.
        row.refuse("name.number", "Nama ibu berisi nomor. Periksa apakah kolomnya tertukar.")
    _read_dating(row, cells, today)
    _read_woman(row, cells, today)
    _read_history(row, cells)
    if not row.refusals:
        _refuse_impossible(row, today)
    return row


def _read_dating(row: WomanRow, cells: Cells, today: date) -> None:
    lmp = _day(row, "lmp", "HPHT", cells["lmp"], today)
    # A due date lies ahead; what is too far is told below, in its own words.
    latest = today + 2 * timedelta(days=whole("dating.last_day"))
    due_on = _day(row, "due_on", "HPL", cells["due_on"], latest)
    term = timedelta(days=whole("dating.term_days"))
    if row.refusals:
        return
    if lmp is None and due_on is None:
        row.refuse("undated", "HPHT dan HPL kosong. Isi salah satu.")
    elif lmp is None and due_on is not None:
        lmp, row.from_due = due_on - term, True
        row.remark(
            "from_due",
            f"HPHT kosong; dihitung {format_date(lmp)} dari HPL {format_date(due_on)}. Periksa lagi.",
        )
    elif lmp is not None and due_on is not None:
        apart = abs((lmp + term - due_on).days)
        if apart > whole("import.same_pregnancy_days"):
            row.remark("due_differs", f"HPL di berkas berbeda {apart} hari dari HPHT. HPHT yang diambil.")
    row.started_on = lmp
    if row.from_due and lmp is not None and lmp > today:
        weeks = whole("dating.term_days") // DAYS_PER_WEEK
        row.refuse("due_on.far", f"HPL lebih dari {weeks} minggu lagi. Periksa tahunnya.")
    elif lmp is not None:
        _refuse_far(row, lmp, today)


def _refuse_far(row: WomanRow, lmp: date, today: date) -> None:
    if lmp > today:
        row.refuse("lmp.future", f"HPHT {format_date(lmp)} belum terjadi. Periksa tanggalnya.")
    elif (today - lmp).days > whole("import.oldest_days"):
        weeks = whole("import.oldest_days") // DAYS_PER_WEEK
        row.refuse(
            "lmp.too_long_ago",
            f"HPHT {format_date(lmp)} lebih dari {weeks} minggu yang lalu: mungkin sudah melahirkan. "
            "Catat dari halamannya.",
        )


def _day(row: WomanRow, code: str, label: str, cell: str, latest: date) -> date | None:
    if not cell:
        return None
    try:
        return parse_date(cell, today=latest)
    except TypedValueError as error:
        row.refuse(f"{code}.{error.code}", f"{label} “{cell[:30]}”: {error.sentence}")
        return None


def _read_woman(row: WomanRow, cells: Cells, today: date) -> None:
    birth = cells["birth_date"]
    if birth:
        try:
            row.birth_date = parse_date(birth, today=today)
        except TypedValueError as error:
            row.refuse(f"birth_date.{error.code}", f"Tanggal lahir “{birth[:30]}”: {error.sentence}")
    if age := _AGE.fullmatch(cells["age"]):
        row.age = int(age[1])
    if cells["nik"]:
        _read_nik(row, cells["nik"])
    row.kk = _number(row, "kk", cells["kk"], parse_kk)
    row.phone = _number(row, "phone", cells["phone"], parse_phone)
    row.rt, row.rw = _block(cells["rt"]), _block(cells["rw"])
    # The registry keeps no husband of a woman alone; who looks for her house asks for him.
    husband = cells["husband"][:80]
    address = cells["address"][:200]
    row.address = f"{address} (suami: {husband})".strip() if husband else address


def _read_nik(row: WomanRow, cell: str) -> None:
    try:
        row.nik = parse_nik_or_masked(cell)
    except IdentityError as error:
        # The pregnancy is worth more than the number.
        row.remark(error.code, f"Diambil tanpa NIK: {error.sentence}")
        return
    if isinstance(row.nik, Nik):
        for doubt in doubts_about(row.nik, birth_date=row.birth_date, sex=Sex.GIRL):
            row.remark(doubt.code, doubt.sentence)


def _number(row: WomanRow, role: str, cell: str, parse: Callable[[str], str]) -> str:
    if not cell or "*" in cell:
        return ""
    try:
        return parse(cell)
    except IdentityError as error:
        row.remark(f"{role}.{error.code}", f"{columns.LABELS[role]} tidak ikut diambil: {error.sentence}")
        return ""


def _block(cell: str) -> str:
    """An RT or RW: "002", "RT 2" and "2" are one."""
    digits = "".join(character for character in cell if character.isdigit())[:5]
    return digits.lstrip("0").zfill(2) if digits else cell[:5]


def _read_history(row: WomanRow, cells: Cells) -> None:
    if cells["gpa"]:
        counts = history.together(cells["gpa"])
        if counts is None:
            row.remark("gpa", f"G-P-A “{cells['gpa'][:20]}” tidak terbaca, jadi tidak ikut diambil.")
        else:
            row.gravida, row.para, row.abortions = counts
    for name in ("gravida", "para", "abortions"):
        cell = cells[name]
        if not cell:
            continue
        # "G2P1A0" under "Gravida": a column may be called after its beginning.
        if name == "gravida" and (counts := history.together(cell)):
            row.gravida, row.para, row.abortions = counts
        elif (number := history.number(cell)) is not None:
            setattr(row, name, number)
        else:
            row.remark(name, f"{columns.LABELS[name]} “{cell[:20]}” tidak terbaca, jadi tidak ikut diambil.")
    row.height_cm = _measure(row, "height", "Tinggi badan", cells["height"], "cm")
    row.pre_weight_kg = _measure(row, "weight", "Berat sebelum hamil", cells["weight"], "kg")


def _measure(row: WomanRow, role: str, label: str, cell: str, unit: Unit) -> Decimal | None:
    if not cell:
        return None
    try:
        value = parse_decimal(cell, unit=unit).quantize(_STEP)
        if not value:
            return None
        check_bounds("height" if role == "height" else "weight", float(value))
    except (TypedValueError, PregnancyValueError, ArithmeticError) as error:
        sentence = getattr(error, "sentence", "Angka ini tidak mungkin. Periksa lagi.")
        row.refuse(role, f"{label} “{cell[:20]}”: {sentence}")
        return None
    return value


def _refuse_impossible(row: WomanRow, today: date) -> None:
    for problem in (*woman_draft(row).problems(today), *pregnancy_draft(row).problems(today)):
        row.refuse(problem.code, problem.sentence)


def woman_draft(row: WomanRow) -> WomanDraft:
    """As the registry takes her."""
    return WomanDraft(
        row.name, row.birth_date, row.full_nik, row.kk, row.phone, None, row.rw, row.rt, row.address
    )


def pregnancy_draft(row: WomanRow) -> PregnancyDraft:
    """As care takes it."""
    return PregnancyDraft(
        lmp=row.started_on,
        gravida=row.gravida,
        para=row.para,
        abortions=row.abortions,
        height_cm=row.height_cm,
        pre_weight_kg=row.pre_weight_kg,
    )
