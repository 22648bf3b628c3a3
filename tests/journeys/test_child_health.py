"""Journey: what a child is given and asked beside the scale."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.families.models import Child

pytestmark = pytest.mark.browser


def a_baby() -> Child:
    """The youngest child of Melati who is past her first weeks."""
    return (
        Child.objects.here()
        .filter(posyandu__name="Melati", birth_date__lte="2026-08-20")
        .latest("birth_date")
    )


def test_rina_sees_what_is_due_and_writes_several_doses_in_one_go(visit: Any) -> None:
    rina, child = visit(), a_baby()
    rina.sign_in("rina")
    rina.go(f"/staf/anak/{child.pk}/")
    rina.page.get_by_role("link", name="Kesehatan").first.click()
    expect(rina.page.get_by_role("heading", level=1)).to_contain_text(child.name)
    rina.look("anak-kesehatan")
    rina.page.get_by_role("link", name="Lihat jadwal imunisasi").click()
    rina.look("anak-imunisasi")
    rina.page.get_by_role("link", name="Salin dari Buku KIA").click()
    rina.page.get_by_label("HB0").fill(f"{child.birth_date:%d/%m/%Y}")
    rina.look("anak-imunisasi-buku")
    rina.page.get_by_role("button", name="Simpan").click()
    rina.page.get_by_role("link", name="Catat imunisasi").click()
    expect(rina.page.get_by_role("checkbox", name="DPT-HB-Hib 1")).to_be_checked()
    rina.page.get_by_label("Tempat").select_option("posyandu")
    rina.look("anak-imunisasi-catat")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).to_contain_text("Sudah diberikan")
    rina.page.get_by_role("link", name="Coret").first.click()
    rina.page.get_by_label("Alasan").select_option("wrong_day")
    rina.look("anak-catatan-coret")
    rina.page.get_by_role("button", name="Coret catatan ini").click()
    expect(rina.page.get_by_text("Salah tanggal")).to_be_visible()
