"""How fast an e-PPGBM export goes in: 50,000 rows of 5,000 children over 10 months, upload to last outcome; and back.

The bar: 2 minutes on SQLite, and 2 minutes for taking it back. Run by `ceting bench eppgbm_import`, or directly; it
makes its own home and database, or takes the empty one of --database. The upload runs through the same operations as
the pages; the jobs run here.
"""

import argparse
import base64
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "import django; django.setup(); from benchmarks._eppgbm_phases import measure; measure()"


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench eppgbm_import", description=__doc__)
    parser.add_argument("--children", type=int, default=5000)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--database", metavar="URL", help="an empty PostgreSQL database; else SQLite")
    parser.add_argument("--profile", metavar="FILE", help="write a cProfile of the import to this file")
    asked = parser.parse_args(words)
    home = tempfile.mkdtemp(prefix="ceting-bench-")
    try:
        return _in_a_house_of_its_own(home, asked)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _in_a_house_of_its_own(home: str, asked: argparse.Namespace) -> int:
    """A process of its own: settings are read once, and this one may have read others."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    environment = {
        **os.environ,
        "CETING_MODE": "test",
        "CETING_HOME": home,
        "CETING_SECRET_KEY": secrets.token_urlsafe(48),
        "CETING_DATA_KEYS": f"bench:{key}",
        "CETING_LOOKUP_KEY": key,
        # Never the database that the surroundings speak of: it may be somebody's.
        "DATABASE_URL": asked.database or "",
        "DJANGO_SETTINGS_MODULE": "ceting.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    words = [f"{asked.children}", f"{asked.months}", asked.profile or ""]
    command = [sys.executable, "-c", INSIDE, *words]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
