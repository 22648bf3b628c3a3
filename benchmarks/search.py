"""How long a search takes among a city's 175,000 children. Bar: p95 <= 100 ms on SQLite and PostgreSQL alike.

Run by `ceting bench search`, or directly. The children are written in bulk with the index of names; a bidan's scope is
one puskesmas of 24, and the whole city is measured beside it. Timed: `find`, from the typed words to the ranked rows.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks._running import in_both, run
from benchmarks.city import AS_ASKED, cluster


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench search", description=__doc__)
    parser.add_argument("--children", type=int, default=175_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--keep", type=Path, help="a folder that keeps the SQLite city for the next run")
    parser.add_argument(
        "--city", type=Path, help="the folder of a city that `ceting bench city` kept (PostgreSQL)"
    )
    asked = parser.parse_args(words)
    told = [str(asked.children), str(asked.searches)]
    if asked.city:
        with cluster(asked.city, AS_ASKED) as address:
            return run(address, "_city", told)
    if asked.keep:
        asked.keep.mkdir(exist_ok=True)
        return run(f"sqlite:///{asked.keep}/city.sqlite3", "_city", told)
    return in_both("_city", told, only=asked.only)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
