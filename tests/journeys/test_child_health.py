"""Journey: what a child is given and asked beside the scale."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child, Sex
from ceting.registry.families.operations import register_child
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser


def a_child(name: str, born: date) -> Child:
    """A child of Melati of whom nothing is known yet."""
    melati = Posyandu.objects.get(name="Melati")
    rina = User.objects.get(username="rina")
    draft = ChildDraft(name, Sex.GIRL, born, mother=CaregiverDraft("Yulianis"))
    return register_child(draft, posyandu=melati, by=rina, despite_likeness=True)


def a_baby() -> Child:
    return a_child("Zahira Ufaira", date(2026, 7, 30))


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


def a_toddler() -> Child:
    return a_child("Puti Reno Intan", date(2025, 10, 6))


def save(visitor: Any) -> None:
    visitor.page.get_by_role("button", name="Simpan").click()
    visitor.page.wait_for_load_state()


def test_wati_asks_about_meals_capsules_development_and_complaints(visit: Any) -> None:
    wati, child = visit(), a_toddler()
    wati.sign_in("wati")
    wati.go(f"/staf/anak/{child.pk}/vitamin/")
    wati.look("anak-vitamin")
    wati.page.get_by_label("Vitamin A").check()
    save(wati)
    wati.go(f"/staf/anak/{child.pk}/makan/")
    wati.page.get_by_role("radio", name="Ya").check()
    wati.page.get_by_label("Makanan pokok").check()
    wati.page.get_by_label("Telur").check()
    wati.page.get_by_label("Berapa kali makan").fill("3")
    wati.look("anak-makan")
    save(wati)
    expect(wati.page.locator("main")).to_contain_text("Keragaman makanan belum cukup")
    wati.go(f"/staf/anak/{child.pk}/kpsp/")
    wati.look("anak-kpsp-tanya")
    wati.page.get_by_label("Berapa jawaban ya").fill("8")
    save(wati)
    wati.go(f"/staf/anak/{child.pk}/keluhan/")
    wati.look("anak-keluhan")
    wati.page.get_by_label("Kejang").check()
    save(wati)
    expect(wati.page.get_by_text("Rujuk sekarang: IGD").first).to_be_visible()
    wati.look("anak-kesehatan-terisi")
    baby = a_child("Humaira Asyifa", date(2026, 10, 1))
    wati.go(f"/staf/anak/{baby.pk}/asi/")
    wati.look("anak-asi")
    wati.go(f"/staf/anak/{baby.pk}/kpsp/")
    wati.look("anak-kpsp-belum")


def test_a_finding_goes_from_the_midwife_to_the_doctor(visit: Any) -> None:
    rina, child = visit(), a_toddler()
    rina.sign_in("rina")
    rina.go(f"/staf/anak/{child.pk}/temuan/catat/")
    rina.page.get_by_label("Temuan").select_option("length")
    rina.look("anak-temuan-catat")
    save(rina)
    rina.go(f"/staf/anak/{child.pk}/temuan/")
    rina.page.get_by_role("link", name="Pastikan").click()
    rina.page.get_by_role("radio", name="Benar", exact=True).check()
    rina.look("anak-temuan-pastikan")
    save(rina)
    for path, picture in (("pmt", "anak-pmt"), ("rujuk", "anak-rujuk"), ("kunjungan", "anak-kunjungan")):
        rina.go(f"/staf/anak/{child.pk}/{path}/")
        rina.look(picture)
    hasan = visit()
    hasan.sign_in("hasan")
    hasan.go(f"/staf/anak/{child.pk}/temuan/")
    hasan.page.get_by_role("link", name="Diagnosis").click()
    hasan.page.get_by_label("Diagnosis", exact=True).fill("Perawakan pendek, evaluasi lanjut")
    hasan.look("anak-temuan-diagnosis")
    save(hasan)
    expect(hasan.page.locator("main")).to_contain_text("Diagnosis dr. Hasan")
    hasan.look("anak-temuan")


def test_the_head_types_in_the_questions_of_the_booklet(visit: Any) -> None:
    head, dinas = visit(), visit()
    head.sign_in("kepala")
    head.go("/staf/puskesmas/kpsp/")
    head.look("kpsp-pertanyaan")
    head.page.get_by_role("link", name="12 bulan", exact=True).click()
    head.page.get_by_label("Dari buku apa").fill("Pedoman SDIDTK Kemenkes 2022, halaman 40")
    for number in range(1, 11):
        head.page.get_by_label(f"Pertanyaan {number}", exact=True).fill(f"Contoh pertanyaan nomor {number}?")
    head.look("kpsp-pertanyaan-umur")
    save(head)
    rina, child = visit(), a_toddler()
    rina.sign_in("rina")
    rina.go(f"/staf/anak/{child.pk}/kpsp/?umur=12")
    rina.look("anak-kpsp")
    dinas.sign_in("dinas")
    dinas.go("/staf/puskesmas/kpsp/")
    dinas.page.wait_for_load_state()


def test_wati_prints_who_is_due_this_month(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/lainnya/")
    wati.page.get_by_role("link", name="Jadwal layanan").click()
    expect(wati.page.get_by_role("heading", name="Imunisasi")).to_be_visible()
    wati.look("layanan-bulan-ini")
    wati.page.get_by_role("link", name="Bulan depan").click()
    wati.look("layanan-bulan-depan")
