"""What can be wrong with a row, one sentence each; the good rows beside it go in."""

import pytest

from ceting.care.measurements.models import Measurement
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.models import ImportState
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import check, receive, remarks, take_in, told
from ceting.registry.families.models import Child
from tests.cast import Cast, nik_of

REFUSED = {
    "a future day": (row(Tanggal_Pengukuran="2026-12-24"), "belum tiba"),
    "before birth": (row(Tanggal_Pengukuran="2025-01-01"), "sebelum anak lahir"),
    "no measuring day": (row(Tanggal_Pengukuran="-"), "Tanggal pengukuran kosong"),
    "a day that never was": (row(Tanggal_Pengukuran="31-02-2026"), "tidak ada di kalender"),
    "85 for 8.5 kg": (row(Berat="85"), "Berat 85 kg tidak mungkin"),
    "8500, meant as grams": (row(Berat="8500"), "Berat 8500 kg tidak mungkin"),
    "a length in metres": (row(Tinggi="0.775"), "Panjang/tinggi 0,78 cm tidak mungkin"),
    "a weight in words": (row(Berat="sembilan"), "Berat “sembilan”"),
    "no name": (row(Nama="-"), "Nama anak kosong"),
    "unknown sex": (row(JK="X"), "Jenis kelamin “X”"),
    "no sex": (row(JK="-"), "Jenis kelamin kosong"),
    "no birth date": (row(Tgl_Lahir=""), "Tanggal lahir kosong"),
    "a birth date to come": (row(Tgl_Lahir="2027-03-10"), "belum tiba"),
    "a birth date of a grandmother": (row(Tgl_Lahir="1951-03-10"), "terlalu jauh ke belakang"),
    "month before day": (row(Tgl_Lahir="03/25/2025"), "Bulan 25 tidak ada"),
}


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", REFUSED)
def test_a_row_that_cannot_be_is_named_and_its_neighbour_goes_in(cast: Cast, name: str) -> None:
    bad, words = REFUSED[name]
    file = take_in(cast, [bad, row(Nama="BUNGA CITRA")])
    assert words in told(file)[3]
    assert list(told(file)) == [3]
    assert operations.counts(file) == {"new_children": 1, "recorded": 1, "refused": 1}
    assert Child.objects.get(name="BUNGA CITRA").measurements.count() == 1


@pytest.mark.usefixtures("frozen")
def test_a_nik_of_15_digits_costs_the_nik_and_never_the_weighing(cast: Cast) -> None:
    file = take_in(cast, [row(NIK="137102500325001")])
    assert "kurang 1" in remarks(file)[3]
    child = Child.objects.get(name="ALYA DELIMA")
    assert child.nik == ""
    assert child.measurements.count() == 1


@pytest.mark.usefixtures("frozen")
def test_8_500_is_eight_and_a_half(cast: Cast) -> None:
    take_in(cast, [row(Berat="8.500")])
    assert float(Measurement.objects.get().weight_kg) == 8.5


@pytest.mark.usefixtures("frozen")
def test_a_weight_far_from_any_child_of_that_age_goes_in_marked(cast: Cast) -> None:
    file = take_in(cast, [row(Berat="19.4")])
    assert "jauh dari biasanya" in remarks(file)[3]
    assert "w" in Measurement.objects.get().flags


@pytest.mark.usefixtures("frozen")
def test_a_row_twice_in_the_file_counts_once_and_says_so(cast: Cast) -> None:
    file = take_in(cast, [row(), row()])
    assert remarks(file) == {4: "Sama dengan baris 3; diambil satu kali."}
    assert Measurement.objects.count() == 1


@pytest.mark.usefixtures("frozen")
def test_two_weights_on_one_day_are_nobodys_to_choose(cast: Cast) -> None:
    file = take_in(cast, [row(Berat="9.4"), row(Berat="9.8")])
    assert "baris 3, 4" in told(file)[3]
    assert not Measurement.objects.exists()
    assert not Child.objects.filter(name="ALYA DELIMA").exists(), "nothing of her was taken"


@pytest.mark.usefixtures("frozen")
def test_one_nik_for_two_children_takes_neither(cast: Cast) -> None:
    nik = nik_of(cast.today.replace(year=2025, month=3, day=10), 2, 77)
    file = take_in(cast, [row(NIK=nik), row(NIK=nik, Nama="BUNGA CITRA")])
    assert "anak yang berbeda" in told(file)[3]
    assert "anak yang berbeda" in told(file)[4]


@pytest.mark.usefixtures("frozen")
def test_a_nik_that_is_another_childs_is_refused_with_her_name(cast: Cast) -> None:
    file = take_in(cast, [row(NIK=cast.aisyah.nik)])
    assert "sudah dipakai Aisyah Putri" in told(file)[3]


@pytest.mark.usefixtures("frozen")
def test_a_file_whose_letters_break_far_down_is_refused_before_anything_is_kept(cast: Cast) -> None:
    content = exports.as_csv([row(Nama="ANDRÉ"), *[row()] * 50]).replace(b"ROSMA", b"ROS\xffMA")
    with pytest.raises(RefusedError) as refusal:
        receive(cast, content)
    assert "rusak" in refusal.value.problems[0].sentence


@pytest.mark.usefixtures("frozen")
def test_a_file_that_turns_out_broken_while_it_is_read_says_so_and_keeps_no_rows(cast: Cast) -> None:
    rows = exports.as_csv([row(Nama=f"ANAK {number}") for number in range(100)]).decode()
    content = rows.replace("ANAK 90", '"ANAK" 90').encode()
    file = check(receive(cast, content))
    assert file.state is ImportState.REFUSED
    assert "tanda kutip" in file.refusal
    assert not file.rows.exists()
    assert not file.stored_as


@pytest.mark.usefixtures("frozen")
def test_a_column_of_names_in_the_place_of_posyandu_is_noticed(cast: Cast) -> None:
    rows = [row(Nama=f"ANAK {number}", Posyandu=f"ANAK {number}") for number in range(450)]
    file = check(receive(cast, exports.as_html(rows)))
    assert file.state is ImportState.REFUSED
    assert "nama yang berbeda" in file.refusal
