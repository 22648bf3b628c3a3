"""How invented children grow, come to the posyandu and are measured: lives, not noise.

Each child has a path of her own: where she is born on the standard, how far her length falters between 3 and 24
months (the age at which Indonesian children lose height), how thin she is, how often she comes, and what the person
at the scale does to digits. The numbers were chosen so that about a fifth of the children stand below -2 SD in
length for age, as in Padang Timur.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ceting.standards.growth import value_at

FIVE_YEARS = 1826
STANDS_FROM = 731
TYPING_ERRORS_PER_ROW = 1 / 1200
WASTING = 0.035
"""Share of children with a thin path, beside those who are thin by chance."""


@dataclass(frozen=True)
class Life:
    """A child's hidden path. z-scores in SD, `attendance` a chance a month."""

    sex: int
    birth_date: date
    birth_z: float
    faltering: float
    thinness: float
    attendance: float
    away: tuple[date, date] | None
    swollen_from: date | None

    @classmethod
    def drawn(cls, source: random.Random, *, sex: int, birth_date: date, today: date) -> "Life":
        away = None
        if source.random() < 0.12:
            begins = birth_date + timedelta(days=source.randint(120, 1200))
            away = (begins, begins + timedelta(days=source.randint(60, 180)))
        swollen = source.random() < 0.012 and (today - birth_date).days > 240
        return cls(
            sex=sex,
            birth_date=birth_date,
            birth_z=source.gauss(-0.35, 0.85),
            faltering=source.gauss(0.92, 0.55),
            thinness=source.gauss(-2.4, 0.5) if source.random() < WASTING else source.gauss(-0.2, 0.85),
            attendance=min(0.98, max(0.35, source.gauss(0.82, 0.13))),
            away=away,
            swollen_from=today - timedelta(days=45) if swollen else None,
        )

    def length_z(self, age_days: int) -> float:
        lost = min(max((age_days - 90) / 640, 0.0), 1.0)
        return self.birth_z - self.faltering * lost

    def length_cm(self, age_days: int) -> float:
        return value_at("lhfa", self.sex, age_days, self.length_z(age_days))


@dataclass(frozen=True)
class Weighing:
    """What was read off on one morning, as it was written down."""

    on: date
    weight_kg: Decimal | None
    lenhei_cm: Decimal | None
    position: str
    muac_cm: Decimal | None
    head_cm: Decimal | None
    oedema: bool


def weighings(life: Life, mornings: Iterator[date] | list[date], source: random.Random) -> Iterator[Weighing]:
    """The child's measurements on those of the posyandu's mornings to which she came."""
    thin = life.thinness
    for on in mornings:
        age = (on - life.birth_date).days
        if not 3 <= age < FIVE_YEARS:
            continue
        # A month's health wanders and comes back: weight does, length doesn't.
        thin = life.thinness + 0.75 * (thin - life.thinness) + source.gauss(0, 0.14)
        if life.away and life.away[0] <= on <= life.away[1]:
            continue
        if source.random() < life.attendance:
            yield _measured(life, on, age, thin, source)


def _measured(life: Life, on: date, age: int, thin: float, source: random.Random) -> Weighing:
    true_length = life.length_cm(age)
    weight = _true_weight(life, age, true_length, thin) + source.gauss(0, 0.03)
    swollen = life.swollen_from is not None and on >= life.swollen_from
    # Length is measured every month in the good posyandu, always in February and August.
    measures_length = on.month in (2, 8) or source.random() < 0.8
    length = true_length + source.gauss(0, 0.5)
    shown = Weighing(
        on=on,
        weight_kg=heaped(weight, source, whole=0.04, half=0.08),
        lenhei_cm=heaped(length, source, whole=0.22, half=0.18) if measures_length else None,
        position="l" if age < STANDS_FROM else "h",
        muac_cm=heaped(_muac(life, age, thin) + source.gauss(0, 0.2), source, whole=0.1, half=0.2)
        if age > 183 and source.random() < 0.3
        else None,
        head_cm=heaped(value_at("hcfa", life.sex, age, life.birth_z * 0.6), source, whole=0.1, half=0.1)
        if age < 731 and source.random() < 0.2
        else None,
        oedema=swollen,
    )
    return _mistyped(shown, source) if source.random() < TYPING_ERRORS_PER_ROW else shown


def _true_weight(life: Life, age: int, length: float, thin: float) -> float:
    if age < STANDS_FROM:
        return value_at("wfl", life.sex, min(max(length, 45.0), 110.0), thin)
    return value_at("wfh", life.sex, min(max(length, 65.0), 120.0), thin)


def _muac(life: Life, age: int, thin: float) -> float:
    return value_at("acfa", life.sex, max(age, 91), 0.8 * thin - 0.1)


def heaped(value: float, source: random.Random, *, whole: float, half: float) -> Decimal:
    """The value as people write it: to a tenth, with a liking for ,0 and ,5."""
    liking = source.random()
    if liking < whole:
        step = Decimal(1)
    elif liking < whole + half:
        step = Decimal("0.5")
    else:
        step = Decimal("0.1")
    return ((Decimal(repr(round(value, 4))) / step).quantize(Decimal(1)) * step).quantize(Decimal("0.1"))


def _mistyped(weighing: Weighing, source: random.Random) -> Weighing:
    """One of the slips that happen: 14,2 for 12,4; 18,5 for 8,5; 58 for 85 cm."""
    weight, length = weighing.weight_kg, weighing.lenhei_cm
    if length is not None and source.random() < 0.5:
        length -= 20 if length > 60 else -20
    elif weight is not None:
        weight += 10 if weight < 12 else -5
    return Weighing(
        weighing.on, weight, length, weighing.position, weighing.muac_cm, weighing.head_cm, weighing.oedema
    )
