"""Where the header stands: exports often begin with a title or two."""

from collections.abc import Sequence

from ceting.survey.block import Cell, as_text
from ceting.survey.columns import header_score

SEARCHED_ROWS = 30


def header_position(rows: Sequence[Sequence[Cell]]) -> int:
    """Position of the row that names the most known columns; the first of equals."""
    scores = [header_score([as_text(cell) for cell in row]) for row in rows[:SEARCHED_ROWS]]
    return scores.index(max(scores)) if scores else 0


def header_names(row: Sequence[Cell]) -> tuple[str, ...]:
    """Column names without the blanks around them."""
    return tuple(" ".join(as_text(cell).split()) for cell in row)
