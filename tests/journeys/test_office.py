"""Journeys: the head sets up her puskesmas, its places and roster; Dinas chooses one; a kader reads who may what."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Posyandu

pytestmark = pytest.mark.browser
KOTO_TANGAH = "13.71.11"


@pytest.fixture
def head(visit: Any) -> Any:
    window = visit()
    window.sign_in("kepala")
    return window


def test_the_head_answers_one_setting_and_says_why(head: Any) -> None:
    page = head.page
    page.get_by_role("link", name="Lainnya").click()
    page.get_by_role("link", name="Pengaturan", exact=True).click()
    head.look("pengaturan")
    page.get_by_role("link", name="Lihat dan ubah").first.click()
    chosen = page.get_by_role("radio", checked=False).first
    chosen.check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tulis alasannya").first).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.get_by_label("Alasan").fill("sesuai surat edaran Dinas Kesehatan 12/2026")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("sudah disimpan").first).to_be_visible()
    page.get_by_role("link", name="Lihat dan ubah").first.click()
    expect(page.get_by_role("heading", name="Riwayat")).to_be_visible()
    head.look("pengaturan-satu")


def test_the_head_confirms_villages_and_says_how_the_puskesmas_is_reached(head: Any) -> None:
    page = head.page
    page.get_by_role("link", name="Lainnya").click()
    page.get_by_role("link", name="Wilayah dan posyandu").click()
    expect(page.get_by_text("Wilayah kerja belum dipastikan semua")).to_be_visible()
    page.get_by_role("link", name="Pastikan wilayah").first.click()
    head.look("wilayah-kerja")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Wilayah kerja belum dipastikan semua")).to_be_hidden()
    page.get_by_role("link", name="Isi sekarang").click()
    page.get_by_label("Alamat").fill("Jalan Andalas Raya 17, Padang Timur")
    page.get_by_label("Telepon puskesmas").fill("0751 31 234")
    page.get_by_label("Tempat rujukan di luar jam jaga").fill("IGD RSUP Dr. M. Djamil")
    page.get_by_label("Nomor darurat").fill("119")
    head.look("wilayah-data", at="body")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("IGD RSUP Dr. M. Djamil").first).to_be_visible()
    page.get_by_role("link", name="Tambah pustu").click()
    page.get_by_label("Nama").fill("Parak Karakah")
    page.get_by_label("Kelurahan").select_option(index=1)
    head.look("pustu")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tambah layanan").click()
    page.get_by_label("Layanan").fill("Konsultasi gizi")
    for day in ("Senin", "Rabu"):
        page.get_by_label(day).check()
    page.get_by_label("Mulai").fill("8")
    page.get_by_label("Selesai").fill("11.30")
    head.look("layanan", at="body")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Konsultasi gizi").first).to_be_visible()
    head.look("wilayah")
    page.get_by_role("link", name="Pustu Parak Karakah").click()
    page.get_by_label("Nama").fill("Parak Karakah Timur")
    head.look("pustu-ubah")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Semua perubahan").click()
    head.look("wilayah-riwayat")


def test_a_posyandu_opens_changes_and_closes_only_when_no_child_is_left(head: Any) -> None:
    page = head.page
    melati = Posyandu.objects.select_related("puskesmas").get(name="Melati")
    head.go(f"/staf/puskesmas/{melati.puskesmas_id}/")
    page.get_by_role("link", name="Buka posyandu").first.click()
    page.get_by_label("Nama").fill("Teratai Putih")
    page.get_by_label("Kelurahan").select_option(index=1)
    page.get_by_label("RW").fill("07")
    head.look("posyandu-buka")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Teratai Putih").first).to_be_visible()
    page.get_by_role("link", name="Ubah Posyandu Melati").click()
    page.get_by_label("RW").fill("04")
    head.look("posyandu-ubah", at="body")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ubah Posyandu Melati").click()
    page.get_by_role("link", name="Tutup posyandu").click()
    page.get_by_label("Mengapa ditutup").fill("bergabung dengan Kenanga")
    page.get_by_role("button", name="Tutup posyandu ini").click()
    expect(page.get_by_text("anak terdaftar di posyandu ini").first).to_be_visible()
    expect(page.get_by_label("Mengapa ditutup")).to_have_value("bergabung dengan Kenanga")
    head.look("posyandu-tutup")


def test_the_roster_has_a_week_a_holiday_and_a_swap(head: Any, visit: Any) -> None:
    page = head.page
    head.go("/staf/puskesmas/jaga/")
    expect(page.get_by_text("Belum ada. Tekan")).to_be_visible()
    for who, days, starts, ends in (
        ("Bidan Rina", ("Senin", "Selasa", "Rabu"), "7.30", "14.30"),
        ("dr. Hasan", ("Kamis", "Jumat"), "7.30", "21.00"),
    ):
        page.get_by_role("link", name="Tambah jaga mingguan").click()
        page.get_by_label("Siapa").select_option(label=who)
        for day in days:
            page.get_by_label(day).check()
        page.get_by_label("Mulai").fill(starts)
        page.get_by_label("Selesai").fill(ends)
        if who == "dr. Hasan":
            head.look("jaga-mingguan", at="body")
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_text("Jadwal jaga sudah disimpan")).to_be_visible()
    page.get_by_role("link", name="Catat hari libur").click()
    page.get_by_label("Tanggal").fill("25-12-2026")
    page.get_by_label("Libur apa").fill("Hari Raya Natal")
    head.look("jaga-libur")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tukar jaga").click()
    page.get_by_label("Tanggal").fill("27-11-2026")
    page.get_by_label("Siapa yang tidak bertugas").select_option(label="dr. Hasan")
    page.get_by_label("Digantikan oleh").select_option(label="Bidan Rina")
    page.get_by_label("Sebabnya").fill("pelatihan")
    head.look("jaga-tukar", at="body")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tambah jaga satu hari").click()
    page.get_by_label("Tanggal").fill("28-11-2026")
    page.get_by_label("Siapa").select_option(label="Dewi (petugas gizi)")
    page.get_by_label("Mulai").fill("8")
    page.get_by_label("Selesai").fill("12")
    head.look("jaga-tambahan", at="body")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Hari Raya Natal").first).to_be_visible()
    head.look("jadwal-jaga")

    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/puskesmas/jaga/")
    expect(wati.page.get_by_text("dr. Hasan").first).to_be_visible()
    expect(wati.page.get_by_role("link", name="Tambah jaga mingguan")).to_have_count(0)


def test_dinas_chooses_the_puskesmas_whose_settings_it_reads(visit: Any) -> None:
    beyond = Area.objects.filter(parent__code=KOTO_TANGAH, level=AreaLevel.VILLAGE)
    district = Area.objects.get(code=KOTO_TANGAH)
    places.open_puskesmas("Air Dingin", district=district, villages=beyond, confirmed=True, by=None)
    dinas = visit()
    dinas.sign_in("dinas")
    dinas.go("/staf/puskesmas/pengaturan/")
    dinas.look("pilih-puskesmas")
    dinas.page.get_by_role("link", name="Puskesmas Air Dingin").click()
    expect(dinas.page.get_by_role("heading", level=1)).to_have_text("Pengaturan Puskesmas Air Dingin")


def test_wati_reads_what_her_role_may(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.page.get_by_role("link", name="Lainnya").click()
    wati.page.get_by_role("link", name="Siapa boleh apa").click()
    expect(wati.page.get_by_role("heading", level=2).first).to_have_text("Kader posyandu")
    wati.look("siapa-boleh-apa")
