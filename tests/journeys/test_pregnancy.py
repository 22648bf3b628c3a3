"""Journeys: from nine weeks to a first birthday, and a loss after which nothing assumes a living pregnancy."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.foundation.messaging import delivery
from ceting.foundation.messaging import operations as messaging
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser
PADANG = ZoneInfo("Asia/Jakarta")
TODAY = date(2026, 11, 26)
LMP = TODAY - timedelta(weeks=9)
NAME = "Yanti Marlina Putri"
WEEKS = ((16, "44,1", ""), (22, "46,5", "21"), (28, "49,5", "27"), (32, "51,2", "31"), (35, "52,6", "34"))
"""Contacts after the first: week, weight in kg, fundal height in cm."""
LIVING = ("minggu", "trimester", "Perkiraan lahir", "perkiraan lahir", "HPL", "janin", "Periksa kehamilan")
"""Words that assume a living pregnancy."""


@contextmanager
def at(day: date) -> Iterator[None]:
    """Ten in the morning of a later day."""
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=PADANG)
    with time_machine.travel(moment, tick=True):
        yield


def rina_at(visit: Any) -> Any:
    """Bidan Rina at a computer of that day."""
    rina = visit()
    rina.sign_in("rina")
    return rina


def find_her(rina: Any) -> None:
    rina.go("/staf/ibu-hamil/")
    rina.page.get_by_label("Cari nama ibu").fill("yanti marlina")
    rina.page.get_by_role("button", name="Cari").click()
    rina.page.get_by_role("link", name=NAME).click()


def check_up(rina: Any, values: dict[str, str], *, doctor: bool = False, picture: str = "") -> None:
    """One contact through its form."""
    rina.page.get_by_role("link", name="Catat pemeriksaan").click()
    if doctor:
        rina.page.get_by_label("Diperiksa oleh").select_option("doctor")
    for summary in rina.page.locator("summary", has_text="Pemeriksaan lain").all():
        summary.click()
    for label, value in values.items():
        rina.page.get_by_label(label, exact=False).first.fill(value)
    if doctor:
        rina.page.get_by_label("USG dilakukan").check()
    if picture:
        rina.look(picture)
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_text("Pemeriksaan sudah tersimpan.")).to_be_visible()


def test_from_nine_weeks_to_the_first_birthday(visit: Any) -> None:
    rina = rina_at(visit)
    rina.go("/staf/ibu-hamil/")
    rina.look("ibu-hamil")
    rina.page.get_by_role("link", name="Catat kehamilan").click()
    rina.look("ibu-hamil-catat")
    rina.page.get_by_label("Nama ibu").fill(NAME)
    rina.page.get_by_label("Tanggal lahir ibu").fill("3/2/1991")
    rina.page.get_by_label("Posyandu", exact=True).select_option(label="Posyandu Melati, Andalas")
    rina.page.get_by_label("Hari pertama haid terakhir").fill(f"{LMP:%d/%m/%Y}")
    rina.page.get_by_label("Berat sebelum hamil").fill("42")
    rina.page.get_by_label("Tinggi badan").fill("155")
    rina.page.get_by_label("Kehamilan ke-").fill("1")
    rina.page.get_by_role("button", name="Simpan").click()
    main = rina.page.locator("main")
    expect(main).to_contain_text("9 minggu")
    expect(main).to_contain_text("Kam, 1 Jul 2027")
    # 17.5 kg/m2 before the pregnancy, and an arm of 22.4 cm.
    check_up(
        rina,
        {"Berat badan": "42,6", "LiLA": "22,4", "Tekanan darah atas": "104", "Tekanan darah bawah": "68"},
        doctor=True,
        picture="ibu-hamil-periksa",
    )
    expect(main).to_contain_text("Risiko KEK")
    expect(main).to_contain_text("K1")
    for week, weight, height in (
        (16, "44,1", ""),
        (22, "46,5", "21"),
        (28, "49,5", "27"),
        (32, "51,2", "31"),
        (35, "52,6", "34"),
    ):
        with at(LMP + timedelta(weeks=week)):
            rina = rina_at(visit)
            find_her(rina)
            values = {
                "Berat badan": weight,
                "Tekanan darah atas": "108",
                "Tekanan darah bawah": "70",
                "Tablet diminum": "30",
            }
            check_up(rina, values | ({"Tinggi fundus": height} if height else {}), doctor=week == 32)
    pregnancy = Pregnancy.objects.get(woman__name=NAME)
    assert [each.slot for each in pregnancy.contacts.order_by("on")] == ["K1", "K2", "K3", "K4", "K5", "K6"]
    born_on = LMP + timedelta(weeks=36)
    with at(born_on):
        rina = rina_at(visit)
        find_her(rina)
        expect(rina.page.locator("main")).to_contain_text("Kenaikan berat selama hamil")
        rina.look("ibu-hamil-kehamilan")
        rina.page.get_by_role("link", name="Catat persalinan").click()
        rina.page.get_by_label("Tanggal lahir").fill(f"{born_on:%d/%m/%Y}")
        rina.page.get_by_label("Tempat").select_option("puskesmas")
        rina.page.get_by_label("Perempuan").first.check()
        rina.page.get_by_label("Nama bayi").first.fill("Kirana Putri")
        rina.page.get_by_label("Berat lahir").first.fill("2,4")
        rina.page.get_by_label("Panjang lahir").first.fill("46")
        rina.look("ibu-hamil-melahirkan")
        rina.page.get_by_role("button", name="Simpan").click()
        expect(rina.page.locator("main")).to_contain_text("Kirana Putri")
        rina.look("ibu-nifas")
        rina.page.get_by_role("link", name="Catat kunjungan nifas").click()
        rina.page.get_by_label("Vitamin A nifas").select_option("2")
        rina.look("ibu-nifas-catat")
        rina.page.get_by_role("button", name="Simpan").click()
        expect(rina.page.locator("main")).to_contain_text("KF1")
    for months, kg in ((2, "3,9"), (3, "4,9"), (4, "5,0")):
        with at(born_on + timedelta(days=30 * months)):
            rina = rina_at(visit)
            child = pregnancy.born.get().child
            rina.go(f"/staf/anak/{child.pk}/")
            rina.page.get_by_role("link", name="Catat pengukuran").click()
            rina.page.get_by_label("Berat").fill(kg)
            rina.page.get_by_role("button", name="Simpan").click()
            expect(rina.page.locator("main")).to_contain_text("koreksi")
    with at(born_on + timedelta(days=121)):
        rina = rina_at(visit)
        rina.go(f"/staf/anak/{child.pk}/")
        # 100 g in a month are too few.
        expect(rina.page.locator("main")).to_contain_text("T ·")
        expect(rina.page.locator("main")).to_contain_text("36 minggu kehamilan")
        rina.look("anak-kurang-bulan")
        rina.page.get_by_role("link", name="Kesehatan").first.click()
        rina.page.get_by_role("link", name="Lihat jadwal imunisasi").click()
        expect(rina.page.locator("main")).to_contain_text("DPT-HB-Hib")
    with at(date(born_on.year + 1, born_on.month, born_on.day)):
        rina = rina_at(visit)
        rina.go(f"/staf/anak/{child.pk}/")
        expect(rina.page.locator("main")).to_contain_text("1 tahun (koreksi 11 bulan")
        rina.page.get_by_role("link", name="Keluarga").click()
        rina.page.get_by_role("link", name="Linimasa").click()
        expect(rina.page.locator("main")).to_contain_text("Pemeriksaan kehamilan K6")
        rina.look("keluarga-linimasa")


def expected(*, weeks: int = 30) -> Pregnancy:
    """Yanti, who agreed to messages, so many weeks on; her next check is being reminded of."""
    rina, melati = User.objects.get(username="rina"), Posyandu.objects.get(name="Melati")
    draft = WomanDraft(NAME, birth_date=date(1991, 2, 3), phone="+6281267001002")
    woman = woman_operations.register_woman(draft, posyandu=melati, by=rina)
    messaging.answer_opt_in(woman.pk, granted=True, said_through="spoken", by=rina)
    told = PregnancyDraft(lmp=TODAY - timedelta(weeks=weeks), gravida=1, para=0)
    return operations.register(told, woman=woman, posyandu=melati, by=rina)


def test_after_a_loss_nothing_is_sent_asked_or_shown_that_assumes_a_living_pregnancy(visit: Any) -> None:
    pregnancy = expected()
    delivery.deliver()
    rina = rina_at(visit)
    rina.go(reverse("messages:by-hand"))
    expect(rina.page.locator("main")).to_contain_text(NAME)
    find_her(rina)
    rina.page.get_by_role("link", name="Kehamilan berakhir karena sebab lain").click()
    rina.page.get_by_label("Bayi lahir meninggal").check()
    rina.page.get_by_label("Tanggal").fill(f"{TODAY:%d/%m/%Y}")
    rina.look("ibu-hamil-berakhir")
    rina.page.get_by_role("button", name="Simpan").click()
    main = rina.page.locator("main")
    expect(main).to_contain_text("Kami turut berduka")
    rina.look("ibu-hamil-duka")
    for word in LIVING:
        expect(main).not_to_contain_text(word)
    delivery.deliver()
    rina.go(reverse("messages:by-hand"))
    expect(rina.page.locator("main")).not_to_contain_text(NAME)
    rina.go("/staf/ibu-hamil/")
    rina.page.get_by_label("Cari nama ibu").fill("yanti marlina putri")
    rina.page.get_by_role("button", name="Cari").click()
    expect(rina.page.locator("main")).not_to_contain_text(NAME)
    wati = visit()
    wati.sign_in("wati")
    wati.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    for word in (*LIVING, "meninggal", "berduka"):
        expect(wati.page.locator("main")).not_to_contain_text(word)
    wati.go("/staf/ibu-hamil/nifas/")
    expect(wati.page.locator("main")).to_contain_text(NAME)
    # The midwife still comes.
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/nifas/")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).to_contain_text("KF1")


def test_rina_mends_what_was_written_wrongly(visit: Any) -> None:
    pregnancy = expected()
    rina = rina_at(visit)
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    rina.page.get_by_role("link", name="Ubah data").click()
    rina.look("ibu-hamil-ubah")
    rina.page.get_by_role("link", name="Batal").click()
    rina.page.get_by_role("link", name="Catat pemeriksaan").click()
    rina.page.get_by_label("Sakit kepala hebat").check()
    rina.page.get_by_label("Tekanan darah atas").fill("164")
    rina.page.get_by_label("Tekanan darah bawah").fill("112")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.locator("main")).to_contain_text("Segera ke IGD")
    rina.look("ibu-hamil-tanda-bahaya")
    rina.page.get_by_role("link", name="Perbaiki").first.click()
    rina.look("ibu-hamil-perbaiki")
    rina.page.get_by_role("link", name="Tarik pemeriksaan ini").click()
    rina.page.get_by_label("Alasan").fill("Ibu lain")
    rina.look("ibu-hamil-tarik")
    rina.page.get_by_role("button", name="Tarik").click()
    expect(rina.page.locator("main")).not_to_contain_text("Segera ke IGD")
    rina.go("/staf/ibu-hamil/baru/")
    rina.page.get_by_label("Nama ibu").fill("Yanti Marlina Putri")
    rina.page.get_by_label("Posyandu", exact=True).select_option(label="Posyandu Melati, Andalas")
    rina.page.get_by_label("Hari pertama haid terakhir").fill("1/10/2026")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(rina.page.get_by_text("Mungkin ibu ini sudah tercatat")).to_be_visible()
    rina.look("ibu-hamil-catat-sama")
    rina.page.get_by_role("link", name=NAME).click()
    rina.look("ibu-hamil-catat-dikenal")
    by = User.objects.get(username="rina")
    outcome_operations.end(pregnancy, EndDraft("stillbirth", TODAY), by=by)
    rina.go("/staf/ibu-hamil/nifas/")
    rina.look("masa-nifas")
    rina.page.get_by_role("link", name=NAME).click()
    rina.page.get_by_role("link", name="Perbaiki catatan").click()
    rina.look("ibu-hamil-akhir-ubah")
    rina.page.get_by_role("link", name="Batal").click()
    rina.page.get_by_role("link", name="Salah catat").click()
    rina.page.get_by_label("Alasan").fill("Ibu lain")
    rina.look("ibu-hamil-akhir-batal")
    rina.page.get_by_role("button", name="Batalkan catatan").click()
    expect(rina.page.locator("main")).to_contain_text("30 minggu")
