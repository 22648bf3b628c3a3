"""HTML tables, which e-PPGBM exports under the name .xls."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from ceting.survey.block import ROWS_IN_BLOCK, Block, block_of_rows
from ceting.survey.columns import header_score
from ceting.survey.errors import SurveyError
from ceting.survey.sources.encoding import detect_encoding
from ceting.survey.sources.header import header_names, header_position


class HtmlSource:
    """The table of a page whose header names the most known columns."""

    def __init__(self, path: Path) -> None:
        encoding = detect_encoding(path).removesuffix("-sig")
        try:
            page = html.parse(str(path), parser=html.HTMLParser(encoding=encoding, huge_tree=True))
            tables = [_rows(table) for table in page.iter("table")]
        except etree.LxmlError as error:
            raise SurveyError(f"{path} tidak bisa dibaca sebagai tabel HTML ({error}).") from None
        tables = [rows for rows in tables if rows]
        if not tables:
            raise SurveyError(
                f"{path} tidak berisi tabel. Simpan data sebagai CSV atau XLSX, lalu coba lagi."
            )
        self._rows = max(tables, key=lambda rows: header_score(rows[header_position(rows)]))
        self._header = header_position(self._rows)
        self.names = header_names(self._rows[self._header])
        self._passed = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """Nothing to remark."""
        return ()

    def done(self) -> float:
        """Share of the rows that have been handed out."""
        return self._passed / len(self._rows)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows, numbered as rows of the table."""
        for start in range(self._header + 1, len(self._rows), ROWS_IN_BLOCK):
            rows = self._rows[start : start + ROWS_IN_BLOCK]
            self._passed = start + len(rows)
            filled = [(number, row) for number, row in enumerate(rows, start + 1) if any(row)]
            if filled:
                yield block_of_rows(
                    [row for _, row in filled], [number for number, _ in filled], len(self.names)
                )


def _rows(table: html.HtmlElement) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]
