"""Names that are one name: old and new spelling, titles, degrees, the baby of, the late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.identity import normalise_name
from ceting.standards.identity.names import LONGEST_KEY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Javanese, old and new spelling
        ("Soedarmadji", "Sudarmaji"),
        ("Djoko Widjojo", "Joko Wijoyo"),
        ("Tjokroaminoto", "Cokroaminoto"),
        ("Soetjipto", "Sucipto"),
        ("Noerdjanah", "Nurjanah"),
        ("Setyo Budhi", "Setio Budi"),
        ("Sulistyowati", "Sulistiowati"),
        ("Bambang Soetrisno", "Bambang Sutrisno"),
        ("Sri Moelyani", "Sri Mulyani"),
        # Minang
        ("Sjahrir", "Syahrir"),
        ("Syafruddin", "Safrudin"),
        ("Hj. Rosma Yenni", "ROSMA YENI"),
        ("Upik Elly", "Upik Eli"),
        ("Dessy Fitrianny", "Desi Fitriani"),
        ("Novi Yulianti", "Nofi Yulianti"),
        ("Nur'aini", "Nuraini"),
        ("Jum’at", "Jumat"),
        ("Zulkifli", "Julkifli"),
        ("Rizky Ramadhan", "Riski Ramadan"),
        ("Aziz", "Azis"),
        ("Tjut Nja’ Dhien", "Cut Nya Din"),
        # Arabic names
        ("Achmad Chairul", "Ahmad Khairul"),
        ("Ichsan", "Ikhsan"),
        ("Moh. Ikhsan", "Muhammad Ikhsan"),
        ("M. Ikhsan", "Mohammad Ikhsan"),
        ("M.Ikhsan", "Mhd Ikhsan"),
        ("Siti Muhammad", "Siti Muh."),
        ("Abd. Rahman", "Abdul Rahman"),
        ("Thalita", "Talita"),
        ("Christina", "Kristina"),
        # titles, degrees, relations
        ("By. Ny. Sari", "Sari"),
        ("Bayi Ny Sari", "SARI"),
        ("BY NY SARI", "sari"),
        ("An. Budi", "Budi"),
        ("An.Budi", "Budi"),
        ("Ny. Rahma", "Rahma"),
        ("Ibu Sari", "Sari"),
        ("dr. Hasan", "Hasan"),
        ("dr. Mira, SpOG", "Mira, SpOG"),
        ("Drs. H. Zulfikar, M.Pd", "Zulfikar"),
        ("Dewi Lestari, S.Gz", "Dewi Lestari"),
        ("Dewi Lestari S.Gz., M.K.M", "Dewi Lestari"),
        ("Rina, A.Md.Keb", "Rina"),
        ("Alm. Buyung", "Buyung"),
        ("Buyung (alm)", "Buyung"),
        ("Buyung (Alm.)", "Buyung"),
        ("Rosma almh.", "Rosma"),
        ("Prof. Dr. Ir. Sutan Takdir", "Sutan Takdir"),
        # careless typing
        ("  Siti   Aminah ", "siti aminah"),
        ("Siti-Aminah", "Siti Aminah"),
        ("Siti, Aminah", "Siti Aminah"),
        ("José", "Jose"),
        ("FATHONNI", "Fatoni"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sari", "Sarah"),
        ("Budi", "Badu"),
        ("Siti Aminah", "Aminah"),
        ("Andi", "Dandi"),
        ("By. Ny. Sari 1", "By. Ny. Sari 2"),
        ("Kembar 11", "Kembar 1"),
        ("An Nisa", "Nisa"),
        ("Hasan", "Husin"),
        ("Ahmad S", "Ahmad"),
        ("Hamid", "Amid"),
        ("Rani", "Reni"),
    ],
)
def test_two_names_keep_two_keys(one: str, other: str) -> None:
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Soedarmadji", "sudarmaji"),
        ("Ibu Sari", "sari"),
        ("kader Wati", "kader wati"),
        ("M. Fauzan", "muhamad fausan"),
        ("Ali M", "ali m"),
        ("Yulia", "yulia"),
        ("Wahyu", "wahiu"),
    ],
)
def test_a_key_is_plain_to_read(name: str, key: str) -> None:
    assert normalise_name(name) == key


@pytest.mark.parametrize(("name", "key"), [("An.", "an"), ("By. Ny.", "bi ni"), ("H.", "h"), ("Ibu", "ibu")])
def test_a_name_of_titles_alone_keeps_them(name: str, key: str) -> None:
    assert normalise_name(name) == key


@pytest.mark.parametrize("text", ["", "   ", "---", "?!"])
def test_a_text_without_letters_has_no_key(text: str) -> None:
    assert normalise_name(text) == ""


@given(st.text(max_size=60))
def test_any_text_gives_a_clean_key_whatever_its_case_and_spaces(text: str) -> None:
    key = normalise_name(text)
    assert key == key.strip()
    assert "  " not in key
    assert normalise_name(f"  {text} ") == key


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz .'", max_size=40))
def test_capitals_make_no_difference(text: str) -> None:
    assert normalise_name(text.upper()) == normalise_name(text)


@pytest.mark.parametrize("name", ["Moh " * 30, "ﷺ" * 120])
def test_a_key_is_never_longer_than_its_column(name: str) -> None:
    assert 0 < len(normalise_name(name)) <= LONGEST_KEY
