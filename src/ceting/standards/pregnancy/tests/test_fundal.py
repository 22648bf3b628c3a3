"""Fundal height and fetal heart: at, just below and just above every bound."""

from dataclasses import replace

import pytest

from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.fundal import (
    FundalHeight,
    HeartRate,
    expected_height,
    judge_heart,
    judge_height,
    landmark,
)
from ceting.standards.pregnancy.limits import default_limits
from ceting.standards.pregnancy.portions import portions
from ceting.standards.pregnancy.values import PregnancyValueError

LIMITS = default_limits()


def weeks(number: int, days: int = 0) -> GestationalAge:
    return GestationalAge(number * 7 + days)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (weeks(19, 6), None), (weeks(20), (18, 22)), (weeks(28, 6), (26, 30)), (weeks(40, 6), (38, 42)),
        (weeks(41), None),
    ],
)  # fmt: skip
def test_the_height_in_cm_is_the_weeks_two_less_to_two_more(
    age: GestationalAge, expected: tuple[int, int] | None
) -> None:
    assert expected_height(age) == expected


@pytest.mark.parametrize(
    ("cm", "age", "judged"),
    [
        (25.9, weeks(28), FundalHeight.SMALL), (26, weeks(28), FundalHeight.EXPECTED),
        (26.1, weeks(28), FundalHeight.EXPECTED), (29.9, weeks(28, 6), FundalHeight.EXPECTED),
        (30, weeks(28), FundalHeight.EXPECTED), (30.1, weeks(28), FundalHeight.LARGE),
        (15, weeks(23, 6), None), (15, weeks(24), FundalHeight.SMALL), (30, weeks(36, 6), FundalHeight.SMALL),
        (30, weeks(37), None), (12, weeks(14), None),
    ],
)  # fmt: skip
def test_a_height_is_judged_from_24_to_36_weeks(
    cm: float, age: GestationalAge, judged: FundalHeight | None
) -> None:
    assert judge_height(cm, age) is judged


@pytest.mark.parametrize(
    ("week", "place"),
    [
        (11, None), (12, "tepat di atas simfisis"), (16, "antara simfisis dan pusat"), (20, "setinggi pusat"),
        (22, "setinggi pusat"), (23, None), (28, "3 jari di atas pusat"), (36, "setinggi prosesus xifoideus"),
    ],
)  # fmt: skip
def test_the_place_of_the_fundus_has_words_at_the_weeks_of_the_book(week: int, place: str | None) -> None:
    assert landmark(weeks(week)) == place


@pytest.mark.parametrize(
    ("beats", "rate", "with_120"),
    [
        (109, HeartRate.SLOW, HeartRate.SLOW), (110, HeartRate.NORMAL, HeartRate.SLOW),
        (119, HeartRate.NORMAL, HeartRate.SLOW), (120, HeartRate.NORMAL, HeartRate.NORMAL),
        (121, HeartRate.NORMAL, HeartRate.NORMAL), (159, HeartRate.NORMAL, HeartRate.NORMAL),
        (160, HeartRate.NORMAL, HeartRate.NORMAL), (161, HeartRate.FAST, HeartRate.FAST),
    ],
)  # fmt: skip
def test_a_heart_is_normal_from_110_or_120_to_160_and_the_record_says_which(
    beats: int, rate: HeartRate, with_120: HeartRate
) -> None:
    found = judge_heart(beats, LIMITS)
    assert (found.rate, found.least, found.most) == (rate, 110, 160)
    strict = judge_heart(beats, replace(LIMITS, fetal_heart_least=120))
    assert (strict.rate, strict.least) == (with_120, 120)


def test_impossible_readings_are_refused_in_words() -> None:
    for cm in (4.9, 60.1):
        with pytest.raises(PregnancyValueError, match=r"fundal\.bounds"):
            judge_height(cm, weeks(28))
    for beats in (29, 251):
        with pytest.raises(PregnancyValueError) as refused:
            judge_heart(beats, LIMITS)
        assert refused.value.sentence.startswith("Denyut jantung janin harus antara 30 dan 250 kali/menit")


def test_the_plate_grows_by_one_portion_of_the_staple_after_the_first_trimester() -> None:
    first, second, third = portions(1), portions(2), portions(3)
    assert second == third
    assert [(early.code, later.portions - early.portions) for early, later in zip(first, third, strict=True)] == [
        ("staple", 1), ("animal_protein", 0), ("plant_protein", 0), ("vegetables", 0), ("fruit", 0), ("fat", 0),
        ("sugar", 0),
    ]  # fmt: skip
    assert (first[0].portions, first[0].one_portion) == (5, "100 g / 3/4 gelas nasi")
