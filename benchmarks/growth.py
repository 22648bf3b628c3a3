"""How fast the growth kernel is: children a second for six indices with flags, and the time to load the tables.

    python -m benchmarks.growth [rows]

The children look like a survey's: lengths and weights of one decimal, mild undernutrition (z of mean -1 and SD 1.1),
three in a hundred measured in the other position, two in a thousand with oedema.
"""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth import zscores
from ceting.standards.growth.indicators import TableCode
from ceting.standards.growth.layouts import DAYS, MILLIMETRES, exact_by_day, exact_by_length

ROWS = 2_000_000
ROUNDS = 7
REFERENCE = 0.05
"""Million children a second by R `anthro`, as measured by this team before the project began."""

Floats = NDArray[np.float64]

LOAD = """
import time
from ceting.standards.growth import tables
start = time.perf_counter()
for code in tables.TABLE_CODES:
    tables.table(code)
print((time.perf_counter() - start) * 1000)
"""


def main(rows: int = ROWS) -> None:
    """Measure with so many children and print."""
    print(f"machine: {processor()}; Python {platform.python_version()}, numpy {np.__version__}")
    print(f"tables, all nine, first use in a new process: {load_time():.1f} ms (bar: < 50 ms)")
    children = survey(rows)
    print(f"{rows:,} children, six indices (wei len wfl bmi hc ac) with flags, best of {ROUNDS}:")
    for threads in (1, 2):
        before = foreign_time()
        times = [seconds(children, threads) for _ in range(ROUNDS)]
        others = (foreign_time() - before) / sum(times)
        speed = rows / min(times) / 1e6
        bar = ", bar >= 10" if threads == 2 else ""
        print(
            f"  {threads} thread(s): {speed:.1f} million/s{bar}; R anthro {REFERENCE}: {speed / REFERENCE:.0f} times"
            f" (meanwhile other programs kept {others:.1f} cores busy)"
        )


def seconds(children: dict[str, NDArray[np.generic]], threads: int) -> float:
    """Return the wall time of one pass."""
    start = time.perf_counter()
    zscores(**children, threads=threads)
    return time.perf_counter() - start


def foreign_time() -> float:
    """Return the processor seconds that other programs have used so far; 0 where Linux doesn't tell."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, stat.read_text().partition("\n")[0].split()[1:]
    )
    busy = (user + nice + system + sum(interrupts[:3])) / os.sysconf("SC_CLK_TCK")
    return busy - time.process_time()


def load_time() -> float:
    """Return the milliseconds that reading all tables takes in a new process: the best of five."""
    command = [sys.executable, "-c", LOAD]
    return min(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(5)
    )


def survey(rows: int) -> dict[str, NDArray[np.generic]]:
    """Return the columns of a made-up survey, the same ones every time."""
    random = np.random.default_rng(2006)
    sex = random.integers(1, 3, rows).astype(float)
    age_days = random.uniform(0, 1826, rows).round()
    day_row = (DAYS * sex + age_days).astype(int)

    def measured(parameters: Floats, mean: float) -> Floats:
        l, m, s = parameters.T  # noqa: E741
        z = np.clip(random.normal(mean, 1.1, rows), -4.5, 4.5)
        measures: Floats = m * (1 + l * s * z) ** (1 / l)
        return measures.round(1)

    def by_day(code: TableCode, mean: float) -> Floats:
        return measured(exact_by_day(code)[day_row], mean)

    lenhei = by_day("lhfa", -1.2)
    standing = age_days >= 731
    limits = np.where(standing, 65, 45), np.where(standing, 120, 110)
    millimetres = np.clip(lenhei, *limits).round(1) * 10
    length_row = (MILLIMETRES * (2 * sex + standing) + millimetres.round()).astype(int)
    other_position = random.random(rows) < 0.03
    return {
        "sex": sex,
        "age_days": age_days,
        "weight": measured(exact_by_length()[length_row], -0.5),
        "lenhei": lenhei,
        "measure": np.where(standing ^ other_position, "h", "l"),
        "headc": by_day("hcfa", -0.5),
        "armc": by_day("acfa", -0.3),
        "oedema": random.random(rows) < 0.002,
    }


def processor() -> str:
    """Return the processor's name and the number of cores, as Linux tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.processor()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
