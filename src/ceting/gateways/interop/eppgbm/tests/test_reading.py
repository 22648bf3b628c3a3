"""Files of every shape that puskesmas have, and those that are none."""

import io
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.reading import Table, open_table
from ceting.gateways.interop.eppgbm.tests import exports

ROWS = [exports.row(Nama="ALYA DELIMA"), exports.row(Nama="BAGAS KOTO", JK="L", Berat="10.2")]


def table(folder: Path, content: bytes) -> Table:
    """Read to the end, so that the file is closed."""
    path = folder / "unggahan"
    path.write_bytes(content)
    with closing(open_table(path)) as found:
        return replace(found, lines=iter(list(found.lines)))


def names(found: Table) -> list[str]:
    return [line.cells[found.columns["name"]] for line in found.lines]


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        list(table(folder, content).lines)
    return caught.value.problems[0].sentence


def test_an_html_table_named_xls_is_read_below_its_title(tmp_path: Path) -> None:
    found = table(tmp_path, exports.as_html(ROWS))
    assert found.header == list(exports.HEADER)
    assert names(found) == ["ALYA DELIMA", "BAGAS KOTO"]


def test_lines_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    assert [line.number for line in table(tmp_path, exports.as_html(ROWS)).lines] == [3, 4]
    assert [line.number for line in table(tmp_path, exports.as_csv(ROWS)).lines] == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_read_whatever_parts_its_columns(tmp_path: Path, delimiter: str) -> None:
    assert names(table(tmp_path, exports.as_csv(ROWS, delimiter=delimiter))) == ["ALYA DELIMA", "BAGAS KOTO"]


def test_a_workbook_is_read_from_the_sheet_that_holds_the_table(tmp_path: Path) -> None:
    found = table(tmp_path, exports.as_xlsx(ROWS))
    lines = [line.cells for line in found.lines]
    assert [cells[found.columns["name"]] for cells in lines] == ["ALYA DELIMA", "BAGAS KOTO"]
    assert lines[0][found.columns["birth_date"]] == "2025-03-10"
    assert lines[1][found.columns["weight"]] == "10.2"


def test_a_nik_that_excel_has_made_a_number_keeps_the_sign_of_it(tmp_path: Path) -> None:
    rows = [exports.row() | {"Berat": "9.4"}]
    content = exports.as_xlsx([row | {"NIK": "1371025003250001"} for row in rows])
    found = table(tmp_path, content)
    assert [line.cells[found.columns["nik"]] for line in found.lines] == ["1371025003250001"]
    found = table(tmp_path, exports.as_xlsx([row | {"NIK": 1371025003250001.0} for row in rows]))
    assert [line.cells[found.columns["nik"]] for line in found.lines] == ["1371025003250001.0"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_beyond_ascii_are_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    text = exports.as_csv([exports.row(Nama="ANDRÉ KOTO")]).decode("utf-8-sig")
    assert names(table(tmp_path, text.encode(encoding))) == ["ANDRÉ KOTO"]


def test_a_nul_deep_inside_a_csv_never_reaches_a_name(tmp_path: Path) -> None:
    rows = [exports.row(Nama="BAGAS KOTO", No=str(number)) for number in range(60)]
    content = exports.as_csv([*rows, exports.row(Nama="ALYA\0 DELIMA")])
    assert content.index(b"\0") > 4096, "nearer to the top it is told from a text by its first block"
    assert names(table(tmp_path, content))[-1] == "ALYA DELIMA"


def test_an_html_table_in_utf_16_is_read(tmp_path: Path) -> None:
    content = exports.as_html(ROWS, title="").decode().replace('<meta charset="utf-8">', "").encode("utf-16")
    assert names(table(tmp_path, content)) == ["ALYA DELIMA", "BAGAS KOTO"]


def test_empty_rows_and_repeated_headers_are_left_out(tmp_path: Path) -> None:
    repeated = dict(zip(exports.HEADER, exports.HEADER, strict=True))
    rows = [ROWS[0], dict.fromkeys(exports.HEADER, ""), repeated, ROWS[1]]
    assert names(table(tmp_path, exports.as_html(rows))) == ["ALYA DELIMA", "BAGAS KOTO"]


def test_a_photo_renamed_xls_is_called_a_photo(tmp_path: Path) -> None:
    assert "foto (JPG)" in refusal(tmp_path, b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 500)


def test_a_pdf_is_called_a_pdf(tmp_path: Path) -> None:
    assert "PDF" in refusal(tmp_path, b"%PDF-1.7\n%\xe2\xe3")


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t ", b"\xef\xbb\xbf\n", b"<html><body><table></table></body></html>"]
)
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    assert "kosong" in refusal(tmp_path, content) or "tidak berisi tabel" in refusal(tmp_path, content)


def test_a_word_document_is_no_workbook(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "bukan lembar Excel" in refusal(tmp_path, out.getvalue())


def test_a_workbook_cut_off_while_downloading_is_told(tmp_path: Path) -> None:
    whole = exports.as_xlsx(ROWS)
    assert "rusak" in refusal(tmp_path, whole[: len(whole) // 2])


def test_an_old_workbook_that_is_none_is_told(tmp_path: Path) -> None:
    assert "rusak" in refusal(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)


def test_broken_letters_are_told_with_their_line(tmp_path: Path) -> None:
    content = exports.as_csv([exports.row(Nama="ANDRÉ"), exports.row()]).replace(b"ROSMA", b"ROS\xffMA", 1)
    assert "baris 2" in refusal(tmp_path, content)


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    content = exports.as_csv(ROWS).decode().replace("BAGAS KOTO", '"BAGAS "KOTO').encode()
    assert "tanda kutip" in refusal(tmp_path, content)


def test_a_file_without_our_columns_says_which_it_has_and_which_are_missing(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, b"Nama Barang;Harga\nTelur;2000\n")
    assert "Tanggal lahir" in sentence
    assert "“Nama Barang”" in sentence


def test_measures_without_their_day_are_a_question_about_the_columns(tmp_path: Path) -> None:
    found = table(tmp_path, b"Nama;JK;Tgl Lahir;Berat\nAlya;P;2025-03-10;9.4\n")
    assert columns.missing(found.columns) == ["Tanggal pengukuran"]


def rewritten(workbook: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with every part of its archive changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_a_cell_at_the_end_of_the_world_is_told_before_room_is_made_for_it(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    huge = rewritten(exports.as_xlsx(ROWS), lambda _, part: part.replace(b"</sheetData>", far))
    assert "terlalu besar" in refusal(tmp_path, huge)


def test_a_formatted_but_empty_end_of_the_sheet_is_no_size(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    styled = rewritten(exports.as_xlsx(ROWS), lambda _, part: part.replace(b"</sheetData>", far))
    assert names(table(tmp_path, styled)) == ["ALYA DELIMA", "BAGAS KOTO"]
