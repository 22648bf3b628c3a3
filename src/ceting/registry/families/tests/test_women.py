"""A woman is registered before she has a child; nobody is registered twice, and nobody learns of others by it."""

from dataclasses import replace
from datetime import date

import pytest

from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import woman_operations as women
from ceting.registry.families.drafts import ChildDraft, WomanDraft
from ceting.registry.families.models import Caregiver, Relation
from ceting.registry.families.operations import Registration, register_many
from ceting.registry.families.woman_operations import KnownWomanError
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")
NIK = "1371024103950002"
YANTI = WomanDraft("Yanti Marlina", birth_date=date(1995, 3, 1), nik=NIK, phone="+6281234567890", rw="02")


def test_a_woman_and_her_household_are_registered_together(cast: Cast) -> None:
    yanti = women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    assert (yanti.relation, yanti.birth_date) == (Relation.MOTHER, date(1995, 3, 1))
    assert (yanti.household.village, yanti.household.rw) == (cast.melati.village, "02")
    assert Caregiver.objects.visible_to(cast.bidan_rina).filter(pk=yanti.pk).exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "Somebody Else"}, "nik"),
        ({"nik": "", "name": "Yanti Marlinna"}, "phone"),
        ({"nik": "", "phone": ""}, "name"),
        ({"nik": "", "phone": "", "birth_date": None}, "name"),
    ],
)
def test_who_may_be_the_same_is_shown_before_she_is_saved(
    cast: Cast, changes: dict[str, object], reason: str
) -> None:
    yanti = women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    with pytest.raises(KnownWomanError) as refusal:
        women.register_woman(replace(YANTI, **changes), posyandu=cast.melati, by=cast.bidan_rina)  # type: ignore[arg-type]
    assert [(each.woman, each.reason) for each in refusal.value.likenesses] == [(yanti, reason)]


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": "1371024103950003"},
        {"nik": "", "birth_date": date(1990, 5, 5)},
        {"nik": "", "name": "Wulan Sari"},
    ],
)
def test_another_woman_is_another(cast: Cast, changes: dict[str, object]) -> None:
    women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    other = women.register_woman(replace(YANTI, **changes), posyandu=cast.melati, by=cast.bidan_rina)  # type: ignore[arg-type]
    assert Caregiver.objects.filter(pk=other.pk).exists()


def test_whoever_says_that_she_is_another_is_believed_but_for_the_nik(cast: Cast) -> None:
    women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    without = replace(YANTI, nik="")
    women.register_woman(without, posyandu=cast.melati, by=cast.bidan_rina, despite_likeness=True)
    with pytest.raises(KnownWomanError, match="known_woman"):
        women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina, despite_likeness=True)


def test_kader_tuti_learns_nothing_of_a_woman_of_melati(cast: Cast) -> None:
    women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    with pytest.raises(KnownWomanError) as refusal:
        women.register_woman(YANTI, posyandu=cast.kenanga, by=cast.kader_tuti)
    assert refusal.value.likenesses == ()
    assert "Yanti" not in refusal.value.problems[0].sentence


@pytest.mark.parametrize("born", [date(2018, 1, 1), date(1960, 1, 1)])
def test_an_impossible_birth_date_is_refused_in_words(cast: Cast, born: date) -> None:
    with pytest.raises(RefusedError, match="birth_date"):
        women.register_woman(replace(YANTI, birth_date=born), posyandu=cast.melati, by=cast.bidan_rina)


def test_a_child_comes_into_the_household_of_her_mother(cast: Cast) -> None:
    yanti = women.register_woman(YANTI, posyandu=cast.melati, by=cast.bidan_rina)
    draft = ChildDraft("By. Ny. Yanti", GIRL, cast.today, gestation_days=252)
    (child,) = register_many([Registration(draft, cast.melati, mother=yanti)], by=cast.bidan_rina)
    assert (child.mother, child.household, child.gestation_days) == (yanti, yanti.household, 252)
    assert list(yanti.children.all()) == [child]


def test_a_family_card_leads_into_the_household_that_has_it(cast: Cast) -> None:
    first = women.register_woman(
        replace(YANTI, kk="1371020101100001"), posyandu=cast.melati, by=cast.bidan_rina
    )
    sister = replace(YANTI, name="Rahmi", nik="", birth_date=None, phone="", kk="1371020101100001")
    second = women.register_woman(sister, posyandu=cast.melati, by=cast.bidan_rina)
    assert second.household_id == first.household_id


def test_a_family_card_of_people_whom_she_may_not_see_opens_no_door(cast: Cast) -> None:
    cast.child("Bayu", kk="1371020101100001")
    draft = replace(YANTI, nik="", phone="", kk="1371020101100001")
    woman = women.register_woman(draft, posyandu=cast.kenanga, by=cast.kader_tuti)
    assert not woman.household.children.exists()
