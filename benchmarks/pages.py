"""How long pages of the staff take in a city, and how many queries: bars p95 <= 100 ms and 15 queries on PostgreSQL.

    ceting bench city --keep FOLDER
    ceting bench pages --keep FOLDER       without a folder a city is made first, and is gone afterwards

Each request goes through the whole stack of Django in this process, each time for another child or posyandu.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks._running import run
from benchmarks.city import AS_ASKED, AS_LOADED, cluster


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench pages", description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="the folder of a city that `ceting bench city` kept")
    asked = parser.parse_args(words)
    if asked.keep is None:
        with cluster(None, AS_LOADED) as address:
            code = run(address, "_city_making", ["175000", "20000", "60", "2"])
            return code or run(address, "_page_times", [str(asked.requests)])
    with cluster(asked.keep, AS_ASKED) as address:
        return run(address, "_page_times", [str(asked.requests)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
