"""Gravida, para and abortus as registers write them: in three columns, or as "G2P1A0" in one. Pure."""

import re

_TOGETHER = re.compile(r"g\W*(\d{1,2})\W*p\W*(\d{1,2})\W*a\W*(\d{1,2})(?!\d)", re.ASCII | re.IGNORECASE)
_PARTED = re.compile(r"(\d{1,2})\s*[-/,.\s]\s*(\d{1,2})\s*[-/,.\s]\s*(\d{1,2})", re.ASCII)
_NUMBER = re.compile(r"(?:[gpa]|ke)?\W*(\d{1,2})(?:[.,]0)?", re.ASCII | re.IGNORECASE)


def together(cell: str) -> tuple[int, int, int] | None:
    """ "G2P1A0", "G2 P1 A0 H1", "2-1-0" -> (2, 1, 0); None for anything else."""
    found = _TOGETHER.search(cell) or _PARTED.fullmatch(cell.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def number(cell: str) -> int | None:
    """ "2", "G2", "ke-2" -> 2; None for anything else."""
    found = _NUMBER.fullmatch(cell.strip())
    return int(found[1]) if found else None
