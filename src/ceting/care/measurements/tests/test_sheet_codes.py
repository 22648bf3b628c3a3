"""The code at the head of a sheet: read off by lamplight, typed with one finger, and never mistaken for another."""

import itertools

import pytest

from ceting.care.measurements.sheet_codes import (
    LENGTH,
    SIGNS,
    SheetCodeError,
    check_sign,
    new_code,
    parse_code,
    spoken,
)

CODE = "K7M42XR" + check_sign("K7M42XR")


def refused(typed: str) -> str:
    with pytest.raises(SheetCodeError) as caught:
        parse_code(typed)
    return caught.value.code


def test_a_new_code_is_read_back_as_it_is_printed() -> None:
    for _ in range(50):
        code = new_code()
        assert len(code) == LENGTH
        assert parse_code(spoken(code)) == code


@pytest.mark.parametrize(
    "typed", [f" {CODE[:4].lower()} {CODE[4:]} ", f"{CODE[:4]}–{CODE[4:]}", spoken(CODE)]
)
def test_capitals_blanks_and_strokes_do_not_matter(typed: str) -> None:
    assert parse_code(typed) == CODE


def test_letters_that_look_like_another_sign_are_read_as_that_sign() -> None:
    body = "0111V0A"
    code = body + check_sign(body)
    assert parse_code("O1iLUqA" + code[-1]) == code


def test_no_letter_is_printed_that_looks_like_another_sign() -> None:
    assert not set("OQILU") & set(SIGNS)


def test_every_single_wrong_sign_is_found() -> None:
    for place, sign in itertools.product(range(LENGTH), SIGNS):
        wrong = CODE[:place] + sign + CODE[place + 1 :]
        if wrong != CODE:
            assert refused(wrong) == "sheet_code.check"


def test_every_swap_of_two_signs_is_found() -> None:
    for one, other in itertools.combinations(range(LENGTH), 2):
        swapped = list(CODE)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if "".join(swapped) != CODE:
            assert refused("".join(swapped)) == "sheet_code.check"


@pytest.mark.parametrize("typed", ["", "  - "])
def test_nothing_typed_says_where_the_code_stands(typed: str) -> None:
    assert refused(typed) == "sheet_code.empty"


@pytest.mark.parametrize("typed", ["K7M4", CODE + "2", "K7M4!XRT", "ÄÖÜ42XRT"])
def test_what_can_not_be_a_code_says_how_one_looks(typed: str) -> None:
    assert refused(typed) == "sheet_code.length"
