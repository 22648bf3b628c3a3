"""Journey: the head invites a kader, who sets her password by the link and comes in; a used link opens nothing."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NEW = "sambal-lado-mudo"


def test_a_kader_is_invited_and_comes_in(visit: Any) -> None:
    head = visit()
    head.sign_in("kepala")
    head.go("/staf/petugas/")
    head.look("petugas")
    head.page.get_by_role("link", name="Undang petugas").click()
    head.look("petugas-undang")
    head.page.get_by_label("Nama", exact=True).fill("Nurhayati")
    head.page.get_by_label("Nama masuk").fill("kader.nur")
    head.page.locator("#id_role").select_option(label="Kader posyandu")
    head.page.locator("#id_posyandu").select_option(index=1)
    head.page.get_by_role("button", name="Buat undangan").click()
    head.look("petugas-tautan")
    link = head.page.get_by_label("Atau salin tautannya").input_value()
    head.page.get_by_role("link", name="Selesai").click()
    head.look("petugas-orang")

    nur = visit()
    nur.page.goto(link)
    assert "k=" not in nur.page.url
    nur.look("kunci")
    nur.page.get_by_label("Kata sandi baru").fill(NEW)
    nur.page.get_by_label("Ketik sekali lagi").fill(NEW)
    nur.page.get_by_role("button", name="Simpan kata sandi").click()
    expect(nur.page.get_by_text("Kata sandi sudah disimpan")).to_be_visible()
    nur.sign_in("kader.nur", NEW)
    expect(nur.page.get_by_role("heading", level=1)).to_contain_text("Nurhayati")
    nur.go("/staf/akun/sandi/")
    nur.look("kata-sandi")
    visitor = visit()
    visitor.page.goto(link)
    visitor.look("kunci-tidak-berlaku")
