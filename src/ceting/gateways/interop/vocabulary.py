"""The words by which a kind of file names its columns: what a header means, what is missing, what nobody knows. Pure.

Headers are compared without case, signs and units, so that order and small differences don't matter.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from ceting.foundation.core.errors import Problem, RefusedError

RECOGNISED = 3
"""Columns that must be known by themselves before a person is asked about the others."""
Score = Callable[[Sequence[str]], int]
"""How many headers a row of cells names."""
_UNITS = re.compile(r"\b(kg|cm|gram|gr)\b")
_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(header: str) -> str:
    """A header without case, signs and units: "BB (kg)" -> "bb"."""
    words = _SIGNS.sub(" ", header.casefold()).strip()
    return _SIGNS.sub(" ", _UNITS.sub(" ", words)).strip() or words


def signature(header: Sequence[str]) -> str:
    """Tells headers apart: the same columns in the same order, however they are written, are one."""
    return hashlib.sha256("|".join(map(plain, header)).encode()).hexdigest()


class Vocabulary:
    """`aliases`: role -> its headers, split by " | ". `labels`: role -> what people call it, in our order.

    `required`: roles without which no row can be taken; of a tuple of roles one is enough. `not_needed`: plain headers
    that aren't worth a question. `advice` ends the refusal of a file of which nothing is known.
    """

    def __init__(
        self,
        aliases: Mapping[str, str],
        labels: Mapping[str, str],
        *,
        required: Sequence[str | tuple[str, ...]],
        not_needed: frozenset[str] = frozenset(),
        advice: str,
    ) -> None:
        self.labels = labels
        self._required = [(each,) if isinstance(each, str) else each for each in required]
        self._not_needed = not_needed
        self._advice = advice
        self._roles_of: dict[str, list[str]] = {}
        for role, names in aliases.items():
            for name in names.split(" | "):
                self._roles_of.setdefault(plain(name), []).append(role)

    def meanings_of(self, header: str) -> list[str]:
        """What a header can mean."""
        return self._roles_of.get(plain(header), [])

    def score(self, cells: Sequence[str]) -> int:
        """How many different headers a row of cells names: the header is the row with the most."""
        known = (self._roles_of, self._not_needed)
        return len({cell for cell in map(plain, cells) if any(cell in names for names in known)})

    def detect(self, header: Sequence[str]) -> dict[str, int]:
        """Role -> position of its column, as far as the headers are known."""
        found: dict[str, int] = {}
        for position, name in enumerate(header):
            for role in self.meanings_of(name):
                # The first of two equal headers is the one that people fill.
                found.setdefault(role, position)
        return found

    def unknown(self, header: Sequence[str], columns: Mapping[str, int]) -> list[str]:
        """Headers that nobody here knows: shown, so that a column isn't lost without a word."""
        taken = set(columns.values())
        return [
            name
            for position, name in enumerate(header)
            if name and position not in taken and plain(name) not in self._not_needed
        ]

    def missing(self, found: Mapping[str, int]) -> list[str]:
        """What nobody has found a column for, and without which no row can be taken, as people call it."""
        return [
            " atau ".join(self.labels[role] for role in roles)
            for roles in self._required
            if not any(role in found for role in roles)
        ]

    def require_a_table(self, header: Sequence[str], found: Mapping[str, int]) -> None:
        """Raises RefusedError for a header of which nothing speaks of people: then there is nothing to ask about."""
        if len(found) >= RECOGNISED:
            return
        there = ", ".join(f"“{name}”" for name in header if name)[:600] or "tidak ada"
        words = ", ".join(self.missing(found)) or "nama"
        sentence = f"Kolom yang belum ditemukan: {words}. Kolom di berkas: {there}. {self._advice}"
        raise RefusedError(Problem(sentence, "columns", "file"))
