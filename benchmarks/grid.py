"""How long a typed row of the session's grid takes: 200 saves beside 10,000 children with a year of weighings.

The bar: p95 <= 50 ms of server time for a saved row on SQLite. Run by `ceting bench grid`, or directly. The database
is made once through the operations, kept in the temporary folder, and copied for every run. Rows are saved in this
process and then through a granian of its own; both commit to disk as an installation does (synchronous=FULL).
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "import django; django.setup(); from benchmarks._grid_saves import measure; measure()"
# What the kept database was made with; a change makes a new one.
MAKERS = (
    "benchmarks/_grid_saves.py",
    "src/ceting/care/measurements/assessment.py",
    "src/ceting/care/measurements/migrations",
    "src/ceting/registry/families/migrations",
    "src/ceting/registry/accounts/migrations",
)
# Only ever used here: nobody's data is behind it.
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench grid", description=__doc__)
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=200)
    asked = parser.parse_args(words)
    kept = Path(tempfile.gettempdir()) / f"ceting-bench-grid-{asked.children}-{_made_with()}"
    kept.mkdir(exist_ok=True)
    for old in kept.parent.glob(f"ceting-bench-grid-{asked.children}-*"):
        if old != kept:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="ceting-bench-", dir=tempfile.gettempdir()) as home:
        environment = {
            **os.environ,
            "CETING_MODE": "test",
            "CETING_HOME": home,
            "CETING_SECRET_KEY": "a-secret-that-only-this-benchmark-knows-and-that-is-long",
            "CETING_DATA_KEYS": f"bench:{KEY}",
            "CETING_LOOKUP_KEY": KEY,
            "DATABASE_URL": f"sqlite:///{home}/grid.sqlite3",
            "DJANGO_SETTINGS_MODULE": "ceting.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        command = [sys.executable, "-c", INSIDE, str(kept), str(asked.children), str(asked.saves)]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def _made_with() -> str:
    """A short name for the state of the makers."""
    digest = hashlib.sha256()
    for maker in MAKERS:
        path = ROOT / maker
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
