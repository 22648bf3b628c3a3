"""How long a search takes among a city's 175,000 children. Bar: p95 <= 100 ms on SQLite and PostgreSQL alike.

Run by `ceting bench search`, or directly. The children are written in bulk with the index of names; a bidan's scope is
one puskesmas of 24, and the whole city is measured beside it. Timed: `find`, from the typed words to the ranked rows.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "import django; django.setup(); from benchmarks.{module} import measure; measure()"
# Only ever used here: nobody's data is behind it.
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench search", description=__doc__)
    parser.add_argument("--children", type=int, default=175_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--keep", type=Path, help="a folder that keeps the SQLite city for the next run")
    asked = parser.parse_args(words)
    told = [str(asked.children), str(asked.searches)]
    if asked.keep:
        asked.keep.mkdir(exist_ok=True)
        return _run(f"sqlite:///{asked.keep}/city.sqlite3", "_city", told)
    return in_both("_city", told, only=asked.only)


def in_both(module: str, words: Sequence[str], *, only: str | None) -> int:
    """Run `measure` of a module of this folder on SQLite and on PostgreSQL, or on one of them."""
    code = 0
    if only != "postgresql":
        with tempfile.TemporaryDirectory(prefix="ceting-bench-") as home:
            code |= _run(f"sqlite:///{home}/city.sqlite3", module, words)
    if only != "sqlite":
        with postgres.cluster() as address:
            code |= _run(address, module, words)
    return code


def _run(address: str, module: str, words: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="ceting-bench-") as home:
        environment = {
            **os.environ,
            "CETING_MODE": "test",
            "CETING_HOME": home,
            "CETING_SECRET_KEY": "a-secret-that-only-this-benchmark-knows-and-that-is-long",
            "CETING_DATA_KEYS": f"bench:{KEY}",
            "CETING_LOOKUP_KEY": KEY,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "ceting.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        command = [sys.executable, "-c", INSIDE.format(module=module), *words]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
