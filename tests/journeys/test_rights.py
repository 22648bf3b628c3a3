"""Journeys: a family is asked what it allows; it asks what is written of it, and who read it."""

import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.families.models import Caregiver, Child

pytestmark = pytest.mark.browser


def family() -> Child:
    """One with a mother, at Melati."""
    return Child.objects.here().filter(posyandu__name="Melati", mother__isnull=False).order_by("id")[0]


def test_a_mother_answers_and_takes_one_answer_back(visit: Any) -> None:
    child = family()
    mother = Caregiver.objects.get(pk=child.mother_id)
    wati = visit()
    wati.sign_in("wati")
    wati.go(f"/staf/anak/keluarga/{child.household_id}/")
    wati.page.get_by_role("link", name="Persetujuan").click()
    expect(wati.page.get_by_role("heading", name="Belum ada jawaban")).to_be_visible()
    wati.look("persetujuan-kosong")
    wati.go(f"/staf/hak/pengasuh/{mother.pk}/persetujuan/")
    group = wati.page.get_by_role("group", name="Grup WhatsApp")
    expect(group).to_contain_text("semua anggota bisa melihat nama dan nomor HP")
    wati.page.get_by_role("group", name="Pesan ke HP").get_by_label("Setuju", exact=True).check()
    group.get_by_label("Tidak setuju").check()
    wati.look("persetujuan-tanya")
    wati.page.get_by_label("Lisan").check()
    wati.page.keyboard.press("Enter")
    expect(wati.page.get_by_text("Jawaban sudah disimpan")).to_be_visible()
    wati.page.get_by_role("link", name="Tarik").first.click()
    wati.page.get_by_label("Lisan").check()
    wati.look("persetujuan-tarik")
    wati.page.get_by_role("button", name="Simpan").click()
    expect(wati.page.get_by_text("Persetujuan ditarik. Pemakaiannya")).to_be_visible()
    wati.go(f"/staf/hak/anak/{child.pk}/persetujuan/")
    wati.look("persetujuan-tanya-anak")
    wati.page.get_by_role("link", name="Batal").click()
    wati.look("persetujuan")


def test_a_family_gets_its_copy_in_time(visit: Any) -> None:
    child = family()
    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/hak/")
    expect(rina.page.get_by_role("heading", name="Tidak ada yang menunggu")).to_be_visible()
    rina.look("permintaan-kosong")
    rina.go(f"/staf/anak/keluarga/{child.household_id}/")
    rina.page.get_by_role("link", name="Catat permintaan").click()
    rina.page.get_by_label("Melihat atau mendapat salinan").check()
    rina.page.get_by_label("Tentang siapa").select_option(label=f"{child.name} (anak)")
    rina.page.get_by_label("Siapa yang meminta").fill("Ibu " + child.name)
    rina.page.get_by_label("Buku KIA diperlihatkan").check()
    rina.look("permintaan-baru")
    rina.page.get_by_role("button", name="Catat permintaan").click()
    expect(rina.page.get_by_text("Permintaan dicatat")).to_be_visible()
    rina.look("permintaan-satu")
    with rina.page.expect_download() as download:
        rina.page.get_by_role("button", name="Unduh salinan").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert {file.filename for file in archive.filelist} == {"salinan-data.pdf", "salinan-data.json"}
        assert child.name in archive.read("salinan-data.json").decode()
    rina.page.get_by_role("link", name="Siapa yang membaca").click()
    expect(rina.page.get_by_text("Membuat salinan data untuk keluarga")).to_be_visible()
    rina.look("pembaca-anak")
    rina.go(f"/staf/hak/pengasuh/{child.mother_id}/pembaca/")
    rina.look("pembaca-pengasuh")
    rina.go("/staf/hak/")
    rina.look("permintaan")
