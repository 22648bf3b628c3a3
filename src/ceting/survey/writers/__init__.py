"""Files that a survey writes; here the name decides: .csv, .tsv, .txt, .xlsx or .parquet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ceting.survey.columns import Columns
from ceting.survey.errors import SurveyError
from ceting.survey.scoring import Scored
from ceting.survey.sources import Source
from ceting.survey.sources.parquet import ParquetSource
from ceting.survey.sources.text import TextSource
from ceting.survey.writers.parquet import ParquetWriter
from ceting.survey.writers.sheet import SheetWriter
from ceting.survey.writers.text import TextStyle, TextWriter

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


class Writer(Protocol):
    """A file under construction, which takes its name only when it is complete."""

    def add(self, scored: Scored) -> None:
        """Write the rows of one block."""

    def finish(self) -> None:
        """Complete the file and give it its name."""

    def abandon(self) -> None:
        """Remove what was written."""


def open_writer(path: Path, source: Source, columns: Columns, indexes: Sequence[str]) -> Writer:
    """Start the output file. Raises SurveyError for an unknown ending or a place that can't be written."""
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise SurveyError(f"Akhiran {path.name!r} tidak dikenal. Pakai salah satu: {', '.join(ENDINGS)}.")
    if ending == ".xlsx":
        return SheetWriter(path, columns, indexes)
    if ending == ".parquet":
        schema = source.schema if isinstance(source, ParquetSource) else None
        return ParquetWriter(path, source.names, indexes, schema)
    return TextWriter(path, source.names, indexes, _style(ending, source))


def _style(ending: str, source: Source) -> TextStyle:
    """CSV keeps the habits of the file that was read, so that the same spreadsheet opens both."""
    if isinstance(source, TextSource):
        delimiter = "\t" if ending == ".tsv" else source.delimiter
        return TextStyle(delimiter, source.delimiter, source.decimal_comma, source.encoding == "utf-8-sig")
    return TextStyle("\t" if ending == ".tsv" else ",", None, decimal_comma=False, bom=False)
