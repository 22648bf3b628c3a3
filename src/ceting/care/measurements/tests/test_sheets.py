"""Paper sheets: Wati prints one, writes on it and types it in: row 7 on paper is row 7 on screen."""

import re
import time
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from ceting.care.measurements import planning, sheet_presenters, sheets
from ceting.care.measurements.models import Measurement, PaperSheet, PaperSheetLine, Session, SessionKind
from ceting.care.measurements.sheet_codes import SIGNS, spoken
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families import merging
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGES = reverse("measurements:sheets")
AUGUST = date(2026, 8, 13)


@pytest.fixture
def wati(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kader_wati)


@pytest.fixture
def tuti(cast: Cast) -> Client:
    return cast.sign_in(Client(), cast.kader_tuti)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def printed(client: Client, sheet: PaperSheet) -> tuple[int, str]:
    """Pages and text of the PDF."""
    answer = client.get(reverse("measurements:sheet-pdf", args=[sheet.code]))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def rows_on_screen(answer) -> dict[str, int]:
    """Name of a child -> the number of her row."""
    body = answer.content.decode()
    found = re.findall(r'class="grid-number">(\d+)<.*?data-name>([^<]+)<', body, re.S)
    return {name: int(number) for number, name in found}


def typed(client: Client, code: str):
    return client.post(PAGES, {"code": code})


def test_wati_prints_a_sheet_for_next_week_and_nothing_is_opened(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.1", cm="73.5", position="l")
    cast.child("Zaki")
    day = cast.today + timedelta(days=7)

    answer = wati.post(
        reverse("measurements:sheet-print"), {"posyandu": cast.melati.pk, "held_on": f"{day:%d/%m/%Y}"}
    )

    sheet = PaperSheet.objects.get()
    assert answer["Location"] == reverse("measurements:sheet-pdf", args=[sheet.code])
    assert (sheet.held_on, sheet.printed_by) == (day, cast.kader_wati)
    assert list(sheet.lines.values_list("number", "child__name")) == [(1, "Aisyah Putri"), (2, "Zaki")]
    assert not Session.objects.filter(held_on=day).exists()
    pages, text = printed(wati, sheet)
    assert pages == 2
    for each in (
        "Posyandu Melati, Andalas",
        "Kam, 3 Des 2026",
        spoken(sheet.code),
        "Aisyah Putri",
        "Perempuan · 1 tahun 2 bulan · Ibu Sari Wahyuni",
        "8,1 kg, 73,5 cm",
        "22 Okt 26",
        "Zaki",
        "belum pernah",
        "Halaman 1 dari 2",
        "Anak yang belum ada di daftar",
    ):
        assert each in text, each
    assert "Vit. A" not in text


def test_no_nik_no_phone_and_no_address_is_on_the_sheet_nor_in_its_codes(cast: Cast, wati: Client) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    _, text = printed(wati, sheet)
    assert cast.aisyah.nik
    for secret in (cast.aisyah.nik, "81267001", "nomor 1"):
        assert secret not in text.replace(" ", "")


def test_what_a_qr_holds_names_nobody(cast: Cast, wati: Client) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    address = reverse("measurements:sheet-line", args=[sheet.code, 1])
    assert str(cast.aisyah.pk) not in address
    assert re.fullmatch(rf"/staf/lembar/[{SIGNS}]{{8}}/1/", address)


def test_in_august_the_sheet_says_who_gets_which_capsule(cast: Cast, wati: Client) -> None:
    cast.child("Bayi", months=11)
    sheet = sheets.print_sheet(cast.melati, AUGUST, by=cast.kader_wati)
    _, text = printed(wati, sheet)
    assert "Vit. A" in text
    assert "biru" in text
    assert "merah" not in text, "Aisyah was eleven months old in August"


def test_the_code_opens_the_day_in_the_order_of_the_sheet(wati: Client, cast: Cast) -> None:
    for name in ("Cici", "Dodi"):
        cast.child(name)
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    cast.child("Bima")

    answer = typed(wati, spoken(sheet.code).lower())

    session = Session.objects.get(posyandu=cast.melati, held_on=cast.today)
    assert answer["Location"] == f"{reverse('measurements:session', args=[session.pk])}?lembar={sheet.code}"
    page = wati.get(answer["Location"])
    assert rows_on_screen(page) == {"Aisyah Putri": 1, "Cici": 2, "Dodi": 3, "Bima": 4}
    assert f"Mengetik dari lembar {spoken(sheet.code)}" in words(page)
    assert "mulai nomor 4" in words(page)
    usual = wati.get(reverse("measurements:session", args=[session.pk]))
    assert rows_on_screen(usual) == {"Aisyah Putri": 1, "Bima": 2, "Cici": 3, "Dodi": 4}


def test_who_moved_away_leaves_her_number_empty_and_nobody_slides_up(wati: Client, cast: Cast) -> None:
    budi = cast.child("Budi")
    cast.child("Cici")
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    lives.move_within(budi, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)

    page = wati.get(typed(wati, sheet.code)["Location"])

    assert rows_on_screen(page) == {"Aisyah Putri": 1, "Cici": 3}
    assert "Nomor 2 tidak ada lagi di daftar ini" in words(page)
    _, text = printed(wati, sheet)
    assert "Tidak ada lagi di daftar posyandu ini" in text
    assert "Budi" not in text


def test_two_rows_of_one_child_become_the_first_of_them(wati: Client, cast: Cast) -> None:
    double = cast.child("Aisyah P", birth_date=cast.aisyah.birth_date, sex=cast.aisyah.sex)
    cast.child("Zaki")
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    merging.merge_children(cast.aisyah, double, reason="Sama", by=cast.bidan_rina)

    page = wati.get(typed(wati, sheet.code)["Location"])

    assert rows_on_screen(page) == {"Aisyah Putri": 1, "Zaki": 3}


def test_without_a_script_a_saved_row_comes_back_to_the_order_of_the_sheet(wati: Client, cast: Cast) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    page = wati.get(typed(wati, sheet.code)["Location"])
    action = re.search(r'<form id="isian-[^"]*" method="post" action="([^"]*)"', page.content.decode())
    assert action

    saved = wati.post(action[1].replace("&amp;", "&"), {"weight_kg": "8,5"})

    parts = urlsplit(saved["Location"])
    assert (parts.query, parts.fragment) == (f"lembar={sheet.code}", f"anak-{cast.aisyah.pk}")
    assert Measurement.objects.get().session == Session.objects.get(posyandu=cast.melati)


def test_a_wrong_sign_is_said_in_words_and_the_typed_code_stays(wati: Client, cast: Cast) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    wrong = sheet.code[:-1] + next(sign for sign in SIGNS if sign != sheet.code[-1])

    answer = typed(wati, wrong)

    assert answer.status_code == 422
    assert "Ada huruf atau angka yang keliru, atau dua yang tertukar" in words(answer)
    assert f'value="{wrong}"' in answer.content.decode()
    assert not Session.objects.filter(posyandu=cast.melati).exists()


def test_the_code_of_another_posyandus_sheet_opens_nothing(tuti: Client, cast: Cast) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)

    answer = typed(tuti, sheet.code)

    assert answer.status_code == 422
    assert "Tidak ada lembar dengan kode ini di posyandu Ibu/Bapak" in words(answer)
    assert not Session.objects.exists()
    for name, arguments in (("sheet", []), ("sheet-pdf", []), ("sheet-line", [1])):
        address = reverse(f"measurements:{name}", args=[sheet.code, *arguments])
        assert tuti.get(address).status_code == 404
    assert spoken(sheet.code) not in words(tuti.get(PAGES))


def test_a_sheet_of_melati_gives_no_order_to_the_grid_of_another_posyandu(cast: Cast, client: Client) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    kenangas = cast.session(posyandu=cast.kenanga)
    rina = cast.sign_in(client, cast.bidan_rina)
    page = rina.get(f"{reverse('measurements:session', args=[kenangas.pk])}?lembar={sheet.code}")
    assert "Mengetik dari lembar" not in words(page)


def test_the_phones_camera_leads_from_the_sheet_to_a_page_that_opens_the_day(
    wati: Client, cast: Cast
) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    address = reverse("measurements:sheet", args=[sheet.code])

    assert "Buka hari posyandu dan ketik" in words(wati.get(address))
    assert not Session.objects.exists(), "reading opens nothing"
    opened = wati.post(address)["Location"]
    assert wati.get(address)["Location"] == opened


def test_a_sheet_for_a_day_to_come_says_when(wati: Client, cast: Cast) -> None:
    sheet = sheets.print_sheet(cast.melati, date(2026, 12, 3), by=cast.kader_wati)
    address = reverse("measurements:sheet", args=[sheet.code])
    assert "Bawa lembarnya pada Kam, 3 Des 2026" in words(wati.get(address))
    assert wati.post(address).status_code == 422
    assert "Hari posyandu belum tiba" in words(typed(wati, sheet.code))


def test_a_sheet_follows_its_day_when_the_posyandu_is_moved(wati: Client, cast: Cast, frozen) -> None:
    days = planning.plan_year(cast.melati, 2026, weekday=3, nth=2, by=cast.bidan_rina)
    december = days[-1]
    sheet = sheets.print_sheet(cast.melati, december.planned_on, by=cast.kader_wati)
    planning.move_day(december, date(2026, 12, 11), reason="Libur", by=cast.bidan_rina)

    page = wati.get(reverse("measurements:sheet", args=[sheet.code]))
    assert "sudah dipindahkan ke Jum, 11 Des 2026" in words(page)
    frozen.move_to("2026-12-11T02:00:00Z")
    typed(cast.sign_in(Client(), cast.kader_wati), sheet.code)
    assert Session.objects.get(posyandu=cast.melati).held_on == date(2026, 12, 11)


def test_a_childs_own_qr_leads_to_her_row_today_and_to_her_page_on_other_days(
    wati: Client, cast: Cast
) -> None:
    sheet = sheets.print_sheet(cast.melati, AUGUST, by=cast.kader_wati)
    address = reverse("measurements:sheet-line", args=[sheet.code, 1])
    assert wati.get(address)["Location"] == reverse("measurements:child", args=[cast.aisyah.pk])

    session = cast.session()

    assert wati.get(address)["Location"] == (
        f"{reverse('measurements:session', args=[session.pk])}?lembar={sheet.code}#anak-{cast.aisyah.pk}"
    )
    assert wati.get(reverse("measurements:sheet-line", args=[sheet.code, 99])).status_code == 404


def test_the_qr_of_a_child_who_moved_away_opens_nothing(wati: Client, cast: Cast) -> None:
    budi = cast.child("Budi")
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    lives.move_within(budi, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    assert wati.get(reverse("measurements:sheet-line", args=[sheet.code, 2])).status_code == 404


def test_the_head_who_types_nothing_gets_the_childs_page(cast: Cast, client: Client) -> None:
    cast.session()
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    head = cast.sign_in(client, cast.kepala)
    answer = head.get(reverse("measurements:sheet-line", args=[sheet.code, 1]))
    assert answer["Location"] == reverse("measurements:child", args=[cast.aisyah.pk])


def test_a_sheet_for_a_paud_is_typed_into_the_session_of_that_paud(wati: Client, cast: Cast) -> None:
    session = planning.open_session(
        cast.melati, cast.today, kind=SessionKind.PAUD, place="Ceria", by=cast.kader_wati
    )
    wati.post(reverse("measurements:session-sheet", args=[session.pk]))
    sheet = PaperSheet.objects.get()
    assert sheets.day_of(sheet).session == session
    assert "PAUD Ceria, Posyandu Melati" in printed(wati, sheet)[1]


@pytest.mark.parametrize(
    ("day", "code"), [(date(2027, 6, 1), "too_far"), (date(1999, 1, 1), "too_old")], ids=["far", "old"]
)
def test_a_day_that_is_no_posyandus_is_refused(cast: Cast, day: date, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        sheets.print_sheet(cast.melati, day, by=cast.kader_wati)
    assert caught.value.problems[0].code == code
    assert not PaperSheet.objects.exists()


def test_wati_can_not_print_a_sheet_of_kenanga(wati: Client, cast: Cast) -> None:
    answer = wati.post(
        reverse("measurements:sheet-print"), {"posyandu": cast.kenanga.pk, "held_on": "26/11/2026"}
    )
    assert answer.status_code == 422
    assert not PaperSheet.objects.exists()


def test_sixty_children_are_printed_in_under_two_seconds_and_as_few_queries(wati: Client, cast: Cast) -> None:
    cast.children(59)
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    address = reverse("measurements:sheet-pdf", args=[sheet.code])
    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        wati.get(address)
    assert time.process_time() - began < 2
    assert len(asked) <= 15
    pages, text = printed(wati, sheet)
    assert pages == 7
    assert text.count("Wajar") >= 7, "the head is repeated on every page"
    for line in PaperSheetLine.objects.select_related("child"):
        assert line.child.name in text


def test_the_list_and_the_grid_cost_no_more_for_sixty_children(wati: Client, cast: Cast) -> None:
    cast.children(59)
    session = cast.session()
    for _ in range(5):
        sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    for address in (PAGES, f"{reverse('measurements:session', args=[session.pk])}?lembar={sheet.code}"):
        with CaptureQueriesContext(connection) as asked:
            assert wati.get(address).status_code == 200
        assert len(asked) <= 15, address


def test_that_children_were_printed_is_written_down(wati: Client, cast: Cast) -> None:
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    printed(wati, sheet)
    assert AuditEntry.objects.filter(action="sheet.print", subject_ids=[str(sheet.pk)]).exists()
    read = AuditEntry.objects.get(action="read", purpose="print sheet")
    assert read.subject_ids == [str(cast.aisyah.pk)]


def test_a_very_long_name_keeps_its_row(cast: Cast, wati: Client) -> None:
    cast.child("Muhammad Al-Fatih Zulkarnain Putra Ramadhan Syahputra Piliang", mother="Ibu " + "Siti " * 15)
    sheet = sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    pages, text = printed(wati, sheet)
    assert pages == 2
    assert "Muhammad Al-Fatih Zulkarnain" in text


def test_an_empty_posyandu_gets_a_sheet_of_blank_rows(cast: Cast, client: Client) -> None:
    empty = places.open_posyandu([("Kamboja", cast.mawar.village, "02")], puskesmas=cast.air_dingin, by=None)[
        0
    ]
    sheet = sheets.print_sheet(empty, cast.today, by=cast.bidan_yuni)
    yuni = cast.sign_in(client, cast.bidan_yuni)
    assert "Nama" in printed(yuni, sheet)[1]
    assert sheet_presenters.BLANK_LETTERS[-1] in printed(yuni, sheet)[1]
