"""Names of places are compared by what they say, not by how they are spelt."""

import pytest

from ceting.standards.place_names import joined_place_key, place_key, place_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("POSYANDU MELATI II", "Melati 2"),
        ("Pos. Mawar 01", "mawar 1"),
        ("KEL. ANDALAS", "Andalas"),
        ("UPTD PUSKESMAS ANDALAS", "Andalas"),
    ],
)
def test_names_of_places_are_one_however_they_are_spelt(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_a_new_posyandu_is_written_as_we_write_it() -> None:
    assert place_name("POSYANDU MELATI II") == "Melati II"
    assert place_name("Pos") == "Pos"


def test_a_space_between_two_words_may_be_left_out() -> None:
    assert joined_place_key("Kel. PARAK GADANG TIMUR") == joined_place_key("Parakgadang Timur")
    assert joined_place_key("Melati 1") != joined_place_key("Melati 2")
