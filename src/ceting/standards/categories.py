"""Indonesian nutrition categories and the rule for severe wasting (gizi buruk).

Sources: Permenkes 2/2020 (`tables/categories.csv`), Buku KIA (`tables/muac_child.csv`),
PGBT / Permenkes 29/2019 (`tables/gizi_buruk.csv`).
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ceting.standards import sources
from ceting.standards.growth.formula import round2
from ceting.standards.words import Tone, severity_of, tone_of


class Index(StrEnum):
    """The four indices of Permenkes 2/2020; the value is the official short name."""

    WEIGHT_FOR_AGE = "BB/U"
    LENGTH_FOR_AGE = "PB/U|TB/U"
    WEIGHT_FOR_LENGTH = "BB/PB|BB/TB"
    BMI_FOR_AGE = "IMT/U"


_NAME_IN_TABLE = {
    Index.WEIGHT_FOR_AGE: "BB/U",
    Index.LENGTH_FOR_AGE: "PB/U or TB/U",
    Index.WEIGHT_FOR_LENGTH: "BB/PB or BB/TB",
    Index.BMI_FOR_AGE: "IMT/U",
}


@dataclass(frozen=True)
class Category:
    """One class of an index.

    `order` counts from the lowest class; `severity` is 0 (nothing to do) to 3; `tone` chooses colour and
    shape.
    """

    code: str
    label_id: str
    label_en: str
    order: int
    severity: int
    tone: Tone


class SevereWasting(StrEnum):
    """Why a child counts as gizi buruk, or must be measured again before anybody relaxes."""

    WEIGHT_FOR_LENGTH = "GB_BBTB"
    MUAC = "GB_LILA"
    OEDEMA = "GB_EDEMA"
    MEASURE_AGAIN = "GB_UKUR_ULANG"


@dataclass(frozen=True)
class _Scale:
    """Classes from low to high; class i + 1 begins at edge i, which it owns or leaves to class i."""

    classes: tuple[Category, ...]
    edges: tuple[float, ...]
    edge_belongs_above: tuple[bool, ...]

    def position(self, z: float) -> int:
        return sum(
            z >= edge if above else z > edge
            for edge, above in zip(self.edges, self.edge_belongs_above, strict=True)
        )


def _category(row: sources.Row) -> Category:
    code = row["code"]
    return Category(
        code, row["label_id"], row["label_en"], int(row["order"]), severity_of(code), tone_of(code)
    )


@cache
def _scale(index: Index) -> _Scale:
    ordered = sorted(
        (row for row in sources.rows("categories") if row["index"] == _NAME_IN_TABLE[index]),
        key=lambda row: int(row["order"]),
    )
    for below, above in pairwise(ordered):
        if below["z_high"] != above["z_low"] or {below["high_op"], above["low_op"]} not in (
            {"<", ">="},
            {"<=", ">"},
        ):
            raise sources.TableError(f"categories.csv: {below['code']} and {above['code']} don't meet")
    return _Scale(
        classes=tuple(_category(row) for row in ordered),
        edges=tuple(float(row["z_low"]) for row in ordered[1:]),
        edge_belongs_above=tuple(row["low_op"] == ">=" for row in ordered[1:]),
    )


def categories(index: Index) -> tuple[Category, ...]:
    """Every class of an index, from the lowest to the highest."""
    return _scale(index).classes


# A z-score has two decimals: a thousand values a scale.
@lru_cache(maxsize=8192)
def classify(index: Index, z: float | None) -> Category | None:
    """The class of a z-score; None for a missing one (None or NaN).

    The z is taken with the two decimals that are shown: -2.004 is shown as -2.00 and is normal.
    A flagged z is classified like any other: whether to show the class is the caller's decision.
    Raises ValueError for an infinite z.
    """
    if z is None or math.isnan(z):
        return None
    if math.isinf(z):
        raise ValueError("an infinite z-score has no category")
    scale = _scale(index)
    return scale.classes[scale.position(round2(z))]


def classify_many(index: Index, z: ArrayLike) -> NDArray[np.str_]:
    """The codes of many z-scores (any shape), "" where z is NaN. Same rule as `classify`."""
    given = np.asarray(z, dtype=np.float64)
    if np.isinf(given).any():
        raise ValueError("an infinite z-score has no category")
    values = _round2_column(given)
    scale = _scale(index)
    # Position 0 stands for "missing"; comparisons with NaN are false and leave it there.
    position = np.where(np.isnan(values), 0, 1).astype(np.intp)
    for edge, above in zip(scale.edges, scale.edge_belongs_above, strict=True):
        position += (values >= edge) if above else (values > edge)
    codes = np.array(["", *(category.code for category in scale.classes)])
    return codes[position]


def _round2_column(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """`formula.round2` on a column: the nearer of the two decimals, on a tie the even one."""
    size = np.abs(z)
    below, above = np.floor(size * 100), np.ceil(size * 100)
    down, up = size - below / 100, above / 100 - size
    nearest = np.where((down < up) | ((down == up) & (below % 2 == 0)), below, above)
    rounded: NDArray[np.float64] = np.copysign(nearest / 100, z)
    return rounded


def covers_age(age_months: float) -> bool:
    """Whether the rules for MUAC and gizi buruk hold at this age (6 to 59 completed months)."""
    return sources.number("gizi_buruk", "age_from") <= age_months < sources.number("gizi_buruk", "age_below")


def muac_category(cm: float | None, age_months: float) -> Category | None:
    """The colour of a mid-upper-arm circumference in cm; None when missing (or 0) or outside 6-59 months.

    Below 11.5 cm red, below 12.5 yellow, otherwise green. Source: Buku KIA (`tables/muac_child.csv`).
    """
    if not _measured(cm) or not covers_age(age_months):
        return None
    for row in sources.rows("muac_child"):
        if not row["high_cm"] or cm < float(row["high_cm"]):
            return _category(row)
    raise sources.TableError("muac_child.csv has no open last class")


def severe_wasting(
    *,
    whz: float | None,
    muac: float | None,
    oedema: bool | None,
    age_months: float | None,
    whz_flagged: bool,
) -> tuple[SevereWasting, ...]:
    """The reasons why a child is gizi buruk, in a fixed order; empty when there is none.

    `whz` weight-for-length z-score, `muac` in cm, `oedema` bilateral and pitting; None is missing and never
    normal: what is missing gives no reason, but none is no clearance either. 6-59 months: WHZ < -3, MUAC <
    11.5 cm, oedema. Under 6 months MUAC isn't used, and any reason means referral. An unknown age is treated
    as 6-59 months. From 60 months on the rule says nothing. A flagged WHZ is no reason by itself: on the low
    side, or together with a small MUAC or oedema, it is MEASURE_AGAIN (measure now, else treat as real).
    Source: PGBT / Permenkes 29/2019 (`tables/gizi_buruk.csv`), rules of the project section 6.
    """
    if age_months is not None and age_months >= sources.number("gizi_buruk", "age_below"):
        return ()
    reasons: list[SevereWasting] = []
    shown = None if whz is None or math.isnan(whz) else round2(whz)
    low = shown is not None and shown < sources.number("gizi_buruk", "whz_below")
    if low and not whz_flagged:
        reasons.append(SevereWasting.WEIGHT_FOR_LENGTH)
    if _muac_is_small(muac, age_months):
        reasons.append(SevereWasting.MUAC)
    if oedema:
        reasons.append(SevereWasting.OEDEMA)
    if whz_flagged and (low or reasons):
        reasons.append(SevereWasting.MEASURE_AGAIN)
    return tuple(reasons)


def _muac_is_small(muac: float | None, age_months: float | None) -> bool:
    if not _measured(muac):
        return False
    if age_months is not None and not covers_age(age_months):
        return False
    return muac < sources.number("gizi_buruk", "muac_below")


def _measured(cm: float | None) -> TypeGuard[float]:
    # As everywhere in the growth rules, a measure of 0 or less is a missing one.
    return cm is not None and not math.isnan(cm) and cm > 0
