"""What troubled a child since the last visit, and which of it is a danger sign. Nothing here is a diagnosis.

Sources: `tables/child_signs.csv` (Buku KIA, rules.md 6), `tables/child_sign_limits.csv`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ceting.standards import sources
from ceting.standards.ages import full_months

FEVER = "DEMAM"
WORDS_DANGER, WORDS_WATCH = "SIGN_DANGER", "SIGN_WATCH"


class Weight(StrEnum):
    """How much a sign weighs."""

    DANGER = "danger"
    WATCH = "watch"


@dataclass(frozen=True)
class Sign:
    """One sign that one can tick."""

    code: str
    label: str
    weight: Weight


def signs_at(birth: date, on: date) -> tuple[Sign, ...]:
    """The signs to ask about at her age, danger signs first. Raises ValueError when `on` is before birth."""
    if on < birth:
        raise ValueError(f"{on} is before birth on {birth}")
    is_newborn = (on - birth).days < sources.number("child_sign_limits", "neonate_until_days")
    wanted = "neonate" if is_newborn else "child"
    found = [
        Sign(row["code"], row["label"], _weight(row["code"], birth, on))
        for row in sources.rows("child_signs")
        if row["age"] == wanted
    ]
    return tuple(sorted(found, key=lambda sign: sign.weight is not Weight.DANGER))


def danger_signs(codes: Collection[str], birth: date, on: date) -> tuple[Sign, ...]:
    """Those of the ticked signs that are danger signs at her age.

    Raises TableError for an unknown code. A sign of another age counts as the table says.
    """
    rows = [sources.row("child_signs", "code", code) for code in codes]
    signs = [Sign(row["code"], row["label"], _weight(row["code"], birth, on)) for row in rows]
    return tuple(sign for sign in signs if sign.weight is Weight.DANGER)


def label_of(code: str) -> str:
    """Raises TableError for an unknown code."""
    return sources.row("child_signs", "code", code)["label"]


def _weight(code: str, birth: date, on: date) -> Weight:
    if code == FEVER and full_months(birth, on) < sources.number(
        "child_sign_limits", "fever_danger_until_months"
    ):
        return Weight.DANGER
    return Weight(sources.row("child_signs", "code", code)["weight"])
