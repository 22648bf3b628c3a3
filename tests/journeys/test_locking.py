"""Journey: Rina leaves the grid, her screen is covered, and what she typed is saved after her password."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ceting.care.measurements.models import Session
from ceting.demo.generate import PASSWORD
from ceting.foundation.core import clock

pytestmark = pytest.mark.browser
AWAY = """() => {
  // As after a quarter of an hour: the page's clock moves on, nobody touches anything.
  const real = Date.now, leap = 16 * 60 * 1000;
  Date.now = () => real() + leap;
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def hidden_below(page: Page) -> bool:
    """Whether nothing of the page under the cover can be seen or reached."""
    return bool(
        page.evaluate(
            """() => [...document.querySelectorAll('body > :not(.cover), body > :not(.cover) *')]
                 .every(it => getComputedStyle(it).visibility === 'hidden')"""
        )
    )


def open_grid(somebody: Any) -> None:
    session = Session.objects.get(posyandu__name="Melati", held_on=clock.today())
    somebody.go(f"/staf/sesi/{session.pk}/")


def open_cover(page: Page, password: str = PASSWORD) -> None:
    page.get_by_role("dialog", name="Terkunci").get_by_label("Kata sandi").fill(password)
    page.keyboard.press("Enter")


def test_a_screen_that_nobody_touches_is_covered_and_nothing_typed_is_lost(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    open_grid(rina)
    page = rina.page
    weight = page.locator("[data-row] [name=weight_kg]").first
    weight.fill("9,4")
    page.evaluate(AWAY)
    cover = page.get_by_role("dialog", name="Terkunci")
    expect(cover).to_be_visible()
    expect(cover.get_by_label("Kata sandi")).to_be_focused()
    assert hidden_below(page)
    expect(page.get_by_role("main")).to_have_count(0)
    rina.look("terkunci-di-halaman")
    open_cover(page, "bukan-ini")
    expect(cover.get_by_text("belum cocok")).to_be_visible()
    open_cover(page)
    expect(cover).to_have_count(0)
    expect(weight).to_have_value("9,4")


def test_a_row_that_is_saved_while_locked_waits_and_is_saved_afterwards(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    open_grid(rina)
    page = rina.page
    row = page.locator("[data-row]").first
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Menu Bidan Rina").click()
    with other.expect_response("**/staf/akun/kunci/"):
        other.get_by_role("button", name="Kunci layar").click()
    expect(other.get_by_role("dialog", name="Terkunci")).to_be_visible()

    row.locator("[name=weight_kg]").fill("9,4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Terkunci")).to_be_visible()
    expect(row).to_have_attribute("data-mark", "failed")
    open_cover(page)
    expect(row).not_to_have_attribute("data-mark", "failed")
    # Her other tab opens with it.
    expect(other.get_by_role("dialog", name="Terkunci")).to_have_count(0)


def test_a_page_that_is_asked_for_while_locked_leads_back_there(visit: Any) -> None:
    visit().sign_in("rina")
    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/akun/perangkat/")
    rina.look("perangkat")
    rina.page.get_by_label("Menu Bidan Rina").click()
    with rina.page.expect_response("**/staf/akun/kunci/"):
        rina.page.get_by_role("button", name="Kunci layar").click()
    expect(rina.page.get_by_role("dialog", name="Terkunci")).to_be_visible()
    rina.go("/staf/akun/perangkat/")
    rina.look("terkunci")
    rina.page.get_by_label("Kata sandi").fill(PASSWORD)
    rina.page.keyboard.press("Enter")
    expect(rina.page.get_by_role("heading", name="Perangkat saya")).to_be_visible()
