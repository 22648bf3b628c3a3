"""Dates, numbers, ages and lists read as Indonesians write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import engines

from ceting.foundation.ui import numerals, wording
from ceting.foundation.ui.templatetags import ui

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=WIB)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=2), "2 jam lagi"),
        (timedelta(days=-3), "3 hari lalu"),
        (timedelta(seconds=-20), "baru saja"),
        (timedelta(seconds=45), "sebentar lagi"),
        (timedelta(minutes=-59, seconds=-59), "59 menit lalu"),
        (timedelta(hours=-23, minutes=-59), "23 jam lalu"),
        (timedelta(days=29), "29 hari lagi"),
        (timedelta(days=30), "1 bulan lagi"),
        (timedelta(days=-364), "11 bulan lalu"),
        (timedelta(days=-365), "1 tahun lalu"),
        (timedelta(days=-800), "2 tahun lalu"),
    ],
)
def test_a_moment_is_told_in_one_unit(away, words):
    assert wording.relative_time(NOON + away, NOON) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "hari ini"), (1, "besok"), (-1, "kemarin"), (-3, "3 hari lalu"), (61, "2 bulan lagi")],
)
def test_a_day_is_told_from_today(days, words):
    assert wording.relative_day(NOON.date() + timedelta(days=days), NOON.date()) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["Alya"], "Alya"),
        (["Alya", "Rafif"], "Alya dan Rafif"),
        (["Alya", "Rafif", "Budi"], "Alya, Rafif, dan Budi"),
    ],
)
def test_a_list_reads_as_a_sentence(items, words):
    assert wording.sentence_list(items) == words


def test_a_choice_is_joined_by_or():
    assert wording.sentence_list(["panjang", "tinggi"], "atau") == "panjang atau tinggi"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sari Dewi", "SD"),
        ("Ibu Sari", "S"),
        ("dr. Hasan", "H"),
        ("dr. Mira, Sp.OG", "M"),
        ("kader Wati", "W"),
        ("Siti Nurhaliza Rahmadhani Putri", "SP"),
        ("Bidan", "B"),
        ("", "?"),
        ("123", "?"),
    ],
)
def test_initials_are_the_persons_not_the_titles(name, letters):
    assert wording.initials(name) == letters


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (8.5, 1, "8,5"),
        (8, 1, "8,0"),
        (12500, None, "12.500"),
        (1234567.5, None, "1.234.567,5"),
        (999, None, "999"),
        (-12500, 0, "-12.500"),
        (Decimal("8.45"), 1, "8,5"),
        (-0.001, 2, "0,00"),
        ("8.5", 1, "8,5"),
        (float("nan"), 1, "–"),
        (None, 1, ""),
        ("", None, ""),
        (0, None, "0"),
    ],
)
def test_numbers_have_a_comma_for_decimals_and_points_for_thousands(value, places, words):
    assert ui.angka(value, places) == words


def test_dates_name_the_day(frozen):
    assert ui.tanggal(date(2026, 11, 26)) == "Kam, 26 Nov 2026"
    assert ui.tanggal(None) == ""
    assert ui.tanggal_jam(None) == ""


def test_a_moment_belongs_to_the_day_of_padang_not_of_greenwich():
    just_after_midnight = datetime(2026, 11, 25, 17, 5, tzinfo=ZoneInfo("UTC"))
    assert ui.tanggal(just_after_midnight) == "Kam, 26 Nov 2026"
    assert ui.tanggal_jam(just_after_midnight) == "Kam, 26 Nov 2026 00.05"


def test_a_moment_is_told_on_the_clock_of_the_puskesmas_whose_people_read_it():
    before_midnight_in_padang = datetime(2026, 11, 26, 16, 5, tzinfo=ZoneInfo("UTC"))
    wit = ZoneInfo("Asia/Jayapura")
    assert numerals.moment(before_midnight_in_padang) == "Kam, 26 Nov 2026 23.05"
    assert numerals.moment(before_midnight_in_padang, wit) == "Jum, 27 Nov 2026 01.05"
    assert numerals.day(before_midnight_in_padang, wit) == "Jum, 27 Nov 2026"
    assert numerals.day(date(2026, 11, 26), wit) == "Kam, 26 Nov 2026"


def test_a_naive_moment_is_read_as_it_stands():
    assert numerals.moment(datetime(2026, 11, 26, 14, 30)) == "Kam, 26 Nov 2026 14.30"  # noqa: DTZ001


def test_a_place_is_told_from_the_village_to_the_houses_without_what_is_unknown():
    assert wording.place_words("Andalas", "03", "02") == "Andalas · RT 02 · RW 03"
    assert wording.place_words("Andalas", "03", "") == "Andalas · RW 03"
    assert wording.place_words("", "", "02") == "RT 02"
    assert wording.place_words("", "", "") == ""


def test_age_is_told_on_the_day_that_is_asked(frozen):
    assert ui.umur(date(2025, 7, 20), date(2026, 11, 26)) == "1 tahun 4 bulan"
    assert ui.umur(date(2026, 11, 14)) == "12 hari"
    assert ui.umur(None) == ""
    assert ui.umur(date(2026, 12, 1), date(2026, 11, 26)) == "belum lahir"


def test_relative_time_stands_on_the_one_clock(frozen):
    now = datetime(2026, 11, 26, 8, 0, tzinfo=WIB)
    assert ui.waktu_relatif(now + timedelta(hours=2)) == "2 jam lagi"
    assert ui.waktu_relatif(date(2026, 11, 25)) == "kemarin"
    assert ui.waktu_relatif(None) == ""


def test_the_filters_are_there_without_being_loaded(frozen):
    template = engines["django"].from_string("{{ day|tanggal }} {{ kg|angka:1 }} {% sentence_list names %}")
    shown = template.render({"day": date(2026, 11, 26), "kg": 8.5, "names": ["a", "<b>"]})
    assert shown == "Kam, 26 Nov 2026 8,5 a dan &lt;b&gt;"
