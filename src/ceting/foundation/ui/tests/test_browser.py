"""What only a browser can tell: accessibility, the drafts that survive, the answers to a lost connection."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOST = "Tidak tersambung. Isian masih ada di layar; coba lagi."
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ERROR_PAGES = ["400", "403", "404", "413", "429", "500", "csrf_failure"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


@pytest.fixture
def house(live_server, settings) -> str:
    settings.ROOT_URLCONF = "ceting.foundation.ui.tests.pages"
    return live_server.url


@pytest.fixture
def page(chromium, house) -> Iterator[Page]:
    context = chromium.new_context(base_url=house, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


def type_into_form(page: Page) -> None:
    page.goto("/coba/")
    page.get_by_label("Nama").fill("Alya Putri")
    page.get_by_label("Kata sandi").fill("rahasia")
    page.get_by_label("Perempuan").check()


def assert_form_is_filled(page: Page) -> None:
    expect(page.get_by_label("Nama")).to_have_value("Alya Putri")
    expect(page.get_by_label("Perempuan")).to_be_checked()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_gallery_has_no_accessibility_violation(chromium, house, theme, width):
    context = chromium.new_context(color_scheme=theme, viewport={"width": width, "height": 800})
    page = context.new_page()
    refused = []
    page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    page.goto(f"{house}/galeri/")
    page.locator(".user-menu > summary").click()
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert refused == []
    context.close()


@pytest.mark.parametrize("path", ["/keluar/", *(f"/galat/{name}/" for name in ERROR_PAGES)])
def test_the_door_and_the_error_pages_have_no_accessibility_violation(page, path):
    page.goto(path)
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 640])  # 640 is 1280 at 200 % zoom
def test_nothing_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/galeri/")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_every_target_is_at_least_44_pixels_high(page):
    page.goto("/galeri/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, .topbar a, .topbar summary, main .control, .choice, \
        .tabs a, .pagination a, .breadcrumb a, .error-summary a, main tbody a, .disclosure summary")]
        .filter(target => target.offsetHeight && target.getBoundingClientRect().height < 44)
        .map(target => target.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/coba/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_field(page):
    page.goto("/coba/")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name=re.compile("Nama")).click()
    expect(page.get_by_label("Nama")).to_be_focused()


def test_a_reload_gives_the_typed_values_back_but_never_the_password(page):
    type_into_form(page)
    page.reload()
    assert_form_is_filled(page)
    expect(page.get_by_text("Isian tadi yang belum tersimpan sudah dikembalikan.")).to_be_visible()
    expect(page.get_by_label("Kata sandi")).to_have_value("")
    assert "rahasia" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_one_may_start_over_from_what_the_server_sent(page):
    type_into_form(page)
    page.reload()
    page.get_by_role("button", name="Mulai dari awal").click()
    expect(page.get_by_label("Nama")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Nama")).to_have_value("")


def test_a_broken_server_loses_nothing(page):
    type_into_form(page)
    page.get_by_role("button", name="Rusak").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada yang tidak beres")
    page.goto("/coba/")
    assert_form_is_filled(page)


def test_a_lost_connection_loses_nothing(page):
    type_into_form(page)
    page.route(
        "**/coba/", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("chrome-error://chromewebdata/")
    page.unroute("**/coba/")
    page.goto("/coba/")
    assert_form_is_filled(page)


def test_an_expired_session_loses_nothing(page):
    type_into_form(page)
    page.goto("/keluar/")
    page.goto("/coba/")
    assert_form_is_filled(page)


def test_a_saved_form_starts_empty_and_the_page_says_so(page):
    type_into_form(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    expect(page.get_by_label("Nama")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Nama")).to_have_value("")


def test_a_refused_form_keeps_its_draft(page):
    page.goto("/coba/")
    page.get_by_label("Nama").fill("Alya Putri")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.goto("/coba/")
    expect(page.get_by_label("Nama")).to_have_value("Alya Putri")


def test_kader_tuti_never_sees_what_bidan_rina_typed_on_the_same_computer(page):
    type_into_form(page)
    page.goto("/coba/?who=tuti")
    expect(page.get_by_label("Nama")).to_have_value("")
    page.goto("/coba/")
    expect(page.get_by_label("Nama")).to_have_value("")


def test_signing_out_forgets_every_draft(page):
    type_into_form(page)
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.goto("/coba/")
    expect(page.get_by_label("Nama")).to_have_value("")


def test_a_refused_answer_is_shown_like_any_other(page):
    page.goto("/coba/")
    page.get_by_role("button", name="422").click()
    expect(page.locator("#hasil")).to_have_text("jawaban 422")


def test_a_failing_server_is_told_once_and_replaces_nothing(page):
    page.goto("/coba/")
    page.get_by_role("button", name="500").click()
    expect(page.locator("#toasts")).to_contain_text(LOST)
    page.get_by_role("button", name="500").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(1)
    expect(page.locator("#hasil")).to_be_empty()
    page.get_by_role("button", name="Tutup pesan").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)


def test_no_connection_says_that_the_screen_keeps_everything(page):
    page.goto("/coba/")
    page.context.set_offline(True)
    page.get_by_role("button", name="422").click()
    expect(page.locator("#toasts")).to_contain_text(LOST)


def test_a_session_that_ended_is_told(page):
    page.goto("/coba/")
    page.get_by_role("button", name="403").click()
    expect(page.locator("#toasts")).to_contain_text("masuk lagi")


def test_a_view_can_answer_with_a_toast(page):
    page.goto("/coba/")
    page.get_by_role("button", name="toast").click()
    expect(page.locator("#toasts")).to_contain_text("Berat tersimpan.")


def test_the_theme_is_chosen_once_and_stays(page):
    page.goto("/coba/")
    page.locator(".user-menu > summary").click()
    page.get_by_label("Gelap").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".user-menu > summary").click()
    page.get_by_label("Ikut perangkat").check()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))


def test_escape_closes_the_menu_and_gives_the_focus_back(page):
    page.goto("/coba/")
    page.locator(".user-menu > summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".user-menu")).not_to_have_attribute("open", "")
    expect(page.locator(".user-menu > summary")).to_be_focused()


def test_without_scripts_messages_and_forms_still_work(chromium, house):
    context = chromium.new_context(base_url=house, java_script_enabled=False)
    page = context.new_page()
    page.goto("/coba/")
    page.get_by_label("Nama").fill("Alya Putri")
    page.get_by_label("Perempuan").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    context.close()
