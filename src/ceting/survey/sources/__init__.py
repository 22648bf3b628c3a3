"""Files that a survey can be read from; the content decides, not the name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ceting.survey.block import Block
from ceting.survey.errors import SurveyError
from ceting.survey.sources.html import HtmlSource
from ceting.survey.sources.parquet import ParquetSource
from ceting.survey.sources.sheet import SheetSource
from ceting.survey.sources.text import TextSource

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_PARQUET = b"PAR1"
_BLANK = b" \t\r\n\xef\xbb\xbf"


class Source(Protocol):
    """A file with a header and rows."""

    @property
    def names(self) -> tuple[str, ...]:
        """Column names of the header."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know about how the file was read, in Indonesian."""

    def blocks(self) -> Iterator[Block]:
        """The rows after the header, in order."""

    def done(self) -> float:
        """Share of the file that has been read, 0..1."""


def open_source(path: Path, *, sheet: str | None = None) -> Source:
    """Open a survey file. Raises SurveyError with what to do where it can't be read."""
    if path.is_dir():
        raise SurveyError(f"{path} adalah folder. Sebutkan satu berkas di dalamnya.")
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except FileNotFoundError:
        raise SurveyError(f"Berkas {path} tidak ditemukan. Periksa nama dan foldernya.") from None
    except OSError as error:
        raise SurveyError(f"Berkas {path} tidak bisa dibaca ({error.strerror}).") from None
    if not beginning.strip(_BLANK):
        raise SurveyError(f"Berkas {path} kosong.")
    if beginning.startswith((_ZIP, _OLD_EXCEL)):
        return SheetSource(path, sheet=sheet)
    if beginning.startswith(_PARQUET):
        return ParquetSource(path)
    if beginning.lstrip(_BLANK).startswith(b"<"):
        return HtmlSource(path)
    return TextSource(path)
