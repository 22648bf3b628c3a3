"""A line of the sheet, a section of it, and the readers that suit many tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ceting.standards import sources
from ceting.standards.sources import Row, Status


@dataclass(frozen=True)
class ReviewedValue:
    """One value: `key` is stable and names table and row, `meaning` says what it decides, `value` what it is."""

    key: str
    meaning: str
    value: str
    source: str
    status: Status


@dataclass(frozen=True)
class Section:
    """A title of the sheet, and how the rows of its table are read."""

    title: str
    read: Callable[[str], Iterator[ReviewedValue]]


def value_of(table: str, name: str, meaning: str, value: str, row: Row) -> ReviewedValue:
    """A line from a row that names its source and status."""
    return ReviewedValue(
        f"{table}:{name}", meaning, value.strip(), row["source_tag"].strip(), Status(row["status"])
    )


def keyed(table: str) -> Iterator[ReviewedValue]:
    """A reader for a table of keys and values."""
    for row in sources.rows(table):
        yield value_of(table, row["key"], row["meaning"], f"{row['value']} {row.get('unit', '')}", row)


def lines(name: str, meaning: str, value: str) -> Callable[[str], Iterator[ReviewedValue]]:
    """A reader for a table whose rows speak for themselves: three templates over its columns."""

    def read(table: str) -> Iterator[ReviewedValue]:
        for row in sources.rows(table):
            yield value_of(table, name.format_map(row), meaning.format_map(row), value.format_map(row), row)

    return read


def words(table: str) -> Iterator[ReviewedValue]:
    """A reader for a table of words."""
    for row in sources.rows(table):
        family = ". ".join((row["family_what"], row["family_why"], row["family_today"]))
        yield ReviewedValue(
            f"{table}:{row['code']}",
            f"Kata untuk petugas: {row['staff']}. Tingkat {row['severity']}, warna {row['tone']}",
            f"Kata untuk keluarga: {family}.",
            "project decision: the words that families and staff read",
            Status.PROJECT,
        )
