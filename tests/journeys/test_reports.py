"""Journey: a private midwife tells of a newborn in a minute, bidan Rina registers her, and the midwife reads so."""

import time
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.demo.generate import PASSWORD
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families import report_operations
from ceting.registry.families.drafts import ReportDraft
from ceting.registry.families.models import FamilyReport, OutcomeKind
from ceting.registry.places.models import Area, Puskesmas

pytestmark = pytest.mark.browser
ONE_MINUTE = 60


def reporter() -> User:
    """Bidan mandiri Farida."""
    andalas = Puskesmas.objects.get(name="Andalas")
    user = accounts.create_user(
        username="farida",
        name="Bidan mandiri Farida",
        password=PASSWORD,
        puskesmas=andalas,
        by=None,
        check=False,
    )
    accounts.give_role(user, "pelapor", puskesmas=andalas, by=None)
    return user


def earlier_reports(by: User) -> None:
    """What kader Wati and others told before, one of it answered."""
    andalas, jati = (Area.objects.get(name=name, parent__code="13.71.02") for name in ("Andalas", "Jati"))
    wati, today = User.objects.get(username="wati"), by.today()
    told = [
        (ReportDraft("pregnancy", "Desi Ratnasari", jati, rw="05", day=today + timedelta(days=90)), wati),
        (ReportDraft("birth", "Yulianis", andalas, rw="03", day=today - timedelta(days=3)), wati),
        (ReportDraft("pregnancy", "Roza Linda Permatasari Chaniago", jati, rw="02"), by),
    ]
    for draft, who in told:
        last = report_operations.report(draft, by=who, despite_likeness=True)
    report_operations.answer(last, OutcomeKind.NOT_FOUND, by=User.objects.get(username="rina"))


def test_farida_tells_of_a_newborn_and_rina_registers_her(visit: Any) -> None:
    earlier_reports(reporter())
    farida = visit()
    farida.page.set_viewport_size({"width": 360, "height": 640})
    farida.sign_in("farida")
    began = time.monotonic()
    farida.page.get_by_role("link", name="Lapor ibu hamil atau bayi baru").click()
    farida.page.get_by_label("Bayi baru lahir").check()
    farida.page.get_by_label("Nama ibu").fill("Yulianis")
    farida.page.get_by_label("Kelurahan").select_option(label="Andalas")
    farida.page.get_by_label("Tanggal lahir bayi").fill("24 Nov 2026")
    farida.page.get_by_role("button", name="Kirim laporan").click()
    expect(farida.page.get_by_text("Bidan Puskesmas Andalas akan menindaklanjuti Yulianis.")).to_be_visible()
    assert time.monotonic() - began < ONE_MINUTE
    farida.look("laporan-saya")
    farida.page.get_by_role("link", name="Lapor lagi").click()
    farida.look("laporan-lapor")

    rina = visit()
    rina.sign_in("rina")
    rina.page.get_by_role("link", name="Laporan menunggu").click()
    rina.look("laporan")
    told = FamilyReport.objects.get(name="Yulianis", by__username="farida")
    rina.page.locator(f'a[href$="/laporan/{told.pk}/"]').click()
    expect(rina.page.get_by_text("Laporan lain tentang orang yang mungkin sama")).to_be_visible()
    rina.look("laporan-satu")
    rina.page.get_by_role("link", name="Daftarkan bayinya").click()
    expect(rina.page.get_by_label("Nama anak")).to_have_value("By. Ny. Yulianis")
    rina.look("laporan-daftarkan")
    rina.page.get_by_label("Perempuan").check()
    rina.page.get_by_label("Posyandu").select_option(label="Posyandu Melati, Andalas")
    rina.page.get_by_role("button", name="Simpan").last.click()
    expect(rina.page.get_by_text("laporannya sudah dijawab")).to_be_visible()

    farida.go("/staf/anak/laporan/saya/")
    expect(farida.page.get_by_text("Anak sudah didaftarkan")).to_be_visible()
