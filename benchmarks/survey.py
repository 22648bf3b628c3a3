"""How long `ceting survey` takes from a CSV file to a CSV file with results, and the memory that it needs.

    python -m benchmarks.survey [rows]

The file is made once (seeded, in the folder for temporary files) and has the columns of a survey with a design:
id, sex, age_days, cluster, strata, sw, lenhei, weight, measure, oedema, headc, armc. Each run is a process of its own.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import growth

ROWS = 1_000_000
ROUNDS = 3
SECONDS, MEGABYTES = 15, 500
CLUSTERS, STRATA = 2000, 10


def main(rows: int = ROWS) -> None:
    """Measure and print."""
    # In a process of its own: a child's peak memory counts from that of its parent.
    make = f"from benchmarks.survey import survey_file; print(survey_file({rows}))"
    made = subprocess.run([sys.executable, "-c", make], check=True, capture_output=True, text=True)
    data = Path(made.stdout.strip())
    print(f"machine: {growth.processor()}; Python {platform.python_version()}, numpy {np.__version__}")
    print(f"{rows:,} rows of {data.stat().st_size / 1e6:.0f} MB, best of {ROUNDS}:")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        results = ("--out", str(out / "hasil.csv"))
        everything = (
            *results,
            *("--prevalence", str(out / "prevalensi.csv"), "--report", str(out / "laporan.html")),
        )
        told("results (--out)", data, results, bar=True)
        told("results, prevalence and report", data, everything, bar=False)


def told(what: str, data: Path, arguments: tuple[str, ...], *, bar: bool) -> None:
    """Run a few times and print the best."""
    runs = [run(data, arguments) for _ in range(ROUNDS)]
    seconds = min(run[0] for run in runs)
    processor = min(run[1] for run in runs)
    megabytes = max(run[2] for run in runs)
    others = sum(run[3] for run in runs) / sum(run[0] for run in runs)
    limits = f" (bar: <= {SECONDS} s, <= {MEGABYTES} MB)" if bar else ""
    print(
        f"  {what}: {seconds:.1f} s, {processor:.1f} s of processor, peak {megabytes:.0f} MB{limits}; "
        f"meanwhile other programs kept {others:.1f} cores busy"
    )


def run(data: Path, arguments: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Return seconds, seconds of processor, peak memory in MB, and what others used, of one process."""
    before = growth.foreign_time()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ceting.survey", str(data), *arguments], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ceting survey ended with {process.returncode}")
    own = usage.ru_utime + usage.ru_stime
    return seconds, own, usage.ru_maxrss / 1024, growth.foreign_time() - before - own


def survey_file(rows: int) -> Path:
    """Return the CSV file of a made-up survey, written at the first call and the same every time."""
    path = Path(tempfile.gettempdir()) / f"ceting-benchmark-survey-{rows}.csv"
    if path.exists():
        return path
    children = growth.survey(rows)
    random = np.random.default_rng(2006)
    columns = {
        "id": np.arange(1, rows + 1).astype(str),
        "sex": children["sex"].astype(int).astype(str),
        "age_days": children["age_days"].astype(int).astype(str),
        "cluster": random.integers(1, CLUSTERS + 1, rows).astype(str),
        "strata": random.integers(1, STRATA + 1, rows).astype(str),
        "sw": np.char.mod("%.4f", random.uniform(0.5, 2, rows)),
        "lenhei": np.char.mod("%.1f", children["lenhei"]),
        "weight": np.char.mod("%.1f", children["weight"]),
        "measure": children["measure"].astype(str),
        "oedema": np.where(children["oedema"], "y", "n"),
        "headc": np.char.mod("%.1f", children["headc"]),
        "armc": np.char.mod("%.1f", children["armc"]),
    }
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(",".join(columns) + "\n")
        file.writelines(
            ",".join(row) + "\n"
            for row in zip(*(column.tolist() for column in columns.values()), strict=True)
        )
    part.replace(path)
    return path


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
