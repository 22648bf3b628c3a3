"""KSPR: points, groups, what is never counted twice, and every factor that follows from what is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.levels import Level, level_of
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.facts import Facts, Known, reason_sentence
from ceting.standards.pregnancy.kspr import (
    factor,
    factors,
    group_of,
    known_factors,
    reason,
    risk_group,
    score,
)
from ceting.standards.pregnancy.limits import default_limits
from ceting.standards.pregnancy.nutrition import anaemia
from ceting.standards.pregnancy.pressure import judge
from ceting.standards.sources import TableError

LIMITS = default_limits()
CODES = [each.code for each in factors()]
FIRST = Facts(gravida=1)
SETS = st.sets(st.sampled_from(CODES))


def codes(facts: Facts) -> list[str]:
    return [known.code for known in known_factors(facts, LIMITS)]


def test_every_factor_is_four_points_and_the_gravest_are_eight() -> None:
    assert {each.code for each in factors() if each.points == 8} == {"10", "17", "18", "19", "20"}
    assert {each.points for each in factors()} == {4, 8}
    assert (factor("10").group, factor("11a").group, factor("19").group) == ("I", "II", "III")


@pytest.mark.parametrize(
    ("found", "total", "group"),
    [
        ((), 2, "KRR"), (("7",), 6, "KRT"), (("10",), 10, "KRT"), (("7", "8"), 10, "KRT"),
        (("7", "10"), 14, "KRST"), (("7", "7"), 6, "KRT"), (("2b", "6"), 6, "KRT"), (("6",), 6, "KRT"),
        (("2b",), 6, "KRT"), (("9a", "9b", "9c"), 14, "KRST"),
    ],
)  # fmt: skip
def test_a_score_starts_at_two_and_counts_each_factor_once(
    found: tuple[str, ...], total: int, group: str
) -> None:
    result = score(found)
    assert (result.total, result.group.code) == (total, group)
    assert 2 + sum(each.points for each in result.counted) == total


@pytest.mark.parametrize(
    ("total", "group"),
    [(2, "KRR"), (5, "KRR"), (6, "KRT"), (10, "KRT"), (11, "KRT"), (12, "KRST"), (90, "KRST")],
)
def test_groups_begin_at_two_six_and_twelve(total: int, group: str) -> None:
    assert risk_group(total).code == group


def test_a_sum_below_the_start_is_none() -> None:
    with pytest.raises(ValueError, match="starts at 2"):
        risk_group(1)


def test_groups_have_their_colour_place_and_urgency() -> None:
    assert [risk_group(total).colour for total in (2, 6, 12)] == ["hijau", "kuning", "merah"]
    assert risk_group(12).place == "RS, dokter/SpOG"
    assert group_of("KRST") == risk_group(12)
    assert [level_of(risk_group(total).code) for total in (2, 6, 12)] == [None, Level.SEDANG, Level.TINGGI]


def test_an_unknown_factor_is_an_error() -> None:
    with pytest.raises(TableError, match="21"):
        score(["21"])


@given(SETS, SETS)
def test_a_score_never_decreases_over_a_pregnancy(before: set[str], later: set[str]) -> None:
    assert score(before | later).total >= score(before).total


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(), []),
        (replace(FIRST, age_years=16), ["1"]),
        (replace(FIRST, age_years=15), ["1"]),
        (replace(FIRST, age_years=17), []),
        (Facts(gravida=2, age_years=16), []),
        (replace(FIRST, years_married=3), []),
        (replace(FIRST, years_married=4), ["2a"]),
        (replace(FIRST, years_married=5), ["2a"]),
        (Facts(gravida=2, years_married=9), []),
        (replace(FIRST, age_years=34), []),
        (replace(FIRST, age_years=35), ["2b"]),
        (replace(FIRST, age_years=36), ["2b"]),
        (Facts(gravida=3, age_years=34), []),
        (Facts(gravida=3, age_years=35), ["6"]),
        (Facts(age_years=36), ["6"]),
        (Facts(months_since_birth=23), ["3"]),
        (Facts(months_since_birth=24), []),
        (Facts(months_since_birth=119), []),
        (Facts(months_since_birth=120), ["4"]),
        (Facts(births=3), []),
        (Facts(births=4), ["5"]),
        (Facts(births=5), ["5"]),
        (Facts(height_cm=144.9), ["7"]),
        (Facts(height_cm=145), ["7"]),
        (Facts(height_cm=145.1), []),
        (Facts(losses=0), []),
        (Facts(losses=1), ["8"]),
        (Facts(fetuses=1), []),
        (Facts(fetuses=2), ["13"]),
        (Facts(bleeding=True), ["19"]),
        (Facts(convulsion=True), ["20"]),
        (Facts(age=GestationalAge(293)), []),
        (Facts(age=GestationalAge(294)), ["16"]),
        (Facts(age=GestationalAge(223), presentation="breech"), []),
        (Facts(age=GestationalAge(224), presentation="breech"), ["17"]),
        (Facts(age=GestationalAge(224), presentation="transverse"), ["18"]),
        (Facts(age=GestationalAge(280), presentation="head"), []),
        (Facts(presentation="breech"), []),
    ],
)
def test_a_factor_follows_from_what_is_known_and_from_nothing_else(facts: Facts, found: list[str]) -> None:
    assert codes(facts) == found


@pytest.mark.parametrize(("hb", "found"), [(10.4, ["11a"]), (10.5, []), (10.6, [])])
def test_an_anaemia_of_its_trimester_is_a_factor(hb: float, found: list[str]) -> None:
    assert codes(Facts(hb=hb, anaemia=anaemia(hb, 2, LIMITS))) == found


@pytest.mark.parametrize(
    ("systolic", "swelling", "protein", "found"),
    [
        (139, True, False, []), (140, True, False, ["12"]), (140, False, False, []), (159, True, True, ["12"]),
        (160, False, False, []), (160, False, True, ["20"]), (160, True, True, ["12", "20"]),
    ],
)  # fmt: skip
def test_swelling_or_protein_with_a_high_pressure_are_factors(
    systolic: int, swelling: bool, protein: bool, found: list[str]
) -> None:
    facts = Facts(pressure=judge(systolic, 80), swelling=swelling, urine_protein=protein)
    assert codes(facts) == found


def test_the_height_that_counts_as_short_is_a_setting() -> None:
    facts = Facts(height_cm=147)
    assert known_factors(facts, LIMITS) == ()
    assert [each.code for each in known_factors(facts, replace(LIMITS, short_mother_cm=147))] == ["7"]


def test_every_known_factor_has_its_reason_in_words() -> None:
    facts = Facts(
        age_years=36, gravida=6, births=5, losses=1, months_since_birth=130, height_cm=143.5, hb=9.8,
        anaemia=anaemia(9.8, 3, LIMITS), pressure=judge(165, 100), swelling=True, urine_protein=True,
        bleeding=True, fetuses=2, presentation="breech", age=GestationalAge(296),
    )  # fmt: skip
    assert [(known.code, reason(known)) for known in known_factors(facts, LIMITS)] == [
        ("4", "Hamil lagi 10 tahun sesudah kelahiran terakhir"),
        ("5", "Sudah melahirkan 5 kali"),
        ("6", "Umur 36 tahun"),
        ("7", "Tinggi badan 143,5 cm"),
        ("8", "Pernah gagal hamil 1 kali"),
        ("11a", "Hb 9,8 g/dL"),
        ("12", "Bengkak, dan tekanan darah 165/100"),
        ("13", "Janin 2"),
        ("16", "Umur kehamilan 42 minggu 2 hari"),
        ("17", "Letak sungsang pada 42 minggu 2 hari"),
        ("19", "Perdarahan dilaporkan"),
        ("20", "Kejang, atau tekanan darah darurat dengan protein urin"),
    ]


def test_a_reason_without_its_data_is_an_error() -> None:
    with pytest.raises(TableError, match="height"):
        reason_sentence("kspr", Known("7"))


def test_a_sexual_disease_is_never_filled_from_anything_known() -> None:
    everything = Facts(urine_protein=True, convulsion=True, bleeding=True, swelling=True, losses=3)
    assert "11d" not in codes(everything)
