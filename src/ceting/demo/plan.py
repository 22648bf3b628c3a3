"""How large a demo is. Everything else follows from the seed and the day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPlan:
    """Sizes of a generated puskesmas; the same plan on the same day gives the same people."""

    families: int = 600
    posyandu: int = 12
    months: int = 24
    seed: int = 2019
    """February 2019 is when the programme began."""

    def __post_init__(self) -> None:
        if self.families < 1 or not 2 <= self.posyandu <= 20 or not 1 <= self.months <= 60:
            raise ValueError("a demo has 1+ families, 2-20 posyandu and 1-60 months")
