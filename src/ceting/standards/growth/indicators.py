"""The WHO 2006 indices as configuration: one formula, eight rows.

Sources: WHO Child Growth Standards, Methods and development (2006, 2007), chapter 7; limits of plausible values and
the rules of position as in WHO Anthro and R package `anthro`.
"""

from dataclasses import dataclass
from typing import Final, Literal

TableCode = Literal["wfa", "lhfa", "bmifa", "hcfa", "acfa", "tsfa", "ssfa", "wfl", "wfh"]
"""Weight, length/height, BMI, head, arm, triceps and subscapular skinfold for age; weight for length, for height."""

Measure = Literal["weight", "clenhei", "bmi", "headc", "armc", "triskin", "subskin"]
"""What a z is of: kg; corrected length, cm; kg/m2; cm; cm; mm; mm."""

DAYS_OF_MONTH: Final = 30.4375
"""WHO's month in days (365.25 / 12); exact in binary."""

AGE_LIMIT: Final = 60 * DAYS_OF_MONTH
"""Children of this age (unrounded days) and older aren't in the standard."""

STANDING_FROM_DAY: Final = 731
"""From this day (rounded) the tables are of standing height, before it of recumbent length."""

STANDING_ALLOWED_FROM: Final = 9 * DAYS_OF_MONTH
"""Below this age (unrounded days) a standing measure isn't believed: its position counts as unknown."""

POSITION_DIFFERENCE: Final = 0.7
"""Centimetres by which a child is longer lying than standing."""

STANDING_FROM_LENGTH: Final = 87.0
"""Where age and position are both missing, children of this length (cm) and more are looked up as standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index: what is measured, the table it is looked up in, and the limits beyond which a z is flagged."""

    z: str
    flag: str
    measure: Measure
    needs: tuple[str, ...]
    """The columns without which the index isn't given at all."""
    table: TableCode | None
    """The table by age; None for weight-for-length/height, which is looked up by length in `wfl` or `wfh`."""
    restricted: bool
    """Whether a straight line replaces the power beyond +-3: for weight-like measures, never for lengths."""
    lowest: float
    highest: float
    void_in_oedema: bool = False


LENGTH_FOR_AGE: Final = Index(
    z="zlen",
    flag="flen",
    measure="clenhei",
    needs=("lenhei",),
    table="lhfa",
    restricted=False,
    lowest=-6,
    highest=6,
)
WEIGHT_FOR_AGE: Final = Index(
    z="zwei",
    flag="fwei",
    measure="weight",
    needs=("weight",),
    table="wfa",
    restricted=True,
    lowest=-6,
    highest=5,
    void_in_oedema=True,
)
WEIGHT_FOR_LENHEI: Final = Index(
    z="zwfl",
    flag="fwfl",
    measure="weight",
    needs=("weight", "lenhei"),
    table=None,
    restricted=True,
    lowest=-5,
    highest=5,
    void_in_oedema=True,
)
BMI_FOR_AGE: Final = Index(
    z="zbmi",
    flag="fbmi",
    measure="bmi",
    needs=("weight", "lenhei"),
    table="bmifa",
    restricted=True,
    lowest=-5,
    highest=5,
    void_in_oedema=True,
)
HEAD_FOR_AGE: Final = Index(
    z="zhc",
    flag="fhc",
    measure="headc",
    needs=("headc",),
    table="hcfa",
    restricted=False,
    lowest=-5,
    highest=5,
)
ARM_FOR_AGE: Final = Index(
    z="zac",
    flag="fac",
    measure="armc",
    needs=("armc",),
    table="acfa",
    restricted=True,
    lowest=-5,
    highest=5,
)
TRICEPS_FOR_AGE: Final = Index(
    z="zts",
    flag="fts",
    measure="triskin",
    needs=("triskin",),
    table="tsfa",
    restricted=True,
    lowest=-5,
    highest=5,
)
SUBSCAPULAR_FOR_AGE: Final = Index(
    z="zss",
    flag="fss",
    measure="subskin",
    needs=("subskin",),
    table="ssfa",
    restricted=True,
    lowest=-5,
    highest=5,
)

INDICES: Final = (
    LENGTH_FOR_AGE,
    WEIGHT_FOR_AGE,
    WEIGHT_FOR_LENHEI,
    BMI_FOR_AGE,
    HEAD_FOR_AGE,
    ARM_FOR_AGE,
    TRICEPS_FOR_AGE,
    SUBSCAPULAR_FOR_AGE,
)
"""In the order of the reference's columns."""

UNRESTRICTED_TABLES: Final[frozenset[TableCode]] = frozenset({"lhfa", "hcfa"})
"""Tables of lengths: the power everywhere."""
