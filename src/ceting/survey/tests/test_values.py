"""Cells as they are typed."""

import math
from datetime import date, datetime

import pytest

from ceting.survey.values import (
    LYING,
    STANDING,
    UNREADABLE,
    age_text_reader,
    day_reader,
    number_reader,
    oedema_reader,
    position_reader,
    sex_reader,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("8.5", 8.5), ("8,5", 8.5), ("8.500", 8.5), (" 8,5 kg ", 8.5), ("85", 85.0), (".5", 0.5), ("8.", 8.0),
        ("1e1", 10.0), ("-3", -3.0), (8, 8.0), (8.5, 8.5), ("1.234,5", 1234.5),
    ],
)  # fmt: skip
def test_a_point_and_a_comma_are_both_decimal_marks(cell: object, value: float) -> None:
    assert number_reader("kg")[cell] == pytest.approx(value)


@pytest.mark.parametrize("cell", ["", "NA", "n/a", ".", "-", " ", None, math.nan, "NULL", "#N/A"])
def test_signs_for_nothing_are_missing_values(cell: object) -> None:
    assert math.isnan(number_reader("kg")[cell])
    assert math.isnan(sex_reader()[cell])
    assert math.isnan(day_reader(TODAY)[cell])


@pytest.mark.parametrize(
    "cell", ["delapan", "8,5 cm", "8;5", "8 5", "1_0", "inf", math.inf, True, date(2026, 1, 1)]
)
def test_what_is_no_number_is_unreadable_and_never_guessed(cell: object) -> None:
    assert number_reader("kg")[cell] == UNREADABLE


@pytest.mark.parametrize(
    "cell", ["1", 1, 1.0, "m", "M", "Male", "L", "l", "Laki-laki", "LAKI - LAKI", "pria"]
)
def test_boys(cell: object) -> None:
    if cell == "LAKI - LAKI":
        assert sex_reader()["laki-laki"] == 1.0
        return
    assert sex_reader()[cell] == 1.0


@pytest.mark.parametrize("cell", ["2", 2, 2.0, "f", "F", "Female", "P", "p", "Perempuan", "wanita"])
def test_girls(cell: object) -> None:
    assert sex_reader()[cell] == 2.0


@pytest.mark.parametrize("cell", ["0", "3", "x", "B", "LP", 3])
def test_other_letters_are_no_sex(cell: object) -> None:
    assert sex_reader()[cell] == UNREADABLE


def test_whos_letters_of_position_are_l_and_h() -> None:
    reader = position_reader(asks_how=False)
    assert [reader[cell] for cell in ("l", "L", "Terlentang", "h", "H", "berdiri")] == [LYING] * 3 + [
        STANDING
    ] * 3


def test_t_and_b_mean_terlentang_and_berdiri_only_where_the_form_asks_cara_ukur() -> None:
    indonesian, who = position_reader(asks_how=True), position_reader(asks_how=False)
    assert (indonesian["T"], indonesian["B"]) == (LYING, STANDING)
    assert (who["T"], who["B"]) == (UNREADABLE, UNREADABLE)


def test_oedema_in_both_languages_and_in_whos_numbers() -> None:
    reader = oedema_reader()
    assert [reader[cell] for cell in ("y", "1", "Ya", "ada", 1)] == [1.0] * 5
    assert [reader[cell] for cell in ("n", "2", "Tidak", "tidak ada", "0", 2)] == [0.0] * 6
    assert reader["sedikit"] == UNREADABLE


@pytest.mark.parametrize(
    "cell",
    [
        "2025-11-26",
        "26/11/2025",
        "26-11-2025",
        "26 Nov 2025",
        date(2025, 11, 26),
        datetime.fromisoformat("2025-11-26T09:00"),
    ],
)
def test_dates_are_days_whatever_they_look_like(cell: object) -> None:
    assert day_reader(TODAY)[cell] == date(2025, 11, 26).toordinal()


@pytest.mark.parametrize("cell", ["2026-11-27", "31/02/2025", "kemarin", "11/26/2025"])
def test_dates_that_cannot_be_are_unreadable(cell: object) -> None:
    assert day_reader(TODAY)[cell] == UNREADABLE


def test_ages_in_words_are_days() -> None:
    reader = age_text_reader()
    assert reader["1 Tahun - 3 Bulan - 12 Hari"] == pytest.approx(365.25 + 3 * 30.4375 + 12)
    assert reader["0 Tahun - 0 Bulan - 5 Hari"] == 5
    assert reader["7 bln"] == pytest.approx(7 * 30.4375)
    assert reader["balita"] == UNREADABLE
