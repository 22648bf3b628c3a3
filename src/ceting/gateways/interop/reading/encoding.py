"""The encoding of a text or HTML file: all of it is decoded once, so that a broken letter is told, not guessed."""

import codecs
import re
from pathlib import Path

from ceting.gateways.interop.reading.sniffing import refuse

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BROKEN = re.compile("[\udc80-\udcff]")
_LETTERS = re.compile("[^\x00-\x7f\udc80-\udcff]")


def encoding_of(path: Path) -> str:
    """utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252. Raises RefusedError, naming the line that is broken."""
    with path.open("rb") as file:
        beginning = file.read(4096)
    for bom, encoding in _BOMS:
        if beginning.startswith(bom):
            return _checked(path, encoding)
    if b"\0" in beginning:
        if beginning[1::2].count(0) > len(beginning) // 4:
            return _checked(path, "utf-16-le")
        if beginning[::2].count(0) > len(beginning) // 4:
            return _checked(path, "utf-16-be")
        raise refuse("wrong_kind", "Berkas ini bukan tabel. Unggah berkas Excel atau CSV.")
    broken_line, has_letters = _judge_utf8(path)
    if broken_line is None:
        return "utf-8"
    if has_letters:
        # Real UTF-8 letters beside bytes that aren't: no single encoding reads this file right.
        raise _broken(broken_line)
    return _checked(path, "cp1252")


def _checked(path: Path, encoding: str) -> str:
    decoder, lines = codecs.getincrementaldecoder(encoding)("strict"), 1
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                lines += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise _broken(lines + error.object[: error.start].count(b"\n")) from error
    return encoding


def _judge_utf8(path: Path) -> tuple[int | None, bool]:
    """Line of the first byte that isn't UTF-8 (None: all are), and whether letters beyond ASCII decode."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lines, broken, letters = 1, None, False
    with path.open("rb") as file:
        for chunk in [*iter(lambda: file.read(_CHUNK), b""), b""]:
            text = decoder.decode(chunk, final=not chunk)
            if not text.isascii():
                letters = letters or _LETTERS.search(text) is not None
                found = _BROKEN.search(text)
                if found and broken is None:
                    broken = lines + text.count("\n", 0, found.start())
            lines += text.count("\n")
    return broken, letters


def _broken(line: int) -> Exception:
    return refuse(
        "encoding",
        f"Huruf di berkas ini rusak mulai baris {line}. Buka berkas asalnya di Excel, simpan sebagai “CSV UTF-8” "
        "atau “Excel (.xlsx)”, lalu unggah lagi.",
    )
