"""Every setting of a puskesmas, as data: what it decides, what it may be, what it is when nobody chose.

Values that a doctor signs stand in `standards/tables/settings.csv`, so that they are on docs/clinical-review.md too;
those about running the house stand here. A new setting is a row; nothing else knows its name but who reads it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from string import Formatter

from ceting.standards import sources
from ceting.standards.numbers import format_decimal
from ceting.standards.sources import Row, Status

Value = Decimal | str | time
LONGEST_TEXT = 200
GROUPS = {
    "growth": "Penimbangan dan SKDN",
    "pregnancy": "Ibu hamil",
    "child": "Bayi dan balita",
    "triage": "Seberapa cepat ditanggapi",
    "duty": "Jam jaga",
    "words": "Kata sapaan dan pesan",
    "record": "Penyimpanan data",
    "house": "Pemakaian sehari-hari",
}


class Kind(StrEnum):
    """What one types to answer."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    TIME = "time"


class ValueRefusedError(ValueError):
    """What was typed can't be a value of this setting; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Definition:
    """One setting. `used_by` says where it takes effect, in the words of the page."""

    code: str
    group: str
    label: str
    explanation: str
    kind: Kind
    default: Value
    source: str
    status: Status
    used_by: str
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[str, ...] = ()
    """Of a text: the words in braces that are filled in."""
    examples: tuple[str, ...] = ()

    def read(self, typed: str) -> Value:
        """What was typed or stored, as a value. Raises ValueRefusedError."""
        typed = typed.strip()
        if not typed:
            raise ValueRefusedError("Belum diisi.")
        return _READERS[self.kind](self, typed)

    def stored(self, value: Value) -> str:
        """As it is written into a row; `read` gives it back."""
        return f"{value:%H:%M}" if isinstance(value, time) else str(value)

    def typed(self, value: Value) -> str:
        """As a person would type it: with a comma, and a point in a time."""
        if isinstance(value, time):
            return f"{value:%H.%M}"
        return format_decimal(value) if isinstance(value, Decimal) else value

    def shown(self, value: Value) -> str:
        """As a person reads it."""
        if isinstance(value, time):
            return f"pukul {value:%H.%M}"
        if isinstance(value, Decimal):
            return f"{format_decimal(value)} {self.unit}".strip()
        return dict(self.choices).get(value, value)


def _number(definition: Definition, typed: str) -> Decimal:
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    low, high = definition.minimum, definition.maximum
    if low is None or high is None:
        raise sources.TableError(f"{definition.code} is a number without bounds")
    if not value.is_finite() or not low <= value <= high:
        bounds = f"{format_decimal(low)} sampai {format_decimal(high)} {definition.unit}".strip()
        raise ValueRefusedError(f"Isi angka dari {bounds}.")
    # 8, 8.0 and 8.00 are one value, and 1E+1 is not how anybody writes ten.
    return Decimal(f"{value.normalize():f}")


def _choice(definition: Definition, typed: str) -> str:
    if typed not in dict(definition.choices):
        raise ValueRefusedError("Pilih salah satu dari daftar.")
    return typed


def _text(definition: Definition, typed: str) -> str:
    if len(typed) > LONGEST_TEXT:
        raise ValueRefusedError(f"Paling panjang {LONGEST_TEXT} huruf.")
    if not typed.isprintable():
        raise ValueRefusedError("Tulis dalam satu baris, tanpa tanda khusus.")
    known = " dan ".join(f"{{{name}}}" for name in definition.placeholders) or "tidak ada"
    try:
        parts = list(Formatter().parse(typed))
    except ValueError:
        raise ValueRefusedError(f"Kurung kurawal harus berpasangan. Yang boleh dipakai: {known}.") from None
    for _, name, form, conversion in parts:
        if name is not None and (name not in definition.placeholders or form or conversion):
            raise ValueRefusedError(f"{{{name}}} tidak dikenal. Yang boleh dipakai: {known}.")
    return typed


def _time(_: Definition, typed: str) -> time:
    found = _CLOCK.fullmatch(typed)
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueRefusedError("Tulis jamnya, misalnya 07.30.")
    return time(hour, minute)


_CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?::00)?")
_READERS: Mapping[Kind, Callable[[Definition, str], Value]] = {
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.TIME: _time,
}


def _signed() -> list[Definition]:
    """The settings that a doctor signs. Raises TableError for a row that isn't one."""
    return [_from_row(row) for row in sources.rows("settings")]


def _from_row(row: Row) -> Definition:
    kind = Kind(row["kind"])
    pairs = [choice.partition("=") for choice in row["choices"].split("|") if choice]
    return Definition(
        code=row["key"],
        group=row["group"],
        label=row["label"],
        explanation=row["meaning"],
        kind=kind,
        default=Decimal(row["value"]) if kind is Kind.NUMBER else row["value"],
        source=row["source_tag"],
        status=Status(row["status"]),
        used_by=row["used_by"],
        unit=row["unit"],
        minimum=Decimal(row["minimum"]) if row["minimum"] else None,
        maximum=Decimal(row["maximum"]) if row["maximum"] else None,
        choices=tuple((code, label) for code, _, label in pairs),
    )


_OWN = "keputusan proyek"
_HOUSE = (
    Definition(
        "duty.days", "duty", "Hari kerja",
        "Pada hari ini harus ada yang bertugas; jam yang kosong ditunjukkan pada jadwal jaga.",
        Kind.CHOICE, "012345", _OWN, Status.PROJECT, "jadwal jaga",
        choices=(
            ("01234", "Senin sampai Jumat"), ("012345", "Senin sampai Sabtu"), ("0123456", "Setiap hari"),
        ),
    ),
    Definition(
        "duty.opens", "duty", "Jam kerja mulai", "Sejak jam ini harus ada yang bertugas.",
        Kind.TIME, time(8), _OWN, Status.PROJECT, "jadwal jaga",
    ),
    Definition(
        "duty.closes", "duty", "Jam kerja selesai", "Sampai jam ini harus ada yang bertugas.",
        Kind.TIME, time(14), _OWN, Status.PROJECT, "jadwal jaga",
    ),
    Definition(
        "words.greeting", "words", "Sapaan di beranda",
        "{waktu} menjadi pagi, siang, sore atau malam; {nama} menjadi nama orangnya.",
        Kind.TEXT, "Selamat {waktu}, {nama}", _OWN, Status.PROJECT, "beranda petugas",
        placeholders=("waktu", "nama"),
        examples=("Salamaik {waktu}, {nama}", "Assalamu’alaikum, {nama}", "Sugeng rawuh, {nama}"),
    ),
    Definition(
        "words.family_greeting", "words", "Sapaan untuk keluarga",
        "Pembuka pesan kepada keluarga. {sapaan} menjadi Ibu, Bapak atau sapaan yang dipilihnya; {nama} namanya.",
        Kind.TEXT, "Halo {sapaan} {nama}", _OWN, Status.PROJECT, "pesan kepada keluarga (menyusul)",
        placeholders=("sapaan", "nama"),
        examples=("Assalamu’alaikum {sapaan} {nama}", "Sugeng enjing {sapaan} {nama}"),
    ),
    Definition(
        "messages.quiet_from", "words", "Jam tenang mulai",
        "Sejak jam ini keluarga tidak dikirimi pesan. Pesan untuk petugas dan jawaban keadaan darurat tetap dikirim.",
        Kind.TIME, time(20), _OWN, Status.PROJECT, "pesan kepada keluarga",
    ),
    Definition(
        "messages.quiet_until", "words", "Jam tenang selesai",
        "Pesan yang tertahan semalam dikirim mulai jam ini. Sama dengan jam mulai: tidak ada jam tenang.",
        Kind.TIME, time(7), _OWN, Status.PROJECT, "pesan kepada keluarga",
    ),
    Definition(
        "month.closing_day", "growth", "Tanggal tutup laporan bulanan",
        "Laporan bulan lalu ditutup pada tanggal ini; setelah itu perubahan dicatat sebagai susulan.",
        Kind.NUMBER, Decimal(5), _OWN, Status.PROJECT, "laporan bulanan (menyusul)",
        unit="", minimum=Decimal(1), maximum=Decimal(28),
    ),
    Definition(
        "house.second_factor", "house", "Siapa wajib punya kunci kedua",
        "Yang wajib diberi waktu 14 hari untuk memasangnya. Petugas lain hanya diminta; kader tidak pernah wajib.",
        Kind.CHOICE, "managers", _OWN, Status.PROJECT, "masuk",
        choices=(
            ("asked", "Tidak ada, hanya diminta"), ("managers", "Admin puskesmas"),
            ("staff", "Semua petugas selain kader"),
        ),
    ),
    Definition(
        "house.idle_lock_minutes", "house", "Kunci layar setelah tidak dipakai",
        "Layar petugas terkunci bila tidak disentuh selama ini.",
        Kind.NUMBER, Decimal(15), _OWN, Status.PROJECT, "kunci layar",
        unit="menit", minimum=Decimal(2), maximum=Decimal(120),
    ),
    Definition(
        "house.idle_lock_minutes_volunteer", "house", "Kunci layar kader setelah tidak dipakai",
        "HP kader dipakai satu orang, jadi boleh lebih lama.",
        Kind.NUMBER, Decimal(60), _OWN, Status.PROJECT, "kunci layar",
        unit="menit", minimum=Decimal(2), maximum=Decimal(240),
    ),
)  # fmt: skip

CATALOGUE: Mapping[str, Definition] = {each.code: each for each in (*_signed(), *_HOUSE)}
