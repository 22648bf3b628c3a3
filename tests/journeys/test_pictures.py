"""Every page of the house is looked at by a journey, and its pictures are in docs/screens."""

import re
from pathlib import Path

from tests.architecture.addresses import addresses
from tests.journeys.pages import PAGES, SIZES

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "docs" / "screens"

# URL names that draw no page of their own, and why.
NO_PAGE = {
    "pregnancies:notes-begin": "a POST of the page that asks whether she is named",
    "pregnancies:notes-end-naming": "a POST of the page of who is named",
    "places:health": "JSON for a watchdog",
    "accounts:sign-out": "a POST",
    "messages:open": "leads to WhatsApp",
    "messages:sent": "a POST of the list of messages",
    "messages:drop": "a POST of the list of messages",
    "messages:take-back": "a POST of the list of messages",
    "accounts:sign-in-passkey": "what the browser asks its authenticator, and its answer",
    "accounts:passkey-options": "as above, for a new passkey",
    "accounts:passkey-add": "a POST of the page of the second factor",
    "accounts:factor-remove": "a POST of the page of the second factor",
    "accounts:staff-factors-reset": "a POST of the person's page",
    "accounts:lock": "a POST that leads to the locked page",
    "accounts:here": "says that somebody is there; no page",
    "accounts:device-end": "a POST of the page of one's devices",
    "accounts:devices-end": "a POST of the page of one's devices",
    "accounts:staff-role-give": "a POST of the person's page",
    "accounts:staff-role-end": "a POST of the person's page",
    "accounts:staff-link": "a POST that shows the page of the invitation's link",
    "accounts:staff-link-withdraw": "a POST of the person's page",
    "accounts:staff-close": "a POST of the person's page",
    "accounts:staff-reopen": "a POST of the person's page",
    "accounts:staff-sessions-end": "a POST of the person's page",
    "office:start-card": "a part of home",
    "office:step-resume": "a POST of the page of steps",
    "office:start-finish": "a POST of the page of steps",
    "office:settings-confirm": "a POST of the page of clinical values",
    "measurements:session-row": "a row of the grid",
    "measurements:session-close": "a POST",
    "measurements:measurement-strike": "a POST of the page that corrects",
    "families:two-children": "a POST of the page that compares two children",
    "measurements:child-pdf": "a PDF, read back by a journey",
    "child_health:child-pdf": "a PDF, read back by its tests",
    "pregnancies:pdf": "a PDF, read back by a journey",
    "pregnancies:referral-pdf": "a PDF, read back by a journey",
    "measurements:session-sheet": "a POST that leads to the PDF",
    "measurements:sheet-print": "a POST that leads to the PDF",
    "measurements:sheet-pdf": "a PDF, read back by a journey",
    "measurements:sheet-line": "leads from a QR to a row of the grid or to a child's page",
    "rights:copy": "a ZIP, opened by a journey",
    "office:places-choice": "the same list as office:settings-choice",
    "child_health:questions-choice": "the same list as office:settings-choice",
    "office:service-end": "a POST of the places' page",
    "office:duty-end": "a POST of the roster's page",
    "office:deviation-withdraw": "a POST of the roster's page",
    "pregnant_women:progress": "a part of the import's page",
    "pregnant_women:places": "a POST of the import's page",
    "pregnant_women:columns": "a POST of the import's page",
    "pregnant_women:decisions": "a POST of the import's page",
    "pregnant_women:ask-again": "a POST of the import's page",
    "pregnant_women:start": "a POST of the import's page",
    "pregnant_women:go-on": "a POST of the import's page",
    "pregnant_women:withdraw": "a POST of the import's page",
    "pregnant_women:undo": "a POST of the import's page",
    "pregnant_women:refused-rows": "a CSV file",
    "eppgbm:progress": "a part of the import's page",
    "eppgbm:places": "a POST of the import's page",
    "eppgbm:columns": "a POST of the import's page",
    "eppgbm:start": "a POST of the import's page",
    "eppgbm:go-on": "a POST of the import's page",
    "eppgbm:withdraw": "a POST of the import's page",
    "eppgbm:undo": "a POST of the import's page",
    "eppgbm:sheet": "a POST of the import's page",
    "eppgbm:refused-rows": "a CSV",
}


def test_every_address_is_a_page_that_is_looked_at_or_says_why_not() -> None:
    names = {address.name for address in addresses()}
    shown = {name for name in PAGES.values() if name}
    assert names - shown - set(NO_PAGE) == set(), "add them to tests/journeys/pages.py and look at them"
    assert (shown | set(NO_PAGE)) - names == set(), "these addresses are gone"


def test_every_page_is_looked_at_by_a_journey() -> None:
    told = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    quoted = set(re.findall(r'"([a-z-]+)"', told))
    assert set(PAGES) - quoted == set()


def test_every_picture_is_committed_in_both_sizes_and_no_old_one_is_left() -> None:
    wanted = {f"{name}-{size}.png" for name in PAGES for size in SIZES}
    assert {file.name for file in SCREENS.glob("*.png")} == wanted
