"""What is stored of the standards beside a child's rows: z-scores, classes and statuses, derived nowhere else."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from uuid import UUID

import numpy as np

from ceting.care.measurements.attention import attention_to, monthly_weighings
from ceting.care.measurements.models import RULES_VERSION, LatestGrowth, Measurement
from ceting.registry.families.models import Child
from ceting.standards import categories, kms
from ceting.standards.growth import zscores

# z column -> (kernel's z, kernel's flag, letter in Measurement.flags)
INDICES = (
    ("zwei", "zwei", "fwei", "w"),
    ("zlen", "zlen", "flen", "l"),
    ("zwfl", "zwfl", "fwfl", "f"),
    ("zbmi", "zbmi", "fbmi", "b"),
    ("zhc", "zhc", "fhc", "h"),
    ("zac", "zac", "fac", "a"),
)
DERIVED = (
    *(column for column, *_ in INDICES),
    *(
        "age_days",
        "corrected_age_days",
        "flags",
        "wfa",
        "lfa",
        "wfl",
        "bmi_class",
        "status",
        "gain_g",
        "minimum_gain_g",
    ),
    *("two_t", "below_red_line", "above_orange_line", "rules_version"),
)
CLASSES = (
    ("wfa", "zwei", categories.Index.WEIGHT_FOR_AGE),
    ("lfa", "zlen", categories.Index.LENGTH_FOR_AGE),
    ("wfl", "zwfl", categories.Index.WEIGHT_FOR_LENGTH),
    ("bmi_class", "zbmi", categories.Index.BMI_FOR_AGE),
)


@dataclass(frozen=True)
class Series:
    """A child and all her current measurements, in any order."""

    child: Child
    rows: Sequence[Measurement]


def derive(series: Iterable[Series], *, since: Mapping[UUID, date] | None = None) -> list[Measurement]:
    """Write z-scores, classes and statuses into the (unsaved) rows on or after `since` of their child.

    `since=None` means all. Returns the rows whose derived values changed. The order of `rows` doesn't matter: any
    order of arrival ends in the same values (a property test holds it to that).
    """
    series = list(series)
    touched = [
        (each.child, row)
        for each in series
        for row in each.rows
        if since is None or row.measured_on >= since.get(each.child.pk, date.min)
    ]
    before = [_derived(row) for _, row in touched]
    _derive_scores(touched)
    ids = {row.pk for _, row in touched}
    for each in series:
        _derive_statuses(each, ids)
    return [row for (_, row), was in zip(touched, before, strict=True) if _derived(row) != was]


_derived = attrgetter(*DERIVED)


def snapshot(row: Measurement) -> dict[str, object]:
    """The derived values of a row, as they stand."""
    return {name: getattr(row, name) for name in DERIVED}


def _derive_scores(touched: Sequence[tuple[Child, Measurement]]) -> None:
    if not touched:
        return
    for child, row in touched:
        row.age_days = max((row.measured_on - child.birth_date).days, 0)
        due = child.growth_birth(row.measured_on)
        row.corrected_age_days = (row.measured_on - due).days if due != child.birth_date else None
        row.rules_version = RULES_VERSION
    rows = [row for _, row in touched]
    scores = zscores(
        sex=np.array([child.sex for child, _ in touched], dtype=np.int8),
        age_days=np.array([row.growth_age_days for row in rows], dtype=float),
        weight=_column(row.weight_kg for row in rows),
        lenhei=_column(row.lenhei_cm for row in rows),
        measure=np.array([row.position for row in rows], dtype="U1"),
        headc=_column(row.head_cm for row in rows),
        armc=_column(row.muac_cm for row in rows),
        oedema=np.array([row.oedema for row in rows], dtype=bool),
        # A handful of rows isn't worth a thread.
        threads=1 if len(rows) < 50_000 else None,
    )
    flagged = [""] * len(rows)
    for column, z_name, flag_name, letter in INDICES:
        for place, (row, z, flag) in enumerate(
            zip(rows, scores[z_name].tolist(), scores[flag_name].tolist(), strict=True)
        ):
            setattr(row, column, None if math.isnan(z) else z)
            if flag == 1:
                flagged[place] += letter
    for row, flags in zip(rows, flagged, strict=True):
        row.flags = flags
        for column, z_column, index in CLASSES:
            found = categories.classify(index, getattr(row, z_column))
            setattr(row, column, found.code if found else "")
        row.below_red_line = bool(kms.below_red_line(row.zwei))
        row.above_orange_line = bool(kms.above_orange_line(row.zwei))


def _column(values: Iterable[Decimal | None]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([math.nan if value is None else float(value) for value in values], dtype=float)


def _derive_statuses(series: Series, ids: set[UUID]) -> None:
    weighings = monthly_weighings(series.rows)
    statuses = kms.monthly_status(series.child.sex, series.child.birth_date, weighings)
    for row in series.rows:
        if row.pk not in ids:
            continue
        found = statuses.get(row.pk)
        row.status = (found.code or "") if found else ""
        row.gain_g = found.gain_g if found else None
        row.minimum_gain_g = found.minimum_gain_g if found else None
        row.two_t = bool(found and found.two_t)


def latest(series: Series) -> LatestGrowth | None:
    """Where the child stands after these rows; None when there are none.

    The last weight and length are those of a kader, a health worker or an import: a family's own value never
    stands in for one (it is still the last measurement, and may be a reason to look).
    """
    if not series.rows:
        return None
    rows = sorted(series.rows, key=Measurement.chronology, reverse=True)
    official = [row for row in rows if row.counts_officially]
    weighed = next((row for row in official if row.weight_kg is not None), None)
    measured = next((row for row in official if row.lenhei_cm is not None), None)
    level, reasons = attention_to(series.child, rows)
    return LatestGrowth(
        child=series.child,
        puskesmas_id=series.child.puskesmas_id,
        birth_date=series.child.birth_date,
        here=series.child.is_here,
        measurement=rows[0],
        measured_on=rows[0].measured_on,
        weight_kg=weighed.weight_kg if weighed else None,
        weighed_on=weighed.measured_on if weighed else None,
        lenhei_cm=measured.lenhei_cm if measured else None,
        length_on=measured.measured_on if measured else None,
        position=measured.position if measured else "",
        attention=level,
        reasons=" ".join(reasons),
    )
