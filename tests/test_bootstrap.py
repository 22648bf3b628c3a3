"""`./ceting` on a bare machine: sh, a python that refuses a bare pip, no uv. Small scripts play python and uv."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.houses import ROOT

PYTHON = """#!/bin/sh
# Debian's python3: it may make a venv, it refuses a bare pip.
case "$*" in
    -c*) exit ${PYTHON_TOO_OLD:-0} ;;
    "-m venv .tools")
        [ -z "${NO_VENV:-}" ] || exit 1
        mkdir -p .tools/bin
        printf '#!/bin/sh\\ncp "$PLAYERS/uv" .tools/bin/uv\\n' >.tools/bin/python
        chmod +x .tools/bin/python ;;
    "-m pip"*) echo "error: externally-managed-environment" >&2; exit 1 ;;
    *) exit 99 ;;
esac
"""
UV = """#!/bin/sh
echo "$UV_PYTHON_DOWNLOADS: $*" >>uv.log
mkdir -p .venv/bin
printf '#!/bin/sh\\necho "ceting: $*"\\n' >.venv/bin/ceting
chmod +x .venv/bin/ceting
"""


class Machine:
    """A folder with a fresh clone's bootstrap in it, and a PATH of sh's own tools."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.players, self.path = folder / "clone", folder / "players", folder / "bin"
        for each in (self.clone, self.players, self.path):
            each.mkdir()
        for name in ("ceting", "pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, self.clone)
        self._play(self.path / "python3", PYTHON)
        self._play(self.players / "uv", UV)
        for tool in ("sh", "dirname", "cksum", "cat", "mkdir", "cp", "chmod", "rm"):
            found = shutil.which(tool)
            assert found
            (self.path / tool).symlink_to(found)

    @staticmethod
    def _play(path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def install_uv(self) -> None:
        self._play(self.path / "uv", UV)

    def ceting(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.clone / "ceting", *words],
            env={"PATH": str(self.path), "PLAYERS": str(self.players), "HOME": "/nonexistent", **environment},
            cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def syncs(self) -> list[str]:
        log = self.clone / "uv.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_bare_machine_sets_itself_up_and_hands_on(machine: Machine) -> None:
    done = machine.ceting("demo", "--port", "8080")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "ceting: demo --port 8080\n"
    assert os.access(machine.clone / ".tools/bin/uv", os.X_OK)


def test_uv_may_never_fetch_a_python_and_installs_only_what_is_locked(machine: Machine) -> None:
    machine.ceting("demo", UV_PYTHON_DOWNLOADS="automatic")
    (sync,) = machine.syncs
    assert sync.startswith("never: sync ")
    assert {"--frozen", "--no-dev", "--inexact", "--python"} <= {*sync.split()}


def test_the_second_time_nothing_is_installed(machine: Machine) -> None:
    machine.ceting("demo")
    machine.ceting("demo")
    assert len(machine.syncs) == 1


def test_an_installed_uv_is_used(machine: Machine) -> None:
    machine.install_uv()
    machine.ceting("demo")
    assert len(machine.syncs) == 1
    assert not (machine.clone / ".tools").exists()


def test_a_new_lock_is_installed(machine: Machine) -> None:
    machine.ceting("demo")
    with (machine.clone / "uv.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n# changed\n")
    machine.ceting("demo")
    assert len(machine.syncs) == 2


def test_tests_bring_the_developers_tools_and_the_demo_keeps_them(machine: Machine) -> None:
    machine.ceting("demo")
    machine.ceting("test")
    assert "--all-groups" in machine.syncs[1]
    machine.ceting("demo")
    assert len(machine.syncs) == 2


def test_an_installation_that_was_cut_short_is_done_again(machine: Machine) -> None:
    machine.ceting("demo")
    (machine.clone / ".venv/bin/ceting").unlink()
    assert machine.ceting("demo").returncode == 0
    assert len(machine.syncs) == 2


def test_a_python_that_is_too_old_is_said_in_words(machine: Machine) -> None:
    done = machine.ceting("demo", PYTHON_TOO_OLD="1")
    assert done.returncode == 1
    assert "perlu Python 3.11" in done.stderr
    assert machine.syncs == []


def test_a_missing_venv_module_is_said_in_words(machine: Machine) -> None:
    done = machine.ceting("demo", NO_VENV="1")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
