"""Journey: kader Wati reads at which houses to call for a sweeping round; bidan Rina also reads where they stand."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_wati_sees_at_which_houses_to_call(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/lainnya/")
    wati.page.get_by_role("link", name="Rumah per RW").click()
    wati.page.get_by_role("link", name="Belum ditimbang bulan ini").click()
    expect(wati.page.get_by_text("belum ditimbang", exact=True).first).to_be_visible()
    expect(wati.page.get_by_role("columnheader", name="Alamat dan HP")).to_have_count(0)
    wati.look("rumah-belum-ditimbang")

    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/rumah/")
    rina.page.get_by_label("Posyandu", exact=True).select_option(label="Posyandu Melati · Andalas")
    rina.page.get_by_role("button", name="Tampilkan").click()
    expect(rina.page.get_by_role("columnheader", name="Alamat dan HP").first).to_be_visible()
    rina.look("rumah")
