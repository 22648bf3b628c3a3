"""What the modules of this package share: their table of thresholds, and the error for what can't be true."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ceting.standards import sources
from ceting.standards.typed_values import TypedValueError

TABLE = "pregnancy_thresholds"
Measure = Literal["weight", "height", "muac", "hb", "fundal", "heart", "newborn_head"]


@dataclass(frozen=True)
class _Bounds:
    """The rows between which a typed value is no slip of the pen, and what a person calls the measure."""

    least: str
    most: str
    unit: str
    words: str


_BOUNDS: Mapping[Measure, _Bounds] = {
    "weight": _Bounds("bounds.weight_least_kg", "bounds.weight_most_kg", "kg", "Berat badan ibu"),
    "height": _Bounds("bounds.height_least_cm", "bounds.height_most_cm", "cm", "Tinggi badan ibu"),
    "muac": _Bounds("bounds.muac_least_cm", "bounds.muac_most_cm", "cm", "LiLA ibu"),
    "hb": _Bounds("bounds.hb_least", "bounds.hb_most", "g/dL", "Hb"),
    "fundal": _Bounds("bounds.fundal_least_cm", "bounds.fundal_most_cm", "cm", "Tinggi fundus"),
    "heart": _Bounds("bounds.heart_least", "bounds.heart_most", "kali/menit", "Denyut jantung janin"),
    "newborn_head": _Bounds(
        "bounds.newborn_head_least_cm", "bounds.newborn_head_most_cm", "cm", "Lingkar kepala bayi"
    ),
}


class PregnancyValueError(TypedValueError):
    """A value that no pregnancy can have. `sentence` says in Indonesian what to look at again."""


def number(key: str) -> float:
    """A threshold in the unit that its row names. Raises TableError for an unknown key."""
    return sources.number(TABLE, key)


def whole(key: str) -> int:
    """A threshold that counts days, weeks, tablets or contacts."""
    return int(number(key))


def check_bounds(measure: Measure, value: float) -> None:
    """Refuse a value that nobody has. Raises PregnancyValueError: weight.bounds, height.bounds, muac.bounds, ..."""
    bounds = _BOUNDS[measure]
    least, most = whole(bounds.least), whole(bounds.most)
    if not least <= value <= most:
        raise PregnancyValueError(
            f"{measure}.bounds",
            f"{bounds.words} harus antara {least} dan {most} {bounds.unit}. Ukur atau tulis lagi.",
        )
