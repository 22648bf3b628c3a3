"""Journey: before the morning: who is looked for first, and who gets vitamin A."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.measurements import operations
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from tests.journeys.test_posyandu_day import todays_session

pytestmark = pytest.mark.browser
AUGUST = date(2026, 8, 13)


def test_wati_sees_who_comes_first_and_who_gets_a_capsule(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go(f"/staf/sesi/{todays_session().pk}/")
    wati.page.get_by_role("link", name="Siapa didahulukan").click()
    expect(wati.page.get_by_role("heading", name="Cari dan ajak dulu")).to_be_visible()
    wati.look("hari-posyandu-siapa")
    melati = Posyandu.objects.get(name="Melati")
    august = operations.open_session(melati, AUGUST, by=User.objects.get(username="wati"))
    wati.go(f"/staf/sesi/{august.pk}/")
    wati.page.get_by_role("link", name="Lihat siapa yang mendapat").click()
    expect(wati.page.get_by_role("heading", name="Kapsul biru")).to_be_visible()
    wati.look("hari-posyandu-vitamin-a", at="#vitamin-a")


def test_rina_plans_a_year_and_cancels_a_day(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/jadwal/susun/")
    rina.look("jadwal-susun")
    rina.page.get_by_label("Posyandu", exact=True).select_option(index=1)
    rina.page.get_by_label("Hari", exact=True).select_option("Kamis")
    rina.page.get_by_label("Minggu ke", exact=True).select_option("2")
    rina.page.get_by_label("Tahun", exact=True).select_option("2027")
    rina.page.get_by_role("button", name="Buat jadwal").click()
    expect(rina.page.get_by_text("Dijadwalkan", exact=True)).to_be_visible()
    rina.page.get_by_role("link", name="Pindah atau batal").click()
    rina.look("jadwal-ubah")
    rina.page.get_by_label("Alasan").fill("Bertepatan hari libur")
    rina.page.keyboard.press("Enter")
    expect(rina.page.get_by_text("Dibatalkan", exact=True)).to_be_visible()
    rina.look("jadwal")
