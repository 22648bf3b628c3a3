"""Runs a module of this folder in a process of its own, whose Django is set up for one database."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ceting.config.environment import POOL_SWITCH
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "import django; django.setup(); from benchmarks.{module} import measure; measure()"
# Only ever used here: nobody's data is behind it.
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def in_both(module: str, words: Sequence[str], *, only: str | None) -> int:
    """Run `measure` of a module of this folder on SQLite and on PostgreSQL, or on one of them."""
    code = 0
    if only != "postgresql":
        with tempfile.TemporaryDirectory(prefix="ceting-bench-") as home:
            code |= run(f"sqlite:///{home}/city.sqlite3", module, words)
    if only != "sqlite":
        with postgres.cluster() as address:
            code |= run(address, module, words)
    return code


def run(address: str, module: str, words: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="ceting-bench-") as home:
        environment = {
            **os.environ,
            "CETING_MODE": "test",
            "CETING_HOME": home,
            "CETING_SECRET_KEY": "a-secret-that-only-this-benchmark-knows-and-that-is-long",
            "CETING_DATA_KEYS": f"bench:{KEY}",
            "CETING_LOOKUP_KEY": KEY,
            "DATABASE_URL": address,
            # A city is built by processes that fork, and a pool's threads don't.
            POOL_SWITCH: "off",
            "DJANGO_SETTINGS_MODULE": "ceting.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        command = [sys.executable, "-c", INSIDE.format(module=module), *words]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
