"""Files in every shape that reaches a puskesmas."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.survey.block import as_text
from ceting.survey.errors import SurveyError
from ceting.survey.sources import Source, open_source
from ceting.survey.tests.files import CHILDREN, HEADER, text_file

TABLE = [HEADER, *CHILDREN]


def contents(source: Source) -> list[tuple[str, ...]]:
    return [
        tuple(as_text(cell) for cell in row)
        for block in source.blocks()
        for row in zip(*block.columns, strict=True)
    ]


def line_numbers(source: Source) -> list[int]:
    return [line for block in source.blocks() for line in block.lines]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    source = open_source(text_file(tmp_path / "data.csv", TABLE, delimiter))
    assert source.names == HEADER
    assert contents(source) == list(CHILDREN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    rows = [(*HEADER, "nama"), *((*child, "José Piliang") for child in CHILDREN)]
    source = open_source(text_file(tmp_path / "data.csv", rows, encoding=encoding))
    assert source.names == (*HEADER, "nama")
    assert {row[-1] for row in contents(source)} == {"José Piliang"}


def test_letters_beyond_the_first_chunk_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    filler = b"1,1,365,9.6,75.7,l,n\n" * 120_000
    path.write_bytes(",".join(HEADER).encode() + b"\n" + filler + "é,1,365,9.6,75.7,l,n\n".encode("cp1252"))
    source = open_source(path)
    assert contents(source)[-1][0] == "é"
    assert source.remarks == ("Berkas dibaca dengan pengodean Windows-1252.",)


def test_a_broken_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("id,sex,age_days,weight\n1,1,365,9\nAsê,1,365,9\n".encode() + b"Jos\xe9,1,365,9\n")
    with pytest.raises(SurveyError, match=r"rusak, mulai baris 4.*CSV UTF-8"):
        open_source(path)


def test_a_torn_utf16_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("id,sex,age_days,weight\n1,1,365,9\n".encode("utf-16")[:-1])
    with pytest.raises(SurveyError, match="rusak"):
        open_source(path)


def test_a_picture_is_no_survey(tmp_path: Path) -> None:
    path = tmp_path / "foto.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    with pytest.raises(SurveyError, match="bukan teks"):
        open_source(path)


def test_titles_above_the_header_are_passed_over_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(
        "LAPORAN PENIMBANGAN\nPuskesmas Andalas,,,\n\nJK,BB,TB,Umur (bulan)\nL,9,75,12\n\nP,8,74,12\n"
    )
    source = open_source(path)
    assert source.names == ("JK", "BB", "TB", "Umur (bulan)")
    assert contents(source) == [("L", "9", "75", "12"), ("P", "8", "74", "12")]
    assert line_numbers(source) == [5, 7]


def test_quoted_cells_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    rows = [(*HEADER, "alamat"), *((*child, f'Jl. "Andalas",\nNo. {child[0]}') for child in CHILDREN)]
    source = open_source(text_file(tmp_path / "data.csv", rows))
    assert [row[-1] for row in contents(source)] == [row[-1] for row in rows[1:]]
    assert line_numbers(source) == [2, 4, 6, 8]


def test_an_unclosed_quotation_mark_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text('sex,age_days,weight\n1,365,9\n1,"365,9\n1,365,9\n')
    with pytest.raises(SurveyError, match="tanda kutip"):
        contents(open_source(path))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(line_end.join(",".join(row) for row in TABLE).encode())
    assert contents(open_source(path)) == list(CHILDREN)


CELLS = st.text(st.sampled_from('ab1,;"\n\té '), max_size=4)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=12))
def test_every_road_through_a_text_reads_what_csv_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    header = ("sex", "age_days", "weight", "catatan")
    path = text_file(tmp_path_factory.mktemp("jalan") / "data.csv", [header, *rows])
    with path.open(encoding="utf-8", newline="") as file:
        expected = [tuple(row) for row in csv.reader(file)][1:]
    # A row without anything in it is no row.
    assert contents(open_source(path)) == [row for row in expected if any(row)]


def workbook(path: Path, *sheets: tuple[str, list[tuple[object, ...]]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


TYPED = [
    ("JK", "Tgl Lahir", "Tanggal Pengukuran", "Berat"),
    ("L", date(2025, 11, 26), date(2026, 11, 26), 9.6),
    ("P", "26/11/2025", "26/11/2026", "8,9"),
]


def test_a_workbook_gives_its_first_sheet_and_says_so(tmp_path: Path) -> None:
    source = open_source(workbook(tmp_path / "data.xlsx", ("Januari", TYPED), ("Februari", TYPED)))
    assert source.names == TYPED[0]
    assert contents(source) == [
        ("L", "2025-11-26", "2026-11-26", "9.6"),
        ("P", "26/11/2025", "26/11/2026", "8,9"),
    ]
    assert line_numbers(source) == [2, 3]
    assert "Januari" in source.remarks[0]
    assert "Februari" in source.remarks[0]


def test_another_sheet_can_be_chosen_but_must_be_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "data.xlsx", ("Januari", TYPED), ("Februari", TYPED[:2]))
    assert len(contents(open_source(path, sheet="Februari"))) == 1
    with pytest.raises(SurveyError, match=r"Maret.*Januari, Februari"):
        open_source(path, sheet="Maret")


def test_rows_of_a_workbook_keep_their_numbers_below_titles_and_gaps(tmp_path: Path) -> None:
    rows = [("LAPORAN",), (), *TYPED[:2], (), TYPED[2]]
    source = open_source(workbook(tmp_path / "data.xlsx", ("Januari", rows)))
    assert line_numbers(source) == [4, 6]


def test_a_torn_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "data.xlsx", ("Januari", TYPED))
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(SurveyError, match="lembar kerja"):
        open_source(path)


def test_an_html_table_named_xls_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "eppgbm.xls"
    body = "".join("<tr>" + "".join(f"<td> {cell} </td>" for cell in row) + "</tr>" for row in CHILDREN)
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in HEADER) + "</tr>"
    path.write_text(f"<html><table><tr><td>menu</td></tr></table><table>{head}{body}</table></html>")
    source = open_source(path)
    assert source.names == HEADER
    assert contents(source) == list(CHILDREN)


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "eppgbm.xls"
    path.write_text("<html><p>Sesi Anda sudah berakhir</p></html>")
    with pytest.raises(SurveyError, match="tidak berisi tabel"):
        open_source(path)


def test_parquet_is_read_by_its_types(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table({"sex": [1, 2], "age_days": [365, None], "weight": [9.6, 8.9]}), path)
    source = open_source(path)
    assert contents(source) == [("1", "365", "9.6"), ("2", "", "8.9")]


def test_without_pyarrow_parquet_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    path = tmp_path / "data.parquet"
    path.write_bytes(b"PAR1PAR1")
    monkeypatch.setattr("ceting.survey.arrow.importlib.import_module", missing)
    with pytest.raises(SurveyError, match=r"pyarrow.*ceting\[survey\]"):
        open_source(path)


def test_missing_files_folders_and_empty_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").write_text("\n\n")
    for name, said in (("tidak-ada.csv", "tidak ditemukan"), (".", "folder"), ("kosong.csv", "kosong")):
        with pytest.raises(SurveyError, match=said):
            open_source(tmp_path / name)
