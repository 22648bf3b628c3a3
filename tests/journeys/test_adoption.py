"""Journey: Rina writes that a child lives with her aunt now, and later that she is home again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.families.models import Child

pytestmark = pytest.mark.browser


def test_a_child_lives_with_her_aunt_and_comes_home(visit: Any) -> None:
    child = Child.objects.here().filter(mother__isnull=False).order_by("name_key").first()
    assert child is not None
    rina = visit()
    rina.sign_in("rina")
    rina.go(f"/staf/anak/keluarga/{child.household_id}/")
    rina.page.get_by_role("link", name=f"Pindah keluarga ({child.name})").click()
    rina.page.get_by_label("Nama pengasuh yang baru").fill("Rosma Yanti")
    rina.page.get_by_label("Sejak tanggal").fill("20-11-2026")
    rina.page.get_by_label("Alasan").fill("tinggal bersama bibi")
    rina.look("keluarga-pindah")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_text(f"{child.name} datang ke keluarga ini")).to_be_visible()
    rina.page.get_by_role("link", name="Kembali ke keluarga semula").click()
    rina.page.get_by_label("Sejak tanggal").fill("25-11-2026")
    rina.page.get_by_label("Alasan").fill("ibunya pulang")
    rina.look("keluarga-kembali")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_role("heading", level=1)).to_contain_text("Keluarga")
    child.refresh_from_db()
    assert child.family_changes.count() == 2
