"""A real browser before a real server, with the demo's people on a fixed day; every page is looked at and checked."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import LazySettings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ceting.demo.generate import PASSWORD, generate
from ceting.demo.plan import DemoPlan
from conftest import FROZEN_AT
from tests.journeys.pages import PAGES, SIZES, THEMES

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
)
TOWN = DemoPlan(families=150, posyandu=2, months=14)
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe()
REPEATED = [["tbody.grid-row:nth-of-type(n+10)"], ["tbody tr:nth-child(n+12)"]]
"""Rows of one template: all are checked once, the first of them in every size and theme (axe takes 30 s otherwise)."""
SETTLED = "document.getAnimations().every(it => it.playState !== 'running')"
"""A new theme or size is drawn: no colour is on its way to another one, however slow the machine."""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCREENS = os.environ.get("CETING_SCREENS")
"""Folder for the pictures; the committed ones are made with CETING_SCREENS=docs/screens."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: browsers can't be downloaded here."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no chromium on this machine: ./ceting test installs it as root on Debian")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the town is kept between two journeys; the first one founds it."""
    return tmp_path_factory.mktemp("town") / "town.sqlite3"


def _restore(founded: Path) -> None:
    """Put the town into this test's database: copied page by page, in a tenth of the time of making it again."""
    connection.ensure_connection()
    if not founded.exists():
        generate(TOWN)
        with contextlib.closing(sqlite3.connect(founded)) as keep:
            connection.connection.backup(keep)
        return
    with contextlib.closing(sqlite3.connect(founded)) as kept:
        kept.backup(connection.connection)


@pytest.fixture
def town(transactional_db: None, settings: LazySettings, founded: Path) -> Iterator[None]:
    """Two posyandu of the demo, on Thursday 26 November 2026."""
    # The browser's clock is today's; a cookie dated by the frozen clock could be over before it begins.
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    settings.CSRF_COOKIE_AGE = None
    # As in a demo: its passwords are no secret.
    settings.SECOND_FACTOR_MUST = False
    with time_machine.travel(FROZEN_AT, tick=True):
        _restore(founded)
        yield


@dataclass
class Visitor:
    """Somebody in front of the browser."""

    page: Page
    url: str

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Through the door, by keyboard."""
        self.go("/masuk/")
        self.page.get_by_label("Nama masuk").focus()
        self.page.keyboard.type(username)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: not url.split("?")[0].endswith("/masuk/"), timeout=10_000)

    def look(self, name: str, *, at: str = "") -> None:
        """Check the page in both sizes and themes: no accessibility violation, nothing wider than the screen.

        The picture shows the page's top, or where the element `at` (a selector) begins.
        """
        assert name in PAGES, f"{name} isn't in tests/journeys/pages.py"
        before = self.page.viewport_size
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            for size, (width, height) in SIZES.items():
                self.page.set_viewport_size({"width": width, "height": height})
                self.page.evaluate(TWO_FRAMES)
                self.page.wait_for_function(SETTLED)
                self._check(name, size, theme)
                if at:
                    self.page.locator(at).first.evaluate("it => it.scrollIntoView({block: 'start'})")
                self._picture(name, size, theme)
        self.page.emulate_media(color_scheme="light")
        if before:
            self.page.set_viewport_size(before)

    def _check(self, name: str, size: str, theme: str) -> None:
        whole = (size, theme) == ("1280x800", "light")
        results = self._axe(None if whole else {"exclude": REPEATED})
        assert results.violations_count == 0, f"{name} {size} {theme}\n{results.generate_report()}"
        overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name} {size}: {overflow} px wider than the screen"

    def _axe(self, context: dict[str, Any] | None) -> AxeResults:
        """Its script is put into a page once, and only violations are told: half the time of `Axe().run`."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.axe_script)
        told = self.page.evaluate(
            "([context, options]) => axe.run(context || document, options)", [context, WCAG]
        )
        return AxeResults(told)

    def _picture(self, name: str, size: str, theme: str) -> None:
        if SCREENS:
            # The committed pictures are the light ones; the dark ones lie beside them for whoever looks.
            folder = Path(SCREENS) if theme == "light" else Path(SCREENS) / theme
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}-{size}.png", caret="initial")


@pytest.fixture
def visit(chromium: Browser, town: None, live_server: Any) -> Iterator[Any]:
    """`visit()` opens one more window, with cookies of its own; a script error or a refused resource fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window() -> Visitor:
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda told: faults.append(f"console: {told.text}") if _is_fault(told) else None)
        return Visitor(page, live_server.url)

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


LOCKED = "Response Status Error Code 423"
NOT_FAULTS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendError", "htmx:responseError", LOCKED)
"""What browser and htmx say of answers that a journey means: 404, 422, a line that it cut."""


def _is_fault(told: Any) -> bool:
    return told.type == "error" and not told.text.startswith(NOT_FAULTS)
