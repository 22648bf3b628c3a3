"""Journey: Rina sets up an app and a passkey, comes in by each, opens her screen; a head resets what was lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.codes import code_now

pytestmark = pytest.mark.browser


def give_authenticator(page: Page) -> Any:
    """A laptop with a fingerprint reader, and a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def sign_out(somebody: Any) -> None:
    somebody.page.get_by_label("Menu Bidan Rina").click()
    somebody.page.get_by_role("button", name="Keluar", exact=True).click()
    somebody.page.wait_for_url("**/masuk/")


def test_an_app_that_shows_codes(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    rina.page.get_by_label("Menu Bidan Rina").click()
    rina.page.get_by_role("link", name="Kunci kedua").click()
    rina.look("kunci-kedua")
    rina.page.get_by_role("link", name="Pasang aplikasi kode").click()
    rina.look("kunci-kedua-aplikasi")
    secret = rina.page.locator(".factor-secret").inner_text()
    rina.page.get_by_label("Kode", exact=True).fill(code_now(secret))
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator(".factor-codes li")).to_have_count(10)
    rina.look("kunci-kedua-kode")
    recovery = rina.page.locator(".factor-codes code").first.inner_text()
    rina.page.get_by_role("link", name="Sudah saya simpan").click()
    sign_out(rina)

    rina.sign_in("rina")
    rina.page.wait_for_url("**/masuk/kode/")
    rina.look("masuk-kode")
    rina.page.get_by_label("Kode", exact=True).fill("000 000")
    rina.page.keyboard.press("Enter")
    expect(rina.page.get_by_text("Kode belum cocok").first).to_be_visible()
    rina.page.get_by_label("Kode", exact=True).fill(recovery)
    rina.page.keyboard.press("Enter")
    expect(rina.page.get_by_role("heading", level=1)).to_contain_text("Rina")

    head = visit()
    head.sign_in("kepala")
    head.go("/staf/petugas/")
    head.page.get_by_role("link", name="Bidan Rina").click()
    head.look("petugas-orang-kunci-kedua", at="text=Hapus kunci kedua")
    head.page.get_by_role("button", name="Hapus kunci kedua").click()
    expect(head.page.get_by_text("Kunci kedua sudah dihapus").first).to_be_visible()
    rina.sign_in("rina")
    expect(rina.page.get_by_text("dihapus oleh").first).to_be_visible()


def test_a_passkey_brings_her_in_and_opens_her_screen(visit: Any) -> None:
    rina = visit()
    give_authenticator(rina.page)
    rina.sign_in("rina")
    rina.go("/staf/akun/kunci-kedua/")
    rina.page.get_by_label("Nama kunci").fill("Laptop ruang KIA")
    rina.page.get_by_role("button", name="Tambah kunci sandi").click()
    expect(rina.page.locator(".factor-codes li")).to_have_count(10)
    rina.page.get_by_role("link", name="Sudah saya simpan").click()
    expect(rina.page.get_by_role("rowheader", name="Laptop ruang KIA")).to_be_visible()
    rina.look("kunci-kedua-terpasang", at="table")
    sign_out(rina)

    rina.page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(rina.page.get_by_role("heading", level=1)).to_contain_text("Rina")
    rina.page.get_by_label("Menu Bidan Rina").click()
    rina.page.get_by_role("button", name="Kunci layar").click()
    cover = rina.page.get_by_role("dialog", name="Terkunci")
    cover.get_by_role("button", name="Pakai kunci sandi").click()
    expect(cover).to_have_count(0)
    # The whole page that stands in its place takes it too.
    rina.page.get_by_label("Menu Bidan Rina").click()
    with rina.page.expect_response("**/staf/akun/kunci/"):
        rina.page.get_by_role("button", name="Kunci layar").click()
    rina.go("/staf/akun/perangkat/")
    rina.page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(rina.page.get_by_role("heading", name="Perangkat saya")).to_be_visible()


def test_another_browser_has_no_passkey_and_asks_for_the_code(visit: Any) -> None:
    rina = visit()
    give_authenticator(rina.page)
    rina.sign_in("rina")
    rina.go("/staf/akun/kunci-kedua/")
    rina.page.get_by_label("Nama kunci").fill("HP saya")
    rina.page.get_by_role("button", name="Tambah kunci sandi").click()
    code = rina.page.locator(".factor-codes code").first.inner_text()
    elsewhere = visit()
    elsewhere.sign_in("rina")
    elsewhere.page.wait_for_url("**/masuk/kode/")
    elsewhere.page.get_by_label("Kode", exact=True).fill(code)
    elsewhere.page.keyboard.press("Enter")
    expect(elsewhere.page.get_by_role("heading", level=1)).to_contain_text("Rina")
