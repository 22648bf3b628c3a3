"""How fast a finding must be answered: the levels of triage and which finding has which (rules.md, section 6).

Source: `tables/levels.csv`, the defaults of a puskesmas. Codes are those of `words.csv` where the finding is a result.
"""

from collections.abc import Iterable
from enum import IntEnum

from ceting.standards import sources


class Level(IntEnum):
    """The higher the faster; the names are those that staff use."""

    RINGAN = 1
    SEDANG = 2
    TINGGI = 3
    SEGERA = 4
    MERAH = 5


def level_of(code: str) -> Level | None:
    """The level that a finding opens; None for a result that opens nothing."""
    row = sources.index("levels", "code").get(code)
    return None if row is None else Level[row["level"]]


def highest(codes: Iterable[str]) -> Level | None:
    """The level of the most urgent finding: the highest reason sets it."""
    return max((level for code in codes if (level := level_of(code)) is not None), default=None)


def finding_of(code: str) -> str:
    """The finding in the words of staff. Raises TableError for a code that opens nothing."""
    return sources.row("levels", "code", code)["finding"]


def field_class_of(code: str) -> str:
    """Who may read the finding: the name of a field class (rules.md 8). Raises TableError as `finding_of` does."""
    return sources.row("levels", "code", code)["field_class"]
