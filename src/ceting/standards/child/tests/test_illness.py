"""Signs since the last visit, which of them are danger signs at which age; and days of food."""

from datetime import date, timedelta

import pytest

from ceting.standards.ages import add_months
from ceting.standards.child import food_days
from ceting.standards.child.illness import Weight, danger_signs, label_of, signs_at
from ceting.standards.sources import TableError

BORN = date(2026, 3, 10)


@pytest.mark.parametrize(("days", "newborn"), [(0, True), (28, True), (29, False), (400, False)])
def test_a_newborn_is_asked_about_other_signs_until_28_days(days: int, newborn: bool) -> None:
    codes = {sign.code for sign in signs_at(BORN, BORN + timedelta(days=days))}
    assert ("N_TALI_PUSAT" in codes) is newborn
    assert ("TIDAK_MINUM" in codes) is not newborn


def test_danger_signs_come_first() -> None:
    weights = [sign.weight for sign in signs_at(BORN, add_months(BORN, 12))]
    assert weights == sorted(weights, key=lambda weight: weight is not Weight.DANGER)
    assert Weight.WATCH in weights


@pytest.mark.parametrize(("months", "days", "danger"), [(2, -1, True), (2, 0, False), (2, 1, False)])
def test_any_fever_under_two_months_is_a_danger_sign(months: int, days: int, danger: bool) -> None:
    on = add_months(BORN, months) + timedelta(days=days)
    assert bool(danger_signs(["DEMAM"], BORN, on)) is danger


def test_a_cough_is_watched_and_a_convulsion_is_a_danger() -> None:
    found = danger_signs(["BATUK_PILEK", "KEJANG"], BORN, add_months(BORN, 12))
    assert [sign.label for sign in found] == ["Kejang"]


def test_a_sign_of_the_first_month_stays_one_when_it_is_told_later() -> None:
    assert danger_signs(["N_KEJANG"], BORN, add_months(BORN, 12))


def test_an_unknown_sign_is_an_error() -> None:
    with pytest.raises(TableError):
        label_of("XYZ")
    with pytest.raises(TableError):
        danger_signs(["XYZ"], BORN, BORN)
    with pytest.raises(ValueError, match="before birth"):
        signs_at(BORN, BORN - timedelta(days=1))


@pytest.mark.parametrize(("code", "days"), [("GIZI_KURANG", 56), ("BB_KURANG", 14), ("TIDAK_NAIK", 14)])
def test_days_of_food_by_reason(code: str, days: int) -> None:
    assert food_days.reason_of(code).days == days
    assert not food_days.standing(code, days - 1).complete
    assert food_days.standing(code, days).complete
    assert food_days.standing(code, days + 1).remaining == 0
    assert food_days.standing(code, 0).remaining == days


def test_food_for_no_known_reason_or_less_than_no_day_is_an_error() -> None:
    with pytest.raises(TableError):
        food_days.reason_of("XYZ")
    with pytest.raises(ValueError, match="less than"):
        food_days.standing("BB_KURANG", -1)
    assert [reason.code for reason in food_days.reasons()] == ["GIZI_KURANG", "BB_KURANG", "TIDAK_NAIK"]
