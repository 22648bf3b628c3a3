"""A city on PostgreSQL: 24 puskesmas, 175,000 children under five with five years of weighings, 20,000 pregnancies.

    ceting bench city [--keep FOLDER]      makes it; a kept one stays for `ceting bench pages` and `bench search`

About ten million weighings, derived by the kernel of the verbs and written by COPY. Bar: 15 minutes.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks._running import run
from tests import postgres

AS_LOADED = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=2GB"
    " -c max_wal_size=16GB -c checkpoint_timeout=1h -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
    " -c work_mem=64MB"
)
AS_ASKED = "-c max_connections=60 -c shared_buffers=2GB -c work_mem=16MB -c autovacuum=off"
"""What pages are timed on: nothing that a puskesmas' own server wouldn't have."""


@contextmanager
def cluster(keep: Path | None, settings: str) -> Iterator[str]:
    """DATABASE_URL of the kept cluster, or of one that is gone afterwards."""
    if keep is not None:
        with postgres.kept(keep.resolve(), settings) as address:
            yield address
        return
    with tempfile.TemporaryDirectory(prefix="ceting-city-") as folder:
        Path(folder).chmod(0o755)
        with postgres.kept(Path(folder) / "cluster", settings) as address:
            yield address


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench city", description=__doc__)
    parser.add_argument("--children", type=int, default=175_000, help="under five today")
    parser.add_argument("--pregnancies", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=60, help="of history")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder in which the city stays")
    asked = parser.parse_args(words)
    told = [str(value) for value in (asked.children, asked.pregnancies, asked.months, asked.processes)]
    with cluster(asked.keep, AS_LOADED) as address:
        return run(address, "_city_making", told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
