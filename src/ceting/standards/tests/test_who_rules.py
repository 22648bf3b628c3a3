"""The WHO rules that the doctor signs are the ones that the growth code follows."""

import pytest

from ceting.standards import sources
from ceting.standards.growth import x_range
from ceting.standards.growth.indicators import (
    INDICES,
    POSITION_DIFFERENCE,
    STANDING_ALLOWED_FROM,
    STANDING_FROM_DAY,
)


def rule(name: str) -> str:
    return sources.row("who_flags_and_rules", "rule", name)["value"]


@pytest.mark.parametrize(
    ("name", "z"),
    [
        ("flag BB/U", "zwei"),
        ("flag PB/U TB/U", "zlen"),
        ("flag BB/PB BB/TB", "zwfl"),
        ("flag IMT/U", "zbmi"),
        ("flag LK/U", "zhc"),
        ("flag LILA/U, TSF/U, SSF/U", "zac"),
        ("flag LILA/U, TSF/U, SSF/U", "zts"),
        ("flag LILA/U, TSF/U, SSF/U", "zss"),
    ],
)
def test_the_flag_limits_on_the_sheet_are_those_of_the_growth_code(name: str, z: str) -> None:
    index = next(one for one in INDICES if one.z == z)
    assert rule(name) == f"z<{index.lowest:g} or z>{index.highest:g}"


def test_the_corrections_on_the_sheet_are_those_of_the_growth_code() -> None:
    assert rule("PB/TB correction age<24mo measured standing") == f"+{POSITION_DIFFERENCE} cm"
    assert rule("PB/TB correction age>=24mo measured lying") == f"-{POSITION_DIFFERENCE} cm"
    assert rule("correction boundary") == f"rounded day {STANDING_FROM_DAY}"
    assert f"standing below 9 months ({STANDING_ALLOWED_FROM} days)" in {
        row["rule"] for row in sources.rows("who_flags_and_rules")
    }


def test_the_restricted_indices_on_the_sheet_are_those_of_the_growth_code() -> None:
    restricted = {index.z for index in INDICES if index.restricted}
    assert {"zwei", "zwfl", "zbmi", "zac"} <= restricted
    assert not {"zlen", "zhc"} & restricted


def test_the_ranges_of_weight_for_length_and_height_on_the_sheet_are_those_of_the_tables() -> None:
    length, height = x_range("wfl"), x_range("wfh")
    assert (
        rule("BB/TB table range")
        == f"{length[0]:g}-{length[1]:g} cm length / {height[0]:g}-{height[1]:g} cm height"
    )
