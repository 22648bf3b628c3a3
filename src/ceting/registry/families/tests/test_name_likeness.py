"""Two spellings of one name, and two names of twins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.registry.families.name_likeness import Names, compare, is_unnamed, which_twin
from ceting.standards.identity import normalise_name

NAMES = ["hasan", "husein", "putri", "aisah", "a", "muhammad", "salma", "salwa", "rahma"]
WORDS = st.lists(st.sampled_from(NAMES), max_size=4)


def told(one: str, other: str) -> Names:
    return compare(normalise_name(one), normalise_name(other))


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("Aisyah Putri", "Aisjah Poetry", Names.EQUAL),
        ("Aisyah Putri", "Putri Aisyah", Names.CLOSE),
        ("Aisyah Putri", "Aisyah", Names.CLOSE),
        ("Aisyah Putri", "Aisyah P", Names.CLOSE),
        ("Nabila Rahma", "Nabilah Rahma", Names.CLOSE),
        ("Ramadhan", "Ramadani", Names.CLOSE),
        ("Hasan", "Husein", Names.OTHER),
        ("Fatimah", "Fitriyah", Names.OTHER),
        ("Muhammad Hasan Al Fatih", "Muhammad Husein Al Fatih", Names.OTHER),
        ("Salma", "Salwa", Names.NEAR),
        ("Rafi Pratama", "Rafa Pratama", Names.NEAR),
        ("Alesha", "Alisha", Names.NEAR),
        ("Budi", "", Names.OTHER),
    ],
)
def test_names_are_compared_word_by_word(one: str, other: str, names: Names) -> None:
    assert told(one, other) is names
    assert told(other, one) is names


@given(WORDS, WORDS)
def test_who_is_compared_first_makes_no_difference(one: list[str], other: list[str]) -> None:
    left, right = " ".join(one), " ".join(other)
    assert compare(left, right) is compare(right, left)
    assert compare(left, left) is Names.EQUAL


@pytest.mark.parametrize(
    "name", ["By. Ny. Sari", "by ny sari II", "Bayi Sari", "An. Ny. Sari", "Anak Ibu Sari"]
)
def test_a_newborn_without_a_name_is_known(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize("name", ["Byan", "Anak Agung", "Bayu", "Ani"])
def test_a_name_that_begins_alike_is_a_name(name: str) -> None:
    assert not is_unnamed(name)


def test_the_number_of_an_unnamed_twin_is_read() -> None:
    assert which_twin("By. Ny. Sari II") == "ii"
    assert which_twin("By. Ny. Sari") == ""
