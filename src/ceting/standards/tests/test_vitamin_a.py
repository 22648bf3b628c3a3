"""February and August: blue from six months, red from the first birthday, nothing from the fifth."""

from datetime import date

import pytest

from ceting.standards.vitamin_a import Capsule, capsule_due

FEBRUARY = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("birth", "capsule"),
    [
        (date(2025, 8, 13), None),
        (date(2025, 8, 12), Capsule.BLUE),
        (date(2025, 2, 13), Capsule.BLUE),
        (date(2025, 2, 12), Capsule.RED),
        (date(2021, 2, 13), Capsule.RED),
        (date(2021, 2, 12), None),
        (date(2026, 2, 13), None),
    ],
)
def test_the_age_on_the_day_decides_the_colour(birth: date, capsule: Capsule | None) -> None:
    assert capsule_due(birth, FEBRUARY) is capsule


@pytest.mark.parametrize("month", [1, 3, 7, 9, 11])
def test_other_months_give_no_capsule(month: int) -> None:
    assert capsule_due(date(2024, 6, 1), date(2026, month, 12)) is None


def test_august_gives_one_too() -> None:
    assert capsule_due(date(2024, 6, 1), date(2026, 8, 31)) is Capsule.RED
