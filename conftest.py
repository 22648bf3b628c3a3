"""The ground of every test: its own settings, database and folder, one clock, no network, no quiet skip."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import hypothesis
import pytest
import time_machine
from django.conf import settings

ROOT = Path(__file__).parent
SHARED = Path(os.environ.get("CETING_SHARED") or ROOT.parent / "shared")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
FROZEN_AT = datetime(2026, 11, 26, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))

# The Django settings read the environment once, so it must stand before the first import of a model.
_home = Path(tempfile.mkdtemp(prefix="ceting-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="ceting.config.settings",
    CETING_MODE="test",
    CETING_HOME=str(_home),
    CETING_SECRET_KEY="a-secret-that-only-tests-know-and-that-is-long-enough",
    CETING_DATA_KEYS="test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    CETING_LOOKUP_KEY="Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=",
    CETING_HOSTS="localhost,127.0.0.1,testserver",
    # Playwright's loop lives in the thread of its tests; the database there is the test's own.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
# Scrypt is slow on purpose; tests that sign in hundreds of times don't need that.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if settings.DATABASE_IS_SQLITE:
    # A file, as in a puskesmas: an in-memory database has neither WAL nor a second connection's locks.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_home / "test.sqlite3")
django.setup()
# An xdist worker that inherited it would set Django up before this file gave it a folder of its own.
del os.environ["DJANGO_SETTINGS_MODULE"]

# After django.setup(): the cast is made of models.
pytest_plugins = ["tests.cast", "tests.houses"]

# A deadline measures the machine, not the code. In CI the examples are the same every time.
hypothesis.settings.register_profile("house", deadline=None, derandomize=IN_CI, database=None)
hypothesis.settings.load_profile("house")

_without_shared = 0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only the tests that touch the database: the second database needn't hear of the others",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    global _without_shared  # noqa: PLW0603  counted here, printed by the summary below
    if config.getoption("database_only"):
        _deselect(config, items, [item for item in items if not _touches_database(item)])
    if not SHARED.is_dir():
        needy = [item for item in items if item.get_closest_marker("shared")]
        _without_shared = len(needy)
        _deselect(config, items, needy)


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db", "furnished"} or list(item.iter_markers("django_db")))


def _deselect(config: pytest.Config, items: list[pytest.Item], unwanted: list[pytest.Item]) -> None:
    if unwanted:
        dropped = set(unwanted)
        items[:] = [item for item in items if item not in dropped]
        config.hook.pytest_deselected(items=unwanted)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An xdist worker hands its count to the process that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["without_shared"] = _without_shared


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    global _without_shared  # noqa: PLW0603
    _without_shared = max(_without_shared, getattr(node, "workeroutput", {}).get("without_shared", 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _without_shared:
        terminalreporter.write_line(
            f"{_without_shared} tests deselected: {SHARED} isn't here (CETING_SHARED names it)"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a test that skips itself fails: a green run has run everything."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although CI=true: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped although CI=true: {report.longrepr}"
    return report


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Thursday 26 November 2026, 08:00 WIB, standing still; `frozen.move_to(...)` and `frozen.shift(...)` move it."""
    with time_machine.travel(FROZEN_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def shared() -> Path:
    """The folder ../shared. For tests marked `shared`."""
    return SHARED
