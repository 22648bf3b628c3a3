"""The cells of a row of a file by what they hold, and those that hold nothing. Pure."""

from collections.abc import Mapping, Sequence

_EMPTY = frozenset({"", "-", "--", "–", "—", "null", "none", "nan", "n/a", "#n/a", "na", "?", "."})
_LONGEST_EMPTY = max(map(len, _EMPTY))


def text(cell: str) -> str:
    """The cell, or "" for what stands in an empty one: "-", "null", "#N/A"."""
    bare = cell.strip()
    return "" if len(bare) <= _LONGEST_EMPTY and bare.casefold() in _EMPTY else bare


class Cells:
    """The cells of one row by role; a role without a column is empty."""

    def __init__(self, found: Mapping[str, int], raw: Sequence[str]) -> None:
        self._found = found
        self._raw = raw

    def __getitem__(self, role: str) -> str:
        position = self._found.get(role)
        return "" if position is None else text(self._raw[position])
