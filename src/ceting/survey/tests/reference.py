"""The answers of WHO's `anthro_prevalence`, and surveys made for tests."""

import csv
import gzip
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ceting.standards.growth import zscores
from ceting.survey.prevalence import Children

VECTORS = Path(__file__).parent / "vectors"
DESIGNS = ("simple", "sw", "complex")
DAYS_OF_MONTH = 30.4375


def read_rows(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    return math.nan if text in ("", "NA") else float(text)


def column(rows: Sequence[Mapping[str, str]], name: str) -> np.ndarray:
    return np.array([number(row[name]) for row in rows])


def synthetic_children(rows: Sequence[Mapping[str, str]], design: str) -> Children:
    """The synthetic survey as prevalence takes it: flagged z-scores left out."""
    age_days = column(rows, "age_months") * DAYS_OF_MONTH
    oedema = np.array([row["oedema"] == "y" for row in rows])
    scores = zscores(
        sex=column(rows, "sex"),
        age_days=age_days,
        weight=column(rows, "weight"),
        lenhei=column(rows, "lenhei"),
        measure=[row["measure"].replace("NA", "") for row in rows],
        oedema=oedema,
    )
    return Children(
        sex=column(rows, "sex"),
        age_days=age_days,
        oedema=oedema,
        zscores={
            f"z{index}": np.where(scores[f"f{index}"] == 1, np.nan, scores[f"z{index}"])
            for index in ("len", "wei", "wfl", "bmi")
        },
        weight=None if design == "simple" else column(rows, "sw"),
        cluster=[row["cluster"] for row in rows] if design == "complex" else None,
        strata=[row["strata"] for row in rows] if design == "complex" else None,
        groups={
            "Area": [row["typeres"] for row in rows],
            "Wealth quintile": [row["wealthq"] for row in rows],
        },
    )


def taken(children: Children, rows: Sequence[int] | np.ndarray) -> Children:
    """Some of the children, in the given order."""

    def texts(cells: Sequence[str] | None) -> list[str] | None:
        return None if cells is None else [cells[row] for row in rows]

    return Children(
        sex=children.sex[rows],
        age_days=children.age_days[rows],
        oedema=children.oedema[rows],
        zscores={name: z[rows] for name, z in children.zscores.items()},
        weight=None if children.weight is None else children.weight[rows],
        cluster=texts(children.cluster),
        strata=texts(children.strata),
        groups={heading: texts(cells) for heading, cells in (children.groups or {}).items()},
    )


def differing_cells(
    ours: Sequence[Mapping[str, str | float]], theirs: Sequence[Mapping[str, str]]
) -> list[tuple[str, str, float, float]]:
    """Cells that differ from the reference: r, pop, se and stdev by 1e-6, limits by 1e-3 percentage points."""
    assert [row["Group"] for row in ours] == [row["Group"] for row in theirs]
    assert list(ours[0]) == list(theirs[0])
    found = []
    for our_row, their_row in zip(ours, theirs, strict=True):
        for name in list(their_row)[1:]:
            our, their = float(our_row[name]), number(their_row[name])
            allowed = 1e-3 if name.endswith(("_ll", "_ul")) else 1e-6
            if not (math.isnan(our) and math.isnan(their)) and not abs(our - their) <= allowed:
                found.append((their_row["Group"], name, our, their))
    return found
