"""The quick estimate is so near that the exact formula, asked where there is doubt, is never missed."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceting.standards.growth import chunk, exact, zscores
from ceting.standards.growth.buffers import Buffers
from ceting.standards.growth.children import find_children
from ceting.standards.growth.columns import Columns
from ceting.standards.growth.indicators import BMI_FOR_AGE, INDICES, LENGTH_FOR_AGE, WEIGHT_FOR_LENHEI, Index
from ceting.standards.growth.layouts import MARGIN, power_by_day, power_by_length
from ceting.standards.growth.tables import table

GRID = np.linspace(-3, 3, 61)


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.z)
def test_inside_three_the_estimate_of_every_row_of_every_table_is_four_times_nearer_than_its_margin(
    index: Index,
) -> None:
    worst = 0.0
    children = 0
    for given_columns, parameters in every_row(index):
        b = Buffers(len(given_columns))
        with np.errstate(all="ignore"):
            find_children(given_columns, b)
            if index.needs[0] == "weight":
                chunk.ln_measure(chunk.WEIGHT_FOR_AGE, given_columns, b)
            chunk.estimate(index, given_columns, b)
            rows = np.arange(len(given_columns))
            y = chunk.measures(index, rows, given_columns, b)
            truth = exact.z_scores(y, parameters, np.full(len(y), index.restricted))
        estimated = np.isfinite(b.a)  # the others are the millimetres that are left to the exact formula
        worst = max(worst, np.abs(b.a / 100 - truth)[estimated].max())
        children += np.count_nonzero(estimated)
    assert children > 100_000
    assert worst < MARGIN / 4


def every_row(index: Index) -> Iterator[tuple[Columns, np.ndarray]]:
    """Children at each z of the grid in each row of the index's table, and their exact L, M, S."""
    if index.table is None:
        for code, day in (("wfl", 400.0), ("wfh", 1200.0)):
            for inside in (0.0, 0.04, 0.5, 0.97):
                source = table(code)
                x = np.arange(source.first * 10, source.last * 10) / 10 + inside / 10
                for sex in (1, 2):
                    parameters = np.array([source.at(sex, length) for length in x])
                    yield spread(index, sex, np.full(len(x), day), x, parameters)
        return
    source = table(index.table)
    days = np.arange(source.first, source.last + 1, dtype=float)
    for sex in (1, 2):
        for length in (46.3, 83.0, 117.9) if index is BMI_FOR_AGE else (80.0,):
            yield spread(index, sex, days, np.full(len(days), length), source.rows[sex - 1])


def spread(
    index: Index, sex: int, days: np.ndarray, lengths: np.ndarray, parameters: np.ndarray
) -> tuple[Columns, np.ndarray]:
    n, times = len(days), len(GRID)
    parameters = np.repeat(parameters, times, axis=0)
    power, m, s = parameters.T
    y = m * (1 + power * s * np.tile(GRID, n)) ** (1 / power)
    columns = {"lenhei": np.repeat(lengths, times)}
    if index is LENGTH_FOR_AGE:
        columns["lenhei"] = y
    elif index is BMI_FOR_AGE:
        columns["weight"] = y * (columns["lenhei"] / 100) ** 2
    else:
        columns[index.measure] = y
    return Columns(sex=np.full(n * times, float(sex)), age_days=np.repeat(days, times), **columns), parameters


def test_the_polynomials_end_with_an_even_power_so_that_a_far_child_is_never_estimated_near() -> None:
    layouts = [power_by_length()]
    layouts += [
        power_by_day(index.table, index.measure) for index in INDICES if index.restricted and index.table
    ]
    for layout in layouts:
        assert len(layout.polynomial) % 2 == 1
        u = np.linspace(-60, 60, 20_001)
        assert np.all(np.diff(u * np.polyval(np.array(layout.polynomial, dtype=float), u)) > 0)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_no_answer_changes_when_every_child_is_computed_exactly(seed: int) -> None:
    columns = children_on_the_edge(np.random.default_rng(seed), 5000)
    quick = zscores(**columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunk, "DOUBT", -1.0)
        careful = zscores(**columns)
    for name, column in careful.items():
        assert np.array_equal(quick[name], column, equal_nan=True), name


def test_the_careful_way_really_computes_every_child_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    rounded_scores = exact.rounded_scores
    monkeypatch.setattr(
        exact, "rounded_scores", lambda y, *rest: counts.append(len(y)) or rounded_scores(y, *rest)
    )
    columns = {"sex": np.ones(1000), "age_days": np.full(1000, 400.0), "weight": np.linspace(7, 13, 1000)}
    zscores(**columns)
    assert 1 <= counts[0] < 100
    monkeypatch.setattr(chunk, "DOUBT", -1.0)
    zscores(**columns)
    assert counts[1] == 1000


def children_on_the_edge(random: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    """Children with measures within a few bits of where the second decimal changes, or where a rule does."""
    sex = random.integers(1, 3, n).astype(float)
    day = random.integers(0, 1827, n).astype(float)
    lenhei = random.uniform(44, 121, n)
    tenths = random.random(n) < 0.5
    lenhei[tenths] = lenhei[tenths].round(1)
    columns = {
        "sex": sex,
        "age_days": day + random.choice([0, 0.25, 0.49999, 0.5, -0.5], n),
        "measure": random.choice(["l", "h", "", "L", "H"], n),
        "lenhei": np.where(random.random(n) < 0.3, on_the_edge(random, "lhfa", sex, day), lenhei),
        "oedema": random.random(n) < 0.05,
    }
    codes = {"weight": "wfa", "headc": "hcfa", "armc": "acfa", "triskin": "tsfa", "subskin": "ssfa"}
    for measure, code in codes.items():
        columns[measure] = on_the_edge(random, code, sex, day)
    by_mass = random.random(n) < 0.3
    mass = on_the_edge(random, "bmifa", sex, day)[by_mass]
    columns["weight"][by_mass] = mass * (columns["lenhei"][by_mass] / 100) ** 2
    by_length = random.random(n) < 0.3
    columns["weight"][by_length] = on_the_edge(random, "wfl", sex, (columns["lenhei"] - 45) * 10)[by_length]
    for measure in (*codes, "lenhei"):
        columns[measure][random.random(n) < 0.05] = random.choice([np.nan, 0, -1, np.inf, 1e-6, 1e6])
    return columns


def on_the_edge(random: np.random.Generator, code: str, sex: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Measures a few bits around a z that ends in 5 thousandths, or is a whole number."""
    source = table(code)
    row = np.clip(row - (source.first if source.rows_per_unit == 1 else 0), 0, source.rows.shape[1] - 1)
    power, m, s = source.rows[sex.astype(int) - 1, row.astype(int)].T
    z = random.integers(-700, 700, len(sex)) / 100 + random.choice([0.005, 0, 0.0050001, 0.00499], len(sex))
    near = m * (1 + power * s * np.clip(z, -3, 3)) ** (1 / power)
    two, three = (m * (1 + power * s * sd * np.sign(z)) ** (1 / power) for sd in (2, 3))
    step = np.abs(three - two)
    y = near + np.where(np.abs(z) > 3, (np.abs(z) - 3) * np.sign(z) * step, 0)
    for _ in range(int(random.integers(0, 4))):
        y = np.nextafter(y, random.choice([-np.inf, np.inf], len(y)))
    return y


def test_weight_for_length_uses_the_millimetre_that_floating_point_says() -> None:
    # 103.1 - 0.7 is 102.39999999999999, and 10x + 1 rounds up past 1024: the reference looks at 102.5, not at 102.4.
    scores = zscores(sex=[1.0], age_days=[1543.05], weight=[16.33], lenhei=[103.1], measure=["l"])
    parameters = exact.parameters_by_length(np.array([(2 * 1 + 1) * 1202 + 1023]), np.array([103.1 - 0.7]))
    assert parameters[0, 1] == pytest.approx(table("wfh").rows[0, 1025 - 650, 1], abs=1e-9)
    assert scores["zwfl"].tolist() == pytest.approx([exact_z(parameters, 16.33)])
    assert WEIGHT_FOR_LENHEI.z in scores


def exact_z(parameters: np.ndarray, y: float) -> float:
    return exact.rounded_scores(np.array([y]), parameters, np.array([True]))[0].item()
