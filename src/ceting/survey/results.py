"""The columns that a survey adds to its file: z-scores, flags and Indonesian categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ceting.standards.categories import Index, categories, classify_many, covers_age, muac_category
from ceting.survey.prevalence import DAYS_OF_MONTH, LAST_DAY
from ceting.survey.scoring import Scored

Floats = NDArray[np.float64]

# Category column and scale of the indices that Permenkes 2/2020 classifies.
CATEGORIES: Mapping[str, tuple[str, Index]] = {
    "len": ("kat_tb_u", Index.LENGTH_FOR_AGE),
    "wei": ("kat_bb_u", Index.WEIGHT_FOR_AGE),
    "wfl": ("kat_bb_tb", Index.WEIGHT_FOR_LENGTH),
    "bmi": ("kat_imt_u", Index.BMI_FOR_AGE),
}
MUAC_COLUMN = "kat_lila"
# Any age that the colours hold for; whether a child's age is one is asked before.
_AGE_COVERED = 12.0
LAST_MONTH = 60


@dataclass(frozen=True)
class ResultColumn:
    """A column of the output: its name, and n values (None where empty)."""

    name: str
    values: Sequence[float | int | str | None]


def result_names(indexes: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Names of the added columns in order; a name that the file already has gets `_ceting` behind it."""
    names = []
    for index in indexes:
        names += [f"z{index}", f"f{index}"]
        if index in CATEGORIES:
            names.append(CATEGORIES[index][0])
        elif index == "ac":
            names.append(MUAC_COLUMN)
    return [f"{name}_ceting" if name in taken else name for name in names]


def result_columns(scored: Scored, names: Sequence[str]) -> list[ResultColumn]:
    """The added columns of one block, typed, in the order of `result_names`."""
    kept: list[ResultColumn] = []
    name = iter(names)
    for index, z in scored.zscores.items():
        flags = scored.flags[index]
        kept.append(ResultColumn(next(name), [None if value != value else value for value in z.tolist()]))
        kept.append(ResultColumn(next(name), [None if flag < 0 else flag for flag in flags.tolist()]))
        if index in CATEGORIES:
            kept.append(ResultColumn(next(name), [label or None for label in category_labels(scored, index)]))
        elif index == "ac":
            kept.append(ResultColumn(next(name), [label or None for label in muac_labels(scored)]))
    return kept


def category_labels(scored: Scored, index: str) -> list[str]:
    """Category of each row, "" without a plausible z; oedema alone makes weight-for-length gizi buruk."""
    scale = CATEGORIES[index][1]
    labels = _labels(scale)
    found = [labels[code] for code in classify_many(scale, scored.plausible(index)).tolist()]
    if index == "wfl":
        for row in np.flatnonzero(oedema_rows(scored)).tolist():
            found[row] = severe_label()
    return found


def muac_labels(scored: Scored) -> list[str]:
    """Colour of each arm circumference at 6-59 months, "" elsewhere and where its z is implausible."""
    labels = [""] * len(scored.block)
    plausible = np.flatnonzero(scored.flags["ac"] == 0)
    months = (scored.age_days[plausible] / DAYS_OF_MONTH).astype(np.int64)
    covered = plausible[_months_with_colour()[months]]
    for row, centimetres in zip(covered.tolist(), scored.measures["armc"][covered].tolist(), strict=True):
        labels[row] = _muac_label(centimetres)
    return labels


def oedema_rows(scored: Scored) -> NDArray[np.bool_]:
    """Children whose oedema counts as gizi buruk: of any age that the standard covers, or of unknown age."""
    return scored.oedema & ~(np.floor(scored.age_days + 0.5) > LAST_DAY)


@cache
def _months_with_colour() -> NDArray[np.bool_]:
    """Whether each completed month of the standard has colours for the arm: (60,)."""
    return np.array([covers_age(float(month)) for month in range(LAST_MONTH)])


@lru_cache(maxsize=10_000)
def _muac_label(centimetres: float) -> str:
    category = muac_category(centimetres, _AGE_COVERED)
    return "" if category is None else category.label_id


@cache
def severe_label() -> str:
    """The lowest class of weight-for-length."""
    return categories(Index.WEIGHT_FOR_LENGTH)[0].label_id


@cache
def _labels(scale: Index) -> Mapping[str, str]:
    return {"": ""} | {category.code: category.label_id for category in categories(scale)}
