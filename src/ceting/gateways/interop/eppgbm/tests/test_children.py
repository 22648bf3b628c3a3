"""Which rows of a file speak of one child."""

from datetime import date
from random import Random
from uuid import uuid4

from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.children import FileChild, children_of
from ceting.gateways.interop.eppgbm.rows import read_row
from ceting.gateways.interop.eppgbm.tests import exports

TODAY = date(2026, 11, 26)
FOUND = columns.detect(exports.HEADER)
NIK = "1371025003250001"


def children(*rows: dict[str, str]) -> list[FileChild]:
    read = [
        read_row(uuid4(), line, [row[name] for name in exports.HEADER], FOUND, TODAY)
        for line, row in enumerate(rows, 3)
    ]
    return children_of(read, {row.place: row.place for row in read})


def month(number: int, **cells: str) -> dict[str, str]:
    return exports.row(Tanggal_Pengukuran=f"2026-{number:02}-12", **cells)


def lines(found: list[FileChild]) -> list[list[int]]:
    return sorted(sorted(row.line for row in child.rows) for child in found)


def test_the_months_of_one_child_are_one_child() -> None:
    assert lines(children(month(7), month(8), month(9))) == [[3, 4, 5]]


def test_another_spelling_of_a_name_is_the_same_child() -> None:
    assert lines(children(month(7, Nama="DJUWITA"), month(8, Nama="Juwita"))) == [[3, 4]]


def test_a_row_without_a_nik_joins_the_child_whose_mask_fits() -> None:
    found = children(month(7, NIK=NIK), month(8, NIK="1371**********01"), month(9, NIK="-"))
    assert lines(found) == [[3, 4, 5]]
    assert found[0].nik == NIK


def test_a_mask_that_does_not_fit_is_another_child() -> None:
    assert lines(children(month(7, NIK=NIK), month(8, NIK="1371**********99"))) == [[3], [4]]


def test_one_nik_for_two_children_is_nobodys() -> None:
    found = children(month(7, NIK=NIK), month(8, NIK=NIK, Nama="BUNGA CITRA"))
    assert [child.refusal.code for child in found if child.refusal] == ["nik_of_two"]


def test_one_nik_with_a_part_of_the_name_left_out_is_one_child() -> None:
    found = children(month(7, NIK=NIK, Nama="ALYA DELIMA"), month(8, NIK=NIK, Nama="ALYA"))
    assert lines(found) == [[3, 4]]
    assert found[0].refusal is None


def test_namesakes_of_one_day_at_two_posyandu_are_two_children() -> None:
    found = children(
        month(7, NIK="-", Nama_Ortu="ROSMA"), month(7, NIK="-", Nama_Ortu="YANTI", Posyandu="KENANGA")
    )
    assert lines(found) == [[3], [4]]


def test_a_child_of_one_mother_who_moved_is_one_child_at_her_last_posyandu() -> None:
    (child,) = children(month(7, NIK="-"), month(8, NIK="-", Posyandu="KENANGA"))
    assert str(child.place).endswith("kenanga")


def test_two_masks_at_one_posyandu_cannot_be_told_apart_and_are_refused() -> None:
    found = children(month(7, NIK="1371**********11"), month(8, NIK="1371**********22"))
    assert {child.refusal.code for child in found if child.refusal} == {"ambiguous_in_file"}


def test_children_of_one_mother_and_address_are_a_family() -> None:
    found = children(month(7), month(7, Nama="BAGAS DELIMA", JK="L", Tgl_Lahir="2023-01-02"))
    assert len({child.family for child in found}) == 1
    assert found[0].family


def test_children_born_four_months_apart_have_two_mothers() -> None:
    found = children(month(7), month(7, Nama="BAGAS DELIMA", JK="L", Tgl_Lahir="2024-11-10"))
    assert {child.family for child in found} == {""}


def test_a_mothers_name_without_an_address_makes_no_family() -> None:
    bare = {"RT": "-", "RW": "-", "Alamat": "-"}
    found = children(month(7, **bare), month(7, Nama="BAGAS", JK="L", Tgl_Lahir="2023-01-02", **bare))
    assert {child.family for child in found} == {""}


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [
        *(month(number, NIK=NIK) for number in (7, 8, 9)),
        month(7, NIK="-", Nama="BAGAS", JK="L", Posyandu="MELATI"),
        month(8, NIK="-", Nama="BAGAS", JK="L", Posyandu="KENANGA"),
        month(7, NIK="-", Nama="BAGAS", JK="L", Nama_Ortu="YANTI", Posyandu="DAHLIA"),
        month(10, NIK="1371**********01"),
    ]
    rows = [row | {"No": str(number)} for number, row in enumerate(rows)]

    def said(given: list[dict[str, str]]) -> list[tuple[object, ...]]:
        return [
            (child.place, child.nik, child.last.parent, len(child.rows), child.family)
            for child in children(*given)
        ]

    first = said(rows)
    for seed in range(20):
        shuffled = list(rows)
        Random(seed).shuffle(shuffled)
        assert said(shuffled) == first
