"""Rules.md, section 6: at, just below and just above every threshold. Rows aren't saved: no database."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from ceting.care.measurements.assessment import Series, latest
from ceting.care.measurements.attention import REASONS, SWALLOWS, attention_to
from ceting.care.measurements.models import Attention, LatestGrowth, Measurement, Source
from ceting.registry.families.models import Child, Sex
from ceting.standards.ages import add_months

BORN = date(2025, 1, 10)


def a_child(**more: Any) -> Child:
    return Child(name="Aisyah", sex=Sex.GIRL, birth_date=BORN, **more)


def a_row(months: int = 12, *, days: int = 0, **values: Any) -> Measurement:
    """A row at an age in completed months; `w`, `l`, `f`, `h` are the z-scores of weight, length, both and head."""
    names = {"w": "zwei", "l": "zlen", "f": "zwfl", "b": "zbmi", "h": "zhc", "a": "zac"}
    given = {names.get(name, name): value for name, value in values.items()}
    on = add_months(BORN, months) + timedelta(days=days)
    return Measurement(
        measured_on=on,
        age_days=(on - BORN).days,
        **{"source": Source.VOLUNTEER, "below_red_line": given.get("zwei", 0) < -3, **given},
    )


def reasons(*rows: Measurement, **child: Any) -> list[str]:
    return attention_to(a_child(**child), rows)[1]


SAME_DAY, HIGH, MEDIUM, ROUTINE = Attention.SAME_DAY, Attention.HIGH, Attention.MEDIUM, Attention.ROUTINE


@pytest.mark.parametrize(
    ("values", "expected", "level"),
    [
        # Weight for length.
        ({"f": -3.01}, ["severely_wasted"], SAME_DAY),
        ({"f": -3.0}, ["wasted"], HIGH),
        ({"f": -2.01}, ["wasted"], HIGH),
        ({"f": -2.0}, [], Attention.NONE),
        ({"f": 1.0}, [], Attention.NONE),
        ({"f": 1.01}, ["overweight_risk"], ROUTINE),
        ({"f": 3.0}, ["overweight_risk"], ROUTINE),
        ({"f": 3.01}, ["obese"], MEDIUM),
        ({"f": -3.01, "months": 5}, ["infant_wasted"], SAME_DAY),
        ({"f": -3.0, "months": 5}, ["wasted"], HIGH),
        # Weight for age: over +1 alone opens nothing.
        ({"w": -3.01}, ["severely_underweight"], HIGH),
        ({"w": -3.0}, ["underweight"], MEDIUM),
        ({"w": -2.01}, ["underweight"], MEDIUM),
        ({"w": -2.0}, [], Attention.NONE),
        ({"w": 1.5}, [], Attention.NONE),
        # Length for age.
        ({"l": -3.01}, ["severely_short"], MEDIUM),
        ({"l": -3.0}, ["short"], MEDIUM),
        ({"l": -2.01}, ["short"], MEDIUM),
        ({"l": -2.0}, [], Attention.NONE),
        ({"l": 3.5}, [], Attention.NONE),
        # Mid-upper-arm circumference, 6 to 59 completed months.
        ({"muac_cm": Decimal("11.4")}, ["muac_red"], SAME_DAY),
        ({"muac_cm": Decimal("11.5")}, ["muac_yellow"], MEDIUM),
        ({"muac_cm": Decimal("12.4")}, ["muac_yellow"], MEDIUM),
        ({"muac_cm": Decimal("12.45")}, ["muac_yellow"], MEDIUM),
        ({"muac_cm": Decimal("12.5")}, [], Attention.NONE),
        ({"muac_cm": Decimal("11.0"), "months": 6, "days": -1}, [], Attention.NONE),
        ({"muac_cm": Decimal("11.0"), "months": 6}, ["muac_red"], SAME_DAY),
        ({"muac_cm": Decimal("11.0"), "months": 60, "days": -1}, ["muac_red"], SAME_DAY),
        ({"muac_cm": Decimal("11.0"), "months": 60}, [], Attention.NONE),
        # Oedema, at any age of the under-fives.
        ({"oedema": True}, ["oedema"], SAME_DAY),
        ({"oedema": True, "months": 3}, ["oedema"], SAME_DAY),
        ({"oedema": True, "months": 60}, [], Attention.NONE),
        # Head.
        ({"h": -2.0}, [], Attention.NONE),
        ({"h": -2.01}, ["head"], MEDIUM),
        ({"h": 2.0}, [], Attention.NONE),
        ({"h": 2.01}, ["head"], MEDIUM),
        # Gain.
        ({"status": "N"}, [], Attention.NONE),
        ({"status": "B"}, [], Attention.NONE),
        ({"status": "T"}, ["not_gained"], ROUTINE),
        ({"status": "T", "two_t": True}, ["two_t"], MEDIUM),
        (
            {"status": "T", "two_t": True, "w": -3.01},
            ["severely_underweight", "two_t_below_red_line"],
            HIGH,
        ),
        ({"status": "T", "months": 5}, ["infant_not_gaining"], HIGH),
        ({"status": "T", "months": 6}, ["not_gained"], ROUTINE),
        # Implausible: on the low side measure again now, whatever the index; on the high side at the next session.
        ({"w": -6.01, "flags": "w"}, ["measure_again"], SAME_DAY),
        ({"l": -6.01, "flags": "l"}, ["measure_again"], SAME_DAY),
        ({"f": -5.01, "flags": "f"}, ["measure_again"], SAME_DAY),
        ({"h": -5.01, "flags": "h"}, ["measure_again"], SAME_DAY),
        ({"w": 5.01, "flags": "w"}, ["implausible"], ROUTINE),
        ({"l": 6.01, "flags": "l"}, ["implausible"], ROUTINE),
        # Any flag beside a danger: now.
        ({"l": 6.01, "flags": "l", "oedema": True}, ["measure_again", "oedema"], SAME_DAY),
        (
            {"l": 6.01, "flags": "l", "muac_cm": Decimal("11.4")},
            ["measure_again", "muac_red"],
            SAME_DAY,
        ),
        ({"l": 6.01, "flags": "l", "muac_cm": Decimal("11.5")}, ["muac_yellow", "implausible"], MEDIUM),
        # Nothing was measured that says something.
        ({}, [], Attention.NONE),
    ],
)
def test_every_threshold_falls_on_its_own_side(
    values: dict[str, Any], expected: list[str], level: Attention
) -> None:
    assert attention_to(a_child(), [a_row(**values)]) == (level, expected)


def test_a_child_without_rows_has_no_reason_and_stands_nowhere() -> None:
    assert attention_to(a_child(), []) == (Attention.NONE, [])
    assert latest(Series(a_child(), [])) is None


@pytest.mark.parametrize(
    ("first", "then", "still"),
    [
        ({"f": -3.5, "l": 0.0, "w": -2.5}, {"w": -1.0}, ["severely_wasted"]),
        ({"l": -2.5, "w": 0.0}, {"w": 0.0}, ["short"]),
        ({"muac_cm": Decimal("11.0")}, {"w": 0.0, "l": 0.0, "f": 0.0}, ["muac_red"]),
        ({"oedema": True}, {"w": 0.0}, ["oedema"]),
        ({"h": -2.5}, {"w": 0.0, "l": 0.0, "f": 0.0}, ["head"]),
        ({"f": -5.5, "flags": "f", "w": -1.0, "l": 0.0}, {"w": -1.0}, ["measure_again"]),
    ],
)
def test_missing_data_clears_nothing(first: dict[str, Any], then: dict[str, Any], still: list[str]) -> None:
    assert reasons(a_row(12, **first), a_row(13, **then)) == still


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"f": -2.5}, {"f": -1.0}),
        ({"l": -2.5}, {"l": -1.9}),
        ({"muac_cm": Decimal("11.5")}, {"muac_cm": Decimal("12.5")}),
        ({"h": -2.5}, {"h": -1.0}),
        ({"w": 5.5, "flags": "w"}, {"w": 0.0}),
        ({"w": -6.5, "f": -5.5, "flags": "wf"}, {"w": 0.0, "f": 0.0}),
        ({"status": "T"}, {"status": "N"}),
    ],
)
def test_a_complete_sound_measurement_by_a_kader_or_health_worker_clears_its_reason(
    first: dict[str, Any], then: dict[str, Any]
) -> None:
    assert reasons(a_row(12, **first))
    assert reasons(a_row(13, **then), a_row(12, **first)) == []


@pytest.mark.parametrize("then", [{"w": 0.0}, {"w": 0.0, "l": 0.0, "f": 0.0}])
def test_a_scale_at_home_never_clears_what_a_kader_found(then: dict[str, Any]) -> None:
    found = a_row(12, w=-2.5, l=-2.5, f=-2.5)
    at_home = a_row(13, source=Source.FAMILY, **then)
    assert reasons(found, at_home) == ["wasted", "short", "underweight"]


def test_an_implausible_weight_never_clears_what_a_sound_one_found() -> None:
    assert reasons(a_row(12, w=-2.5), a_row(13, w=5.5, flags="w")) == ["underweight", "implausible"]


def test_a_light_weight_at_home_is_a_reason_and_a_short_length_at_home_only_asks_for_a_new_one() -> None:
    assert reasons(a_row(12, source=Source.FAMILY, w=-3.2)) == ["severely_underweight"]
    assert reasons(a_row(12, source=Source.FAMILY, l=-3.2, f=-3.5)) == ["home_length"]
    assert reasons(a_row(12, l=0.0), a_row(13, source=Source.FAMILY, l=-3.2)) == ["home_length"]


@pytest.mark.parametrize(
    ("birth_kg", "day", "kg", "expected"),
    [
        # A newborn may lose a tenth in her first ten days, and no gram beyond.
        ("3.000", 5, "2.700", []),
        ("3.000", 5, "2.699", ["infant_losing"]),
        ("3.000", 10, "2.700", []),
        ("3.000", 11, "2.999", ["infant_losing"]),
        ("3.000", 11, "3.000", []),
        (None, 11, "2.500", []),
    ],
)
def test_a_newborn_lighter_than_at_birth_is_seen_the_same_day(
    birth_kg: str | None, day: int, kg: str, expected: list[str]
) -> None:
    weight = None if birth_kg is None else Decimal(birth_kg)
    assert reasons(a_row(0, days=day, weight_kg=Decimal(kg)), birth_weight_kg=weight) == expected


@pytest.mark.parametrize(
    ("months", "kg", "expected"),
    [(5, "6.0", []), (5, "5.999", ["infant_losing"]), (6, "5.999", [])],
)
def test_an_infant_who_loses_weight_is_seen_the_same_day(months: int, kg: str, expected: list[str]) -> None:
    before = a_row(4, weight_kg=Decimal("6.0"))
    assert reasons(before, a_row(months, weight_kg=Decimal(kg))) == expected


def test_a_home_weight_is_no_base_to_say_that_an_infant_lost() -> None:
    at_home = a_row(3, source=Source.FAMILY, weight_kg=Decimal("7.5"))
    assert reasons(a_row(2, weight_kg=Decimal("5.0")), at_home, a_row(4, weight_kg=Decimal("6.0"))) == []


def test_a_child_who_comes_every_second_month_is_judged_by_all_the_months_between() -> None:
    enough = [
        a_row(10, status="B", weight_kg=Decimal("8.0")),
        a_row(12, status="O", weight_kg=Decimal("8.6")),
    ]
    too_little = [
        a_row(10, status="B", weight_kg=Decimal("8.0")),
        a_row(12, status="O", weight_kg=Decimal("8.2")),
    ]
    assert reasons(*enough) == []
    assert reasons(*too_little) == ["not_gained_since_last"]


def test_the_last_weight_is_never_one_from_home() -> None:
    rows = [
        a_row(12, weight_kg=Decimal("8.0"), lenhei_cm=Decimal("72.0"), w=0.0),
        a_row(13, weight_kg=Decimal("8.9"), source=Source.FAMILY, w=0.0),
    ]
    stands = latest(Series(a_child(), rows))
    assert stands is not None
    assert (stands.measured_on, stands.weighed_on) == (rows[1].measured_on, rows[0].measured_on)
    assert (stands.weight_kg, stands.lenhei_cm) == (Decimal("8.0"), Decimal("72.0"))


def test_the_order_of_the_rows_doesnt_matter() -> None:
    rows = [a_row(10, l=-2.5, w=-1.0), a_row(11, w=-2.5), a_row(12, w=6.0, flags="w")]
    assert reasons(*rows) == reasons(*rows[::-1]) == ["short", "underweight", "implausible"]


def test_the_longest_list_of_reasons_fits_its_column() -> None:
    # One of each kind at most; an infant's arm isn't judged, only an infant's loss is.
    kinds = [
        ("oedema", "recovering"),
        ("infant_wasted", "severely_wasted", "wasted", "obese", "overweight_risk"),
        ("severely_underweight", "underweight"),
        ("severely_short", "short", "home_length"),
        ("measure_again", "implausible"),
        ("two_t_below_red_line", "two_t", "not_gained", "not_gained_since_last"),
        ("head",),
    ]
    by_age = [("infant_losing", "infant_not_gaining"), ("muac_red", "muac_yellow")]
    assert {reason for kind in (*kinds, *by_age) for reason in kind} == set(REASONS)
    longest = max(
        len(" ".join(reasons))
        for only in by_age
        for reasons in product(*(longest_of(k) for k in (*kinds, only)))
    )
    room = LatestGrowth._meta.get_field("reasons").max_length
    assert room is not None
    assert longest <= room


def longest_of(kind: tuple[str, ...]) -> tuple[str, ...]:
    return (max(kind, key=len),)


def test_a_graver_reason_that_swallows_a_milder_one_is_at_least_as_urgent() -> None:
    for graver, milder in SWALLOWS.items():
        assert all(REASONS[graver] >= REASONS[each] for each in milder)
