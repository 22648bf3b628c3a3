"""Weight gain: the classes of the BMI, the corridor at its corners, and a gain at, below and above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.values import PregnancyValueError
from ceting.standards.pregnancy.weight_gain import Gain, bmi_class, bmi_classes, book_minimum, corridor, judge

DAYS = st.integers(0, 307)
CLASSES = st.sampled_from(bmi_classes())


@pytest.mark.parametrize(
    ("bmi", "code"),
    [
        (10, "IMT_KURUS"), (18.49, "IMT_KURUS"), (18.5, "IMT_NORMAL"), (18.51, "IMT_NORMAL"),
        (24.99, "IMT_NORMAL"), (25, "IMT_GEMUK"), (25.01, "IMT_GEMUK"), (29.99, "IMT_GEMUK"),
        (30, "IMT_OBESITAS"), (30.01, "IMT_OBESITAS"), (60, "IMT_OBESITAS"),
    ],
)  # fmt: skip
def test_the_classes_are_half_open(bmi: float, code: str) -> None:
    assert bmi_class(bmi).code == code


@pytest.mark.parametrize("bmi", [0, -1, float("nan"), float("inf")])
def test_a_bmi_that_is_none_is_refused(bmi: float) -> None:
    with pytest.raises(PregnancyValueError, match=r"bmi\.bounds"):
        bmi_class(bmi)


@pytest.mark.parametrize(
    ("code", "total", "per_week"),
    [
        ("IMT_KURUS", (12.5, 18), (0.44, 0.58)),
        ("IMT_NORMAL", (11.5, 16), (0.35, 0.5)),
        ("IMT_GEMUK", (7, 11.5), (0.23, 0.33)),
        ("IMT_OBESITAS", (5, 9), (0.17, 0.27)),
    ],
)
def test_totals_and_weekly_bands_are_those_of_iom(
    code: str, total: tuple[float, float], per_week: tuple[float, float]
) -> None:
    found = next(each for each in bmi_classes() if each.code == code)
    assert (found.total, found.per_week, found.first_trimester) == (total, per_week, (0.5, 2.0))


def test_the_corridor_starts_at_nothing_and_turns_at_13_weeks() -> None:
    normal = bmi_class(22)
    assert corridor(normal, 0) == (0, 0)
    assert corridor(normal, 91) == (0.5, 2.0)
    assert corridor(normal, 98) == pytest.approx((0.85, 2.5))
    assert corridor(normal, 280) == pytest.approx((0.5 + 27 * 0.35, 2 + 27 * 0.5))
    assert corridor(normal, 308) == corridor(normal, 280)


@given(CLASSES)
def test_the_corridor_ends_near_the_total(bmi_range: object) -> None:
    # IOM rounds weeks and totals apart: the widest gap is 1.55 kg, at the low end of a normal BMI.
    low, high = corridor(bmi_range, 280)  # type: ignore[arg-type]
    assert (low, high) == pytest.approx(bmi_range.total, abs=1.6)  # type: ignore[attr-defined]


@given(CLASSES, DAYS)
def test_the_corridor_never_jumps_or_falls_and_low_is_never_above_high(bmi_range: object, day: int) -> None:
    low, high = corridor(bmi_range, day)  # type: ignore[arg-type]
    next_low, next_high = corridor(bmi_range, day + 1)  # type: ignore[arg-type]
    assert low <= high
    assert 0 <= next_low - low < 0.1
    assert 0 <= next_high - high < 0.1


@pytest.mark.parametrize(
    ("day", "kg", "gain"),
    [
        (91, 0.4, Gain.LOW), (91, 0.5, Gain.ENOUGH), (91, 0.6, Gain.ENOUGH),
        (91, 1.9, Gain.ENOUGH), (91, 2.0, Gain.ENOUGH), (91, 2.1, Gain.HIGH),
        # 161 days: ten weeks beyond 13, 0.5 + 3.5 to 2 + 5.
        (161, 3.9, Gain.LOW), (161, 4.0, Gain.ENOUGH), (161, 7.0, Gain.ENOUGH), (161, 7.1, Gain.HIGH),
        # 24 weeks: 0.5 + 11 x 0.35 is 4.35, shown as 4.4.
        (168, 4.34, Gain.LOW), (168, 4.35, Gain.ENOUGH), (20, -1.5, Gain.LOW), (0, 0, Gain.ENOUGH),
    ],
)  # fmt: skip
def test_a_gain_on_the_bound_is_enough(day: int, kg: float, gain: Gain) -> None:
    assert judge(bmi_class(22), day, kg).gain is gain


def test_a_judgement_says_what_it_was_judged_by() -> None:
    found = judge(bmi_class(22), 161, 62.4 - 58.6)
    assert (found.gained_kg, found.low_kg, found.high_kg) == (3.8, 4.0, 7.0)


def test_a_day_before_the_pregnancy_is_refused() -> None:
    with pytest.raises(PregnancyValueError, match=r"gain\.before_start"):
        judge(bmi_class(22), -1, 0)


def test_the_book_asks_for_nine_kilos_and_one_a_month() -> None:
    assert (book_minimum().total_kg, book_minimum().month_kg) == (9, 1)
