"""Journeys: a family is kept as it is: who cares, where they live; a child moves, returns, comes in; a child dies."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families import life_operations as lives
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child, Sex
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Puskesmas

pytestmark = pytest.mark.browser
KOTO_TANGAH = "13.71.11"


@pytest.fixture
def rina(visit: Any) -> Any:
    window = visit()
    window.sign_in("rina")
    return window


def of_melati() -> Child:
    """A child who has lived at Melati since birth, with her family."""
    here = Child.objects.here().filter(posyandu__name="Melati", household__children__isnull=False)
    today = Puskesmas.objects.get(name="Andalas").today()
    return here.filter(birth_date__lt=today - timedelta(days=300)).order_by("birth_date").reverse()[0]


def test_a_grandmother_takes_over_and_the_family_moves_house(rina: Any) -> None:
    page, child = rina.page, of_melati()
    rina.go(f"/staf/anak/{child.pk}/")
    page.get_by_role("link", name="Keluarga", exact=True).click()
    page.get_by_role("link", name="Tambah pengasuh").click()
    page.get_by_label("Hubungan dengan anak").select_option(label="Nenek")
    page.get_by_label("Nama").fill("Rosmaini")
    page.get_by_label("Nomor HP").fill("0812-6700-1099")
    rina.look("pengasuh-tambah")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ganti pengasuh utama").first.click()
    page.get_by_label("Pengasuh utama").select_option(label="Rosmaini")
    page.get_by_label("Sejak tanggal").fill("1-11-2026")
    page.get_by_label("Alasan").fill("ibu bekerja di Pekanbaru")
    rina.look("pengasuh-utama")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ubah tempat tinggal").click()
    page.get_by_label("RW").fill("06")
    page.get_by_label("Alamat").fill("Jalan Aru Indah 8")
    rina.look("keluarga-ubah")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Rosmaini pengasuh utama")).to_be_visible()
    page.get_by_role("link", name="Ubah Rosmaini").click()
    page.get_by_label("Nama").fill("Rosmaini Tanjung")
    rina.look("pengasuh-ubah")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tidak lagi mengasuh (Rosmaini Tanjung)").click()
    page.get_by_label("Sejak tanggal").fill("26-11-2026")
    page.get_by_label("Alasan").fill("pulang kampung")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("pengasuh utama").first).to_be_visible()
    rina.look("pengasuh-berhenti")
    page.get_by_role("link", name="Batal").click()
    rina.look("keluarga")


def test_a_child_moves_by_mistake_and_the_mistake_is_undone(rina: Any) -> None:
    page, child = rina.page, of_melati()
    rina.go(f"/staf/anak/{child.pk}/")
    page.get_by_role("link", name="Riwayat tinggal").click()
    page.get_by_role("link", name="Catat pindah").click()
    page.get_by_label("Posyandu lain di puskesmas ini").check()
    page.get_by_label("Sejak tanggal").fill("20-11-2026")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Pilih posyandu tujuan").first).to_be_visible()
    expect(page.get_by_label("Sejak tanggal")).to_have_value("20-11-2026")
    rina.look("tinggal-pindah")
    page.get_by_label("Posyandu tujuan").select_option(index=1)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("pindah ke Posyandu Kenanga").first).to_be_visible()
    rina.look("tinggal")
    page.get_by_role("link", name="Batalkan catatan terakhir").click()
    page.get_by_label("Alasan pembatalan").fill("salah anak")
    rina.look("tinggal-batal")
    page.get_by_role("button", name="Batalkan catatan ini").click()
    expect(page.get_by_text("Catatan terakhir sudah dibatalkan").first).to_be_visible()
    expect(page.get_by_text(f"{child.name} terdaftar di Posyandu Melati")).to_be_visible()


def test_a_death_is_noted_quietly(rina: Any) -> None:
    page, child = rina.page, of_melati()
    rina.go(f"/staf/anak/{child.pk}/tinggal/")
    page.get_by_role("link", name="Catat meninggal").click()
    page.get_by_label("Tanggal meninggal").fill("24-11-2026")
    page.get_by_label("Tempat").select_option(label="Di rumah sakit")
    rina.look("meninggal")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Kami turut berduka")).to_be_visible()
    rina.look("tinggal-sesudah-meninggal")
    rina.go(f"/staf/anak/{child.pk}/")
    expect(page.get_by_role("link", name="Cetak PDF")).to_have_count(0)
    rina.look("anak-sesudah-meninggal")
    rina.go(f"/staf/anak/{child.pk}/imunisasi/")
    rina.look("imunisasi-sesudah-meninggal")
    rina.go(f"/staf/anak/{child.pk}/kesehatan/")
    page.get_by_role("link", name="Catat pelayanan sebelum meninggal").click()
    expect(page.get_by_text("Pelayanan sebelum meninggal:")).to_be_visible()
    rina.look("kesehatan-sesudah-meninggal")


def test_rina_takes_in_a_child_whom_another_puskesmas_handed_over(rina: Any) -> None:
    _hand_over_nisa()
    gone = of_melati()
    by = User.objects.get(username="rina")
    lives.leave(gone, on=by.today() - timedelta(days=3), reason="ke Medan", by=by)
    page = rina.page
    page.get_by_role("link", name="Lainnya").click()
    page.get_by_role("link", name="Anak pindah").click()
    expect(page.get_by_text(gone.name)).to_be_visible()
    rina.look("anak-pindah")
    page.get_by_role("link", name="Terima", exact=True).click()
    page.get_by_label("Posyandu").select_option(index=1)
    rina.look("anak-pindah-terima")
    page.get_by_role("button", name="Terima").click()
    expect(page.get_by_text("Nisa Khairani diterima di").first).to_be_visible()


def _hand_over_nisa() -> None:
    """A girl of Air Dingin is on her way to Andalas."""
    beyond = Area.objects.filter(parent__code=KOTO_TANGAH, level=AreaLevel.VILLAGE)
    district = Area.objects.get(code=KOTO_TANGAH)
    air_dingin = places.open_puskesmas(
        "Air Dingin", district=district, villages=beyond, confirmed=True, by=None
    )
    (mawar,) = places.open_posyandu([("Mawar", beyond[0], "01")], puskesmas=air_dingin, by=None)
    yuni = accounts.create_user(
        username="yuni", name="Bidan Yuni", password="x", puskesmas=air_dingin, by=None, check=False
    )
    accounts.give_role(yuni, "bidan", puskesmas=air_dingin, by=None)
    born = yuni.today() - timedelta(days=500)
    draft = ChildDraft("Nisa Khairani", Sex.GIRL.value, born, mother=CaregiverDraft("Rosna"))
    nisa = families.register_child(draft, posyandu=mawar, by=yuni)
    andalas = Puskesmas.objects.get(name="Andalas")
    lives.hand_over(nisa, to=andalas, on=yuni.today() - timedelta(days=1), by=yuni)
