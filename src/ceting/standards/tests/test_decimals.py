"""Numbers with comma and point, with their unit, and the trap of 8.500."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.numbers import NumberError, Unit, format_decimal, parse_decimal


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("8,5", "kg", "8.5"),
        ("8.5", "kg", "8.5"),
        ("8.500", "kg", "8.5"),
        ("8,500", "kg", "8.5"),
        ("8.50", "kg", "8.5"),
        ("8", "kg", "8"),
        ("85", "kg", "85"),
        ("8500", "kg", "8500"),
        (",5", "kg", "0.5"),
        ("08,5", "kg", "8.5"),
        ("+8,5", "kg", "8.5"),
        (" 8,5 ", "kg", "8.5"),
        ("8,5 kg", "kg", "8.5"),
        ("8,5kg", "kg", "8.5"),
        ("8.5 KG.", "kg", "8.5"),
        ("8,5 kilo", "kg", "8.5"),
        ("8,5\u00a0kg", "kg", "8.5"),
        ("'8,5", "kg", "8.5"),
        ("0", "kg", "0"),
        ("-8,5", "kg", "-8.5"),
        ("71,5 cm", "cm", "71.5"),
        ("71.500", "cm", "71.5"),
        ("71.50 Cm", "cm", "71.5"),
        ("3.200", "g", "3200"),
        ("3,200", "g", "3200"),
        ("3200", "g", "3200"),
        ("3.200 gram", "g", "3200"),
        ("3200 gr", "g", "3200"),
        ("3200,5", "g", "3200.5"),
        ("3200.50", "g", "3200.5"),
        ("1.234,5", "kg", "1234.5"),
        ("1,234.5", "kg", "1234.5"),
        ("1.234.567", "kg", "1234567"),
        ("1,234,567", "kg", "1234567"),
        ("-1.73", "SD", "-1.73"),
        ("\u22121,73", "SD", "-1.73"),
        ("-2,95 SD", "SD", "-2.95"),
        ("11,2 g/dL", "g/dL", "11.2"),
        ("12", "", "12"),
        ("9" * 20, "kg", "9" * 20),
    ],
)
def test_a_number_is_read_as_it_was_meant(text: str, unit: Unit, value: str) -> None:
    assert parse_decimal(text, unit=unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.empty"),
        ("   ", "number.empty"),
        ("'", "number.empty"),
        ("delapan", "number.unreadable"),
        ("-", "number.unreadable"),
        ("kg", "number.unreadable"),
        ("8,5,2", "number.unreadable"),
        ("8..5", "number.unreadable"),
        ("8,", "number.unreadable"),
        ("8 5", "number.unreadable"),
        ("8,5 kg 2", "number.unreadable"),
        ("8,5 liter", "number.unreadable"),
        ("1.23.456", "number.unreadable"),
        ("1.234,567.8", "number.unreadable"),
        ("8,5-", "number.unreadable"),
        ("--8", "number.unreadable"),
        ("8e1", "number.unreadable"),
        ("nan", "number.unreadable"),
        ("inf", "number.unreadable"),
        ("٨", "number.unreadable"),
        ("½", "number.unreadable"),
        ("9" * 21, "number.unreadable"),
        ("8500 g", "number.other_unit"),
        ("8500 gram", "number.other_unit"),
        ("71 cm", "number.other_unit"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_decimal(text, unit="kg")
    assert caught.value.code == code
    assert "8,5 kg" in caught.value.sentence


def test_the_sentences_say_what_to_do() -> None:
    with pytest.raises(NumberError) as unreadable:
        parse_decimal("tinggi", unit="cm")
    assert unreadable.value.sentence == "Angka ini tidak terbaca. Tulis angka saja, misalnya 71,5 cm."
    with pytest.raises(NumberError) as other:
        parse_decimal("8500 g", unit="kg")
    assert other.value.sentence == "Angka ini harus dalam kg. Tulis misalnya 8,5 kg."


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (8.5, None, "8,5"),
        (8.0, None, "8"),
        (Decimal("8.50"), None, "8,5"),
        (100, None, "100"),
        (1e-05, None, "0,00001"),
        (8500.0, None, "8500"),
        (8.5, 2, "8,50"),
        (8.25, 1, "8,3"),
        (Decimal("8.25"), 1, "8,3"),
        (8.05, 1, "8,1"),
        (-1.73, 2, "-1,73"),
        (-0.001, 2, "0,00"),
        (-0.0, None, "0"),
        (Decimal("-0.5"), 0, "-1"),
        (7.0, 1, "7,0"),
        (66.666666, 1, "66,7"),
    ],
)
def test_a_number_is_shown_with_a_decimal_comma(
    value: float | Decimal, places: int | None, shown: str
) -> None:
    assert format_decimal(value, places) == shown


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_finite_cannot_be_shown(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="can't be shown"):
        format_decimal(value)


@given(st.decimals(-999, 9999, places=3), st.sampled_from(["kg", "cm", "SD", ""]))
def test_what_is_shown_is_read_back(value: Decimal, unit: Unit) -> None:
    assert parse_decimal(format_decimal(value), unit=unit) == value
    assert parse_decimal(format_decimal(value, 3), unit=unit) == value


@given(st.integers(0, 99999))
def test_whole_grams_are_read_back_with_and_without_a_thousands_mark(grams: int) -> None:
    assert parse_decimal(str(grams), unit="g") == grams
    assert parse_decimal(f"{grams:,}".replace(",", "."), unit="g") == grams


@given(st.text(max_size=30), st.sampled_from(["kg", "g", "cm", "SD", ""]))
def test_any_text_is_a_number_or_a_refusal_and_never_a_crash(text: str, unit: Unit) -> None:
    try:
        value = parse_decimal(text, unit=unit)
    except NumberError:
        return
    assert value.is_finite()
