"""Parquet, by the optional pyarrow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ceting.survey.arrow import arrow_module
from ceting.survey.block import ROWS_IN_BLOCK, Block
from ceting.survey.errors import SurveyError


class ParquetSource:
    """A Parquet file, read in batches. Row numbers count from 1, for there is no header line."""

    def __init__(self, path: Path) -> None:
        parquet = arrow_module("pyarrow.parquet")
        try:
            self._file = parquet.ParquetFile(path)
        except (OSError, arrow_module("pyarrow").ArrowException) as error:
            raise SurveyError(f"{path} bukan berkas Parquet yang utuh ({error}).") from None
        self.schema: Any = self._file.schema_arrow
        self.names = tuple(self.schema.names)
        self._passed = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """Nothing to remark."""
        return ()

    def done(self) -> float:
        """Share of the rows that have been read."""
        return self._passed / max(int(self._file.metadata.num_rows), 1)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows."""
        for batch in self._file.iter_batches(batch_size=ROWS_IN_BLOCK):
            lines = range(self._passed + 1, self._passed + batch.num_rows + 1)
            self._passed += batch.num_rows
            yield Block(columns=[column.to_pylist() for column in batch.columns], lines=lines)
