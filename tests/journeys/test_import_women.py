"""Journey: a list of pregnant women is checked, asked about, taken in, repeated and taken back."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import expect

from ceting.care.pregnancies.models import Pregnancy
from ceting.gateways.interop.pregnant_women.tests.lists import as_xlsx, row, woman
from ceting.registry.families.models import Caregiver
from tests.journeys.test_import import the_worker_works

pytestmark = pytest.mark.browser


@pytest.fixture
def register(tmp_path: Path, settings: LazySettings) -> Path:
    """Twelve women of Melati, one who may be known, and three rows that nobody can take."""
    settings.MEDIA_ROOT = tmp_path / "media"
    known = Caregiver.objects.filter(relation="mother", household__village__name="Andalas").first()
    assert known is not None
    rows = [
        *(woman(number) for number in range(12)),
        row(Nama_Ibu=known.name.upper(), Tgl_Lahir="", No_HP="", GPA=""),
        woman(20, HPHT="", HPL=""),
        woman(21, HPHT="02/01/2026"),
        woman(22, TB="16"),
        woman(23, HPHT="", HPL="12 Mei 2027"),
    ]
    file = tmp_path / "register-ibu-hamil.xlsx"
    file.write_bytes(as_xlsx(rows))
    return file


def upload(page: Any, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()


def test_a_register_is_checked_asked_about_taken_in_repeated_and_taken_back(
    visit: Any, register: Path
) -> None:
    rina = visit()
    rina.sign_in("dewi")
    page = rina.page
    before = Pregnancy.objects.open().count()
    rina.go("/staf/ibu-hamil/")
    page.get_by_role("link", name="Impor dari Excel").click()
    rina.look("impor-ibu-hamil")
    upload(page, register)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Periksa sebelum diimpor")
    expect(page.get_by_role("heading", name="Ibu yang sama, atau ibu lain?")).to_be_visible()
    expect(page.get_by_text("mungkin sudah melahirkan")).to_be_visible()
    assert Pregnancy.objects.open().count() == before
    rina.look("impor-ibu-hamil-pratinjau")
    page.locator("select[name^=row-]").first.select_option("lain")
    page.get_by_role("button", name="Simpan jawaban dan periksa ulang").click()
    the_worker_works()
    expect(page.get_by_text("1 baris sudah dijawab.")).to_be_visible()
    page.get_by_role("button", name="Mulai impor").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    rina.look("impor-ibu-hamil-berjalan")
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    rina.look("impor-ibu-hamil-selesai")
    assert Pregnancy.objects.open().count() == before + 14
    import_url = page.url
    rina.go("/staf/impor/ibu-hamil/")
    upload(page, register)
    page.get_by_role("button", name="Mulai impor").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil impor")
    assert Pregnancy.objects.open().count() == before + 14
    page.goto(import_url)
    page.get_by_text("Impor ini keliru? Tarik kembali").click()
    page.get_by_label("Alasan").fill("Berkas milik puskesmas lain")
    page.get_by_role("button", name="Tarik kembali impor ini").click()
    the_worker_works()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Impor ditarik kembali")
    expect(page.get_by_text("Juga ada di impor").first).to_be_visible()
    rina.look("impor-ibu-hamil-ditarik")


def test_columns_of_a_register_are_shown_once_remembered_and_changed(
    visit: Any, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    own = tmp_path / "buku-bidan.csv"
    lines = (
        "Nama Ibu;NIK;Posyandu;Kelurahan;Mulai Haid;Catatan Bidan",
        "YANTI MARLINA;-;MELATI;ANDALAS;01/09/2026;kontrol lagi",
    )
    own.write_text("\n".join(lines), encoding="utf-8")
    dewi = visit()
    dewi.sign_in("dewi")
    page = dewi.page
    dewi.go("/staf/impor/ibu-hamil/")
    upload(page, own)
    expect(page.get_by_role("heading", name="Kolom mana yang dimaksud?")).to_be_visible()
    dewi.look("impor-ibu-hamil-tanya-kolom")
    page.get_by_label("“Mulai Haid”").select_option(label="HPHT")
    page.get_by_role("button", name="Simpan dan periksa ulang").first.click()
    the_worker_works()
    page.get_by_role("link", name="Semua arti kolom yang diingat").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Arti kolom yang diingat")
    dewi.look("impor-ibu-hamil-arti-kolom")
    page.get_by_role("link", name="HPHT: “Mulai Haid”").click()
    dewi.look("impor-ibu-hamil-arti-kolom-ubah")
    page.get_by_label("“Catatan Bidan”").select_option(label="Alamat")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("link", name="Alamat: “Catatan Bidan”")).to_be_visible()
