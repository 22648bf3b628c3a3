"""Prevalence as WHO's reference `anthro_prevalence` gives it: groups, columns and figures alike.

Sources: WHO/UNICEF Recommendations (2019), the documentation of R `anthro` 1.1 (anthro_prevalence) and the
vectors that it produced. Not copied: its interval of a prevalence of exactly 1 %, which collapses to 1..1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceting.survey.block import Cell
from ceting.survey.estimates import Design, GroupEstimates, estimate_group
from ceting.survey.indicators import LAYOUT, indicator_matrix
from ceting.survey.tallies import Codes, GroupedSums, Pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAYS_OF_MONTH = 30.4375
# The last day of the standard: children above it take no part, not even by their oedema.
LAST_DAY = 1826
AGE_GROUPS = ("00-05 mo", "06-11 mo", "12-23 mo", "24-35 mo", "36-47 mo", "48-59 mo")
SEXES = ("Female", "Male")
WEALTH_QUINTILES = ("Q1: Poorest", "Q2", "Q3", "Q4", "Q5: Richest")
WEALTH = "Wealth quintile"
MOST_GROUPS = 500

_ALL_ALIKE = ("*",)
_AGE_BOUNDS = (6.0, 12.0, 24.0, 36.0, 48.0, 60.0)
_AGES = len(AGE_GROUPS) + 1
_AGE_SEX_CELLS = _AGES * (len(SEXES) + 1)


@dataclass(frozen=True)
class Children:
    """n children of one block, as prevalence needs them.

    sex 1/2/NaN, age_days unrounded with NaN where missing, oedema, zscores by column (zlen zwei zwfl zbmi)
    with NaN where missing or flagged, sampling weight, cluster and stratum (None: the survey has none),
    groups: heading -> cell of each child.
    """

    sex: Floats
    age_days: Floats
    oedema: Flags
    zscores: Mapping[str, Floats]
    weight: Floats | None = None
    cluster: Sequence[Cell] | None = None
    strata: Sequence[Cell] | None = None
    groups: Mapping[str, Sequence[Cell]] | None = None


@dataclass(frozen=True)
class PrevalenceTable:
    """Estimates of every group in the order of the reference, and what was left out on the way."""

    groups: tuple[GroupEstimates, ...]
    design: Design
    without_design: int
    over_age: int

    def rows(self) -> list[dict[str, str | float]]:
        """One mapping a group, column names as in `anthro_prevalence`; NaN where it can't be estimated."""
        return [group.as_row() for group in self.groups]


class PrevalenceTally:
    """Takes children block by block in any order; `table` may be asked at any time."""

    def __init__(self, headings: Sequence[str] = (), *, by_age_and_sex: bool = True) -> None:
        """headings: further groupings, as in Children.groups. Without age and sex only "All" is estimated."""
        self._by_age_and_sex = by_age_and_sex
        self._headings = {
            heading: Codes(clean=_CLEAN.get(heading, str.strip), limit=MOST_GROUPS, name=heading)
            for heading in headings
        }
        self._strata = Codes()
        self._clusters = Codes()
        self._units: dict[int, int] = {}
        self._stratum_of_unit: list[int] = []
        self._rows_in_stratum = np.zeros(0, dtype=np.int64)
        names = ("", *headings)
        self._by_unit = {name: GroupedSums(len(LAYOUT.columns) + len(LAYOUT.counts)) for name in names}
        self._by_row = {name: GroupedSums(len(LAYOUT.columns)) for name in names}
        self._without_design = 0
        self._over_age = 0

    def add(self, children: Children) -> None:
        """Add the children of one block."""
        rows = children.sex.size
        weight = np.ones(rows) if children.weight is None else children.weight
        strata = self._strata.encode(children.strata if children.strata is not None else _ALL_ALIKE * rows)
        clusters = self._clusters.encode(
            children.cluster if children.cluster is not None else _ALL_ALIKE * rows
        )
        over_age = np.floor(children.age_days + 0.5) > LAST_DAY
        designed = (weight > 0) & (strata >= 0) & (clusters >= 0)
        self._over_age += int(over_age.sum())
        self._without_design += int((~designed & ~over_age).sum())
        kept = designed & ~over_age
        self._add_kept(children, kept, weight[kept], strata[kept], clusters[kept])

    def _add_kept(
        self, children: Children, kept: Flags, weight: Floats, strata: Ints, clusters: Ints
    ) -> None:
        units = self._number_units(strata, clusters)
        self._count_rows(strata)
        zscores = {name: z[kept] for name, z in children.zscores.items()}
        for_units = indicator_matrix(zscores, children.oedema[kept])
        weighted = for_units[: len(LAYOUT.columns)]
        weighted *= weight
        # Of a survey with clusters only the totals of each cluster matter.
        for_rows = None if self._clustered else weighted * weight
        coded = {"": np.zeros(weight.size, dtype=np.int64)}
        if self._by_age_and_sex:
            coded[""] = _age_sex_cells(children.age_days[kept], children.sex[kept])
        for heading, codes in self._headings.items():
            cells = (children.groups or {}).get(heading)
            if cells is not None:
                coded[heading] = codes.encode(cells)[kept]
        for name, groups in coded.items():
            self._by_unit[name].add(Pairs(groups, units), for_units)
            if for_rows is not None:
                self._by_row[name].add(Pairs(groups, strata), for_rows)

    @property
    def _clustered(self) -> bool:
        """A survey of one single cluster is estimated like one without clusters, as the reference does."""
        return len(self._clusters.texts) > 1

    def _number_units(self, strata: Ints, clusters: Ints) -> Ints:
        """A cluster is numbered within its stratum: the same name in two strata is two units."""
        pairs, inverse = np.unique((strata << 32) | clusters, return_inverse=True)
        numbers = np.empty(pairs.size, dtype=np.int64)
        for position, pair in enumerate(pairs.tolist()):
            if pair not in self._units:
                self._units[pair] = len(self._units)
                self._stratum_of_unit.append(pair >> 32)
            numbers[position] = self._units[pair]
        return numbers[inverse]

    def _count_rows(self, strata: Ints) -> None:
        rows = np.bincount(strata, minlength=self._rows_in_stratum.size)
        rows[: self._rows_in_stratum.size] += self._rows_in_stratum
        self._rows_in_stratum = rows

    def table(self) -> PrevalenceTable:
        """Estimate every group; groups come in the order of the reference."""
        design = Design(
            stratum_of_unit=np.array(self._stratum_of_unit, dtype=np.int64),
            rows_in_stratum=self._rows_in_stratum,
            clustered=self._clustered,
        )
        by_unit = {name: sums.sealed() for name, sums in self._by_unit.items()}
        by_row = {name: sums.sealed() for name, sums in self._by_row.items()}
        estimates = []
        for name, heading, label, members in self._wanted_groups():
            estimates.append(
                estimate_group(
                    heading,
                    label,
                    by_unit[name].by_unit(members, len(self._units)),
                    by_row[name].by_unit(members, self._rows_in_stratum.size),
                    design,
                )
            )
        return PrevalenceTable(
            tuple(self._without_empty_headings(estimates)), design, self._without_design, self._over_age
        )

    def _wanted_groups(self) -> list[tuple[str, str, str, list[int]]]:
        """(tally, heading, label, codes of its members) of every group."""
        wanted = [("", "", "All", list(range(_AGE_SEX_CELLS)))]
        if self._by_age_and_sex:
            wanted += self._age_and_sex_groups()
        for heading, codes in self._headings.items():
            texts = list(WEALTH_QUINTILES) if heading == WEALTH else sorted(codes.texts, key=_natural_order)
            for text in texts:
                code = codes.code(text)
                wanted.append((heading, heading, text, [] if code is None else [code]))
        return wanted

    def _age_and_sex_groups(self) -> list[tuple[str, str, str, list[int]]]:
        ages, sexes = range(len(AGE_GROUPS)), range(len(SEXES))
        wanted = [("", "Age group", AGE_GROUPS[age], list(range(age, _AGE_SEX_CELLS, _AGES))) for age in ages]
        wanted += [("", "Sex", SEXES[sex], list(range(sex * _AGES, (sex + 1) * _AGES))) for sex in sexes]
        wanted += [
            ("", "Age + sex", f"{AGE_GROUPS[age]}.{SEXES[sex]}", [sex * _AGES + age])
            for sex in sexes
            for age in ages
        ]
        return wanted

    def _without_empty_headings(self, estimates: list[GroupEstimates]) -> list[GroupEstimates]:
        """A heading that no child belongs to (a survey without ages, say) has no rows."""
        filled = {group.heading for group in estimates if group.children > 0}
        return [group for group in estimates if not group.heading or group.heading in filled]


def age_group_numbers(age_days: Floats) -> Ints:
    """Position in AGE_GROUPS from unrounded days; len(AGE_GROUPS) where unknown or from 60 months: (n,)."""
    months = age_days / DAYS_OF_MONTH
    numbers = np.searchsorted(_AGE_BOUNDS, months, side="right")
    return np.where(np.isnan(months), len(AGE_GROUPS), numbers).astype(np.int64)


def _age_sex_cells(age_days: Floats, sex: Floats) -> Ints:
    sexes = np.where(sex == 2, 0, np.where(sex == 1, 1, len(SEXES)))
    return sexes.astype(np.int64) * _AGES + age_group_numbers(age_days)


def _wealth_quintile(text: str) -> str:
    number = text.strip().upper().removeprefix("Q").partition(":")[0].removesuffix(".0")
    return WEALTH_QUINTILES[int(number) - 1] if number in {"1", "2", "3", "4", "5"} else ""


_CLEAN: Mapping[str, Callable[[str], str]] = {WEALTH: _wealth_quintile}


def _natural_order(text: str) -> tuple[float, str]:
    """Numbers by their size, before words in alphabetical order."""
    try:
        return float(text), text
    except ValueError:
        return float("inf"), text.casefold()
