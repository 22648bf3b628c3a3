"""Journey: bidan Rina fills the cards, the plan, food and classes, and what only named clinicians read."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.pregnancies import operations
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser


def yanti() -> Pregnancy:
    """Thirty weeks on with her fifth child, and not tall."""
    rina, melati = User.objects.get(username="rina"), Posyandu.objects.get(name="Melati")
    woman = woman_operations.register_woman(WomanDraft("Yanti Marlina"), posyandu=melati, by=rina)
    started = rina.today() - timedelta(weeks=30)
    told = PregnancyDraft(lmp=started, gravida=5, para=4, abortions=0, height_cm=Decimal(144))
    return operations.register(told, woman=woman, posyandu=melati, by=rina)


def test_rina_fills_the_cards_and_the_plan(visit: Any) -> None:
    pregnancy, rina = yanti(), visit()
    rina.sign_in("rina")
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    rina.page.get_by_role("link", name="Isi faktor risiko").click()
    expect(rina.page.get_by_label("Terlalu pendek")).to_be_disabled()
    rina.page.get_by_label("Pernah operasi sesar").check()
    rina.page.get_by_label("Hipertensi kronik").check()
    rina.look("ibu-hamil-risiko")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).to_contain_text("KSPR 18")
    rina.page.get_by_role("link", name="Isi faktor risiko").click()
    rina.page.get_by_label("Hipertensi kronik").uncheck()
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_text("Tulis mengapa").first).to_be_visible()
    rina.look("ibu-hamil-risiko-alasan")
    rina.page.get_by_label("Mengapa centang dilepas").fill("Tensi ibu lain")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).not_to_contain_text("Hipertensi kronik")
    rina.page.get_by_role("link", name="Isi rencana").click()
    rina.page.get_by_label("Penolong persalinan").fill("Bidan Rina")
    rina.page.get_by_label("Tempat bersalin").fill("RSUP M. Djamil")
    rina.page.get_by_label("Calon pendonor").fill("Pak Edi (O), Uni Lina (O)")
    rina.look("ibu-hamil-rencana")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).to_contain_text("Uni Lina (O)")


def test_wati_notes_food_and_a_class(visit: Any) -> None:
    pregnancy, wati = yanti(), visit()
    wati.sign_in("wati")
    wati.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    expect(wati.page.get_by_role("link", name="Catatan khusus")).to_have_count(0)
    wati.page.get_by_role("link", name="Catat PMT").click()
    wati.page.get_by_label("Untuk berapa hari").fill("14")
    wati.page.get_by_role("button", name="Simpan").click()
    expect(wati.page.locator("main")).to_contain_text("untuk 14 dari 120 hari")
    wati.look("ibu-hamil-pmt")
    wati.go(f"/staf/ibu-hamil/{pregnancy.pk}/kelas/")
    wati.page.get_by_label("Bersama suami atau keluarga").check()
    wati.page.get_by_role("button", name="Simpan").click()
    expect(wati.page.locator("main")).to_contain_text("bersama suami atau keluarga")
    wati.look("ibu-hamil-kelas")


def test_rina_keeps_what_was_told_in_confidence(visit: Any) -> None:
    pregnancy, rina = yanti(), visit()
    rina.sign_in("rina")
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    rina.page.get_by_role("link", name="Catatan khusus").click()
    rina.look("ibu-hamil-khusus-mulai")
    rina.page.get_by_role("button", name="Mulai").click()
    rina.page.get_by_label("Kesehatan jiwa").check()
    rina.page.get_by_label("Hasil").fill(
        "Sedih sejak dua minggu, sulit tidur. Dijadwalkan bicara lagi Senin."
    )
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_text("sulit tidur")).to_be_visible()
    rina.look("ibu-hamil-khusus")
    rina.page.get_by_role("link", name="Tunjuk atau akhiri").click()
    rina.page.get_by_label("Petugas", exact=True).select_option(index=1)
    rina.page.get_by_role("button", name="Tunjuk").click()
    expect(rina.page.get_by_text("sudah ditunjuk.")).to_be_visible()
    rina.look("ibu-hamil-khusus-petugas")
