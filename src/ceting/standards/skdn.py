"""SKDN: how many children of a posyandu are registered, have a book, were weighed and gained in a month.

Sources: `tables/skdn.csv`, F1 report format. N/D has two official denominators (CONFLICT): both are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ceting.standards.kms import StatusCode


class Denominator(StrEnum):
    """What N is divided by; a setting of the puskesmas, default D - O - B."""

    WEIGHED = "D"
    WEIGHED_TWICE = "D-O-B"


class SkdnError(ValueError):
    """Counts that contradict one another: D must be N + T + O + B."""


@dataclass(frozen=True)
class MonthlyRow:
    """One child in one month.

    `registered`: 0-59 months on the session date and registered at this posyandu; otherwise a guest, who is
    counted at home. `weighed`: has a weighing that counts officially; then `status` says B, O, N or T.
    """

    registered: bool
    has_kia_book: bool
    weighed: bool
    status: StatusCode | None
    bgm: bool
    two_t: bool


@dataclass(frozen=True)
class Skdn:
    """The counts of one month and their ratios in percent (None where the denominator is 0).

    Raises SkdnError when D isn't N + T + O + B, whether counted here or typed from a paper report.
    """

    S: int
    K: int
    D: int
    N: int
    T: int
    O: int  # noqa: E741 (the official letter)
    B: int
    BGM: int
    two_t: int
    guests: int = 0
    denominator: Denominator = Denominator.WEIGHED_TWICE

    def __post_init__(self) -> None:
        if self.D != self.N + self.T + self.O + self.B:
            raise SkdnError(
                f"D = {self.D} but N + T + O + B = {self.N} + {self.T} + {self.O} + {self.B}"
                f" = {self.N + self.T + self.O + self.B}"
            )

    @property
    def absent(self) -> int:
        """K - D, item 8 of the F1 report; negative where children without a book were weighed."""
        return self.K - self.D

    @property
    def k_s(self) -> float | None:
        """K/S: reach of the programme."""
        return percent(self.K, self.S)

    @property
    def d_s(self) -> float | None:
        """D/S: participation."""
        return percent(self.D, self.S)

    @property
    def d_k(self) -> float | None:
        """D/K: continuity."""
        return percent(self.D, self.K)

    @property
    def n_d_weighed(self) -> float | None:
        """N/D over all who were weighed."""
        return percent(self.N, self.D)

    @property
    def n_d_weighed_twice(self) -> float | None:
        """N/(D-O-B) over those who could be judged."""
        return percent(self.N, self.D - self.O - self.B)

    @property
    def n_d(self) -> float | None:
        """N/D by the denominator that the puskesmas chose."""
        if self.denominator is Denominator.WEIGHED:
            return self.n_d_weighed
        return self.n_d_weighed_twice

    @property
    def n_s(self) -> float | None:
        """N/S: success among all registered."""
        return percent(self.N, self.S)

    @property
    def bgm_d(self) -> float | None:
        """BGM/D: share of the weighed below the red line."""
        return percent(self.BGM, self.D)


def summarise(rows: Iterable[MonthlyRow], *, denominator: Denominator = Denominator.WEIGHED_TWICE) -> Skdn:
    """Count one month. Raises SkdnError when a weighed child has no status, or one not weighed has one."""
    given = list(rows)
    mine = [row for row in given if row.registered]
    weighed = [row for row in mine if row.weighed]
    statuses = [row.status for row in mine]
    return Skdn(
        S=len(mine),
        K=sum(row.has_kia_book for row in mine),
        D=len(weighed),
        N=statuses.count("N"),
        T=statuses.count("T"),
        O=statuses.count("O"),
        B=statuses.count("B"),
        BGM=sum(row.bgm for row in weighed),
        two_t=sum(row.two_t for row in weighed),
        guests=sum(row.weighed for row in given if not row.registered),
        denominator=denominator,
    )


def percent(part: int, whole: int) -> float | None:
    """`part` of `whole` in percent; None when `whole` is 0."""
    return None if whole == 0 else 100 * part / whole
