"""Gizi buruk ends after two visits running at which everything that showed it has recovered, and never at home."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from ceting.care.measurements.models import Source
from ceting.care.measurements.tests.test_assessment import a_row, reasons

GOES_ON = "recovering"
WASTED, THIN_ARM, SWOLLEN = {"f": -3.01}, {"muac_cm": Decimal("11.4")}, {"oedema": True}
GOOD = {"w": 0.0, "l": 0.0, "f": -2.0, "muac_cm": Decimal("12.5")}


def after(admitted: dict[str, Any], *visits: dict[str, Any]) -> list[str]:
    rows = [a_row(12, **admitted), *(a_row(13 + number, **visit) for number, visit in enumerate(visits))]
    return reasons(*rows)


@pytest.mark.parametrize("admitted", [WASTED, THIN_ARM, SWOLLEN])
def test_one_good_visit_is_not_enough_and_two_are(admitted: dict[str, Any]) -> None:
    assert after(admitted, GOOD) == [GOES_ON]
    assert after(admitted, GOOD, GOOD) == []


@pytest.mark.parametrize(
    ("admitted", "between"),
    [
        # Just below, at the second of the two.
        (WASTED, {**GOOD, "f": -2.01}),
        (THIN_ARM, {**GOOD, "muac_cm": Decimal("12.4")}),
        # Not measured at it: missing data isn't normal.
        (WASTED, {"w": 0.0, "muac_cm": Decimal("12.5")}),
        (THIN_ARM, {"w": 0.0, "l": 0.0, "f": 0.0}),
        (SWOLLEN, {"w": 0.0}),
        # Doubted.
        (SWOLLEN, {"w": 5.5, "l": 0.0, "flags": "w"}),
        (SWOLLEN, {"w": 0.0, "l": 6.5, "flags": "l"}),
        (WASTED, {**GOOD, "f": 5.5, "flags": "f"}),
    ],
)
def test_the_two_visits_must_run_on(admitted: dict[str, Any], between: dict[str, Any]) -> None:
    assert GOES_ON in after(admitted, GOOD, between)
    assert GOES_ON in after(admitted, GOOD, between, GOOD)
    assert GOES_ON not in after(admitted, GOOD, between, GOOD, GOOD)


def test_every_index_that_showed_it_must_recover() -> None:
    arm, weight = {"muac_cm": Decimal("13.0")}, {"w": 0.0, "l": 0.0, "f": 0.0}
    both = {**WASTED, **THIN_ARM}
    assert after(both, arm, arm) == ["severely_wasted"]
    assert after(both, arm, weight, arm, weight) == [GOES_ON]
    assert after(both, {**arm, **weight}, {**arm, **weight}) == []
    assert after(THIN_ARM, arm, arm) == []


def test_a_relapse_begins_anew_and_is_called_by_its_own_name() -> None:
    assert after(WASTED, GOOD, WASTED) == ["severely_wasted"]
    assert after(WASTED, GOOD, WASTED, GOOD) == [GOES_ON]


def test_a_scale_at_home_never_ends_it_and_interrupts_nothing() -> None:
    at_home = {**GOOD, "source": Source.FAMILY}
    assert after(WASTED, at_home, at_home) == ["severely_wasted"]
    assert after(WASTED, GOOD, at_home, GOOD) == []


def test_two_rows_of_one_day_are_one_visit() -> None:
    rows = [a_row(12, **THIN_ARM), a_row(13, w=0.0, l=0.0, f=0.0), a_row(13, muac_cm=Decimal("12.5"))]
    assert reasons(*rows) == [GOES_ON]
    assert reasons(*rows, a_row(14, **GOOD)) == []


def test_the_order_in_which_the_visits_arrive_doesnt_matter() -> None:
    rows = [a_row(12, **WASTED), a_row(13, **GOOD), a_row(14, **THIN_ARM), a_row(15, **GOOD)]
    assert {tuple(reasons(*each)) for each in permutations(rows)} == {(GOES_ON,)}
