"""Lists as they come: copied from a spreadsheet, typed on a phone, with and without a header. No database."""

import pytest

from ceting.registry.office.batches import POSYANDU
from ceting.registry.office.pasted import read


def cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.cells[column.name] for column in POSYANDU) for line in read(text, POSYANDU)]


@pytest.mark.parametrize(
    "text",
    [
        "Melati\tAndalas\t03\nKenanga\tJati\t05",
        "Melati;Andalas;03\r\nKenanga;Jati;05\r\n",
        "Melati, Andalas, 03\n\n   \nKenanga, Jati, 05",
        '"Melati"; "Andalas"; 03\nKenanga ; Jati;05;',
        "1. Melati".replace("1. ", "1\t") + "\tAndalas\t03\n2\tKenanga\tJati\t05",
        "Nama Posyandu\tKelurahan\tRW\nMelati\tAndalas\t03\nKenanga\tJati\t05",
        "No\tRW\tDesa/Kel\tPosyandu\tKet\n1\t03\tAndalas\tMelati\trajin\n2\t05\tJati\tKenanga\t",
    ],
)
def test_the_same_list_in_every_shape(text: str) -> None:
    assert cells(text) == [("Melati", "Andalas", "03"), ("Kenanga", "Jati", "05")]


def test_what_is_left_out_is_empty_and_lines_are_counted_as_the_person_sees_them() -> None:
    (line,) = read("\n\nMelati", POSYANDU)
    assert line.number == 3
    assert line.cells == {"name": "Melati", "village": "", "rw": ""}
    assert line.problem("isi kelurahannya.") == "Baris 3 (“Melati”): isi kelurahannya."


def test_a_comma_inside_a_cell_of_a_spreadsheet_is_no_border() -> None:
    assert cells("Melati, Atas\tAndalas\t03") == [("Melati, Atas", "Andalas", "03")]


def test_nothing_but_a_header_is_nothing() -> None:
    assert cells("Nama; Kelurahan; RW\n") == []


def test_a_long_line_is_shown_short() -> None:
    (line,) = read("x" * 500, POSYANDU)
    assert len(line.problem("...")) < 80
