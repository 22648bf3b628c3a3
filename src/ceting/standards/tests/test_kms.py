"""The growth card: B, O, N, T, two T in a row, the lines, and the children who come every second month."""

import math
from datetime import date, timedelta
from uuid import UUID

import pytest

from ceting.standards.kms import (
    GainSinceLast,
    MonthlyWeighing,
    MonthStatus,
    ReferReason,
    above_orange_line,
    below_red_line,
    gain_since_last,
    minimum_gain_g,
    monthly_status,
    must_refer,
)
from ceting.standards.sex import Sex

BORN = date(2025, 6, 10)


def weighing(
    on: date, weight_kg: float, *, professional: bool = True, flagged: bool = False, key: int = 0
) -> MonthlyWeighing:
    return MonthlyWeighing(
        on=on, weight_kg=weight_kg, professional=professional, flagged=flagged, id=key or on.toordinal()
    )


def codes(*weighings: MonthlyWeighing, sex: int = 2, born: date = BORN) -> list[str | None]:
    statuses = monthly_status(sex, born, weighings)
    return [statuses[one.id].code for one in weighings]


@pytest.mark.parametrize(
    ("sex", "months", "grams"),
    [
        (1, 1, 800), (1, 2, 900), (1, 3, 800), (1, 4, 600), (1, 5, 500), (1, 6, 400), (1, 7, 400), (1, 8, 300),
        (1, 11, 300), (1, 12, 200), (1, 59, 200), (1, 60, 200),
        (2, 1, 800), (2, 2, 900), (2, 6, 400), (2, 7, 300), (2, 10, 300), (2, 11, 200), (2, 60, 200),
    ],
)  # fmt: skip
def test_the_minimum_gain_by_age_and_sex(sex: int, months: int, grams: int) -> None:
    assert minimum_gain_g(sex, months) == grams


def test_a_child_under_one_month_is_held_to_the_first_row_of_the_table() -> None:
    assert minimum_gain_g(Sex.GIRL, 0) == minimum_gain_g(Sex.GIRL, 1) == 800


@pytest.mark.parametrize("months", [-1, 61])
def test_an_age_outside_the_table_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match="month"):
        minimum_gain_g(Sex.BOY, months)


def test_an_unknown_sex_is_refused() -> None:
    with pytest.raises(ValueError, match="3 is not a valid Sex"):
        minimum_gain_g(3, 5)


def test_the_first_weighing_ever_is_b_and_birth_weight_is_no_part_of_it() -> None:
    found = monthly_status(2, BORN, [weighing(date(2025, 7, 15), 4.2)])
    assert list(found.values()) == [MonthStatus("B", None, None, two_t=False, counted=True)]


@pytest.mark.parametrize(("kg", "code"), [(7.799, "T"), (7.8, "N"), (7.801, "N"), (7.5, "T"), (7.2, "T")])
def test_a_gain_of_at_least_the_minimum_is_n_and_anything_less_is_t(kg: float, code: str) -> None:
    # Six months and five days old: a girl must gain 400 g; 7.8 - 7.4 isn't quite 0.4 in floating point.
    assert codes(weighing(date(2025, 11, 15), 7.4), weighing(date(2025, 12, 15), kg)) == ["B", code]


def test_the_gain_and_its_minimum_are_told_in_grams() -> None:
    last = weighing(date(2025, 12, 15), 7.3)
    found = monthly_status(2, BORN, [weighing(date(2025, 11, 15), 7.4), last])[last.id]
    assert (found.gain_g, found.minimum_gain_g) == (-100, 400)


def test_the_minimum_is_that_of_the_full_months_on_the_day_of_weighing() -> None:
    day_before, birthday = weighing(date(2025, 12, 9), 7.4), weighing(date(2025, 12, 10), 7.4)
    before = weighing(date(2025, 11, 15), 7.0)
    assert monthly_status(2, BORN, [before, day_before])[day_before.id].minimum_gain_g == 500
    assert monthly_status(2, BORN, [before, birthday])[birthday.id].minimum_gain_g == 400


def test_a_child_who_was_not_weighed_last_month_is_o_however_much_she_gained() -> None:
    assert codes(weighing(date(2025, 10, 31), 7.0), weighing(date(2025, 12, 1), 9.0)) == ["B", "O"]


def test_last_month_is_the_calendar_month_however_near_or_far_the_days_are() -> None:
    assert codes(weighing(date(2025, 11, 30), 7.0), weighing(date(2025, 12, 1), 7.0)) == ["B", "T"]
    assert codes(weighing(date(2025, 11, 1), 7.0), weighing(date(2025, 12, 31), 7.5)) == ["B", "N"]
    assert codes(weighing(date(2025, 12, 31), 7.0), weighing(date(2026, 1, 1), 7.5)) == ["B", "N"]


def test_of_several_weighings_in_a_month_the_last_unflagged_professional_one_counts() -> None:
    november = weighing(date(2025, 11, 15), 7.0)
    first, counted = weighing(date(2025, 12, 3), 6.0), weighing(date(2025, 12, 20), 7.5)
    typo = weighing(date(2025, 12, 21), 75.0, flagged=True)
    home = weighing(date(2025, 12, 28), 8.0, professional=False)
    found = monthly_status(2, BORN, [november, first, counted, typo, home])
    assert found[counted.id].code == "N"
    for other in (first, typo, home):
        assert found[other.id] == MonthStatus(None, None, None, two_t=False, counted=False)


def test_of_two_weighings_on_one_day_the_later_id_counts() -> None:
    day = date(2025, 12, 3)
    found = monthly_status(
        2,
        BORN,
        [weighing(day, 7.5, key=3), weighing(day, 7.9, key=20), weighing(date(2025, 11, 15), 7.4, key=9)],
    )
    assert (found[3].code, found[20].code) == (None, "N")


def test_ids_may_be_uuids() -> None:
    earlier, later = UUID(int=5), UUID(int=6)
    rows = [
        MonthlyWeighing(date(2025, 12, 3), kg, professional=True, flagged=False, id=key)
        for kg, key in ((7.5, later), (7.9, earlier))
    ]
    found = monthly_status(2, BORN, rows)
    assert (found[earlier].code, found[later].code) == (None, "B")


def test_a_familys_own_entry_never_counts_and_fills_no_month() -> None:
    assert codes(
        weighing(date(2025, 10, 15), 7.0, professional=False),
        weighing(date(2025, 11, 15), 7.2),
        weighing(date(2025, 12, 15), 7.6, professional=False),
        weighing(date(2026, 1, 15), 8.0),
    ) == [None, "B", None, "O"]


def test_a_month_with_only_a_doubtful_weight_is_a_month_not_weighed() -> None:
    assert codes(
        weighing(date(2025, 11, 15), 7.2),
        weighing(date(2025, 12, 15), 76.0, flagged=True),
        weighing(date(2026, 1, 15), 8.0),
    ) == ["B", None, "O"]


def test_from_sixty_months_on_a_weighing_no_longer_counts() -> None:
    born = date(2021, 1, 15)
    assert codes(
        weighing(date(2025, 11, 15), 15.0),
        weighing(date(2025, 12, 15), 15.3),
        weighing(date(2026, 1, 14), 15.6),
        weighing(date(2026, 1, 15), 16.0),
        born=born,
    ) == ["B", "N", "N", None]


def months(*kg: float | None) -> list[MonthlyWeighing]:
    """One weighing on the 20th of each month from December 2025 on; None for a month not weighed."""
    days = [date(2025 + (11 + i) // 12, (11 + i) % 12 + 1, 20) for i in range(len(kg))]
    return [weighing(day, value) for day, value in zip(days, kg, strict=True) if value is not None]


def two_ts(*kg: float | None) -> list[tuple[str | None, bool]]:
    rows = months(*kg)
    found = monthly_status(2, BORN, rows)
    return [(found[one.id].code, found[one.id].two_t) for one in rows]


def test_two_t_in_a_row_are_2t_and_a_third_stays_so() -> None:
    assert two_ts(7.0, 7.0, 7.1, 7.1) == [("B", False), ("T", False), ("T", True), ("T", True)]


def test_an_n_between_two_t_resets_the_count() -> None:
    assert two_ts(7.0, 7.0, 8.0, 8.0) == [("B", False), ("T", False), ("N", False), ("T", False)]


def test_an_o_between_two_t_neither_counts_nor_resets() -> None:
    assert two_ts(7.0, 7.0, None, 7.0, 7.0) == [("B", False), ("T", False), ("O", False), ("T", True)]


def test_an_o_after_two_t_is_not_itself_2t() -> None:
    assert two_ts(7.0, 7.0, 7.0, None, 7.0)[-1] == ("O", False)


def test_a_weighing_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before birth"):
        monthly_status(2, BORN, [weighing(BORN - timedelta(days=1), 3.0)])


@pytest.mark.parametrize("kg", [0.0, -1.0, math.nan, math.inf])
def test_a_weight_that_is_none_is_refused(kg: float) -> None:
    with pytest.raises(ValueError, match="isn't a weight"):
        monthly_status(2, BORN, [weighing(date(2025, 12, 1), kg)])


def test_two_weighings_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        monthly_status(
            2, BORN, [weighing(date(2025, 12, 1), 7, key=1), weighing(date(2025, 11, 1), 7, key=1)]
        )


@pytest.mark.parametrize(
    ("waz", "below", "above"),
    [
        (-3.01, True, False), (-3.0, False, False), (-2.99, False, False), (-3.004, False, False),
        (-3.006, True, False), (0.99, False, False), (1.0, False, False), (1.01, False, True),
        (1.004, False, False), (1.006, False, True),
        (None, None, None), (math.nan, None, None),
    ],
)  # fmt: skip
def test_the_red_line_is_minus_three_and_the_orange_line_plus_one(
    waz: float | None, below: bool | None, above: bool | None
) -> None:
    assert below_red_line(waz) is below
    assert above_orange_line(waz) is above


def status(code: str, *, two_t: bool = False) -> MonthStatus:
    return MonthStatus(code, 0, 200, two_t=two_t, counted=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "waz", "reasons"),
    [
        (status("N"), 0.0, ()),
        (status("O"), None, ()),
        (status("B"), -3.1, (ReferReason.BELOW_RED_LINE,)),
        (status("T"), 0.0, (ReferReason.NO_GAIN,)),
        (status("T"), None, (ReferReason.NO_GAIN,)),
        (status("N"), 1.2, (ReferReason.ABOVE_ORANGE_LINE,)),
        (
            status("T", two_t=True),
            -3.2,
            (ReferReason.NO_GAIN, ReferReason.NO_GAIN_TWICE, ReferReason.BELOW_RED_LINE),
        ),
    ],
)
def test_a_child_is_referred_for_t_2t_below_red_or_above_orange(
    state: MonthStatus, waz: float | None, reasons: tuple[ReferReason, ...]
) -> None:
    assert must_refer(state, waz) == reasons


def test_a_child_who_comes_every_second_month_is_judged_by_the_sum_of_the_minimum_gains() -> None:
    rows = months(7.0, None, 7.5, None, 7.9)
    found = gain_since_last(2, BORN, rows)
    # Girl, 6 months in December: 7 and 8 months need 300 + 300 g, 9 and 10 months 300 + 300 g.
    assert rows[0].id not in found
    assert found[rows[1].id] == GainSinceLast(
        since=date(2025, 12, 20), months=2, gain_g=500, minimum_gain_g=600
    )
    assert not found[rows[1].id].enough
    assert found[rows[2].id].minimum_gain_g == 600
    assert [monthly_status(2, BORN, rows)[one.id].code for one in rows] == ["B", "O", "O"]


@pytest.mark.parametrize(("kg", "enough"), [(7.599, False), (7.6, True), (7.601, True)])
def test_exactly_the_sum_is_enough(kg: float, enough: bool) -> None:
    rows = months(7.0, None, kg)
    assert gain_since_last(2, BORN, rows)[rows[1].id].enough is enough


def test_after_one_month_both_rules_ask_for_the_same_gain() -> None:
    rows = [weighing(date(2025, 12, 1), 7.0), weighing(date(2026, 1, 31), 7.4)]
    since = gain_since_last(2, BORN, rows)[rows[1].id]
    assert since.minimum_gain_g == monthly_status(2, BORN, rows)[rows[1].id].minimum_gain_g == 300


def test_a_gap_that_completes_no_month_of_age_still_asks_for_one_minimum() -> None:
    # Born on the 31st: weighed on 31 January and 1 March, one completed month (28 February) in between.
    rows = [weighing(date(2026, 1, 31), 3.2), weighing(date(2026, 3, 1), 4.0)]
    since = gain_since_last(1, date(2026, 1, 31), rows)[rows[1].id]
    assert (since.months, since.minimum_gain_g) == (2, 800)
