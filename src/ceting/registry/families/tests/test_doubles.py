"""The nightly look: whom it finds, whom it leaves in peace, and that it looks only at what changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.doubles import look_for_doubles, say_two_children
from ceting.registry.families.home_operations import change_caregiver
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.models import (
    Child,
    LikelyPair,
    PairReason,
    PairStrength,
    TwoChildren,
    Unlooked,
)
from ceting.registry.families.operations import change_child
from ceting.registry.families.pairing import slips
from tests.cast import BOY, GIRL, Cast, nik_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BORN = date(2025, 3, 12)


def one(cast: Cast, name: str, **more: Any) -> Child:
    """A girl of Ibu Yanti, born on 12 March 2025, unless said otherwise."""
    return cast.child(name, **{"sex": GIRL, "birth_date": BORN, **more})


def tonight() -> list[tuple[str, str, str]]:
    """(name, name, reason) of every pair after the nightly look."""
    look_for_doubles()
    waiting = LikelyPair.objects.waiting().strongest_first().select_related("first", "second")
    return [(pair.first.name, pair.second.name, pair.reason) for pair in waiting]


def reason(cast: Cast, **other: Any) -> str | None:
    """Why Nabila Rahma and another one may be the same."""
    one(cast, "Nabila Rahma")
    one(cast, **{"name": "Nabila Rahma", **other})
    found = tonight()
    assert len(found) <= 1
    return found[0][2] if found else None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, PairReason.SAME),
        ({"name": "Nabilah Rahma"}, PairReason.MOTHER),
        ({"name": "Nabila"}, PairReason.MOTHER),
        ({"name": "By. Ny. Yanti"}, PairReason.UNNAMED),
        ({"birth_date": "2025-12-03"}, PairReason.DATE),
        ({"birth_date": "2025-03-17"}, PairReason.DATE),
        ({"birth_date": "2024-03-12"}, PairReason.DATE),
        ({"mother": None}, PairReason.NAME),
        ({"mother": "Ibu Rosna"}, PairReason.NAME),
        ({"sex": BOY}, PairReason.SEX),
        ({"birth_date": "2025-03-20"}, None),
        ({"birth_date": "2025-12-03", "name": "Nabila"}, None),
        ({"birth_date": "2025-12-03", "mother": "Ibu Rosna"}, None),
        ({"name": "By. Ny. Yanti", "sex": BOY}, None),
        ({"name": "Annisa"}, None),
    ],
)
def test_what_two_records_share_is_the_reason(cast: Cast, other: dict[str, Any], why: str | None) -> None:
    assert reason(cast, **other) == why


def test_the_same_nik_is_enough(cast: Cast) -> None:
    nik = nik_of(BORN, GIRL, 7)
    one(cast, "Nabila", nik=nik)
    other = one(cast, "Rahma", mother="Ibu Rosna", posyandu=cast.kenanga)
    # Nobody may register a NIK twice, but two people may type it at two puskesmas, and one moves here.
    Child.objects.filter(pk=other.pk).update(nik_hash=Child.objects.get(name="Nabila").nik_hash)
    assert tonight() == [("Nabila", "Rahma", PairReason.NIK)]
    assert LikelyPair.objects.get().strength == PairStrength.STRONG


def test_another_posyandu_and_another_mother_is_another_child(cast: Cast) -> None:
    assert reason(cast, mother="Ibu Rosna", posyandu=cast.kenanga) is None


def test_a_double_in_another_posyandu_of_the_same_mother_is_found(cast: Cast) -> None:
    assert reason(cast, posyandu=cast.kenanga) == PairReason.SAME


@pytest.mark.parametrize(
    "twins",
    [
        ("Hasan", "Husein"),
        ("Fatimah", "Fitriyah"),
        ("Muhammad Hasan Al Fatih", "Muhammad Husein Al Fatih"),
        ("Salma", "Salwa"),
        ("Rafa Pratama", "Rafi Pratama"),
        ("By. Ny. Yanti I", "By. Ny. Yanti II"),
    ],
)
def test_twins_who_are_registered_together_are_never_asked_about(cast: Cast, twins: tuple[str, str]) -> None:
    for name in twins:
        one(cast, name)
    assert tonight() == []


def test_a_rhyming_name_that_comes_months_later_is_asked_about_but_weakly(cast: Cast, frozen: Any) -> None:
    one(cast, "Alesha")
    frozen.shift(timedelta(days=60))
    one(cast, "Alisha")
    assert tonight() == [("Alesha", "Alisha", PairReason.NEAR)]
    assert LikelyPair.objects.get().strength == PairStrength.WEAK


def test_twins_with_two_niks_are_two_children_whatever_they_are_called(cast: Cast) -> None:
    one(cast, "Nabila", nik=nik_of(BORN, GIRL, 1))
    one(cast, "Nabilah", nik=nik_of(BORN, GIRL, 2))
    assert tonight() == []


def test_only_children_of_one_puskesmas_are_compared(cast: Cast) -> None:
    one(cast, "Nabila Rahma")
    one(cast, "Nabila Rahma", posyandu=cast.mawar, by=cast.bidan_yuni)
    assert tonight() == []


def test_a_look_is_over_when_it_is_over(cast: Cast) -> None:
    one(cast, "Nabila Rahma")
    one(cast, "Nabila Rahma")
    assert look_for_doubles() > 0
    assert not Unlooked.objects.exists()
    with CaptureQueriesContext(connection) as queries:
        assert look_for_doubles() == 0
    assert len(queries) <= 3


def test_a_night_of_one_change_costs_the_same_among_many_children(cast: Cast) -> None:
    changed = one(cast, "Nabila Rahma")
    costs = []
    for more in (5, 60):
        cast.children(more)
        look_for_doubles()
        now = Child.objects.get(pk=changed.pk)
        change_child(now, {"name": f"{now.name}i"}, base_version=now.version, by=cast.bidan_rina)
        with CaptureQueriesContext(connection) as queries:
            look_for_doubles()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 20


def test_who_is_called_or_born_otherwise_is_looked_at_again(cast: Cast) -> None:
    first = one(cast, "Nabila Rahma")
    other = one(cast, "Cici", birth_date="2025-05-12")
    assert tonight() == []
    changes: dict[str, Any] = {"name": "Nabila Rahma", "birth_date": BORN}
    now = change_child(other, changes, base_version=other.version, by=cast.bidan_rina)
    assert tonight() == [("Nabila Rahma", "Nabila Rahma", PairReason.SAME)]
    change_child(now, {"name": "Cici"}, base_version=now.version, by=cast.bidan_rina)
    assert tonight() == []
    assert first.pk


def test_two_children_stay_two_until_one_is_called_otherwise(cast: Cast) -> None:
    first, other = one(cast, "Nabila Rahma"), one(cast, "Nabila")
    look_for_doubles()
    for _ in range(2):
        say_two_children(other, first, by=cast.bidan_rina)
    assert TwoChildren.objects.count() == 1
    assert tonight() == []
    now = change_child(other, {"has_kia_book": False}, base_version=other.version, by=cast.bidan_rina)
    change_child(first, {"birth_weight_kg": None, "sex": BOY}, base_version=first.version, by=cast.bidan_rina)
    first.refresh_from_db()
    change_child(first, {"sex": GIRL}, base_version=first.version, by=cast.bidan_rina)
    assert tonight() == []
    change_child(now, {"name": "Nabila Rahma"}, base_version=now.version, by=cast.bidan_rina)
    assert tonight() == [("Nabila Rahma", "Nabila Rahma", PairReason.SAME)]


@pytest.mark.parametrize("who", ["bidan_yuni", "kader_wati", "kepala", "dinas"])
def test_only_who_may_merge_both_says_that_they_are_two(cast: Cast, who: str) -> None:
    first, other = one(cast, "Nabila Rahma"), one(cast, "Nabila")
    with pytest.raises(RefusedError):
        say_two_children(first, other, by=cast.everybody[who])
    with pytest.raises(RefusedError):
        say_two_children(first, cast.zahra, by=cast.bidan_rina)
    assert not TwoChildren.objects.exists()


def test_a_merged_pair_leaves_and_its_undoing_brings_it_back(cast: Cast) -> None:
    first, other = one(cast, "Nabila Rahma"), one(cast, "Nabila Rahma")
    look_for_doubles()
    merge = merge_children(first, other, reason="Sama", by=cast.bidan_rina)
    assert not LikelyPair.objects.waiting().exists()
    assert tonight() == []
    undo_merge(merge, by=cast.bidan_rina)
    assert tonight() == [("Nabila Rahma", "Nabila Rahma", PairReason.SAME)]


def test_who_moved_away_leaves_the_queue_and_is_compared_where_she_lives_now(cast: Cast) -> None:
    first, other = one(cast, "Nabila Rahma"), one(cast, "Nabila Rahma")
    there = one(cast, "Nabila Rahma", posyandu=cast.mawar, by=cast.bidan_yuni)
    look_for_doubles()
    move = lives.hand_over(other, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    assert tonight() == []
    lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
    look_for_doubles()
    (pair,) = LikelyPair.objects.waiting()
    assert {pair.first_id, pair.second_id} == {other.pk, there.pk}
    assert pair in LikelyPair.objects.visible_to(cast.bidan_yuni, may="children.merge")
    assert pair not in LikelyPair.objects.visible_to(cast.bidan_rina, may="children.merge")
    assert first.is_here


def test_a_mothers_corrected_name_is_looked_at(cast: Cast) -> None:
    one(cast, "Nabila Rahma", posyandu=cast.kenanga)
    other = one(cast, "Nabila Rahma", mother="Ibu Rosna")
    assert tonight() == []
    _mother_is_called(other, "Ibu Yanti", cast)
    assert tonight() == [("Nabila Rahma", "Nabila Rahma", PairReason.SAME)]


def _mother_is_called(child: Child, name: str, cast: Cast) -> None:
    assert child.mother is not None
    change_caregiver(child.mother, {"name": name}, base_version=child.mother.version, by=cast.bidan_rina)


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_a_slip_works_both_ways(day: date) -> None:
    assert all(day in slips(other) for other in slips(day))
    assert day not in slips(day)
    assert len(slips(day)) < 50
    assert timedelta(0) not in {other - day for other in slips(day)}
