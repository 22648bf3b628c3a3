"""Journey: a morning on paper: the sheet is printed, written on, opened by its code and typed in by keyboard."""

import io
import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ceting.care.measurements import planning, sheets
from ceting.care.measurements.models import Measurement, PaperSheet, PaperSheetLine, Session
from ceting.care.measurements.sheet_codes import spoken
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu
from tests.journeys.test_posyandu_day import _until_moved_on, a_little_more, todays_session

pytestmark = pytest.mark.browser


def the_pdf(visitor: Any, sheet: PaperSheet) -> str:
    answer = visitor.page.context.request.get(f"{visitor.url}/staf/lembar/{sheet.code}/lembar.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)


def test_a_morning_on_paper_from_the_printer_to_skdn(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/lembar/")
    expect(wati.page.get_by_text("Belum ada lembar yang dicetak")).to_be_visible()
    sheet = _print(wati)
    text = the_pdf(wati, sheet)
    lines = list(PaperSheetLine.objects.filter(sheet=sheet).select_related("child"))
    assert len(lines) > 30
    for line in lines:
        assert line.child.name[:20] in text
        assert not line.child.nik or line.child.nik not in text
    assert spoken(sheet.code) in text

    wati.go("/staf/lembar/")
    wati.look("lembar")
    keys = wati.page.keyboard
    wati.page.get_by_label("Kode lembar").focus()
    keys.type(sheet.code[1] + sheet.code[0] + sheet.code[2:] if sheet.code[0] != sheet.code[1] else "K7M4")
    keys.press("Enter")
    expect(wati.page.get_by_text("Ada huruf atau angka yang keliru").first).to_be_visible()
    wati.look("lembar-kode-salah")
    wati.page.get_by_label("Kode lembar").fill(spoken(sheet.code).lower())
    keys.press("Enter")
    wati.page.wait_for_url(re.compile(rf"/staf/sesi/.*lembar={sheet.code}"))
    expect(wati.page.get_by_text(f"Mengetik dari lembar {spoken(sheet.code)}")).to_be_visible()
    numbers = wati.page.locator(".grid-number").all_text_contents()
    assert numbers == [str(line.number) for line in lines]
    wati.look("hari-posyandu-dari-lembar")

    _type_everything(wati, lines)
    session = Session.objects.get(posyandu=sheet.posyandu, held_on=sheet.held_on)
    assert Measurement.objects.current().filter(session=session).count() == len(lines)
    wati.page.get_by_role("link", name="Ringkasan").click()
    expect(wati.page.locator(".skdn dd").nth(2)).to_have_text(str(len(lines)))


def _print(wati: Any) -> PaperSheet:
    """Through the page's own form; the answer is the PDF."""
    form = wati.page.locator("form", has=wati.page.get_by_role("button", name="Cetak lembar"))
    token = form.locator("[name=csrfmiddlewaretoken]").input_value()
    data = {
        "csrfmiddlewaretoken": token,
        "posyandu": form.locator("[name=posyandu]").input_value(),
        "held_on": form.locator("[name=held_on]").input_value(),
    }
    answer = wati.page.context.request.post(
        f"{wati.url}/staf/lembar/cetak/", form=data, headers={"Referer": f"{wati.url}/staf/lembar/"}
    )
    assert answer.headers["content-type"] == "application/pdf"
    return PaperSheet.objects.get()


def _type_everything(wati: Any, lines: list[PaperSheetLine]) -> None:
    keys = wati.page.keyboard
    keys.press("/")
    keys.press("Enter")
    for line in lines:
        row = wati.page.locator("[data-row]:focus-within")
        key = row.get_attribute("data-row")
        assert row.locator(".grid-number").text_content() == str(line.number)
        weight, length = a_little_more(Child.objects.get(pk=key))
        keys.type(weight)
        keys.press("Tab")
        keys.type(length)
        keys.press("Enter")
        _until_moved_on(wati.page, key)
    expect(wati.page.locator("#hitungan")).to_contain_text(f"{len(lines)} dari {len(lines)}")


def test_the_camera_of_a_phone_opens_sheets_days_and_sessions(visit: Any) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=["wati", "rina"])}
    melati = Posyandu.objects.get(name="Melati")
    planning.plan_year(melati, 2026, weekday=3, nth=2, by=people["rina"])
    sheet = sheets.print_sheet(melati, date(2026, 11, 25), by=people["wati"])
    wati = visit()
    wati.sign_in("wati")
    wati.go(f"/staf/lembar/{sheet.code}/")
    wati.look("lembar-buka")
    wati.page.get_by_role("button", name="Buka hari posyandu dan ketik").click()
    expect(wati.page.get_by_text("Mengetik dari lembar")).to_be_visible()
    wati.go(f"/staf/sesi/{todays_session().pk}/qr/")
    wati.look("hari-posyandu-qr")
    wati.go(f"/staf/sesi/{todays_session().pk}/")
    wati.page.get_by_role("link", name="Ganti siapa yang mengukur").click()
    wati.page.get_by_label("Atau tulis nama pembantu").fill("Bu Nur")
    wati.look("hari-posyandu-pengukur")
    wati.page.get_by_role("button", name="Simpan").click()
    expect(wati.page.get_by_text("Kader Wati, dibantu Bu Nur").first).to_be_visible()
    wati.go(f"/staf/sesi/{todays_session().pk}/qr/")
    shared = wati.page.get_by_label("Atau ketik alamatnya").input_value()
    assert shared.endswith(f"/staf/sesi/{todays_session().pk}/")
    wati.go("/staf/jadwal/?bulan=2026-12")
    wati.page.get_by_role("link", name="Kam, 10 Des 2026").click()
    wati.look("jadwal-hari")
