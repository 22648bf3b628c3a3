"""Parquet out, by the optional pyarrow."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ceting.survey.arrow import arrow_module
from ceting.survey.block import as_text
from ceting.survey.results import result_columns, result_names
from ceting.survey.scoring import Scored
from ceting.survey.writers.part import PartFile


class ParquetWriter:
    """A Parquet file, one row group a block. Columns of text files stay text, those of Parquet their type."""

    def __init__(self, path: Path, names: Sequence[str], indexes: Sequence[str], schema: Any | None) -> None:
        self._arrow = arrow_module("pyarrow")
        parquet = arrow_module("pyarrow.parquet")
        self._part = PartFile(path)
        self._text_inputs = schema is None
        self._names = result_names(indexes, names)
        text = self._arrow.string()
        inputs = [(name, text) for name in names] if schema is None else list(schema)
        self._schema = self._arrow.schema([*inputs, *((name, self._type_of(name)) for name in self._names)])
        self._writer = parquet.ParquetWriter(self._part.path, self._schema)

    def _type_of(self, name: str) -> Any:
        if name.startswith("z"):
            return self._arrow.float64()
        return self._arrow.int8() if name.startswith("f") else self._arrow.string()

    def add(self, scored: Scored) -> None:
        """Write the rows of one block."""
        inputs: list[Sequence[object]] = list(scored.block.columns)
        if self._text_inputs:
            inputs = [[as_text(cell) or None for cell in column] for column in scored.block.columns]
        results = [column.values for column in result_columns(scored, self._names)]
        arrays = [
            self._arrow.array(values, type=field.type)
            for values, field in zip([*inputs, *results], self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))

    def finish(self) -> None:
        """Complete the file and give it its name."""
        self._writer.close()
        self._part.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        self._writer.close()
        self._part.abandon()
