"""NIK, masked NIK, family card and BPJS: what is refused, in words, and what only raises a doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards import sources
from ceting.standards.identity import (
    IdentityError,
    MaskedNik,
    Nik,
    doubts_about,
    parse_bpjs,
    parse_kk,
    parse_nik,
    parse_nik_or_masked,
)
from ceting.standards.sex import Sex

BOY = "1371021505220001"  # born 15 May 22
GIRL = "1371025505220012"  # the same day, a girl: 15 + 40


def refusal(text: str) -> IdentityError:
    with pytest.raises(IdentityError) as caught:
        parse_nik(text)
    return caught.value


def test_a_nik_tells_area_sex_and_birth_date() -> None:
    nik = parse_nik(GIRL)
    assert (nik.province, nik.regency, nik.district, nik.serial) == ("13", "1371", "137102", "0012")
    assert nik.sex is Sex.GIRL
    assert nik.birth_dates() == (date(1922, 5, 15), date(2022, 5, 15))
    assert parse_nik(BOY).sex is Sex.BOY


@pytest.mark.parametrize(
    "text",
    [
        BOY,
        f" {BOY} ",
        "1371 0215 0522 0001",
        "13.71.02.150522.0001",
        "137102-150522-0001",
        f"'{BOY}",
        f"\u200e{BOY}\u00a0",
        "13/71/02/150522/0001",
    ],
)
def test_a_nik_is_accepted_however_it_is_typed_or_pasted(text: str) -> None:
    assert parse_nik(text).digits == BOY


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            BOY[:15],
            "15 angka: kurang 1.",
        ),
        (
            BOY[:6],
            "6 angka: kurang 10.",
        ),
        (
            BOY + "7",
            "17 angka: kelebihan 1.",
        ),
    ],
)
def test_a_nik_of_the_wrong_length_says_how_many_digits_are_missing(text: str, sentence: str) -> None:
    error = refusal(text)
    assert error.code == "nik.length"
    assert error.sentence == (
        f"NIK harus 16 angka. Yang diketik {sentence} Cocokkan lagi dengan KTP atau Kartu Keluarga."
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik.empty"),
        ("   ", "nik.empty"),
        ("-", "nik.empty"),
        ("137102150522000A", "nik.not_digits"),
        ("l371021505220001", "nik.not_digits"),
        ("belum ada", "nik.not_digits"),
        ("Xavier", "nik.not_digits"),
        ("١٣٧١٠٢١٥٠٥٢٢٠٠٠١", "nik.not_digits"),
        ("1.37102E+15", "nik.excel_number"),
        ("1,37102E+15", "nik.excel_number"),
        ("1371021505220001.0", "nik.excel_number"),
        ("1371**********01", "nik.masked"),
        ("0071021505220001", "nik.region"),
        ("1300021505220001", "nik.region"),
        ("1371001505220001", "nik.region"),
        ("1371021505220000", "nik.serial"),
        ("0000000000000000", "nik.region"),
    ],
)
def test_what_no_nik_can_be_is_refused_with_its_reason(text: str, code: str) -> None:
    error = refusal(text)
    assert error.code == code
    assert error.sentence.endswith(".")


@pytest.mark.parametrize(
    ("day", "accepted"),
    [
        ("00", False),
        ("01", True),
        ("31", True),
        ("32", False),
        ("40", False),
        ("41", True),
        ("71", True),
        ("72", False),
        ("99", False),
    ],
)
def test_a_day_of_birth_is_1_to_31_or_41_to_71(day: str, accepted: bool) -> None:
    text = f"137102{day}01220001"
    if accepted:
        assert parse_nik(text).birth_day in (1, 31)
    else:
        assert refusal(text).code == "nik.birth_date"


@pytest.mark.parametrize(
    ("day_month_year", "accepted"),
    [
        ("150022", False),
        ("151222", True),
        ("151322", False),
        ("310422", False),
        ("300422", True),
        ("290224", True),
        ("290223", False),
        ("290200", True),
        ("690224", True),
    ],
)
def test_a_birth_date_must_exist_in_one_of_the_two_centuries(day_month_year: str, accepted: bool) -> None:
    text = f"137102{day_month_year}0001"
    if accepted:
        assert parse_nik(text).birth_dates()
    else:
        assert refusal(text).code == "nik.birth_date"


def test_a_matching_record_raises_no_doubt() -> None:
    assert doubts_about(parse_nik(BOY), birth_date=date(2022, 5, 15), sex=1, region="137102") == ()
    assert doubts_about(parse_nik(BOY)) == ()


@pytest.mark.parametrize("born", [date(2022, 5, 14), date(2022, 5, 16), date(2021, 5, 15), date(2022, 6, 15)])
def test_another_birth_date_is_a_doubt_in_words_and_never_an_error(born: date) -> None:
    (doubt,) = doubts_about(parse_nik(BOY), birth_date=born)
    assert doubt.code == "nik.birth_date_differs"
    assert "15-05-22" in doubt.sentence
    assert f"{born:%d-%m-%y}" in doubt.sentence


def test_another_sex_is_a_doubt() -> None:
    (doubt,) = doubts_about(parse_nik(GIRL), sex=1)
    assert (doubt.code, doubt.sentence) == (
        "nik.sex_differs",
        "Menurut NIK jenis kelaminnya perempuan. Periksa NIK atau jenis kelamin.",
    )


@pytest.mark.parametrize(
    ("region", "doubted"),
    [("13", False), ("1371", False), ("137102", False), ("137103", True), ("1372", True), ("14", True)],
)
def test_another_area_is_a_doubt_as_far_as_the_caller_compares(region: str, doubted: bool) -> None:
    assert bool(doubts_about(parse_nik(BOY), region=region)) is doubted


def test_an_unknown_province_is_a_doubt_because_provinces_are_founded() -> None:
    (doubt,) = doubts_about(parse_nik("9971021505220001"))
    assert doubt.code == "nik.province_unknown"
    assert len(set(sources.text("identity_numbers", "nik.provinces").split())) == 38


def test_a_nik_never_shows_its_middle_where_things_are_printed() -> None:
    nik = parse_nik(BOY)
    assert nik.masked == "1371**********01"
    for shown in (repr(nik), str(nik), f"{nik}"):
        assert "021505220" not in shown


def test_an_error_never_repeats_the_digits_that_were_typed() -> None:
    for text in (BOY[:15], "1371021505220000", "137102150522000A"):
        assert text not in str(refusal(text))


@pytest.mark.parametrize(
    "text",
    [
        "1371**********01",
        "1371xxxxxxxxxx01",
        "1371XXXXXXXXXX01",
        "1371••••••••••01",
        "1371##########01",
        "1371 **** **** **01",
    ],
)
def test_a_masked_nik_is_read_in_every_shape(text: str) -> None:
    assert parse_nik_or_masked(text) == MaskedNik("1371**********01")


def test_a_masked_nik_matches_the_niks_that_it_may_stand_for() -> None:
    masked = parse_nik_or_masked("1371**********01")
    assert isinstance(masked, MaskedNik)
    assert masked.matches(parse_nik(BOY))
    assert not masked.matches(parse_nik(GIRL))
    assert masked.known == 6


def test_a_whole_nik_is_read_as_such_where_masked_ones_are_allowed() -> None:
    assert parse_nik_or_masked(BOY) == Nik(BOY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1371*********01", "nik.length"),
        ("1371***********01", "nik.length"),
        ("****", "nik.length"),
        ("", "nik.empty"),
        ("Xavier", "nik.not_digits"),
    ],
)
def test_a_mask_that_is_no_nik_is_refused(text: str, code: str) -> None:
    with pytest.raises(IdentityError) as caught:
        parse_nik_or_masked(text)
    assert caught.value.code == code


@given(
    st.sampled_from(sources.text("identity_numbers", "nik.provinces").split()),
    st.integers(101, 9999).filter(lambda n: n % 100),
    st.dates(date(1930, 1, 1), date(2026, 12, 31)),
    st.sampled_from(Sex),
    st.integers(1, 9999),
    st.sets(st.integers(0, 15)),
)
def test_every_nik_made_by_the_rule_is_read_back_and_matches_any_mask_of_itself(
    province: str, area: int, born: date, sex: Sex, serial: int, hidden: set[int]
) -> None:
    day = born.day + (40 if sex is Sex.GIRL else 0)
    text = f"{province}{area:04}{day:02}{born:%m%y}{serial:04}"
    nik = parse_nik(text)
    assert (nik.digits, nik.sex) == (text, sex)
    assert born in nik.birth_dates()
    assert doubts_about(nik, birth_date=born, sex=sex, region=text[:6]) == ()
    mask = "".join("*" if place in hidden else digit for place, digit in enumerate(text))
    assert MaskedNik(mask).matches(nik)


def test_a_family_card_has_16_digits_and_bpjs_13() -> None:
    assert parse_kk("1371 0205 0510 0003") == "1371020505100003"
    assert parse_bpjs("0001 2345 6789 0") == "0001234567890"


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_kk, "137102050510000", "kk.length"),
        (parse_kk, "13710205051000031", "kk.length"),
        (parse_kk, "", "kk.empty"),
        (parse_kk, "1.37102E+15", "kk.excel_number"),
        (parse_kk, "0" * 16, "kk.zeros"),
        (parse_bpjs, "000123456789", "bpjs.length"),
        (parse_bpjs, "00012345678901", "bpjs.length"),
        (parse_bpjs, "tidak punya", "bpjs.not_digits"),
        (parse_bpjs, "0" * 13, "bpjs.zeros"),
    ],
)
def test_a_card_number_that_cannot_be_is_refused(parse, text: str, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(IdentityError) as caught:
        parse(text)
    assert caught.value.code == code
