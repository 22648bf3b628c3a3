"""Lists of every shape that puskesmas have: columns, dates and numbers, and what can't be right in a row."""

from datetime import date

import pytest

from ceting.care.pregnancies.models import Pregnancy
from ceting.gateways.interop.pregnant_women import history
from ceting.gateways.interop.pregnant_women.columns import ALIASES, LABELS, VOCABULARY
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import check, preview, receive, remarks, run, told
from ceting.gateways.interop.pregnant_women.tests.lists import row
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import ClosureDraft
from tests.cast import Cast

FROZEN = pytest.mark.usefixtures("frozen")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("No|Nama Ibu|NIK|HPHT|HPL", {"name": 1, "nik": 2, "lmp": 3, "due_on": 4}),
        (
            "NAMA BUMIL|UMUR (th)|NAMA SUAMI|TGL. HPHT|Taksiran Persalinan",
            {"husband": 2, "lmp": 3, "due_on": 4},
        ),
        ("Nama|Tgl Lahir|G|P|A|TB (cm)|BB Sebelum Hamil (kg)", {"gravida": 2, "para": 3, "abortions": 4}),
        (
            "Nama Ibu Hamil|No. KK|No. HP/WA|Desa/Kelurahan|Nama Posyandu|GPA",
            {"kk": 1, "village": 3, "gpa": 5},
        ),
    ],
)
def test_headers_are_known_as_registers_write_them(header: str, found: dict[str, int]) -> None:
    detected = VOCABULARY.detect(header.split("|"))
    assert found.items() <= detected.items()


def test_every_role_has_a_name_that_people_read() -> None:
    assert set(ALIASES) == set(LABELS)
    assert VOCABULARY.missing({}) == ["Nama ibu", "HPHT atau HPL"]
    assert VOCABULARY.missing({"name": 0, "due_on": 1}) == []


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("G2P1A0", (2, 1, 0)),
        ("g3 p2 a0 h2", (3, 2, 0)),
        ("G1P0A0", (1, 0, 0)),
        ("2-1-0", (2, 1, 0)),
        ("G10P8A1", (10, 8, 1)),
        ("G2", None),
        ("hamil kedua", None),
    ],
)
def test_gravida_para_and_abortus_in_one_cell(cell: str, counts: tuple[int, int, int] | None) -> None:
    assert history.together(cell) == counts


@pytest.mark.parametrize(("cell", "number"), [("2", 2), ("G2", 2), ("ke-3", 3), ("1.0", 1), ("dua", None)])
def test_a_number_of_pregnancies(cell: str, number: int | None) -> None:
    assert history.number(cell) == number


@FROZEN
@pytest.mark.parametrize(
    "typed", ["01/09/2026", "1-9-26", "2026-09-01", "1 September 2026", "1 Sep 2026", "46266", "01.09.2026"]
)
def test_a_date_is_read_however_it_is_written(cast: Cast, typed: str) -> None:
    run(cast, preview(cast, [row(HPHT=typed)]))
    assert Pregnancy.objects.get().started_on == date(2026, 9, 1)


@FROZEN
def test_a_workbook_is_read_with_its_dates_and_numbers(cast: Cast) -> None:
    said = row() | {"HPHT": date(2026, 9, 1), "TB": 156.5, "No HP": 81234567890, "RT": 2}
    file = check(receive(cast, lists.as_xlsx([said]), name="register.xlsx"))
    run(cast, file)
    pregnancy = Pregnancy.objects.select_related("woman__household").get()
    assert pregnancy.started_on == date(2026, 9, 1)
    assert float(pregnancy.height_cm) == 156.5
    assert pregnancy.woman.phone == "+6281234567890"


@FROZEN
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"HPHT": "", "HPL": ""}, "HPHT dan HPL kosong. Isi salah satu."),
        ({"HPHT": "01/12/2026"}, "Sel, 1 Des 2026 belum tiba"),
        ({"HPHT": "02/01/2026"}, "lebih dari 43 minggu yang lalu: mungkin sudah melahirkan"),
        ({"HPHT": "09/30/2026"}, "Bulan 30 tidak ada. Tulis tanggal dulu"),
        ({"HPHT": "31/02/2026"}, "Tanggal ini tidak ada di kalender"),
        ({"HPHT": "bulan lalu"}, "tidak terbaca"),
        ({"HPHT": "", "HPL": "01/01/2029"}, "HPL “01/01/2029”"),
        ({"HPHT": "", "HPL": "01/10/2027"}, "HPL lebih dari 40 minggu lagi. Periksa tahunnya."),
        ({"Nama_Ibu": ""}, "Nama ibu kosong."),
        ({"Nama_Ibu": "1371024103950001"}, "Nama ibu berisi nomor. Periksa apakah kolomnya tertukar."),
        ({"GPA": "G1P3A0"}, "tidak bisa lebih banyak"),
        ({"GPA": "G40P1A0"}, "Kehamilan keberapa?"),
        ({"TB": "16"}, "Tinggi badan “16”"),
        ({"BB_Sebelum_Hamil": "505"}, "Berat sebelum hamil “505”"),
        ({"Tgl_Lahir": "01/03/2021"}, "Tanggal lahir ibu tidak mungkin"),
        ({"Tgl_Lahir": "32/03/1995"}, "Tanggal lahir “32/03/1995”"),
        ({"Posyandu": "ENTAH"}, "Posyandu “ENTAH” belum dipilih"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(cast: Cast, said: dict[str, str], words: str) -> None:
    file = preview(cast, [row(**said)])
    assert words in told(file)[lists.FIRST_LINE]
    assert not file.totals.get("registered")


@FROZEN
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"NIK": "137102"}, "Diambil tanpa NIK"),
        ({"NIK": "1371020103950001"}, "Menurut NIK jenis kelaminnya laki-laki"),
        ({"No_HP": "0812"}, "Nomor HP tidak ikut diambil"),
        ({"GPA": "banyak"}, "tidak ikut diambil"),
    ],
)
def test_what_is_left_out_of_a_row_is_told(cast: Cast, said: dict[str, str], words: str) -> None:
    file = preview(cast, [row(**said)])
    assert words in remarks(file)[lists.FIRST_LINE]
    assert file.totals["registered"] == 1


@FROZEN
def test_a_closed_posyandu_takes_no_row(cast: Cast) -> None:
    (post,) = places.open_posyandu([("Anggrek", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    file = preview(cast, [row(Posyandu="Anggrek", Kelurahan="Jati")])
    places.close_posyandu(post, ClosureDraft(cast.today, "digabung"), by=cast.kepala)
    file = run(cast, file)
    assert "sudah ditutup" in told(file)[lists.FIRST_LINE]
    assert not Pregnancy.objects.exists()


@FROZEN
def test_rows_of_another_puskesmas_are_left_out(cast: Cast) -> None:
    content = lists.as_xlsx([row() | {"Puskesmas": "AIR DINGIN"}], (*lists.HEADER, "Puskesmas"))
    file = check(receive(cast, content, name="register.xlsx"))
    assert file.totals["skipped"] == 1
