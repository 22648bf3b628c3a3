"""Journey: a visitor reads what this is, knocks, is refused in words, and comes in."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.demo.generate import PASSWORD

pytestmark = pytest.mark.browser


def test_from_the_public_page_through_the_door(visit: Any) -> None:
    somebody = visit()
    somebody.go("/")
    somebody.look("selamat-datang")
    somebody.page.get_by_role("link", name="Masuk").first.click()
    somebody.look("masuk")
    somebody.page.get_by_label("Nama masuk").fill("wati")
    somebody.page.get_by_label("Kata sandi").fill("bukan-ini")
    somebody.page.keyboard.press("Enter")
    expect(somebody.page.get_by_text("belum cocok").first).to_be_visible()
    expect(somebody.page.get_by_label("Nama masuk")).to_have_value("wati")
    somebody.look("masuk-ditolak")
    somebody.page.get_by_label("Kata sandi").fill(PASSWORD)
    somebody.page.keyboard.press("Enter")
    expect(somebody.page.get_by_role("heading", level=1)).to_contain_text("Wati")
    somebody.look("beranda")


def test_what_is_not_needed_every_day_is_one_click_away(visit: Any) -> None:
    dewi = visit()
    dewi.sign_in("dewi")
    dewi.page.get_by_role("link", name="Lainnya").click()
    expect(dewi.page.get_by_role("link", name="Impor", exact=True)).to_be_visible()
    dewi.look("lainnya")


def test_dinas_comes_in_and_sees_no_child(visit: Any) -> None:
    dinas = visit()
    dinas.sign_in("dinas")
    dinas.look("beranda-dinas")
    dinas.go("/staf/anak/")
    expect(dinas.page.get_by_role("heading", level=1)).to_be_visible()
    dinas.look("tidak-boleh")
    dinas.go("/tidak/ada/")
    dinas.look("tidak-ketemu")


def test_the_gallery_shows_every_component(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/galeri/")
    wati.look("galeri")


def test_a_theme_changes_at_once_for_whoever_asked_for_less_motion(visit: Any) -> None:
    """No colour is on its way to another: half a theme is unreadable for as long as a slow phone takes to draw it."""
    sari = visit()
    sari.go("/")
    moving = sari.page.evaluate(
        """() => { document.documentElement.dataset.theme = 'dark';
                   return document.getAnimations({subtree: true}).length }"""
    )
    assert moving == 0
