"""Journey: a child is registered, read, corrected by two people at once, and listed among those to be seen."""

import io
import re
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ceting.care.measurements.models import LatestGrowth
from ceting.registry.families.models import Child

pytestmark = pytest.mark.browser


def a_watched_child() -> Child:
    """A child of Melati with a long series and a mother."""
    return (
        LatestGrowth.objects.filter(child__posyandu__name="Melati", attention__gt=1)
        .exclude(child__mother=None)
        .select_related("child__mother")
        .order_by("-attention", "child__birth_date")
        .first()
        .child
    )


def test_wati_registers_a_newborn_and_is_warned_of_a_double(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/anak/baru/")
    wati.look("anak-daftar")
    for _ in range(2):
        wati.go("/staf/anak/baru/")
        wati.page.get_by_label("Nama anak").fill("By. Ny. Yulianis")
        wati.page.get_by_label("Perempuan").check()
        wati.page.get_by_label("Tanggal lahir").fill("20 Nov 2026")
        wati.page.get_by_label("Nama ibu").fill("Yulianis")
        wati.page.get_by_role("button", name="Simpan").last.click()
        wati.page.wait_for_load_state()
    expect(wati.page.get_by_text("Mungkin anak ini sudah terdaftar")).to_be_visible()
    wati.look("anak-daftar-ganda")
    assert Child.objects.filter(name="By. Ny. Yulianis").count() == 1


def test_wati_finds_a_child_and_reads_how_she_grows(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    child = a_watched_child()
    wati.go("/staf/anak/")
    wati.look("anak")
    wati.page.get_by_label("Cari nama anak").fill(child.name.split()[0])
    wati.page.keyboard.press("Enter")
    expect(wati.page.locator("#hasil").get_by_role("link", name=child.name).first).to_be_visible()
    assert child.name.split()[0] not in wati.page.url
    wati.look("anak-dicari")
    wati.go(f"/staf/anak/{child.pk}/")
    expect(wati.page.get_by_role("heading", level=1)).to_contain_text(child.name)
    wati.look("anak-kms")
    wati.look("anak-kms-grafik", at=".tabs")
    for tab, picture in (
        ("Panjang", "anak-panjang"),
        ("Berat menurut", "anak-berat-menurut-panjang"),
        ("Riwayat", "anak-riwayat"),
    ):
        wati.page.get_by_role("link", name=re.compile(tab)).first.click()
        wati.page.wait_for_load_state()
        wati.look(picture, at=".tabs")


def test_rina_measures_a_child_who_came_to_the_puskesmas(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    child = a_watched_child()
    rina.go(f"/staf/anak/{child.pk}/ukur/")
    rina.look("anak-ukur")
    rina.page.get_by_label("Berat").fill("88")
    rina.page.get_by_role("button", name="Simpan").first.click()
    expect(rina.page.locator("main")).to_contain_text("88")
    assert not child.measurements.filter(weight_kg=88).exists()
    rina.page.get_by_label("Berat").fill("8,8")
    expect(rina.page.get_by_label("Berat")).to_have_value("8,8")


def test_the_printed_page_is_one_page_and_carries_no_nik(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    child = a_watched_child()
    answer = rina.page.context.request.get(f"{rina.url}/staf/anak/{child.pk}/kms.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.body()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == 1
    assert child.name in text
    assert not child.nik or child.nik not in text


def test_two_people_correct_one_child_and_nothing_is_overwritten_unseen(visit: Any) -> None:
    rina, dewi = visit(), visit()
    rina.sign_in("rina")
    dewi.sign_in("dewi")
    child = a_watched_child()
    for each in (rina, dewi):
        each.go(f"/staf/anak/{child.pk}/ubah/")
    rina.look("anak-ubah")
    for each, name in ((dewi, "Nama Dari Dewi"), (rina, "Nama Dari Rina")):
        each.page.get_by_label("Nama anak").fill(name)
        each.page.get_by_role("button", name="Simpan").click()
        each.page.wait_for_load_state()
    expect(rina.page.get_by_text("baru saja diubah orang lain").first).to_be_visible()
    expect(rina.page.locator("main")).to_contain_text("Nama Dari Dewi")
    expect(rina.page.get_by_label("Nama anak")).to_have_value("Nama Dari Rina")
    rina.look("anak-ubah-bentrok")
    assert Child.objects.get(pk=child.pk).name == "Nama Dari Dewi"


def test_dewi_sees_who_needs_her_first(visit: Any) -> None:
    dewi = visit()
    dewi.sign_in("dewi")
    dewi.page.get_by_role("link", name="Perlu perhatian").first.click()
    expect(dewi.page.get_by_role("heading", level=1)).to_contain_text("perhatian")
    dewi.look("perlu-perhatian")
    dewi.go("/staf/perhatian/belum-ditimbang/")
    dewi.look("belum-ditimbang")
