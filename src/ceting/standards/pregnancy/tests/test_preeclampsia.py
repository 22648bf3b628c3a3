"""The screen for pre-eclampsia: what makes it positive, and every item that follows from what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.facts import Facts
from ceting.standards.pregnancy.preeclampsia import Screen, item, items, known_items, reason, screen
from ceting.standards.pregnancy.pressure import judge
from ceting.standards.sources import TableError

CODES = [each.code for each in items()]
NEGATIVE, POSITIVE = Screen


@pytest.mark.parametrize(
    ("found", "result", "moderate", "high"),
    [
        ((), NEGATIVE, 0, 0), (("older",), NEGATIVE, 1, 0), (("older", "older"), NEGATIVE, 1, 0),
        (("older", "obesity"), POSITIVE, 2, 0), (("older", "obesity", "map"), POSITIVE, 3, 0),
        (("kidney",), POSITIVE, 0, 1), (("kidney", "older"), POSITIVE, 1, 1), (("map",), NEGATIVE, 1, 0),
        (("map", "proteinuria"), POSITIVE, 2, 0),
    ],
)  # fmt: skip
def test_two_moderate_items_or_one_high_item_are_positive(
    found: tuple[str, ...], result: Screen, moderate: int, high: int
) -> None:
    counted = screen(found)
    assert (counted.screen, counted.moderate, counted.high) == (result, moderate, high)


def test_seven_items_are_moderate_seven_high_and_two_are_measured() -> None:
    assert [sum(each.group == group for each in items()) for group in ("moderate", "high", "physical")] == [
        7,
        7,
        2,
    ]


def test_an_unknown_item_is_an_error() -> None:
    with pytest.raises(TableError, match="smoking"):
        screen(["smoking"])
    with pytest.raises(TableError, match="smoking"):
        item("smoking")


@given(st.sets(st.sampled_from(CODES)), st.sampled_from(CODES))
def test_a_further_item_never_makes_a_screen_negative(found: set[str], another: str) -> None:
    assert screen({*found, another}).screen is POSITIVE or screen(found).screen is NEGATIVE


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(), []), (Facts(age_years=35), []), (Facts(age_years=36), ["older"]),
        (Facts(gravida=1), ["first_birth"]), (Facts(gravida=2, births=0), ["first_birth"]),
        (Facts(gravida=2, births=1), []), (Facts(months_since_birth=120), []),
        (Facts(months_since_birth=121), ["long_interval"]), (Facts(bmi=30), []), (Facts(bmi=30.01), ["obesity"]),
        (Facts(fetuses=2), ["multiple"]), (Facts(pressure=judge(120, 75)), []),
        (Facts(pressure=judge(121, 75)), ["map"]), (Facts(urine_protein=True), ["proteinuria"]),
    ],
)  # fmt: skip
def test_an_item_follows_from_what_is_known_and_from_nothing_else(facts: Facts, found: list[str]) -> None:
    assert [known.code for known in known_items(facts)] == found


def test_every_known_item_has_its_reason_in_words() -> None:
    facts = Facts(
        age_years=40, gravida=1, months_since_birth=132, bmi=31.25, fetuses=2, pressure=judge(130, 90),
        urine_protein=True,
    )  # fmt: skip
    assert [reason(known) for known in known_items(facts)] == [
        "Umur 40 tahun", "Belum pernah melahirkan", "Hamil lagi 11 tahun sesudah kelahiran terakhir",
        "IMT sebelum hamil 31,25", "Janin 2", "MAP 103,3 mmHg", "Protein urin positif",
    ]  # fmt: skip
