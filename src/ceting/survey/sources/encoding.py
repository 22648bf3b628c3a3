"""Which encoding a text file has, found by reading all of it once, a megabyte at a time."""

import codecs
import re
from pathlib import Path

from ceting.survey.errors import SurveyError

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BROKEN = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


def detect_encoding(path: Path) -> str:
    """Name of the codec: utf-8, utf-8-sig, utf-16 or cp1252.

    Raises SurveyError where the bytes fit none of them, naming the line.
    """
    with path.open("rb") as file:
        beginning = file.read(4096)
    for bom, encoding in _BOMS:
        if beginning.startswith(bom):
            _refuse_undecodable(path, encoding)
            return encoding
    if b"\0" in beginning:
        encoding = _utf16_without_bom(beginning)
        _refuse_undecodable(path, encoding)
        return encoding
    broken, beyond_ascii = _judge_utf8(path)
    if broken is None:
        return "utf-8"
    if beyond_ascii:
        # Real UTF-8 letters beside bytes that aren't: no single encoding reads this file right.
        raise SurveyError(_broken_message(path, broken))
    _refuse_undecodable(path, "cp1252")
    return "cp1252"


def _judge_utf8(path: Path) -> tuple[int | None, bool]:
    """Line of the first byte that isn't UTF-8 (None: all are), and whether letters beyond ASCII decode."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lines, first_broken, beyond_ascii = 1, None, False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                beyond_ascii = beyond_ascii or _BEYOND_ASCII.search(text) is not None
                broken = _BROKEN.search(text)
                if broken and first_broken is None:
                    first_broken = lines + text.count("\n", 0, broken.start())
            lines += chunk.count(b"\n")
    if first_broken is None and decoder.decode(b"", final=True):
        first_broken = lines
    return first_broken, beyond_ascii


def _refuse_undecodable(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                lines += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].count(b"\n")
            raise SurveyError(_broken_message(path, lines)) from None


def _utf16_without_bom(beginning: bytes) -> str:
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if odd > len(beginning) // 4 and even == 0:
        return "utf-16-le"
    if even > len(beginning) // 4 and odd == 0:
        return "utf-16-be"
    raise SurveyError(
        "Berkas ini bukan teks dan bukan lembar kerja yang dikenal. Simpan sebagai CSV atau XLSX, lalu coba lagi."
    )


def _broken_message(path: Path, line: int) -> str:
    return (
        f"Pengodean huruf di {path} rusak, mulai baris {line}. "
        'Buka berkas asalnya, simpan ulang sebagai "CSV UTF-8", lalu coba lagi.'
    )
