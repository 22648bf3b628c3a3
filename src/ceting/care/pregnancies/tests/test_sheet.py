"""The words of the sheet that she takes home: hers, no score, and nothing that the reader may not read."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from ceting.care.pregnancies.charts import weight_gain
from ceting.care.pregnancies.charts.series import Reading
from ceting.care.pregnancies.sheet import (
    ALL_WELL,
    CLINICAL_RESULTS,
    Clinical,
    Sheet,
    SheetContact,
    messages,
    words,
)
from ceting.foundation.ui.chart_ink import standalone_svg
from ceting.foundation.ui.typesetting import typeset
from ceting.standards import sources
from ceting.standards.pregnancy.contacts import Contact, slots, states
from ceting.standards.pregnancy.dating import due_date
from ceting.standards.pregnancy.weight_gain import bmi_class
from ceting.standards.words import FORBIDDEN_FOR_FAMILIES, severity_of

TODAY = date(2026, 11, 26)
START = TODAY - timedelta(days=230)
CODES = [row["code"] for row in sources.rows("pregnancy_words")]


def seen(day: int, **more: Any) -> SheetContact:
    given: dict[str, Any] = {
        "where": "Posyandu",
        "weight_kg": 51.2,
        "clinical": Clinical(9.8, 28, 141),
    } | more
    on = START + timedelta(days=day)
    return SheetContact(key=on, on=on, **given)


def sheet(*contacts: SheetContact, **more: Any) -> Sheet:
    done = [Contact(each.on, (each.on - START).days, doctor=False, ultrasound=False) for each in contacts]
    given: dict[str, Any] = {
        "name": "Sari Wahyuni",
        "posyandu": "Posyandu Melati, Andalas",
        "puskesmas": "Puskesmas Andalas",
        "phone": "0751 123456",
        "today": TODAY,
        "started_on": START,
        "due_on": due_date(START),
        "by_scan": False,
        "tablets_taken": 60,
        "tablets_target": 90,
        "clinical": True,
        "pregnancy_number": 3,
        "slots": tuple(states(slots(), done, (TODAY - START).days)),
        "contacts": contacts,
    }
    return Sheet(**given | more)


def printed(of: Sheet, *, chart: bool = True) -> tuple[int, str]:
    weights = [Reading(each.on, (each.on - of.started_on).days, each.weight_kg or 0) for each in of.contacts]
    drawing = weight_gain.draw(weights, pre_weight_kg=48, of=bmi_class(20), tall=290)
    svg = standalone_svg(drawing, "Berat") if chart else ""
    pages = PdfReader(
        BytesIO(typeset("ceting.care.pregnancies", "pregnancy_sheet", words(of), chart=svg))
    ).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_she_finds_her_week_her_due_date_and_whom_to_call_on_one_page() -> None:
    pages, text = printed(sheet(seen(63), seen(180)))
    assert pages == 1
    for wanted in ("Sari Wahyuni", "32 minggu 6 hari", "trimester 3", "Min, 17 Jan 2027", "Kam, 26 Nov 2026",
                   "51,2", "60 dari 90 tablet", "Jangan tunggu balasan pesan", "0751 123456"):  # fmt: skip
        assert wanted in text


def test_the_six_contacts_say_when_they_were_and_when_the_next_one_is() -> None:
    found = words(sheet(seen(63), seen(100)))["slots"]
    assert isinstance(found, list)
    assert [slot["words"] for slot in found] == [
        "sudah 12 Jun 2026", "sudah 19 Jul 2026", "belum, mari tetap periksa", "mari sekarang",
        "mari sebelum 17 Des 2026", "18 Des 2026 – 21 Jan 2027",
    ]  # fmt: skip
    assert [slot["done"] for slot in found] == [True, True, False, False, False, False]


@pytest.mark.parametrize("code", CODES)
def test_no_result_brings_a_word_that_hurts_to_her_table(code: str) -> None:
    text = json.dumps(words(sheet(seen(63), clinical=False, results=(code,)))).lower()
    assert not [word for word in FORBIDDEN_FOR_FAMILIES if word in text]


@pytest.mark.parametrize("code", [code for code in CODES if severity_of(code)])
def test_only_who_may_read_clinical_fields_prints_what_rests_on_them(code: str) -> None:
    readable = sheet(seen(63), results=(code,))
    assert messages(readable) != [ALL_WELL]
    hidden = messages(replace(readable, clinical=False)) == [ALL_WELL]
    assert hidden == code.startswith(CLINICAL_RESULTS)


def test_a_volunteers_sheet_has_no_laboratory_no_womb_no_heart_and_no_history() -> None:
    facts = sheet(seen(63), seen(180), clinical=False, results=("ANEMIA_SEDANG",))
    pages, text = printed(facts)
    assert pages == 1
    for hidden in ("9,8", "141", "Hb", "TFU", "DJJ", "kehamilan ke"):
        assert hidden not in text
    assert "51,2" in text
    rows = words(facts)["rows"]
    assert isinstance(rows, list)
    assert not {"hb", "fundal", "heart"} & set(rows[0])


def test_a_health_workers_sheet_has_them() -> None:
    _, text = printed(sheet(seen(63), seen(180)))
    for shown in ("9,8", "141", "Hb", "TFU", "DJJ", "kehamilan ke-3"):
        assert shown in text


def test_a_hospital_reads_why_she_comes_in_the_words_of_staff() -> None:
    sent = sheet(seen(63), results=("KEK", "TD_DARURAT", "GWG_CUKUP"), history=("G3 P1 A1", "jumlah janin 2"))
    _, text = printed(sent)
    for shown in ("G3 P1 A1 · jumlah janin 2", "Tekanan darah darurat", "Risiko KEK"):
        assert shown in text
    assert text.index("Tekanan darah darurat") < text.index("Risiko KEK")
    assert "Ibu perlu tambahan gizi" not in text
    home = printed(replace(sent, clinical=False))[1]
    assert "Ibu perlu tambahan gizi" in home
    assert "G3" not in home


def test_the_most_urgent_result_speaks_first_and_at_most_two_do() -> None:
    found = messages(sheet(seen(63), results=("GWG_LEBIH", "KEK", "TD_DARURAT", "GWG_CUKUP")))
    assert [each.what for each in found] == ["Tekanan darah tinggi sekali", "Ibu perlu tambahan gizi"]


def test_two_results_in_the_same_words_are_said_once() -> None:
    found = messages(sheet(seen(63), results=("TFU_KECIL", "TFU_KECIL", "KEK")))
    assert len(found) == 2


def test_when_all_is_well_it_says_so() -> None:
    assert messages(sheet(seen(63), results=("KEK_TIDAK", "TD_NORMAL", "GWG_CUKUP"))) == [ALL_WELL]


def test_without_her_weight_before_pregnancy_the_sheet_says_what_the_chart_waits_for() -> None:
    pages, text = printed(sheet(seen(63)), chart=False)
    assert pages == 1
    assert "Grafiknya menyusul" in text


def test_only_the_newest_contacts_are_listed_and_the_others_counted() -> None:
    found = words(sheet(*(seen(day) for day in range(60, 220, 20))))
    rows = found["rows"]
    assert isinstance(rows, list)
    assert (len(rows), found["older"]) == (6, 2)
    assert rows[0]["day"] == "27 Okt 2026"


def test_the_longest_sheet_is_still_one_page() -> None:
    longest = sorted(CODES, key=severity_of, reverse=True)[:6]
    facts = sheet(
        *(seen(day, where="Praktik bidan atau klinik", muac_cm=23.4, systolic=151, diastolic=101, tablets=30)
          for day in range(40, 230, 15)),
        name="Siti Nurhaliza Rahmawati Binti Abdurrahman Zulkarnain Piliang Sutan Batuah",
        posyandu="Posyandu Melati Indah Sejahtera Bersama, Kelurahan Parak Gadang Timur",
        results=tuple(longest),
        plan=tuple((label, "x" * 20 + " " + "y" * 58) for label in ("Penolong", "Tempat", "Pendamping", "Kendaraan",
                                                                  "Biaya", "Rencana KB")),
    )  # fmt: skip
    assert printed(facts)[0] == 1


def test_what_a_person_typed_is_only_text() -> None:
    assert "#panic" in printed(sheet(seen(63), name='#panic("x")'))[1]


def test_a_pregnancy_dated_by_ultrasound_says_so() -> None:
    assert words(sheet(by_scan=True))["dated_by"] == "menurut USG"
