"""Phone numbers however they are typed."""

import pytest

from ceting.standards.identity import IdentityError, format_phone, parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "0812.3456.7890",
        "(0812) 3456 7890",
        "81234567890",
        "812 3456 7890",
        "6281234567890",
        "62 812 3456 7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "+62 0812 3456 7890",
        "+62 (0) 812 3456 7890",
        "62081234567890",
        "006281234567890",
        "00 62 81234567890",
        "'081234567890",
        " 081234567890 ",
        "81234567890.0",
    ],
)
def test_one_mobile_number_in_every_way_it_is_typed(text: str) -> None:
    assert parse_phone(text) == "+6281234567890"


@pytest.mark.parametrize(
    ("text", "e164"),
    [("0751 21234", "+6275121234"), ("(0751) 7053250", "+627517053250"), ("+60 12-345 6789", "+60123456789")],
)
def test_landlines_and_numbers_of_other_countries_are_taken(text: str, e164: str) -> None:
    assert parse_phone(text) == e164


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone.empty"),
        ("  ", "phone.empty"),
        ("0812", "phone.too_short"),
        ("08", "phone.too_short"),
        ("08123456", "phone.too_short"),
        ("0812345678901234", "phone.too_long"),
        ("-", "phone.unreadable"),
        ("tidak ada", "phone.unreadable"),
        ("0812ABC3456", "phone.unreadable"),
        ("0812345678901234567890", "phone.unreadable"),
        ("081234567890123", "phone.too_long"),
        ("0012345678", "phone.not_a_number"),
        ("8.12346E+10", "phone.excel_number"),
        ("081234567890/081298765432", "phone.two_numbers"),
        ("081234567890 atau 081298765432", "phone.two_numbers"),
    ],
)
def test_what_is_no_phone_number_is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(IdentityError) as caught:
        parse_phone(text)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("stored", "written"),
    [("+6281234567890", "0812-3456-7890"), ("+60123456789", "+60 12-345 6789"), ("", ""), ("lama", "lama")],
)
def test_a_stored_number_is_shown_as_people_write_it(stored: str, written: str) -> None:
    assert format_phone(stored) == written
