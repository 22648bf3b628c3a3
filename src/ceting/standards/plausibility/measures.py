"""One measurement of a child as plausibility sees it, and the words for it."""

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

from ceting.standards import sources
from ceting.standards.ages import MONTHS_PER_YEAR, months_from_days
from ceting.standards.growth import Assessment, assess
from ceting.standards.growth.indicators import DAYS_OF_MONTH, POSITION_DIFFERENCE
from ceting.standards.numbers import format_decimal

Field = Literal["weight_kg", "lenhei_cm", "position", "headc_cm", "muac_cm"]
Position = Literal["l", "h", ""]


@dataclass(frozen=True)
class Measures:
    """What was measured at one age in days: kg and cm; None is not measured.

    `position` of the length: "l" lying, "h" standing, "" unknown.
    """

    age_days: int
    weight_kg: float | None = None
    lenhei_cm: float | None = None
    position: Position = ""
    headc_cm: float | None = None
    muac_cm: float | None = None

    def value(self, field: Field) -> float | None:
        """The number in a field; None for one that wasn't measured."""
        values = {
            "weight_kg": self.weight_kg,
            "lenhei_cm": self.lenhei_cm,
            "headc_cm": self.headc_cm,
            "muac_cm": self.muac_cm,
        }
        return values[field]

    def having(self, field: Field, value: float | None) -> "Measures":
        """A copy with another number in one field."""
        if field == "weight_kg":
            return replace(self, weight_kg=value)
        if field == "lenhei_cm":
            return replace(self, lenhei_cm=value)
        if field == "headc_cm":
            return replace(self, headc_cm=value)
        return replace(self, muac_cm=value)

    def without(self, warnings: "tuple[MeasurementWarning, ...]") -> "Measures":
        """A copy that lacks the numbers that were warned about."""
        measures = self
        for warning in warnings:
            measures = measures.having(warning.field, None)
        return measures

    @property
    def length_as_lying(self) -> float:
        """The length in cm as it would be lying; NaN when it wasn't measured."""
        length = math.nan if self.lenhei_cm is None else self.lenhei_cm
        return length + POSITION_DIFFERENCE if self.position == "h" else length

    def assessed(self, sex: int) -> Assessment:
        """The z-scores and flags of the standard.

        Raises GrowthInputError for a sex, age or position that can't be.
        """
        return assess(
            sex=sex,
            age_days=self.age_days,
            weight=self.weight_kg,
            lenhei=self.lenhei_cm,
            measure=self.position,
            headc=self.headc_cm,
            armc=self.muac_cm,
        )


@dataclass(frozen=True)
class MeasurementWarning:
    """A question about one field; `suggestion` is the value that was probably meant, in the field's unit."""

    code: str
    field: Field
    sentence: str
    suggestion: float | None = None
    hard: bool = False


@dataclass(frozen=True)
class Kind:
    """One thing to measure: its field, bound, index and the verb for doing it again."""

    field: Field
    code: str
    unit: str
    bound: str
    z: str
    flag: str
    verb: str


KINDS: Final = (
    Kind("weight_kg", "weight", "kg", "bounds.weight_max_kg", "zwei", "fwei", "Timbang"),
    Kind("lenhei_cm", "lenhei", "cm", "bounds.lenhei_max_cm", "zlen", "flen", "Ukur"),
    Kind("headc_cm", "headc", "cm", "bounds.headc_max_cm", "zhc", "fhc", "Ukur"),
    Kind("muac_cm", "muac", "cm", "bounds.muac_max_cm", "zac", "fac", "Ukur"),
)


_NOUNS: Final = {
    "weight_kg": "Berat",
    "headc_cm": "Lingkar kepala",
    "muac_cm": "LiLA",
    "position": "Cara ukur",
}


def limit(key: str) -> float:
    """A limit of `tables/project_values.csv`, in its unit."""
    return sources.number("project_values", key)


def shown(value: float) -> str:
    """A number as people read it."""
    return format_decimal(value)


def stands(age_days: int) -> bool:
    """Whether a child of this age is usually measured standing."""
    return age_days / DAYS_OF_MONTH >= limit("position.standing_from_months")


def noun(field: Field, age_days: int) -> str:
    """What a field is called on the screen."""
    if field == "lenhei_cm":
        return "Tinggi" if stands(age_days) else "Panjang"
    return _NOUNS[field]


def age_words(age_days: int) -> str:
    """An age in words, as people say it: days in the first month, months up to two years."""
    months = months_from_days(age_days)
    if not months:
        return f"{age_days} hari"
    years, rest = divmod(months, MONTHS_PER_YEAR)
    if years < 2:
        return f"{months} bulan"
    return f"{years} tahun {rest} bulan" if rest else f"{years} tahun"


def is_measure(value: float) -> bool:
    """Whether a number can be a measure at all: finite and more than 0."""
    return math.isfinite(value) and value > 0
