"""The growth card against a second, plainly written implementation, for any history in any order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ceting.standards import sources
from ceting.standards.kms import MonthlyWeighing, WeighingKey, gain_since_last, monthly_status

BORN = st.dates(date(2019, 1, 1), date(2024, 12, 31))
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1950),
        st.integers(2000, 25000),
        st.sampled_from([True, True, True, False]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=30,
)


def history(born: date, rows: list[tuple[int, int, bool, bool]]) -> list[MonthlyWeighing]:
    return [
        MonthlyWeighing(born + timedelta(days=days), grams / 1000, professional, flagged, key)
        for key, (days, grams, professional, flagged) in enumerate(rows)
    ]


def months_old(born: date, on: date) -> int:
    """Count birthdays of the month, one by one."""
    count, year, month = 0, born.year, born.month
    while True:
        month += 1
        if month == 13:
            year, month = year + 1, 1
        following = date(year + month // 12, month % 12 + 1, 1)
        day = min(born.day, (following - timedelta(days=1)).day)
        if date(year, month, day) > on:
            return count
        count += 1


def by_the_book(
    sex: int, born: date, weighings: list[MonthlyWeighing]
) -> dict[WeighingKey, tuple[str | None, bool]]:
    """The rule as a person would do it with a register: month after month, looking back one month."""
    kbm = {(row["sex"], int(row["age_month"])): int(row["kbm_gram_per_month"]) for row in sources.rows("kbm")}
    letter = "LP"[sex - 1]
    result: dict[WeighingKey, tuple[str | None, bool]] = {one.id: (None, False) for one in weighings}
    register: dict[tuple[int, int], MonthlyWeighing] = {}
    year, month = born.year, born.month
    t_run = 0
    for _ in range(12 * 7):
        candidates = [
            one
            for one in weighings
            if (one.on.year, one.on.month) == (year, month)
            and one.professional
            and not one.flagged
            and months_old(born, one.on) < 60
        ]
        if candidates:
            mine = max(candidates, key=lambda one: (one.on, one.id))
            last_month = register.get((year, month - 1) if month > 1 else (year - 1, 12))
            if not register:
                code = "B"
            elif last_month is None:
                code = "O"
            else:
                need = kbm[letter, max(1, months_old(born, mine.on))]
                gained = round(mine.weight_kg * 1000) - round(last_month.weight_kg * 1000)
                code = "N" if gained >= need else "T"
            t_run = t_run + 1 if code == "T" else 0 if code == "N" else t_run
            result[mine.id] = (code, code == "T" and t_run >= 2)
            register[year, month] = mine
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return result


@given(st.sampled_from([1, 2]), BORN, ROWS)
def test_it_agrees_with_the_rule_done_by_hand(
    sex: int, born: date, rows: list[tuple[int, int, bool, bool]]
) -> None:
    weighings = history(born, rows)
    found = {key: (s.code, s.two_t) for key, s in monthly_status(sex, born, weighings).items()}
    assert found == by_the_book(sex, born, weighings)


@given(st.sampled_from([1, 2]), BORN, ROWS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_status(sex, born, rows, random) -> None:  # type: ignore[no-untyped-def]
    weighings = history(born, rows)
    shuffled = weighings.copy()
    random.shuffle(shuffled)
    assert monthly_status(sex, born, shuffled) == monthly_status(sex, born, weighings)
    assert gain_since_last(sex, born, shuffled) == gain_since_last(sex, born, weighings)


@given(st.sampled_from([1, 2]), BORN, ROWS)
def test_there_is_one_b_at_most_one_status_a_month_and_a_code_for_exactly_what_counts(
    sex: int, born: date, rows: list[tuple[int, int, bool, bool]]
) -> None:
    weighings = history(born, rows)
    found = monthly_status(sex, born, weighings)
    counted = [one for one in weighings if found[one.id].counted]
    assert len({(one.on.year, one.on.month) for one in counted}) == len(counted)
    assert all((found[one.id].code is not None) is found[one.id].counted for one in weighings)
    assert [found[one.id].code for one in counted].count("B") == (1 if counted else 0)
    assert not any(found[one.id].counted for one in weighings if one.flagged or not one.professional)


@given(st.sampled_from([1, 2]), BORN, ROWS)
def test_the_gain_since_the_last_weighing_agrees_with_the_official_one_after_a_month(
    sex: int, born: date, rows: list[tuple[int, int, bool, bool]]
) -> None:
    weighings = history(born, rows)
    official = monthly_status(sex, born, weighings)
    for key, since in gain_since_last(sex, born, weighings).items():
        if since.months == 1:
            assert (since.gain_g, since.minimum_gain_g) == (
                official[key].gain_g,
                official[key].minimum_gain_g,
            )
            assert since.enough is (official[key].code == "N")
        else:
            assert official[key].code == "O"
            assert since.minimum_gain_g > 0
