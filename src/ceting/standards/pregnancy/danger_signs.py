"""Danger signs of a pregnant woman and of a woman after birth, and what to do now (a child's: `child.illness`).

Sources: `tables/danger_signs.csv` (Buku KIA, rules.md 6), `tables/danger_actions.csv`, decision `danger.levels`. A
danger sign is always shown with what to do; it is never just stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ceting.standards import sources
from ceting.standards.levels import Level


class Target(StrEnum):
    """Whose sign it is. PREGNANT_OTHER: troubles of pregnancy that need a visit and are no emergency."""

    PREGNANT = "pregnant"
    PREGNANT_OTHER = "pregnant_other"
    POSTNATAL = "postnatal"


@dataclass(frozen=True)
class DangerSign:
    """A sign, in the words of the screen.

    `emergency`: shown as one, with `action`. `level`: how fast staff answer. `severe_with_pressure`: makes a high
    blood pressure an emergency. `confidential`: told to a health worker only (mental health).
    """

    code: str
    target: Target
    label: str
    emergency: bool
    level: Level
    severe_with_pressure: bool
    confidential: bool
    action: str


@cache
def danger_signs(target: Target) -> tuple[DangerSign, ...]:
    """The signs of a target, in the order of the book."""
    return tuple(_sign(row) for row in sources.rows("danger_signs") if row["target"] == target)


def danger_sign(code: str) -> DangerSign:
    """One sign. Raises TableError for an unknown code."""
    return _sign(sources.row("danger_signs", "code", code))


def emergencies(codes: Iterable[str]) -> tuple[DangerSign, ...]:
    """Those of the signs that are shown as an emergency, the most urgent first. Raises TableError."""
    found = [sign for code in codes if (sign := danger_sign(code)).emergency]
    return tuple(sorted(found, key=lambda sign: -sign.level))


def makes_high_pressure_severe(codes: Iterable[str]) -> bool:
    """Whether a sign is among them that makes a blood pressure of 140/90 an emergency. Raises TableError."""
    return any(danger_sign(code).severe_with_pressure for code in codes)


def _sign(row: sources.Row) -> DangerSign:
    return DangerSign(
        code=row["code"],
        target=Target(row["target"]),
        label=row["sign"],
        emergency=row["emergency"] == "1",
        level=Level[row["level"]],
        severe_with_pressure=row["with_high_pressure"] == "1",
        confidential=row["confidential"] == "1",
        action=sources.row("danger_actions", "code", row["action"])["action"],
    )
