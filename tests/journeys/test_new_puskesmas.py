"""Journey: Dinas opens a puskesmas in the morning; before noon its kader weighs, and the SKDN stands on the screen."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import expect

from ceting.care.measurements.models import Measurement
from ceting.gateways.interop.eppgbm.tests.exports import as_html, row
from ceting.registry.accounts.models import User
from ceting.registry.office.models import StartFinish
from ceting.registry.places.models import Posyandu
from tests.journeys.conftest import Visitor
from tests.journeys.test_import import the_worker_works

pytestmark = pytest.mark.browser
PASSWORD = "randang-kuranji-lamak"
POSTS = "Posyandu\tKelurahan\tRW\nCempaka\tKorong Gadang\t2\nFlamboyan\tKuranji\t5"
PEOPLE = """Nama; Peran; Posyandu; No HP
Santi Oktavia; bidan; ; 0812 6611 2233
dr. Yusuf Hakim; dokter
Nurhayati; kader; Cempaka; 0813 7022 1188
Marnis; kader; Flamboyan"""
CHILDREN = (("ALYA DELIMA", "P", "ROSMA"), ("BAGAS KOTO", "L", "IRMA"), ("CITRA LESTARI", "P", "YANTI"))
WEIGHTS = ("9,8", "10,4", "9,1")


class Watch:
    """How long the machine worked: without the time in which pages are looked at and checked."""

    def __init__(self) -> None:
        self.began, self.looking = time.perf_counter(), 0.0

    def look(self, somebody: Visitor, name: str, **more: Any) -> None:
        start = time.perf_counter()
        somebody.look(name, **more)
        self.looking += time.perf_counter() - start

    @property
    def minutes(self) -> float:
        return (time.perf_counter() - self.began - self.looking) / 60


@pytest.fixture
def export(tmp_path: Path, settings: LazySettings) -> Path:
    """Three children of Cempaka, as e-PPGBM writes them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    place = {"Pukesmas": "BELIMBING", "Kec": "KURANJI", "Desa/Kel": "KORONG GADANG", "Posyandu": "CEMPAKA"}
    rows = [
        row(Nama=name, JK=sex, Nama_Ortu=mother, NIK="-", Tanggal_Pengukuran="2026-10-20")
        | {**place, "Alamat": f"JL. BALIMBIANG NO. {number}"}
        for number, (name, sex, mother) in enumerate(CHILDREN)
    ]
    file = tmp_path / "daftar-balita.xls"
    file.write_bytes(as_html(rows))
    return file


@contextmanager
def back_at_the_steps(somebody: Visitor) -> Iterator[None]:
    """Whatever is saved inside leads back to the steps."""
    yield
    expect(somebody.page.get_by_role("heading", level=1)).to_contain_text("Langkah awal")


def comes_in(visit: Any, link: str, username: str) -> Visitor:
    """By the slip that she got, with a password of her own."""
    somebody: Visitor = visit()
    somebody.page.goto(link)
    somebody.page.get_by_label("Kata sandi baru").fill(PASSWORD)
    somebody.page.get_by_label("Ketik sekali lagi").fill(PASSWORD)
    somebody.page.get_by_role("button", name="Simpan kata sandi").click()
    expect(somebody.page.get_by_text("Kata sandi sudah disimpan")).to_be_visible()
    somebody.sign_in(username, PASSWORD)
    return somebody


def links(page: Any) -> dict[str, str]:
    """Name -> the link on her slip."""
    return {
        slip.get_by_role("heading").inner_text(): slip.get_by_label("Atau salin tautannya").input_value()
        for slip in page.locator(".slip").all()
    }


def dinas_opens_belimbing(visit: Any, watch: Watch) -> str:
    dinas: Visitor = visit()
    dinas.sign_in("dinas")
    dinas.page.get_by_role("link", name="Lihat semua puskesmas").or_(
        dinas.page.get_by_role("link", name="Lanjutkan langkah awal")
    ).first.click()
    dinas.go("/staf/puskesmas/mulai/")
    watch.look(dinas, "langkah-awal-semua")
    dinas.page.get_by_role("link", name="Buka puskesmas baru").click()
    watch.look(dinas, "puskesmas-baru-kecamatan")
    dinas.page.get_by_label("Kecamatan").select_option(label="Kuranji")
    dinas.page.get_by_role("button", name="Lanjut").click()
    dinas.page.get_by_label("Nama puskesmas").fill("Belimbing")
    dinas.page.get_by_label("Kode puskesmas").fill("P1371090102")
    for village in ("Korong Gadang", "Kuranji"):
        dinas.page.get_by_label(village, exact=True).check()
    dinas.page.get_by_label("Namanya").fill("dr. Elvira Roza")
    dinas.page.get_by_label("Nomor HP").fill("0812 6677 8899")
    watch.look(dinas, "puskesmas-baru", at=".page-head")
    dinas.page.get_by_role("button", name="Buka puskesmas dan undang").click()
    expect(dinas.page.get_by_role("heading", level=1)).to_contain_text("Puskesmas Belimbing sudah dibuka")
    watch.look(dinas, "puskesmas-baru-tautan")
    return links(dinas.page)["dr. Elvira Roza"]


def the_head_describes_it(head: Visitor, watch: Watch) -> None:
    page = head.page
    expect(page.get_by_text("0 dari 9 langkah").or_(page.get_by_text("dari 9 langkah"))).to_be_visible()
    watch.look(head, "beranda-langkah-awal")
    page.get_by_role("link", name="Lanjutkan langkah awal").click()
    watch.look(head, "langkah-awal")
    with back_at_the_steps(head):
        page.get_by_role("link", name="Isi data").click()
        page.get_by_label("Alamat").fill("Jalan Raya Belimbing 12, Kuranji")
        page.get_by_label("Telepon puskesmas").fill("0751 495 123")
        page.get_by_label("Tempat rujukan di luar jam jaga").fill("IGD RSUP M. Djamil")
        page.get_by_label("Nomor darurat").fill("119")
        page.get_by_role("button", name="Simpan").click()
    with back_at_the_steps(head):
        page.get_by_role("link", name="Pastikan wilayah").click()
        for village in ("Korong Gadang", "Kuranji"):
            page.get_by_label(village, exact=True).check()
        page.get_by_role("button", name="Simpan").click()


def the_head_pastes_her_lists(head: Visitor, watch: Watch) -> dict[str, str]:
    page = head.page
    page.get_by_role("link", name="Masukkan posyandu").click()
    page.get_by_label("Daftar posyandu").fill(POSTS.replace("Korong Gadang", "Korong Gedang"))
    page.get_by_role("button", name="Buka semua posyandu ini").click()
    expect(page.get_by_text("Maksudnya Korong Gadang?").first).to_be_visible()
    watch.look(head, "posyandu-daftar")
    with back_at_the_steps(head):
        page.get_by_label("Daftar posyandu").fill(POSTS)
        page.get_by_role("button", name="Buka semua posyandu ini").click()
    expect(page.get_by_text("2 posyandu di 2 dari 2 kelurahan")).to_be_visible()
    page.get_by_role("link", name="Undang petugas").click()
    page.get_by_label("Daftar petugas dan kader").fill(PEOPLE)
    watch.look(head, "petugas-daftar")
    page.get_by_role("button", name="Undang semua").click()
    expect(page.locator(".slip")).to_have_count(4)
    watch.look(head, "petugas-lembar")
    found = links(page)
    with back_at_the_steps(head):
        page.get_by_role("link", name="Selesai, kembali ke langkah awal").click()
    return found


def the_head_plans_who_is_there(head: Visitor) -> None:
    page = head.page
    with back_at_the_steps(head):
        page.get_by_role("link", name="Susun jadwal jaga").click()
        page.get_by_label("Siapa").select_option(label="Santi Oktavia")
        for day in ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"):
            page.get_by_label(day).check()
        page.get_by_label("Mulai").fill("8")
        page.get_by_label("Selesai").fill("14")
        page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Setiap hari kerja terisi")).to_be_visible()


def the_doctor_reads(doctor: Visitor, watch: Watch) -> None:
    doctor.go("/staf/puskesmas/mulai/")
    doctor.page.get_by_role("link", name="Baca batas klinis").click()
    watch.look(doctor, "batas-klinis")
    with back_at_the_steps(doctor):
        doctor.page.get_by_role("button", name="Sudah saya baca, pakai nilai ini").click()
    expect(doctor.page.get_by_text("Dibaca dr. Yusuf Hakim")).to_be_visible()


def the_midwife_brings_in_what_is_known(santi: Visitor, export: Path) -> None:
    page = santi.page
    santi.go("/staf/puskesmas/mulai/")
    page.get_by_role("link", name="Impor data").click()
    page.locator("input[type=file]").set_input_files(export)
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()
    page.get_by_role("button", name="Mulai impor").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    for name in ("Cempaka", "Flamboyan"):
        santi.go("/staf/puskesmas/mulai/")
        page.locator(".step").get_by_role("link", name="Susun jadwal", exact=True).click()
        page.get_by_label("Posyandu", exact=True).select_option(
            value=str(Posyandu.objects.get(name=name, puskesmas__name="Belimbing").pk)
        )
        page.get_by_label("Hari", exact=True).select_option("Kamis")
        page.get_by_label("Minggu ke", exact=True).select_option("4")
        page.get_by_label("Tahun", exact=True).select_option("2026")
        page.get_by_role("button", name="Buat jadwal").click()
        expect(page.get_by_text("hari posyandu dijadwalkan")).to_be_visible()


def the_kader_weighs(nurhayati: Visitor, watch: Watch) -> None:
    page = nurhayati.page
    page.get_by_role("link", name="Buka hari posyandu").first.click()
    page.get_by_role("button", name="Buka hari posyandu").click()
    expect(page.locator("[data-row]")).to_have_count(3)
    for key, weight in zip(
        [each.get_attribute("data-row") for each in page.locator("[data-row]").all()], WEIGHTS, strict=True
    ):
        page.locator(f'[data-row="{key}"]').get_by_label("Berat").fill(weight)
        page.keyboard.press("Enter")
        expect(page.locator(f'[data-row="{key}"][data-state="saved"]')).to_be_visible()
    page.get_by_role("link", name="Ringkasan").first.click()
    page.get_by_role("button", name="Selesai").click()
    expect(page.get_by_text("Hari posyandu selesai")).to_be_visible()
    skdn = page.locator(".skdn").inner_text()
    for line in ("S", "K", "D", "N"):
        assert line in skdn
    watch.look(nurhayati, "hari-posyandu-pertama")


def the_head_ends_it(head: Visitor, watch: Watch) -> None:
    page = head.page
    head.go("/staf/puskesmas/mulai/")
    expect(page.get_by_text("9 dari 9 langkah")).to_be_visible()
    page.get_by_role("button", name="Selesaikan langkah awal").click()
    expect(page.get_by_text("Sudah berjalan").first).to_be_visible()
    watch.look(head, "langkah-awal-selesai")


def test_a_puskesmas_is_opened_and_weighs_on_the_same_day(
    visit: Any, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = Watch()
    link = dinas_opens_belimbing(visit, watch)
    head = comes_in(visit, link, "kepala.elvira")
    the_head_describes_it(head, watch)
    slips = the_head_pastes_her_lists(head, watch)
    the_head_plans_who_is_there(head)
    the_doctor_reads(comes_in(visit, slips["dr. Yusuf Hakim"], "dr.yusuf"), watch)
    the_midwife_brings_in_what_is_known(comes_in(visit, slips["Santi Oktavia"], "bidan.santi"), export)
    the_kader_weighs(comes_in(visit, slips["Nurhayati"], "kader.nurhayati"), watch)
    # Marnis of Flamboyan hasn't come in yet: that keeps nobody from working.
    the_head_ends_it(head, watch)
    assert StartFinish.objects.get().puskesmas.name == "Belimbing"
    assert Measurement.objects.filter(session__posyandu__name="Cempaka").count() == len(WEIGHTS)
    assert User.objects.filter(puskesmas__name="Belimbing").count() == 5
    with capsys.disabled():
        print(f"\na new puskesmas: {watch.minutes:.1f} minutes of machine time")
    assert watch.minutes < 5


def test_the_head_leaves_a_step_out_and_says_why(visit: Any) -> None:
    head: Visitor = visit()
    head.sign_in("kepala")
    head.go("/staf/puskesmas/mulai/")
    head.page.get_by_role("link", name="Lewati Impor data anak").click()
    head.look("langkah-lewati")
    head.page.get_by_label("Mengapa dilewati").fill("Tidak ada data lama")
    head.page.keyboard.press("Enter")
    expect(head.page.get_by_text("Dilewati", exact=True)).to_be_visible()
    head.page.get_by_role("button", name="Kerjakan lagi Impor data anak").click()
    expect(head.page.get_by_role("link", name="Lewati Impor data anak")).to_be_visible()
