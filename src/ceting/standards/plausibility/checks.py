"""Questions that a measurement raises by itself, and the order in which all of them are asked."""

from collections.abc import Iterator
from dataclasses import replace

from ceting.standards.growth import Assessment
from ceting.standards.plausibility.changes import against_previous
from ceting.standards.plausibility.measures import (
    KINDS,
    Kind,
    MeasurementWarning,
    Measures,
    Position,
    age_words,
    is_measure,
    limit,
    noun,
    shown,
    stands,
)

# How a number goes wrong: a lost decimal mark, grams for kilograms, millimetres or metres for centimetres.
SLIPS = (0.1, 10.0, 0.01, 100.0, 0.001)


def check_measurement(
    *,
    sex: int,
    age_days: int,
    weight_kg: float | None = None,
    lenhei_cm: float | None = None,
    position: Position = "",
    headc_cm: float | None = None,
    muac_cm: float | None = None,
    previous: Measures | None = None,
) -> tuple[MeasurementWarning, ...]:
    """Everything to ask about a new measurement; empty when nothing is odd.

    `previous` is the child's last measurement before this one. From 60 months on only the absolute bounds and
    the comparison of lengths remain. Raises ValueError when `previous` isn't older, GrowthInputError for a
    sex or position that can't be.
    """
    now = Measures(age_days, weight_kg, lenhei_cm, position, headc_cm, muac_cm)
    if previous is not None and previous.age_days >= age_days:
        raise ValueError("the previous measurement must be older than this one")
    swapped = tuple(_swapped(sex, now))
    if swapped:
        return swapped
    impossible = tuple(_out_of_bounds(sex, now))
    sound = now.without(impossible)
    implausible = tuple(_implausible(sex, sound))
    trusted = sound.without(implausible)
    compared = () if previous is None else tuple(against_previous(sex, trusted, previous))
    return (*impossible, *implausible, *_mismatch(sex, trusted), *_position(now), *compared)


def _swapped(sex: int, now: Measures) -> Iterator[MeasurementWarning]:
    weight, length = now.weight_kg, now.lenhei_cm
    if weight is None or length is None or not (is_measure(weight) and is_measure(length)):
        return
    exchanged = replace(now, weight_kg=length, lenhei_cm=weight).assessed(sex)
    if exchanged.zwei is None or exchanged.zlen is None:
        return
    if _flagged(exchanged) or not _flagged(now.assessed(sex)):
        return
    name = noun("lenhei_cm", now.age_days)
    lead = f"Berat dan {name.lower()} tampaknya tertukar."
    yield MeasurementWarning("swapped", "weight_kg", f"{lead} Maksud Ibu berat {shown(length)} kg?", length)
    yield MeasurementWarning(
        "swapped", "lenhei_cm", f"{lead} Maksud Ibu {name.lower()} {shown(weight)} cm?", weight
    )


def _out_of_bounds(sex: int, now: Measures) -> Iterator[MeasurementWarning]:
    for kind in KINDS:
        value = now.value(kind.field)
        if value is None:
            continue
        name = noun(kind.field, now.age_days)
        if not is_measure(value):
            sentence = f"{name} harus lebih dari 0. {kind.verb} lagi, atau kosongkan bila tidak diukur."
            yield MeasurementWarning(f"{kind.code}.not_positive", kind.field, sentence, hard=True)
        elif value > limit(kind.bound):
            suggestion = _meant(sex, now, kind, value)
            yield MeasurementWarning(
                f"{kind.code}.too_large",
                kind.field,
                f"{name} {shown(value)} {kind.unit} tidak mungkin. {_ask(kind, suggestion)}",
                suggestion,
                hard=True,
            )


def _implausible(sex: int, now: Measures) -> Iterator[MeasurementWarning]:
    found = now.assessed(sex)
    for kind in KINDS:
        value = now.value(kind.field)
        if value is None or not getattr(found, kind.flag):
            continue
        suggestion = _meant(sex, now, kind, value)
        low = getattr(found, kind.z) < 0
        yield MeasurementWarning(
            f"{kind.code}.implausible_{'low' if low else 'high'}",
            kind.field,
            _implausible_sentence(kind, now, value, suggestion, low=low),
            suggestion,
        )


def _implausible_sentence(
    kind: Kind, now: Measures, value: float, suggestion: float | None, *, low: bool
) -> str:
    subject = f"{noun(kind.field, now.age_days)} {shown(value)} {kind.unit}"
    age = age_words(now.age_days)
    if low and suggestion is None:
        # A very low value may be true, and then the child is in danger: the question must not talk it away.
        return (
            f"{subject} jauh di bawah biasanya untuk umur {age}. {kind.verb} ulang sekarang. "
            "Bila tetap sama, simpan dan hubungi petugas hari ini."
        )
    return f"{subject} tidak mungkin untuk umur {age}. {_ask(kind, suggestion)}"


def _mismatch(sex: int, now: Measures) -> Iterator[MeasurementWarning]:
    if now.weight_kg is None or now.lenhei_cm is None or not now.assessed(sex).fwfl:
        return
    name = noun("lenhei_cm", now.age_days).lower()
    yield MeasurementWarning(
        "weight_lenhei.mismatch",
        "lenhei_cm",
        f"Berat {shown(now.weight_kg)} kg dan {name} {shown(now.lenhei_cm)} cm tidak cocok satu sama lain. "
        "Timbang dan ukur ulang sekarang. Bila tetap sama, simpan dan hubungi petugas hari ini.",
    )


def _position(now: Measures) -> Iterator[MeasurementWarning]:
    if now.lenhei_cm is None:
        return
    age = age_words(now.age_days)
    if now.position == "l" and stands(now.age_days):
        sentence = f"Anak {age} biasanya diukur berdiri. Benar diukur berbaring?"
        yield MeasurementWarning("position.lying", "position", sentence)
    if now.position == "h" and not stands(now.age_days):
        sentence = f"Anak {age} biasanya diukur berbaring. Benar diukur berdiri?"
        yield MeasurementWarning("position.standing", "position", sentence)


def _meant(sex: int, now: Measures, kind: Kind, value: float) -> float | None:
    for slip in SLIPS:
        candidate = round(value * slip, 3)
        z = getattr(now.having(kind.field, candidate).assessed(sex), kind.z)
        if z is not None and abs(z) <= limit("suggestion.z"):
            return candidate
    return None


def _ask(kind: Kind, suggestion: float | None) -> str:
    if suggestion is None:
        return f"{kind.verb} ulang dan periksa angkanya."
    return f"Maksud Ibu {shown(suggestion)} {kind.unit}?"


def _flagged(found: Assessment) -> bool:
    return bool(found.fwei or found.flen)
