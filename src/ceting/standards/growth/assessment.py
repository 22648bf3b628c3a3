"""One child's growth: every index that the given measures allow, as the WHO reference implementation answers it."""

from dataclasses import dataclass
from math import floor, inf, isfinite, isnan

from ceting.standards.growth.errors import GrowthInputError
from ceting.standards.growth.formula import round2, z_score
from ceting.standards.growth.indicators import (
    AGE_LIMIT,
    DAYS_OF_MONTH,
    INDICES,
    POSITION_DIFFERENCE,
    STANDING_ALLOWED_FROM,
    STANDING_FROM_DAY,
    STANDING_FROM_LENGTH,
    Index,
    Measure,
    TableCode,
)
from ceting.standards.growth.tables import table

SEXES = {1: 1, 2: 2, "1": 1, "2": 2, "m": 1, "f": 2, "M": 1, "F": 2}
POSITIONS = {"l": "l", "h": "h", "L": "l", "H": "h", "": "", None: ""}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one weighing and measuring says: z-scores (2 decimals), flags, and the values that they rest on.

    A z of None means that the index can't be given (not measured, out of the standard's range, oedema); its flag is
    then None too. A flag of True marks a z that is biologically implausible: returned, never hidden or clamped.
    """

    sex: int | None
    age_days: int | None
    """Age in days, rounded half up: the row of the tables by age."""
    age_months: float | None
    """Age in WHO months of 30.4375 days, unrounded."""
    measure: str
    """The position that was believed: "l" lying, "h" standing, "" unknown."""
    c9mo_flag: bool
    """A standing measure under nine months: its position was taken as unknown."""
    clenhei: float | None
    """Length (under 731 days) or height in cm, corrected for the position by 0.7 cm."""
    standing: bool | None
    """Whether `clenhei` counts as a standing height in weight-for-length/height; None without a length."""
    bmi: float | None
    """kg/m2, from the corrected length."""
    oedema: bool
    zlen: float | None
    zwei: float | None
    zwfl: float | None
    zbmi: float | None
    zhc: float | None
    zac: float | None
    zts: float | None
    zss: float | None
    flen: bool | None
    fwei: bool | None
    fwfl: bool | None
    fbmi: bool | None
    fhc: bool | None
    fac: bool | None
    fts: bool | None
    fss: bool | None


def assess(
    *,
    sex: int | str | None,
    age_days: float | None = None,
    age_months: float | None = None,
    weight: float | None = None,
    lenhei: float | None = None,
    measure: str | None = "",
    headc: float | None = None,
    armc: float | None = None,
    triskin: float | None = None,
    subskin: float | None = None,
    oedema: bool = False,
) -> Assessment:
    """Return the assessment of one child.

    sex: 1 or "m" boy, 2 or "f" girl, None unknown (nothing can be assessed). Age: days (a fraction is rounded half up
    for the tables) or months, not both; without an age only weight-for-length/height is given. weight in kg; lenhei,
    headc, armc in cm; triskin, subskin in mm; None, NaN or a measure <= 0 is a missing one. measure: "l" lying, "h"
    standing, "" unknown. oedema: bilateral; voids the indices with weight.

    Raises GrowthInputError for a sex, age or position that can't be, TypeError for two ages.
    """
    known_sex = checked_sex(sex)
    days = checked_age(age_days, age_months)
    position = checked_position(measure)
    c9mo_flag = position == "h" and days is not None and days < STANDING_ALLOWED_FROM
    if c9mo_flag:
        position = ""

    day = None if days is None else floor(days + 0.5)
    months = None if days is None else days / DAYS_OF_MONTH
    clenhei = corrected_length(present(lenhei), day, position)
    standing = None if clenhei is None else counts_as_standing(clenhei, day, position)
    bmi = body_mass_index(present(weight), clenhei)
    measures: dict[Measure, float | None] = {
        "weight": present(weight),
        "clenhei": clenhei,
        "bmi": bmi,
        "headc": present(headc),
        "armc": present(armc),
        "triskin": present(triskin),
        "subskin": present(subskin),
    }

    def score(index: Index) -> tuple[float | None, bool | None]:
        code: TableCode = index.table or ("wfh" if standing else "wfl")
        x = clenhei if index.table is None else day
        y = measures[index.measure]
        if known_sex is None or x is None or y is None or (oedema and index.void_in_oedema):
            return None, None
        if (days is not None and days >= AGE_LIMIT) or not table(code).covers(x):
            return None, None
        z = round2(z_score(y, table(code).at(known_sex, x), restricted=index.restricted))
        return z, z < index.lowest or z > index.highest

    of = {index.z: score(index) for index in INDICES}
    return Assessment(
        sex=known_sex,
        age_days=day,
        age_months=months,
        measure=position,
        c9mo_flag=c9mo_flag,
        clenhei=clenhei,
        standing=standing,
        bmi=bmi,
        oedema=oedema,
        zlen=of["zlen"][0],
        zwei=of["zwei"][0],
        zwfl=of["zwfl"][0],
        zbmi=of["zbmi"][0],
        zhc=of["zhc"][0],
        zac=of["zac"][0],
        zts=of["zts"][0],
        zss=of["zss"][0],
        flen=of["zlen"][1],
        fwei=of["zwei"][1],
        fwfl=of["zwfl"][1],
        fbmi=of["zbmi"][1],
        fhc=of["zhc"][1],
        fac=of["zac"][1],
        fts=of["zts"][1],
        fss=of["zss"][1],
    )


def checked_sex(sex: int | str | None) -> int | None:
    """Return 1, 2 or None; GrowthInputError for anything else."""
    if sex is None:
        return None
    known = SEXES.get(sex)
    if known is None:
        raise GrowthInputError("sex", "invalid_sex", sex)
    return known


def checked_age(age_days: float | None, age_months: float | None) -> float | None:
    """Return the unrounded age in days, None where it is unknown (None or NaN); GrowthInputError below zero."""
    if age_days is not None and age_months is not None:
        raise TypeError("give age_days or age_months, not both")
    days = age_days if age_months is None else age_months * DAYS_OF_MONTH
    if days is None or isnan(days):
        return None
    if not 0 <= days < inf:
        raise GrowthInputError("age_days" if age_months is None else "age_months", "invalid_age", days)
    return float(days)


def checked_position(measure: str | None) -> str:
    """Return "l", "h" or "" (unknown); GrowthInputError for anything else."""
    position = POSITIONS.get(measure)
    if position is None:
        raise GrowthInputError("measure", "invalid_measure", measure)
    return position


def present(value: float | None) -> float | None:
    """Return the measure, or None where there is none: not given, not a finite number, zero or less."""
    return float(value) if value is not None and isfinite(value) and value > 0 else None


def corrected_length(lenhei: float | None, day: int | None, position: str) -> float | None:
    """Return the length (cm) as its table's position would have measured it; unchanged without position or age."""
    if lenhei is None or day is None:
        return lenhei
    if position == "h" and day < STANDING_FROM_DAY:
        return lenhei + POSITION_DIFFERENCE
    if position == "l" and day >= STANDING_FROM_DAY:
        return present(lenhei - POSITION_DIFFERENCE)
    return lenhei


def counts_as_standing(clenhei: float, day: int | None, position: str) -> bool:
    """Whether the corrected length is looked up as a standing height: by age, else by position, else by size."""
    if day is not None:
        return day >= STANDING_FROM_DAY
    return position == "h" or (position == "" and clenhei >= STANDING_FROM_LENGTH)


def body_mass_index(weight: float | None, clenhei: float | None) -> float | None:
    """Return kg/m2, None where either is missing or the quotient isn't a finite number."""
    if weight is None or clenhei is None:
        return None
    metres = clenhei / 100
    square = metres * metres  # C's pow(metres, 2) may end in another bit
    return present(weight / square) if square > 0 else None
