"""What a prevalence table counts: the indices, their cut-offs and the sums that one child adds."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Index:
    """A growth index: its code in the table, its z column, and whether oedema counts as below -3."""

    code: str
    z: str
    oedema_counts: bool


INDEXES = (
    Index("HA", "zlen", oedema_counts=False),
    Index("WA", "zwei", oedema_counts=True),
    Index("BMI", "zbmi", oedema_counts=True),
    Index("WH", "zwfl", oedema_counts=True),
)
CUT_OFFS = {"_3": -3.0, "_2": -2.0, "_1": -1.0, "1": 1.0, "2": 2.0, "3": 3.0}
STUNTED_WASTED = "HA_2_WH_2"
STUNTED_OVERWEIGHT = "HA_2_WH2"

# Every child with oedema is below -3 whatever was weighed (WHO standard analysis).
_OEDEMA_Z = -3.1


@dataclass(frozen=True)
class Layout:
    """Where each sum stands: name -> column, and for each ratio the column of its denominator."""

    columns: Mapping[str, int]
    counts: Mapping[str, int]
    ratios: tuple[str, ...]
    denominators: tuple[str, ...]

    def positions(self, names: tuple[str, ...]) -> Ints:
        """Columns of the given sums: (k,)."""
        return np.array([self.columns[name] for name in names], dtype=np.int64)


def _layout() -> Layout:
    names: list[str] = []
    counts: list[str] = []
    ratios: list[str] = []
    denominators: list[str] = []
    for index in INDEXES:
        population, measured, mean = f"{index.code}Z", f"{index.code}Z_measured", index.code
        cuts = [index.code + suffix for suffix in CUT_OFFS]
        names += [population, *cuts, measured, mean, f"{mean}_squared"]
        counts += [population, measured]
        ratios += [*cuts, mean]
        denominators += [population] * len(cuts) + [measured]
    combined = [STUNTED_WASTED, STUNTED_OVERWEIGHT]
    names += [f"{STUNTED_WASTED}_pop", *combined]
    counts.append(f"{STUNTED_WASTED}_pop")
    ratios += combined
    denominators += [f"{STUNTED_WASTED}_pop"] * 2
    return Layout(
        columns={name: column for column, name in enumerate(names)},
        counts={name: column for column, name in enumerate(counts)},
        ratios=tuple(ratios),
        denominators=tuple(denominators),
    )


LAYOUT = _layout()


def indicator_matrix(zscores: Mapping[str, Floats], oedema: Flags) -> Floats:
    """What each of n children adds to every sum of LAYOUT before weighting, and below them to every count.

    zscores: z columns (n,) with NaN where missing or flagged; an index that wasn't computed may be absent.
    Returns (len(LAYOUT.columns) + len(LAYOUT.counts), n).
    """
    rows = oedema.size
    matrix = np.zeros((len(LAYOUT.columns) + len(LAYOUT.counts), rows))
    sums, counts = matrix[: len(LAYOUT.columns)], matrix[len(LAYOUT.columns) :]
    nothing = np.full(rows, np.nan)
    judged: dict[str, Floats] = {}
    for index in INDEXES:
        z = zscores.get(index.z, nothing)
        if index.oedema_counts:
            z = np.where(oedema, np.nan, z)
            judged[index.code] = np.where(oedema, _OEDEMA_Z, z)
        else:
            judged[index.code] = z
        measured = ~np.isnan(z)
        population = ~np.isnan(judged[index.code])
        known = np.where(measured, z, 0.0)
        sums[LAYOUT.columns[f"{index.code}Z"]] = population
        sums[LAYOUT.columns[f"{index.code}Z_measured"]] = measured
        sums[LAYOUT.columns[index.code]] = known
        sums[LAYOUT.columns[f"{index.code}_squared"]] = known**2
        counts[LAYOUT.counts[f"{index.code}Z"]] = population
        counts[LAYOUT.counts[f"{index.code}Z_measured"]] = measured
        for suffix, cut in CUT_OFFS.items():
            beyond = judged[index.code] < cut if cut < 0 else judged[index.code] > cut
            sums[LAYOUT.columns[index.code + suffix]] = beyond
    stunted = judged["HA"] < CUT_OFFS["_2"]
    both = ~np.isnan(judged["HA"]) & ~np.isnan(judged["WH"])
    sums[LAYOUT.columns[f"{STUNTED_WASTED}_pop"]] = both
    sums[LAYOUT.columns[STUNTED_WASTED]] = stunted & (judged["WH"] < CUT_OFFS["_2"])
    sums[LAYOUT.columns[STUNTED_OVERWEIGHT]] = stunted & (judged["WH"] > CUT_OFFS["2"])
    counts[LAYOUT.counts[f"{STUNTED_WASTED}_pop"]] = both
    return matrix
