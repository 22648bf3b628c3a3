"""Installations made by deploy/install in a clean tree of their own, with the cast moved in."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ceting.config import keys
from tests.houses import ROOT, House

HOST = "ceting.test"
MOVE_IN = (
    "import django; django.setup();"
    "from tests.cast import gather;"
    "cast = gather();"
    "cast.children({children});"
    "session = cast.session();"
    "print(session.pk)"
)


@dataclass(frozen=True)
class Installation:
    """What stands under `root`."""

    root: Path
    port: int

    @property
    def current(self) -> Path:
        return self.root / "opt/ceting/current"

    @property
    def env_file(self) -> Path:
        return self.root / "etc/ceting/ceting.env"

    @property
    def home(self) -> Path:
        return self.root / "var/lib/ceting"

    @property
    def backups(self) -> Path:
        return self.root / "var/backups/ceting"

    @property
    def house(self) -> House:
        """The same installation for the helpers that ask a database directly."""
        told = keys.read(self.env_file)
        url = told.get("DATABASE_URL") or f"sqlite:///{self.home / 'ceting.sqlite3'}"
        return House(self.home, url, tuple(told.items()))

    def unit(self, name: str) -> Path:
        return self.root / "etc/systemd/system" / name

    def ceting(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """The installed command, with nothing but its settings file."""
        return run([str(self.current / ".venv/bin/ceting"), *words],
                   {"PATH": os.environ["PATH"], "CETING_ENV_FILE": str(self.env_file)})  # fmt: skip

    def ask(self, code: str) -> str:
        """What a script prints in this installation, with the tests at hand."""
        paths = f"{self.current / 'src'}{os.pathsep}{ROOT}"
        environment = {**self.house.environment, "PYTHONPATH": paths}
        done = run([sys.executable, "-c", code], environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def move_in(self, *, children: int) -> str:
        """The cast, so many children more at Melati, and today's session there: its key."""
        return self.ask(MOVE_IN.format(children=children)).splitlines()[-1]


def run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=environment, cwd="/", text=True, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        timeout=300,
    )  # fmt: skip


def script(
    name: str, *words: str, source: Path = ROOT, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run deploy/<name> of a source folder, with the uv that this clone found already."""
    tools = str(ROOT / ".tools/bin")
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    ours = ("CETING_", "DJANGO_", "DATABASE_URL", "PYTHON", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return run(["sh", str(source / "deploy" / name), *words], {**kept, "PATH": path, **environment})


@contextmanager
def installed(root: Path, port: int, *words: str) -> Iterator[Installation]:
    done = script("install", "--root", str(root), "--hosts", HOST, "--port", str(port), *words)
    assert done.returncode == 0, done.stdout + done.stderr
    yield Installation(root, port)
