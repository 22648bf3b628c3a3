"""What a file is, by its first bytes; its name is only a hint, e-PPGBM calls HTML .xls."""

import zipfile
import zlib
from enum import Enum
from pathlib import Path

from ceting.foundation.core.errors import Problem, RefusedError
from ceting.gateways.interop.reading import extent

BEGINNING = 4096
MAX_UNPACKED = 800 * 1024 * 1024
"""Bytes of an unpacked workbook: 60 MB of a zip can hold gigabytes of nothing."""
MAX_CELLS = 40_000_000
"""Cells of a sheet's full rectangle, the empty ones too: its reader keeps them all."""
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_SAVE_AS = "Buka di Excel, pilih Simpan Sebagai “Excel (.xlsx)” atau “CSV UTF-8”, lalu unggah lagi."


class Kind(Enum):
    HTML = "html"
    WORKBOOK = "workbook"
    TEXT = "text"


# First bytes -> what people call such a file.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "foto (JPG)"),
    (b"\x89PNG", "gambar (PNG)"),
    (b"GIF8", "gambar (GIF)"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"{\\rtf", "dokumen Word"),
    (b"SQLite format", "basis data"),
    (b"MZ", "program"),
)


def refuse(code: str, sentence: str) -> RefusedError:
    """The one way in which a file is refused: one sentence, on the form's field."""
    return RefusedError(Problem(sentence, code, "file"))


def sniff(path: Path) -> Kind:
    """Raises RefusedError for anything that can't hold a table, and says what it is."""
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if not beginning.strip(_BLANK):
        raise refuse("empty", "Berkas ini kosong. Unduh atau simpan lagi, lalu unggah di sini.")
    for magic, spoken in _OTHERS:
        if beginning.startswith(magic):
            raise refuse(
                "wrong_kind",
                f"Berkas ini {spoken}, bukan tabel, walaupun namanya mungkin .xls. "
                "Unggah berkas Excel atau CSV.",
            )
    if beginning.startswith(b"PK"):
        _check_zip(path)
        return Kind.WORKBOOK
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.WORKBOOK
    if _looks_like_html(beginning):
        return Kind.HTML
    return Kind.TEXT


def _looks_like_html(beginning: bytes) -> bool:
    # UTF-16 has a zero beside every letter; without them it reads like the rest.
    return beginning.replace(b"\x00", b"").lstrip(_BLANK).startswith(b"<")


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
            too_wide = unpacked <= MAX_UNPACKED and extent.area(archive) > MAX_CELLS
    except (zipfile.BadZipFile, zlib.error, OSError) as error:
        raise refuse(
            "broken", "Berkas Excel ini rusak atau belum selesai diunduh. Unduh lagi, lalu unggah."
        ) from error
    if not any(name.startswith(("xl/", "content.xml", "Index/")) for name in names):
        raise refuse("wrong_kind", f"Berkas ini arsip ZIP atau dokumen lain, bukan lembar Excel. {_SAVE_AS}")
    if unpacked > MAX_UNPACKED:
        raise refuse(
            "too_large", "Isi berkas Excel ini terlalu besar. Pecah per posyandu atau per tahun, lalu unggah."
        )
    if too_wide:
        raise refuse(
            "too_large",
            "Lembar di berkas Excel ini terlalu besar. Hapus kolom dan baris yang jauh di luar tabel, lalu unggah.",
        )
    if "xl/workbook.bin" in names:
        raise refuse("wrong_kind", f"Berkas ini Excel biner (.xlsb). {_SAVE_AS}")
