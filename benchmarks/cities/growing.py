"""How the children of one posyandu grow, as whole columns: what was read off of each child on each morning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from ceting.registry.families.models import Child
from ceting.standards.growth.tables import TableCode, table

Floats = NDArray[np.float64]
STANDS_FROM, OLDEST, YOUNGEST = 731, 1826, 3
ATTENDANCE = 0.95
"""So that five years of 175,000 children are ten million rows: a good city."""
TENTHS = [Decimal(number) / 10 for number in range(2000)]


@dataclass(frozen=True)
class Reading:
    """One child on one morning: kg and cm, as people wrote them down."""

    child: int
    morning: int
    weight_kg: Decimal
    lenhei_cm: Decimal | None
    muac_cm: Decimal | None
    head_cm: Decimal | None
    lies: bool
    oedema: bool


def readings(
    children: Sequence[Child], mornings: Sequence[date], chance: np.random.Generator
) -> Iterator[Reading]:
    """Who came on which morning and what the scale said, morning by morning."""
    shape = (len(children), len(mornings))
    born = np.array([child.birth_date.toordinal() for child in children])
    sex = np.array([child.sex for child in children])
    ages = np.array([day.toordinal() for day in mornings])[None, :] - born[:, None]
    came = (ages >= YOUNGEST) & (ages < OLDEST) & (chance.random(shape) < ATTENDANCE)
    length_z, weight_z = _paths(ages, shape, chance)
    day = np.clip(ages, 0, OLDEST + 20)
    weight = _tenths(_at("wfa", sex, day, weight_z) + chance.normal(0, 0.03, shape), chance)
    weight[chance.random(shape) < 1 / 1200] += 100
    length = _tenths(_at("lhfa", sex, day, length_z) + chance.normal(0, 0.4, shape), chance)
    muac = _tenths(_at("acfa", sex, np.maximum(day, 91), weight_z), chance)
    head = _tenths(_at("hcfa", sex, day, length_z * 0.6), chance)
    tall, arm = chance.random(shape) < 0.8, (ages > 183) & (chance.random(shape) < 0.3)
    round_ = (ages < STANDS_FROM) & (chance.random(shape) < 0.2)
    swollen = (ages > 240) & (chance.random(shape) < 1 / 20_000)
    for morning, child in np.argwhere(came.T).tolist():
        at = child, morning
        yield Reading(
            child,
            morning,
            TENTHS[weight[at]],
            TENTHS[length[at]] if tall[at] else None,
            TENTHS[muac[at]] if arm[at] else None,
            TENTHS[head[at]] if round_[at] else None,
            bool(ages[at] < STANDS_FROM),
            bool(swollen[at]),
        )


def _paths(
    ages: NDArray[np.int64], shape: tuple[int, int], chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Length for age falters between 3 and 24 months, weight for age follows it and wanders from month to month."""
    born_z = chance.normal(-0.35, 0.85, (shape[0], 1))
    lost = np.clip((ages - 90) / 640, 0, 1) * chance.normal(0.92, 0.55, (shape[0], 1))
    length_z = born_z - lost
    thin = np.where(chance.random((shape[0], 1)) < 0.035, -1.6, 0) + chance.normal(-0.1, 0.6, (shape[0], 1))
    steps, wandering = chance.normal(0, 0.12, shape), np.zeros(shape)
    for month in range(1, shape[1]):
        wandering[:, month] = 0.75 * wandering[:, month - 1] + steps[:, month]
    return np.clip(length_z, -4, 3.5), np.clip(0.7 * length_z + 0.6 * thin + wandering, -4.2, 3.5)


def _at(code: TableCode, sex: NDArray[np.int64], day: NDArray[np.int64], z: Floats) -> Floats:
    """The value at a z-score (LMS); invented, so that no rounding of the standard's matters."""
    found = table(code)
    rows = np.clip(day - found.first, 0, found.rows.shape[1] - 1)
    power, median, spread = np.moveaxis(found.rows[sex[:, None] - 1, rows], -1, 0)
    value: Floats = median * np.maximum(1 + power * spread * z, 0.2) ** (1 / power)
    return value


def _tenths(values: Floats, chance: np.random.Generator) -> NDArray[np.int64]:
    """In tenths, with a liking for ,0 and ,5."""
    liking = chance.random(values.shape)
    step = np.where(liking < 0.08, 10, np.where(liking < 0.2, 5, 1))
    found: NDArray[np.int64] = (np.rint(values * 10 / step) * step).astype(np.int64)
    return np.clip(found, 1, len(TENTHS) - 101)
