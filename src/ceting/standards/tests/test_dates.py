"""Dates as registers and spreadsheets write them, ages as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.numbers import DateError, format_age, format_date, format_month, parse_date

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "value",
    [
        "2025-08-07",
        "2025/08/07",
        "2025-8-7",
        "20250807",
        "07/08/2025",
        "7/8/2025",
        "07-08-2025",
        "07.08.2025",
        "7 8 2025",
        "07/08/25",
        "7 Agu 2025",
        "7 Agustus 2025",
        "07 AGUSTUS 2025",
        "7 agt 2025",
        "7 Ags 2025",
        "7-Aug-2025",
        "7-Aug-25",
        "7 August 2025",
        "7Agu2025",
        "7 Agu. 2025",
        "Kam, 7 Agu 2025",
        "Kamis, 7 Agustus 2025",
        "kamis 7 agustus 2025",
        "  7   Agustus   2025 ",
        "'07/08/2025",
        "2025-08-07 00:00:00",
        "2025-08-07T08:15:00",
        "2025-08-07T08:15:00.000",
        "07/08/2025 08:15",
        "07/08/2025 08.15",
        "45876",
        "45876.5",
        45876,
        45876.25,
        date(2025, 8, 7),
        datetime(2025, 8, 7, 23, 59),  # noqa: DTZ001 (spreadsheets have no time zone)
    ],
)
def test_one_day_in_every_shape_in_which_it_comes(value: str | float | date) -> None:
    assert parse_date(value, today=TODAY) == date(2025, 8, 7)


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "jan januari january"),
        (2, "feb februari pebruari peb february"),
        (3, "mar maret march"),
        (4, "apr april"),
        (5, "mei may"),
        (6, "jun juni june"),
        (7, "jul juli july"),
        (8, "agu agt ags agustus aug august"),
        (9, "sep sept september"),
        (10, "okt oktober oct october"),
        (11, "nov november nopember nop"),
        (12, "des desember dec december"),
    ],
)
def test_every_month_is_known_by_its_indonesian_old_and_english_names(month: int, names: str) -> None:
    for name in names.split():
        assert parse_date(f"3 {name.title()} 2024", today=TODAY) == date(2024, month, 3)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "date.empty"),
        ("  ", "date.empty"),
        ("kemarin", "date.unreadable"),
        ("3 Foo 2024", "date.unreadable"),
        ("3 2024", "date.unreadable"),
        ("2024", "date.unreadable"),
        ("3/4", "date.unreadable"),
        ("3/4/202", "date.unreadable"),
        ("3/4/20245", "date.unreadable"),
        ("2025-08-07T08:15:00Z", "date.unreadable"),
        ("٣/٤/٢٠٢٤", "date.unreadable"),
        ("31/02/2024", "date.impossible"),
        ("29/02/2023", "date.impossible"),
        ("30 Feb 2024", "date.impossible"),
        ("00/05/2024", "date.impossible"),
        ("32/05/2024", "date.impossible"),
        ("05/00/2024", "date.impossible"),
        ("00/12/2024", "date.impossible"),
        ("2024-02-30", "date.impossible"),
        ("32/13/2024", "date.impossible"),
        ("08/26/2025", "date.month_first"),
        ("2025-26-08", "date.month_first"),
        ("12/13/2024", "date.month_first"),
        ("27/11/2026", "date.future"),
        (date(2026, 11, 27), "date.future"),
        ("26/11/2027", "date.future"),
        (46353, "date.future"),
        ("31/12/1899", "date.too_old"),
        ("0001-01-01", "date.too_old"),
        (1, "date.too_old"),
        (0, "date.unreadable"),
        (-5, "date.unreadable"),
        (float("nan"), "date.unreadable"),
        (float("inf"), "date.unreadable"),
        (1e12, "date.unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(value: str | float | date, code: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(value, today=TODAY)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


def test_today_is_no_future_and_the_earliest_day_is_not_too_old() -> None:
    assert parse_date("26/11/2026", today=TODAY) == TODAY
    assert parse_date("01/01/1900", today=TODAY) == date(1900, 1, 1)
    assert parse_date("01/01/2020", today=TODAY, earliest=date(2020, 1, 1)) == date(2020, 1, 1)
    with pytest.raises(DateError, match=r"date\.too_old"):
        parse_date("31/12/2019", today=TODAY, earliest=date(2020, 1, 1))


def test_the_sentences_name_the_day_and_what_to_look_at() -> None:
    with pytest.raises(DateError) as future:
        parse_date("27/11/2026", today=TODAY)
    assert (
        future.value.sentence == "Tanggal Jum, 27 Nov 2026 belum tiba. Periksa tanggal, bulan dan tahunnya."
    )
    with pytest.raises(DateError) as month_first:
        parse_date("08/26/2025", today=TODAY)
    assert month_first.value.sentence == (
        "Bulan 26 tidak ada. Tulis tanggal dulu, lalu bulan, misalnya 26/11/2026 atau 26 Nov 2026."
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26/11/26", date(2026, 11, 26)),
        ("27/11/26", date(1926, 11, 27)),
        ("01/01/27", date(1927, 1, 1)),
        ("15/05/90", date(1990, 5, 15)),
        ("29/02/96", date(1996, 2, 29)),
        ("29/02/00", date(2000, 2, 29)),
    ],
)
def test_two_digits_of_a_year_mean_the_last_such_year_that_is_not_in_the_future(text: str, day: date) -> None:
    assert parse_date(text, today=TODAY) == day


def test_a_datetime_with_a_time_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="naive"):
        parse_date(datetime(2025, 8, 7, tzinfo=UTC), today=TODAY)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_what_is_shown_and_every_numeric_shape_is_read_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    shapes: list[str | int] = [
        format_date(day),
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
        serial,
    ]
    for shape in shapes:
        assert parse_date(shape, today=TODAY) == day


@given(st.text(max_size=25))
def test_any_text_is_a_day_or_a_refusal_and_never_a_crash(text: str) -> None:
    try:
        day = parse_date(text, today=TODAY)
    except DateError:
        return
    assert date(1900, 1, 1) <= day <= TODAY


def test_a_day_is_shown_as_people_read_it() -> None:
    assert format_date(TODAY) == "Kam, 26 Nov 2026"
    week = [format_date(date(2026, 8, 3) + timedelta(days=n)).split(",")[0] for n in range(7)]
    assert week == ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
    months = [format_date(date(2026, n, 1)).split()[2] for n in range(1, 13)]
    assert months == ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def test_a_month_is_shown_by_its_whole_name_and_year() -> None:
    assert format_month(date(2026, 10, 1)) == format_month(date(2026, 10, 31)) == "Oktober 2026"
    shown = [format_month(date(2026, n, 1)).removesuffix(" 2026") for n in range(1, 13)]
    assert shown[:6] == ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
    assert shown[6:] == ["Juli", "Agustus", "September", "Oktober", "November", "Desember"]


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        (TODAY, "0 hari"),
        (TODAY - timedelta(days=1), "1 hari"),
        (date(2026, 10, 27), "30 hari"),
        (date(2026, 10, 26), "1 bulan"),
        (date(2026, 8, 14), "3 bulan 12 hari"),
        (date(2025, 11, 27), "11 bulan 30 hari"),
        (date(2025, 11, 26), "1 tahun"),
        (date(2025, 11, 25), "1 tahun"),
        (date(2025, 8, 14), "1 tahun 3 bulan"),
        (date(2021, 11, 27), "4 tahun 11 bulan"),
    ],
)
def test_an_age_is_said_in_days_months_or_years(birth: date, words: str) -> None:
    assert format_age(birth, TODAY) == words


def test_an_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before birth"):
        format_age(TODAY + timedelta(days=1), TODAY)
