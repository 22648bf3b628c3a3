"""Journey: an afternoon of practice: ten children measured twice, typed by keyboard, and the verdict in words."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.measurements.models import Measurement

pytestmark = pytest.mark.browser
TEN = range(1, 11)


def test_rina_lets_wati_practise_and_both_read_how_precise_they_are(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    before = Measurement.objects.count()
    rina.go("/staf/latihan/")
    expect(rina.page.get_by_text("Belum ada latihan")).to_be_visible()
    rina.page.get_by_role("link", name="Latihan baru").first.click()
    rina.page.get_by_label("Tempat").select_option(index=1)
    rina.page.get_by_label("Peserta").fill("Wati\nBu Nur")
    for measure in ("Berat badan", "Lingkar kepala"):
        rina.page.get_by_label(measure).uncheck()
    rina.look("latihan-baru")
    rina.page.get_by_role("button", name="Mulai latihan").click()
    for name, slip in (("Wati", 0.9), ("Bu Nur", 0.0), (None, 0.0)):
        _type(rina, name, slip, look=name == "Wati")
    expect(rina.page.get_by_text("panjang badan berbeda rata-rata 0,9 cm antara dua ukuran")).to_be_visible()
    expect(rina.page.get_by_text("Sudah teliti.").first).to_be_visible()
    rina.look("latihan-hasil")
    rina.go("/staf/latihan/")
    rina.look("latihan")
    assert Measurement.objects.count() == before


def _type(rina: Any, name: str | None, slip: float, *, look: bool) -> None:
    """Everything that one person read off, with Enter alone; None is the expert."""
    links = rina.page.get_by_role("link", name=f"Ketik hasil ukur {name or ''}")
    links.first.click()
    keys = rina.page.keyboard
    rina.page.locator("[data-turn]").first.focus()
    for turn in (1, 2):
        for child in TEN:
            keys.type(f"{65 + 2 * child + slip * (turn - 1):.1f}".replace(".", ","))
            keys.press("Enter")
    if look:
        rina.look("latihan-ketik")
        rina.page.get_by_label("LiLA, anak 1, ukuran pertama").focus()
    for _ in (1, 2):
        for child in TEN:
            keys.type(f"{13 + child / 10:.1f}".replace(".", ","))
            keys.press("Enter")
    expect(rina.page.get_by_role("button", name="Simpan")).to_be_focused()
    keys.press("Enter")
    expect(rina.page.get_by_role("heading", name="Hasil latihan mengukur")).to_be_visible()
