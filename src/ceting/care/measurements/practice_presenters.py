"""A practice in words: who measures well, and what to practise again. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.forms import BaseForm
from django.forms.boundfield import BoundField

from ceting.care.measurements.measurement_words import Chip
from ceting.care.measurements.practice_models import Practice, Practitioner
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.standardisation import (
    Accuracy,
    Grade,
    Measure,
    Pair,
    Precision,
    accuracy,
    least_children,
    precision,
)

MEASURE_WORDS: Mapping[Measure, str] = {
    "weight_kg": "berat badan",
    "lenhei_cm": "panjang badan",
    "muac_cm": "LiLA",
    "head_cm": "lingkar kepala",
}
TURN_WORDS = {1: "ukuran pertama", 2: "ukuran kedua"}
GRADES = {
    Grade.GOOD: Chip("Baik", "good"),
    Grade.ACCEPTABLE: Chip("Cukup", "info"),
    Grade.POOR: Chip("Latih lagi", "attention"),
}
TOO_FEW = Chip("Belum cukup anak", "neutral")


@dataclass(frozen=True)
class MeasureLine:
    """One measure of one person: everything as it is shown; "" where it can't be told."""

    name: str
    difference: str
    tem: str
    relative: str
    reliability: str
    bias: str
    inter: str
    chip: Chip
    faults: tuple[str, ...]


@dataclass(frozen=True)
class PersonResult:
    """One person: the verdict in words, and the numbers behind it."""

    person: Practitioner
    verdict: str
    tone: str
    lines: tuple[MeasureLine, ...]


Pairs = Mapping[UUID, Mapping[Measure, Mapping[int, Pair]]]


def results(
    practice: Practice, people: Sequence[Practitioner], measures: Sequence[Measure], pairs: Pairs
) -> list[PersonResult]:
    """Everybody's result, the expert first."""
    expert = next(person for person in people if person.expert)
    by_expert = pairs.get(expert.pk, {})
    return [_result(person, measures, pairs.get(person.pk, {}), by_expert, practice) for person in people]


def _result(
    person: Practitioner,
    measures: Sequence[Measure],
    own: Mapping[Measure, Mapping[int, Pair]],
    experts: Mapping[Measure, Mapping[int, Pair]],
    practice: Practice,
) -> PersonResult:
    lines, short = [], []
    for measure in measures:
        pairs = own.get(measure, {})
        close = precision(measure, pairs)
        near = None if person.expert else accuracy(measure, pairs, experts.get(measure, {}))
        judged = min(len(pairs), len(pairs) if person.expert else (near.children if near else 0))
        enough = judged >= least_children()
        if not enough:
            short.append(
                f"{MEASURE_WORDS[measure]} baru {judged} dari {max(practice.children, least_children())} anak"
            )
        lines.append(_line(measure, close, near, enough=enough))
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        return PersonResult(person, f"Perlu latihan lagi: {'; '.join(faults)}.", "attention", tuple(lines))
    if short:
        return PersonResult(person, f"Belum bisa dinilai: {'; '.join(short)}.", "info", tuple(lines))
    return PersonResult(person, "Sudah teliti.", "good", tuple(lines))


def _line(measure: Measure, close: Precision | None, near: Accuracy | None, *, enough: bool) -> MeasureLine:
    faults = []
    if enough and close is not None and close.grade is Grade.POOR:
        faults.append(
            f"{MEASURE_WORDS[measure]} berbeda rata-rata {amount(measure, close.mean_difference)} antara dua ukuran"
        )
    if enough and near is not None and near.grade is Grade.POOR:
        side = "lebih besar" if near.bias > 0 else "lebih kecil"
        faults.append(
            f"{MEASURE_WORDS[measure]} rata-rata {amount(measure, abs(near.bias))} {side} daripada pelatih"
        )
    grades = [found.grade for found in (close, near) if found is not None]
    return MeasureLine(
        name=name_of(measure),
        difference=amount(measure, close.mean_difference) if close else "",
        tem=amount(measure, close.tem, more=1) if close else "",
        relative=f"{format_decimal(Decimal(str(round(close.relative_percent, 2))), 2)}%" if close else "",
        reliability=format_decimal(Decimal(str(round(close.reliability, 3))), 3)
        if close and close.reliability is not None
        else "",
        bias=_signed(measure, near.bias) if near else "",
        inter=amount(measure, near.tem, more=1) if near else "",
        chip=GRADES[max(grades)] if enough and grades else TOO_FEW,
        faults=tuple(faults),
    )


def amount(measure: Measure, value: float, *, more: int = 0) -> str:
    """`0,9 cm`, `0,05 kg`: with the digits that the limits have, `more` of them for who compares."""
    places = {"weight_kg": 2, "lenhei_cm": 1, "muac_cm": 2, "head_cm": 2}[measure] + more
    return f"{format_decimal(Decimal(str(round(value, places))), places)} {'kg' if measure == 'weight_kg' else 'cm'}"


def _signed(measure: Measure, value: float) -> str:
    shown = amount(measure, abs(value))
    return f"{'+' if value > 0 else '−'}{shown}" if any(digit in "123456789" for digit in shown) else shown


def lead(practice: Practice) -> str:
    return f"{practice.posyandu.with_village} · {format_date(practice.held_on)} · {practice.children} anak"


@dataclass(frozen=True)
class ReadingTable:
    """One measure to type: a row a child, the first and the second time beside one another."""

    title: str
    unit: str
    rows: tuple[tuple[int, tuple[BoundField, BoundField]], ...]


def tables(form: BaseForm, measures: Sequence[Measure], children: int) -> list[ReadingTable]:
    return [
        ReadingTable(
            title=name_of(measure),
            unit="kg" if measure == "weight_kg" else "cm",
            rows=tuple(
                (child, (form[f"{measure}-{child}-1"], form[f"{measure}-{child}-2"]))
                for child in range(1, children + 1)
            ),
        )
        for measure in measures
    ]


def name_of(measure: Measure) -> str:
    """`Berat badan`, and `LiLA` as it is."""
    word = MEASURE_WORDS[measure]
    return word if word[0].isupper() else word.capitalize()
