"""What cells mean, however they are written."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from ceting.gateways.interop.eppgbm import columns, values
from ceting.gateways.interop.eppgbm.rows import FileRow, read_row
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.standards.identity import MaskedNik, Nik

TODAY = date(2026, 11, 26)
FOUND = columns.detect(exports.HEADER)


def read(**cells: str) -> FileRow:
    row = exports.row(**cells)
    return read_row(uuid4(), 3, [row[name] for name in exports.HEADER], FOUND, TODAY)


@pytest.mark.parametrize("cell", ["L", "l", "Laki-laki", "LAKI LAKI", "lk", "1", "M"])
def test_a_boy_is_a_boy_however_he_is_written(cell: str) -> None:
    assert values.sex(cell) == 1


@pytest.mark.parametrize("cell", ["P", "Perempuan", "pr.", "2", "F"])
def test_so_is_a_girl(cell: str) -> None:
    assert values.sex(cell) == 2


@pytest.mark.parametrize(
    "cell", ["2024-05-12", "12/05/2024", "12-05-2024", "12 Mei 2024", "45424", "2024-05-12 00:00:00"]
)
def test_a_date_is_read_in_each_of_its_shapes(cell: str) -> None:
    assert read(Tgl_Lahir=cell).birth_date == date(2024, 5, 12)


@pytest.mark.parametrize("cell", ["9.4", "9,4", "9.400", "9,40 kg", "9.4Kg"])
def test_a_weight_is_read_with_comma_and_point(cell: str) -> None:
    assert read(Berat=cell).weight_kg == Decimal("9.4")


@pytest.mark.parametrize("cell", ["-", "", "0", "0.0", "NULL", "#N/A"])
def test_nothing_measured_is_no_measure(cell: str) -> None:
    row = read(Berat=cell)
    assert row.weight_kg is None
    assert not row.refusals


def test_a_birth_weight_in_grams_becomes_kilograms() -> None:
    assert read(BB_Lahir="3100").birth_weight_kg == Decimal("3.100")


def test_an_impossible_birth_weight_is_left_out_and_the_weighing_stays() -> None:
    row = read(BB_Lahir="31")
    assert row.birth_weight_kg is None
    assert row.weight_kg == Decimal("9.4")
    assert [remark.code for remark in row.remarks] == ["birth_weight"]


def test_a_full_nik_a_masked_one_and_none_are_three_things() -> None:
    assert isinstance(read(NIK="1371025003250001").nik, Nik)
    assert read(NIK="1371**********12").nik == MaskedNik("1371**********12")
    assert read(NIK="-").nik is None
    assert not read(NIK="-").remarks


@pytest.mark.parametrize("cell", ["137102500325001", "1371025003250001.0", "1,37102E+15", "13710250032500AB"])
def test_a_nik_that_cannot_be_is_left_out_with_a_word_and_the_row_stays(cell: str) -> None:
    row = read(NIK=cell)
    assert row.nik is None
    assert not row.refusals
    assert row.remarks[0].sentence.startswith("Diambil tanpa NIK: NIK")


def test_a_nik_that_disagrees_with_the_birth_date_is_only_doubted() -> None:
    row = read(NIK="1371024101200001")
    assert isinstance(row.nik, Nik)
    assert [remark.code for remark in row.remarks] == ["nik.birth_date_differs"]


def test_lying_and_standing_are_read_and_another_word_is_told() -> None:
    assert read(Cara_Ukur="Terlentang").position == "l"
    assert read(Cara_Ukur="BERDIRI").position == "h"
    unknown = read(Cara_Ukur="digendong")
    assert unknown.position == ""
    assert [remark.code for remark in unknown.remarks] == ["position"]


@pytest.mark.parametrize(("cell", "expected"), [("002", "02"), ("RT 2", "02"), ("12", "12"), ("-", "")])
def test_an_rt_is_one_however_it_is_written(cell: str, expected: str) -> None:
    assert read(RT=cell).rt == expected


def test_headers_are_found_in_any_order_and_spelling() -> None:
    found = columns.detect(["Tgl_Lahir", "berat (kg)", "NAMA ANAK", "Tanggal Pengukuran", "L/P", "Kelurahan"])
    assert found == {"birth_date": 0, "weight": 1, "name": 2, "measured_on": 3, "sex": 4, "village": 5}


def test_a_column_that_nobody_knows_is_named() -> None:
    header = [*exports.HEADER, "Golongan Darah"]
    assert columns.unknown(header, columns.detect(header)) == ["Golongan Darah"]


def test_the_height_of_a_list_of_newborns_is_the_length_at_birth() -> None:
    found = columns.detect(["nama_anak", "tgl_lahir", "jenis_kelamin", "berat_lahir", "tinggi"])
    assert found["birth_length"] == 4
    assert "lenhei" not in found
