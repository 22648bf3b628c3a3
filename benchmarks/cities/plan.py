"""How large a city is. The same plan on the same day gives the same people."""

import random
from dataclasses import dataclass
from datetime import date

import numpy as np

from ceting.standards.ages import add_months

PUSKESMAS = 24
PER_POSYANDU = 60
"""Children under five who belong to one posyandu."""
FIVE_YEARS = 60


@dataclass(frozen=True)
class CityPlan:
    """`children` are those under five today; as many have grown out of it as `months` of history bring along."""

    today: date
    children: int = 175_000
    pregnancies: int = 20_000
    months: int = FIVE_YEARS
    seed: int = 20_261_124

    @property
    def posyandu(self) -> int:
        return max(self.children // PER_POSYANDU, 1)

    @property
    def per_posyandu(self) -> int:
        """Everybody who was weighed there in these months."""
        return round(self.children / self.posyandu * (FIVE_YEARS + self.months) / FIVE_YEARS)

    def pregnancies_of(self, number: int) -> int:
        """Spread evenly over the posyandu."""
        return (number + 1) * self.pregnancies // self.posyandu - number * self.pregnancies // self.posyandu

    def mornings(self, number: int) -> list[date]:
        """The days on which a posyandu weighed, the oldest first."""
        day = 4 + number % 20
        first = self.today.replace(day=1)
        days = [add_months(first, -back).replace(day=day) for back in range(self.months, -1, -1)]
        return [on for on in days if on <= self.today][-self.months :]

    def chance(self, number: int, what: str) -> random.Random:
        """A source of its own for each posyandu, so that nothing depends on who made it first."""
        return random.Random(f"{self.seed} {what} {number}")

    def numbers(self, number: int) -> np.random.Generator:
        return np.random.default_rng((self.seed, number))
