"""`ceting survey` as petugas gizi Dewi types it."""

import csv
import math
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from ceting.survey.progress import Progress
from ceting.survey.tests.files import CHILDREN, HEADER, refusal, rows_of, survey, text_file
from ceting.survey.tests.reference import VECTORS, differing_cells, read_rows

RESULTS = [
    "zlen",
    "flen",
    "kat_tb_u",
    "zwei",
    "fwei",
    "kat_bb_u",
    "zwfl",
    "fwfl",
    "kat_bb_tb",
    "zbmi",
    "fbmi",
    "kat_imt_u",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return text_file(tmp_path / "data.csv", [HEADER, *CHILDREN])


def test_every_row_comes_back_in_order_with_its_results_behind_it(data: Path, tmp_path: Path) -> None:
    assert survey(data, "--out", tmp_path / "hasil.csv") == 0
    rows = rows_of(tmp_path / "hasil.csv")
    assert list(rows[0]) == [*HEADER, *RESULTS]
    assert [tuple(row[name] for name in HEADER) for row in rows] == list(CHILDREN)
    boy, girl = rows[0], rows[3]
    # The WHO median of a boy of 12 months is 9.6 kg and 75.7 cm.
    assert (boy["zwei"], boy["fwei"], boy["kat_bb_u"]) == ("-0.04", "0", "Berat badan normal")
    assert float(girl["zlen"]) < -3
    assert girl["kat_tb_u"] == "Sangat pendek"


def test_an_implausible_z_is_kept_and_flagged_but_has_no_category(tmp_path: Path) -> None:
    data = text_file(tmp_path / "data.csv", [HEADER, ("1", "1", "365", "9.6", "45.7", "l", "n")])
    survey(data, "--out", tmp_path / "hasil.csv")
    row = rows_of(tmp_path / "hasil.csv")[0]
    assert float(row["zlen"]) < -6
    assert (row["flen"], row["kat_tb_u"]) == ("1", "")


def test_oedema_has_no_z_of_weight_and_is_gizi_buruk(tmp_path: Path) -> None:
    data = text_file(tmp_path / "data.csv", [HEADER, ("1", "1", "365", "9.6", "75.7", "l", "y")])
    survey(data, "--out", tmp_path / "hasil.csv")
    row = rows_of(tmp_path / "hasil.csv")[0]
    assert (row["zwei"], row["fwei"], row["kat_bb_u"]) == ("", "", "")
    assert (row["zwfl"], row["kat_bb_tb"]) == ("", "Gizi buruk")


def test_the_arm_has_its_colour_from_six_months_on(tmp_path: Path) -> None:
    rows = [
        ("sex", "age_days", "armc"),
        ("1", "365", "11.4"),
        ("1", "365", "11.5"),
        ("1", "365", "12.5"),
        ("1", "120", "11.0"),
        ("1", "365", "137"),
        ("1", "", "11.0"),
    ]
    data = text_file(tmp_path / "data.csv", rows)
    survey(data, "--out", tmp_path / "hasil.csv")
    survey(data, "--out", tmp_path / "hasil.xlsx")
    written = [row["kat_lila"] for row in rows_of(tmp_path / "hasil.csv")]
    assert [bool(label) for label in written] == [True, True, True, False, False, False]
    assert len(set(written[:3])) == 3
    sheet = openpyxl.load_workbook(tmp_path / "hasil.xlsx").active
    assert [cells[-1].value or "" for cells in list(sheet.iter_rows())[1:]] == written


def test_age_comes_from_dates_and_from_the_stated_age_where_a_date_is_missing(
    tmp_path: Path, frozen: object
) -> None:
    rows = [
        ("JK", "Tgl Lahir", "Tanggal Pengukuran", "Usia Saat Ukur", "Berat"),
        ("L", "2025-11-26", "26/11/2026", "0 Tahun - 0 Bulan - 1 Hari", "9.6"),
        ("L", "", "26/11/2026", "1 Tahun - 0 Bulan - 0 Hari", "9.6"),
    ]
    survey(text_file(tmp_path / "data.csv", rows), "--out", tmp_path / "hasil.csv")
    assert [row["zwei"] for row in rows_of(tmp_path / "hasil.csv")] == ["-0.04", "-0.04"]


def test_an_age_without_a_unit_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = text_file(tmp_path / "data.csv", [("jk", "umur", "bb"), ("L", "12", "9.6")])
    assert "--age-unit months" in refusal(capsys, data)
    survey(data, "--age-unit", "months", "--out", tmp_path / "hasil.csv")
    assert rows_of(tmp_path / "hasil.csv")[0]["zwei"] == "-0.04"


def test_months_in_a_column_of_days_are_suspected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = text_file(tmp_path / "data.csv", [("sex", "age", "weight"), *[("1", "36", "14")] * 20])
    survey(data)
    assert "--age-unit months" in capsys.readouterr().out


def test_without_any_age_only_weight_for_length_is_computed_and_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = text_file(tmp_path / "data.csv", [("sex", "weight", "lenhei"), ("1", "9.6", "75.7")])
    assert "umur" in refusal(capsys, data)
    survey(data, "--no-age", "--out", tmp_path / "hasil.csv")
    row = rows_of(tmp_path / "hasil.csv")[0]
    assert row["zwfl"] != ""
    assert row["zlen"] == ""


def test_a_column_can_be_mapped_and_a_group_chosen(tmp_path: Path) -> None:
    rows = [
        ("sex", "age_days", "bb2", "posyandu"),
        ("1", "365", "9.6", "Melati"),
        ("2", "365", "6.0", "Mawar"),
    ]
    data = text_file(tmp_path / "data.csv", rows)
    table = tmp_path / "prevalensi.csv"
    assert survey(data, "--map", "weight=bb2", "--by", "posyandu", "--prevalence", table) == 0
    groups = {row["Group"]: row for row in rows_of(table)}
    assert groups["posyandu: Mawar"]["WA_2_r"] == "100.0"
    assert groups["posyandu: Melati"]["WA_2_r"] == "0.0"
    assert groups["All"]["HA_2_r"] == "NA"


def test_the_prevalence_file_is_the_references(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    inputs = read_rows(VECTORS / "prev_synthetic_inputs.csv.gz")
    text_file(data, [tuple(inputs[0]), *(tuple(row.values()) for row in inputs)])
    survey(data, "--prevalence", tmp_path / "prevalensi.csv")
    theirs = read_rows(VECTORS / "prev_synthetic_complex.csv.gz")
    ours = [
        {
            name: text if name == "Group" else math.nan if text == "NA" else float(text)
            for name, text in row.items()
        }
        for row in rows_of(tmp_path / "prevalensi.csv")
    ]
    assert differing_cells(ours, theirs) == []


def test_a_spreadsheet_with_semicolons_and_decimal_commas_gets_its_own_kind_back(tmp_path: Path) -> None:
    rows = [("jk", "umur bulan", "bb", "tb"), ("L", "12", "9,6", "75,7"), ("P", "12", "8,9", "74,0")]
    survey(text_file(tmp_path / "data.csv", rows, ";", "utf-8-sig"), "--out", tmp_path / "hasil.csv")
    assert (tmp_path / "hasil.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    row = rows_of(tmp_path / "hasil.csv", ";")[0]
    assert (row["bb"], row["zwei"]) == ("9,6", "-0,04")


def test_tsv_quotes_what_needs_quoting(tmp_path: Path) -> None:
    rows = [(*HEADER, "alamat"), (*CHILDREN[0], "Jl. A\tNo. 1"), (*CHILDREN[1], "Jl. B, No. 2")]
    survey(text_file(tmp_path / "data.csv", rows), "--out", tmp_path / "hasil.tsv")
    assert [row["alamat"] for row in rows_of(tmp_path / "hasil.tsv", "\t")] == [
        "Jl. A\tNo. 1",
        "Jl. B, No. 2",
    ]


def test_xlsx_has_numbers_as_numbers_and_text_as_text(tmp_path: Path) -> None:
    rows = [(*HEADER, "nik", "nama"), (*CHILDREN[0], "1371010101010001", "=1+1"), (*CHILDREN[1], "", "Siti")]
    survey(text_file(tmp_path / "data.csv", rows), "--out", tmp_path / "hasil.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "hasil.xlsx").active
    names, first, _ = list(sheet.iter_rows())
    cells = dict(zip((cell.value for cell in names), first, strict=True))
    assert cells["weight"].value == 9.6
    assert cells["zwei"].value == -0.04
    assert cells["fwei"].value == 0
    assert cells["nik"].value == "1371010101010001"
    # A formula in the data must not run in our file.
    assert (cells["nama"].value, cells["nama"].data_type) == ("=1+1", "s")


def test_parquet_goes_in_and_out_with_its_types(data: Path, tmp_path: Path) -> None:
    survey(data, "--out", tmp_path / "satu.parquet")
    first = pq.read_table(tmp_path / "satu.parquet")
    assert first.column("zwei").to_pylist()[0] == -0.04
    assert first.column("weight").to_pylist()[0] == "9.6"
    survey(tmp_path / "satu.parquet", "--out", tmp_path / "dua.parquet")
    second = pq.read_table(tmp_path / "dua.parquet")
    assert second.column("zwei").type == first.column("zwei").type
    assert second.column("zwei_ceting").to_pylist() == first.column("zwei").to_pylist()


def test_a_survey_of_its_own_output_keeps_both_results(data: Path, tmp_path: Path) -> None:
    survey(data, "--out", tmp_path / "satu.csv")
    survey(tmp_path / "satu.csv", "--out", tmp_path / "dua.csv")
    for row in rows_of(tmp_path / "dua.csv"):
        assert row["zlen"] == row["zlen_ceting"] != ""


def test_a_survey_of_children_who_are_all_too_old_still_ends_well(tmp_path: Path) -> None:
    data = text_file(
        tmp_path / "data.csv", [(*HEADER, "cluster"), ("1", "1", "2200", "20", "110", "h", "n", "7")]
    )
    outputs = (tmp_path / "hasil.csv", tmp_path / "prevalensi.csv", tmp_path / "laporan.html")
    assert survey(data, "--out", outputs[0], "--prevalence", outputs[1], "--report", outputs[2]) == 0
    assert rows_of(outputs[1])[0]["HA_2_r"] == "NA"


def test_t_and_b_are_read_under_cara_ukur_and_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("jk", "umur hari", "tb", "Cara Ukur"), ("L", "1000", "92", "T"), ("L", "1000", "92", "B")]
    survey(text_file(tmp_path / "data.csv", rows), "--out", tmp_path / "hasil.csv")
    lying, standing = (float(row["zlen"]) for row in rows_of(tmp_path / "hasil.csv"))
    assert lying < standing
    assert "T dibaca Terlentang" in capsys.readouterr().out


def test_blocks_don_t_show_in_the_result(tmp_path: Path) -> None:
    """More rows than a block holds: the lines of the file are passed on one by one and in order."""
    path, out = tmp_path / "data.csv", tmp_path / "hasil.csv"
    rows = 120_000
    with path.open("w") as file:
        file.write("id,sex,age_days,weight\n")
        file.writelines(f"{number},1,{number % 1800},9.6\n" for number in range(rows))
    survey(path, "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        seen = [(int(row["id"]), row["zwei"]) for row in csv.DictReader(file)]
    assert [number for number, _ in seen] == list(range(rows))
    first_of_age: dict[int, str] = {}
    assert all(first_of_age.setdefault(number % 1800, z) == z for number, z in seen)


def test_the_bar_is_drawn_on_terminals_only() -> None:
    class Terminal:
        def __init__(self, *, tty: bool) -> None:
            self.tty, self.written = tty, ""

        def isatty(self) -> bool:
            return self.tty

        def write(self, text: str) -> None:
            self.written += text

        def flush(self) -> None:
            pass

    terminal, log = Terminal(tty=True), Terminal(tty=False)
    for stream in (terminal, log):
        bar = Progress(stream)
        bar.show(0.5, 12_345)
        bar.clear()
    assert "50 %" in terminal.written
    assert "12.345" in terminal.written
    assert log.written == ""


def test_it_runs_as_a_module_without_django(data: Path) -> None:
    code = (
        "import sys, runpy; sys.argv = ['survey', sys.argv[1]];\n"
        "try: runpy.run_module('ceting.survey', run_name='__main__')\n"
        "except SystemExit as end: print('kode', end.code, 'django' in sys.modules, 'pyarrow' in sys.modules)"
    )
    ran = subprocess.run(  # noqa: S603  our own interpreter and code
        [sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=True
    )
    assert "kode 0 False False" in ran.stdout
