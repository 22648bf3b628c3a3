"""The answers of the reference implementation, as columns."""

import csv
import gzip
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

VECTORS = Path(__file__).parent / "vectors"
SHARED = Path(os.environ.get("CETING_SHARED", Path(__file__).parents[6] / "shared")) / "vectors"

INDICES = ("len", "wei", "wfl", "bmi", "hc", "ac", "ts", "ss")
MEASURES = ("weight", "lenhei", "headc", "armc", "triskin", "subskin")
SEXES = {"1": 1.0, "2": 2.0, "m": 1.0, "f": 2.0}
OEDEMA = ("y", "1")


class Oracle(NamedTuple):
    """Rows as text, and the same as the columns that `zscores` takes."""

    rows: list[dict[str, str]]
    inputs: dict[str, np.ndarray]

    def numbers(self, column: str) -> np.ndarray:
        return np.array([number(row[column]) for row in self.rows])


def number(text: str) -> float:
    return float(text) if text not in ("", "NA") else np.nan


def read_oracle(path: Path) -> Oracle:
    with gzip.open(path, "rt", newline="") as file:
        return as_oracle(list(csv.DictReader(file)))


def as_oracle(rows: list[dict[str, str]]) -> Oracle:
    ages = np.array([number(row["age"]) for row in rows])
    in_months = np.array([row["age_unit"] == "months" for row in rows])
    inputs = {
        "sex": np.array([SEXES.get(row["sex"].lower(), np.nan) for row in rows]),
        "age_days": np.where(in_months, ages * 30.4375, ages),
        "measure": np.array([row["measure"] for row in rows]),
        "oedema": np.array([row["oedema"].lower() in OEDEMA for row in rows]),
    }
    for measure in MEASURES:
        inputs[measure] = np.array([number(row[measure]) for row in rows])
    return Oracle(rows, inputs)


def differing(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """The rows where two columns differ; missing equals missing."""
    return np.flatnonzero(~((ours == theirs) | (np.isnan(ours) & np.isnan(theirs))))


def without_a_measure(oracle: Oracle, index: str) -> np.ndarray:
    """The rows where a measure that the index rests on is zero or less: the reference calculates with it, we don't."""
    rests_on = {
        "len": ("lenhei",),
        "wei": ("weight",),
        "wfl": ("weight", "lenhei"),
        "bmi": ("weight", "lenhei"),
    }
    rows = np.zeros(len(oracle.rows), dtype=bool)
    for measure in rests_on.get(index, ()):
        rows |= oracle.inputs[measure] <= 0
    return rows
