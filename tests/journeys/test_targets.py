"""Journey: Dewi sets the year's targets by keyboard and changes one with a reason; Dinas reads the sum."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.places import operations as places
from ceting.registry.places.models import Area

pytestmark = pytest.mark.browser


def test_dewi_seals_the_targets_and_dinas_reads_the_sum(visit: Any) -> None:
    district = Area.objects.get(code="13.71.11")
    places.open_puskesmas("Air Dingin", district=district, villages=[], confirmed=True, by=None)
    dewi = visit()
    dewi.sign_in("dewi")
    dewi.go("/staf/lainnya/")
    dewi.page.get_by_role("link", name="Sasaran tahunan").click()
    dewi.page.get_by_label("Sasaran Posyandu Kenanga").fill("")
    dewi.page.keyboard.press("Tab")
    dewi.page.keyboard.press("Tab")
    expect(dewi.page.get_by_label("Sasaran Posyandu Melati")).to_be_focused()
    dewi.page.keyboard.type("88")
    dewi.page.get_by_role("button", name="Simpan dan tetapkan").click()
    expect(dewi.page.get_by_text("1 dari 2 posyandu ditetapkan, 88 balita")).to_be_visible()
    dewi.look("sasaran")
    dewi.page.get_by_role("link", name="Ubah sasaran Posyandu Melati").click()
    dewi.page.get_by_label("Sasaran balita").fill("91")
    dewi.page.get_by_label("Alasan").fill("Angka Dinas diperbarui")
    dewi.page.get_by_role("button", name="Simpan").click()
    expect(dewi.page.get_by_text("Alasan: Angka Dinas diperbarui")).to_be_visible()
    dewi.page.get_by_role("link", name="Ubah sasaran Posyandu Melati").click()
    dewi.look("sasaran-ubah")

    dinas = visit()
    dinas.sign_in("dinas")
    dinas.go("/staf/anak/sasaran/")
    expect(dinas.page.get_by_text("Seluruhnya: 91 balita.")).to_be_visible()
    dinas.look("sasaran-dinas")
