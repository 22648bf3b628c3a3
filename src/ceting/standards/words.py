"""What people read about a category or a status: one wording for staff, another for families.

Families never read the official labels (experience.md, "Words that families read"); staff always do.
The tables of WORD_TABLES hold both, so that a nutritionist can sign them.
"""

from dataclasses import dataclass
from typing import Literal, cast

from ceting.standards import sources

Tone = Literal["danger", "attention", "normal"]
WORD_TABLES = ("words", "child_words", "pregnancy_words")
"""Growth, the other care of a child, and pregnancy; a code stands in one of them."""

# Words that must never reach a family's screen; every family sentence is tested against them.
FORBIDDEN_FOR_FAMILIES = (
    "stunting",
    "kerdil",
    "pendek",
    "gizi buruk",
    "bgm",
    "krt",
    "krst",
    "kasus",
    "penderita",
    "temuan",
    "sasaran",
    "z-score",
)


@dataclass(frozen=True)
class FamilyWords:
    """What it is, why, and what to do today: three short sentences without their full stops."""

    what: str
    why: str
    today: str


def family_words(code: str) -> FamilyWords:
    """The words for a family. Raises TableError for an unknown code."""
    row = _row(code)
    return FamilyWords(row["family_what"], row["family_why"], row["family_today"])


def staff_words(code: str) -> str:
    """The official label; for a low height-for-age with the remark that it isn't a diagnosis yet.

    Raises TableError for an unknown code.
    """
    return _row(code)["staff"]


def severity_of(code: str) -> int:
    """0 nothing to do, 1 watch, 2 act, 3 act now."""
    return int(_row(code)["severity"])


def tone_of(code: str) -> Tone:
    """danger (brick red), attention (turmeric) or normal; a word and a shape always go with the colour."""
    tone = _row(code)["tone"]
    if tone not in ("danger", "attention", "normal"):
        raise sources.TableError(f"unknown tone {tone!r} for {code}")
    return cast(Tone, tone)


def _row(code: str) -> sources.Row:
    for table in WORD_TABLES:
        if found := sources.index(table, "code").get(code):
            return found
    raise sources.TableError(f"no words for {code!r} in {' or '.join(WORD_TABLES)}")
