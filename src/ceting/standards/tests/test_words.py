"""What families read, and what they must never read."""

import pytest

from ceting.standards import sources
from ceting.standards.categories import Index, SevereWasting, categories
from ceting.standards.kms import ReferReason
from ceting.standards.sources import TableError
from ceting.standards.words import FORBIDDEN_FOR_FAMILIES, WORD_TABLES, family_words, staff_words

CODES = tuple(row["code"] for table in WORD_TABLES for row in sources.rows(table))


@pytest.mark.parametrize("code", CODES)
def test_no_family_reads_a_word_that_hurts_or_that_nobody_understands(code: str) -> None:
    words = family_words(code)
    text = " ".join((words.what, words.why, words.today)).lower()
    for forbidden in FORBIDDEN_FOR_FAMILIES:
        assert forbidden not in text, (code, forbidden)
    assert " sd" not in text
    assert "tidak naik" not in text


@pytest.mark.parametrize("code", CODES)
def test_every_result_says_what_it_is_why_and_what_to_do_today(code: str) -> None:
    words = family_words(code)
    assert words.what
    assert words.why
    assert "mari" in words.today.lower()


def test_every_category_status_and_reason_has_its_words() -> None:
    wanted = {category.code for index in Index for category in categories(index)}
    wanted |= {row["code"] for row in sources.rows("muac_child")}
    wanted |= {reason.value for reason in SevereWasting} | {reason.value for reason in ReferReason}
    wanted |= {"N", "T", "O", "B"}
    assert wanted == {row["code"] for row in sources.rows("words")}


def test_no_code_has_words_in_two_tables() -> None:
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("N", "Naik bagus"),
        ("T", "Beratnya belum naik cukup"),
        ("O", "Bulan lalu belum ditimbang"),
        ("B", "Penimbangan pertama"),
        ("BGM", "Di bawah garis merah, perlu diperiksa petugas"),
        ("AGO", "Di atas garis oranye, mari kita cek"),
        ("TBU_P", "Tingginya masih di bawah anak seusianya"),
        ("TBU_SP", "Tingginya masih di bawah anak seusianya"),
        ("BBTB_KURANG", "Beratnya belum sesuai tingginya"),
        ("BBTB_BURUK", "Anak perlu diperiksa petugas hari ini"),
    ],
)
def test_families_read_the_agreed_sentences(code: str, what: str) -> None:
    assert family_words(code).what == what


def test_a_low_height_is_followed_by_an_invitation_to_measure_again() -> None:
    assert family_words("TBU_P").today == "Mari ukur ulang bersama petugas"


def test_staff_read_the_official_labels() -> None:
    for index in Index:
        for category in categories(index):
            assert staff_words(category.code).startswith(category.label_id)


def test_a_low_height_is_no_diagnosis_and_says_so_to_staff() -> None:
    assert staff_words("TBU_P") == "Pendek (TB/U di bawah -2, perlu dipastikan)"
    assert staff_words("TBU_SP") == "Sangat pendek (TB/U di bawah -3, perlu dipastikan)"
    assert not any("stunting" in staff_words(code).lower() for code in CODES)


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(TableError, match="BBU_X"):
        family_words("BBU_X")
