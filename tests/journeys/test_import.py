"""Journey: petugas gizi Dewi brings in last year's e-PPGBM export, with its bad rows, and looks at a child of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from playwright.sync_api import expect

from ceting.care.measurements import operations as measurements
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement
from ceting.gateways.interop.eppgbm.models import ImportOutcome
from ceting.gateways.interop.eppgbm.tests.exports import as_html, district, row
from ceting.gateways.interop.eppgbm.tests.sheets import ALYA, BUDI, sheet, two_rows
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

pytestmark = pytest.mark.browser


@pytest.fixture
def export(tmp_path: Path, settings: LazySettings) -> Path:
    """Forty children over five months, and three rows that nobody can take."""
    settings.MEDIA_ROOT = tmp_path / "media"
    rows = [
        {**each, "Posyandu": "MELATI", "Desa/Kel": "ANDALAS"}
        for each in district(40, 5, today=date(2026, 11, 20))
    ]
    bad = {"Posyandu": "MELATI", "Desa/Kel": "ANDALAS"}
    rows += [
        row(**{**bad, "Nama": "ANAK DARI MASA DEPAN", "Tanggal Pengukuran": "2031-01-05"}),
        row(**{**bad, "Nama": "ANAK SALAH KETIK", "Berat": "850"}),
        row(**{**bad, "Nama": "ANAK NIK KURANG", "NIK": "137102170825001"}),
    ]
    file = tmp_path / "daftar-balita.xls"
    file.write_bytes(as_html(rows))
    return file


def the_worker_works() -> None:
    """What `ceting work` does with the queue, here and now."""
    for queued in OrmQ.objects.order_by("id"):
        task = queued.task
        run = import_string(task["func"]) if isinstance(task["func"], str) else task["func"]
        run(*task["args"], **task["kwargs"])
        queued.delete()


def test_an_export_is_checked_row_by_row_taken_in_and_harmless_to_repeat(visit: Any, export: Path) -> None:
    dewi = visit()
    dewi.sign_in("dewi")
    page = dewi.page
    page.get_by_role("link", name="Lainnya").first.click()
    page.get_by_role("link", name="Impor", exact=True).click()
    dewi.look("impor")
    measured, registered = Measurement.objects.count(), Child.objects.count()
    page.locator("input[type=file]").set_input_files(export)
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Periksa sebelum diimpor")
    expect(page.get_by_text("ANAK DARI MASA DEPAN").first).to_be_visible()
    assert (Measurement.objects.count(), Child.objects.count()) == (measured, registered)
    dewi.look("impor-pratinjau")
    page.get_by_role("button", name="Mulai impor").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    dewi.look("impor-berjalan")
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    dewi.look("impor-selesai")
    taken = Measurement.objects.count()
    assert taken > measured + 150
    assert Child.objects.count() >= registered + 40
    dewi.go("/staf/impor/")
    page.locator("input[type=file]").set_input_files(export)
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()
    page.get_by_role("button", name="Mulai impor").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    assert Measurement.objects.count() == taken


def test_an_import_of_the_wrong_file_is_taken_back_and_says_what_stays(visit: Any, export: Path) -> None:
    dewi = visit()
    dewi.sign_in("dewi")
    page = dewi.page
    dewi.go("/staf/impor/")
    measured = set(Measurement.objects.current().values_list("pk", flat=True))
    page.locator("input[type=file]").set_input_files(export)
    page.get_by_role("button", name="Unggah dan periksa").click()
    the_worker_works()
    page.get_by_role("button", name="Mulai impor").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    child = Child.objects.filter(pk__in=ImportOutcome.objects.filter(new_child=True).values("child")).first()
    assert child is not None
    draft = MeasurementDraft(child=child, measured_on=date(2026, 11, 26), weight_kg=Decimal("11.2"))
    measurements.record_visit(draft, by=User.objects.get(username="wati"))
    page.get_by_text("Impor ini keliru? Tarik kembali").click()
    page.get_by_role("button", name="Tarik kembali impor ini").click()
    expect(page.locator(".error-summary").first).to_be_visible()
    dewi.look("impor-tarik")
    page.get_by_label("Alasan").fill("Berkas milik posyandu lain")
    page.get_by_role("button", name="Tarik kembali impor ini").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Impor ditarik kembali")
    expect(page.get_by_text("dicatat oleh")).to_be_visible()
    dewi.look("impor-ditarik")
    assert Measurement.objects.current().count() == len(measured) + 1


def test_a_kaders_monthly_sheet_is_read_month_by_month(
    visit: Any, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "lembar-melati.xlsx"
    heads = two_rows(["Januari", "Februari", "Maret"])
    file.write_bytes(
        sheet(
            heads,
            [(ALYA, ["8,4", "71", "T", None, "9", "73"]), (BUDI, ["10", "80", "10,2", "81", "-", None])],
        )
    )
    dewi = visit()
    dewi.sign_in("dewi")
    page = dewi.page
    dewi.go("/staf/impor/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("Berkas tidak punya kolom posyandu?").click()
    page.get_by_label("Posyandu untuk baris tanpa nama posyandu").select_option(index=1)
    page.get_by_role("button", name="Unggah dan periksa").click()
    the_worker_works()
    expect(page.get_by_role("heading", name="Tahun berapa lembar ini?")).to_be_visible()
    dewi.look("impor-lembar-tahun")
    page.get_by_label("Tahun bulan pertama di lembar ini").select_option("2026")
    page.get_by_role("button", name="Simpan dan periksa ulang").first.click()
    the_worker_works()
    expect(page.get_by_role("heading", name="Lembar bulanan")).to_be_visible()
    dewi.look("impor-lembar")
    page.get_by_role("button", name="Mulai impor").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    assert Measurement.objects.filter(child__name="ALYA DELIMA").count() == 2


def test_a_photo_named_xls_is_refused_in_words(visit: Any, tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    photo = tmp_path / "balita.xls"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    dewi = visit()
    dewi.sign_in("dewi")
    dewi.go("/staf/impor/")
    dewi.page.locator("input[type=file]").set_input_files(photo)
    dewi.page.get_by_role("button", name="Unggah dan periksa").click()
    expect(dewi.page.locator(".error-summary, [role=alert]").first).to_be_visible()


def test_columns_that_nobody_knows_are_shown_once_and_remembered(
    visit: Any, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    own = tmp_path / "daftar-bidan.csv"
    lines = (
        "Balita;JK;Tgl Lahir;Nama Ortu;Posyandu;Desa/Kel;Hari Timbang;Timbangan;Catatan Kader",
        "ALYA DELIMA;P;10-03-2025;ROSMA;MELATI;ANDALAS;12-08-2026;9,4;rajin datang",
    )
    own.write_text("\n".join(lines), encoding="utf-8")
    dewi = visit()
    dewi.sign_in("dewi")
    page = dewi.page
    dewi.go("/staf/impor/")
    page.locator("input[type=file]").set_input_files(own)
    page.get_by_role("button", name="Unggah dan periksa").click()
    the_worker_works()
    expect(page.get_by_role("heading", name="Kolom mana yang dimaksud?")).to_be_visible()
    dewi.look("impor-tanya-kolom")
    page.get_by_label("“Balita”").select_option(label="Nama anak")
    page.get_by_label("“Hari Timbang”").select_option(label="Tanggal pengukuran")
    page.get_by_label("“Timbangan”").select_option(label="Berat")
    page.get_by_role("button", name="Simpan dan periksa ulang").first.click()
    the_worker_works()
    expect(page.get_by_role("button", name="Mulai impor")).to_be_visible()
    dewi.go("/staf/impor/kolom/")
    dewi.look("impor-arti-kolom")
    page.get_by_role("link", name="Nama anak: “Balita”").click()
    dewi.look("impor-arti-kolom-ubah")
