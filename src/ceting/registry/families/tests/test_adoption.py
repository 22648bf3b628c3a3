"""A child comes to live with another family: what is hers stays hers, and she can go back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import adopting
from ceting.registry.families import home_operations as homes
from ceting.registry.families import life_operations as lives
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.models import Caregiver, Child, FamilyChange, Household
from ceting.registry.families.search import find
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
KK = "1371020101100001"
ROSMA = CaregiverDraft("Rosma", relation="guardian", phone="+6281267001055")


def adopt(cast: Cast, child: Child | None = None, **more: Any) -> FamilyChange:
    options = {
        "since": cast.today - timedelta(days=3),
        "reason": "diangkat anak",
        "by": cast.bidan_rina,
    } | more
    return adopting.join_family(child or cast.aisyah, ROSMA, **options)


def fresh(child: Child) -> Child:
    return Child.objects.get(pk=child.pk)


def test_she_lives_with_her_new_family_and_keeps_her_mother_and_her_weighings(cast: Cast) -> None:
    cast.weigh(cast.aisyah, None, "8.9")
    change = adopt(cast)
    child = fresh(cast.aisyah)
    assert child.household == change.joined != cast.aisyah.household
    assert child.mother == cast.aisyah.mother
    assert child.measurements.count() == 1
    main = child.main_caregivers.get(until=None)
    assert (main.caregiver.name, main.caregiver.household) == ("Rosma", change.joined)


def test_she_is_found_by_the_name_of_who_cares_for_her_now(cast: Cast) -> None:
    adopt(cast)
    assert cast.aisyah in find("rosma", user=cast.bidan_rina, limit=5)


def test_a_family_that_is_known_by_its_card_is_joined_and_not_doubled(cast: Cast) -> None:
    rani = cast.child("Rani", mother="Rosma", kk=KK)
    change = adopt(cast, kk=KK)
    assert change.joined == rani.household
    assert change.joined.caregivers.count() == 1, "Rosma is written once"
    assert change.joined.children.count() == 2


def test_her_sister_stays_where_she_is(cast: Cast) -> None:
    sister = cast.child("Zaskia", mother="Sari Wahyuni", months=40, kk=KK)
    other = cast.child("Zaki", mother="Sari Wahyuni", months=20, kk=KK)
    adopt(cast, other)
    assert fresh(sister).household == sister.household
    assert fresh(other).household != sister.household


def test_she_goes_back_and_her_mother_has_her_again(cast: Cast) -> None:
    home = cast.aisyah.household
    adopt(cast)
    adopting.return_to_family(cast.aisyah, since=cast.today, reason="ibu pulang", by=cast.bidan_rina)
    child = fresh(cast.aisyah)
    assert child.household == home
    assert child.main_caregivers.get(until=None).caregiver == cast.aisyah.mother
    assert [each.joined_id == home.pk for each in child.family_changes.order_by("id")] == [False, True]


def test_who_never_left_does_not_go_back(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="never"):
        adopting.return_to_family(cast.aisyah, since=cast.today, reason="x", by=cast.bidan_rina)


def test_nobody_goes_back_to_a_family_where_nobody_cares_any_more(cast: Cast) -> None:
    adopt(cast)
    mother = cast.aisyah.mother
    assert mother is not None
    homes.end_caregiver(mother, ended_on=cast.today, reason="pindah kota", by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="nobody"):
        adopting.return_to_family(cast.aisyah, since=cast.today, reason="x", by=cast.bidan_rina)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"since_days": -1}, "day"),
        ({"since_days": 3000}, "day"),
    ],
)
def test_what_is_missing_or_impossible_is_refused_and_nothing_is_written(
    cast: Cast, more: dict[str, Any], code: str
) -> None:
    days = more.pop("since_days", 3)
    before = Household.objects.count()
    with pytest.raises(RefusedError, match=code):
        adopt(cast, since=cast.today - timedelta(days=days), **more)
    assert Household.objects.count() == before
    assert fresh(cast.aisyah).household == cast.aisyah.household


def test_her_own_family_card_is_answered_in_words(cast: Cast) -> None:
    child = cast.child("Rani", kk=KK)
    with pytest.raises(RefusedError, match="same"):
        adopt(cast, child, kk=KK)


def test_a_child_who_died_moves_nowhere(cast: Cast) -> None:
    lives.record_death(cast.aisyah, died_on=cast.today, place="home", by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="away"):
        adopt(cast)


def test_the_family_of_another_puskesmas_is_not_joined_by_its_number(cast: Cast) -> None:
    """The number is known there, not here: a household of our own is made, and nothing is told."""
    theirs = cast.child("Rani", kk=KK, posyandu=cast.mawar, by=cast.bidan_yuni)
    assert adopt(cast, kk=KK).joined != theirs.household


# ---- The pages


@pytest.fixture
def rina(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def typed(**more: str) -> dict[str, str]:
    return {"name": "Rosma", "relation": "guardian", "since": "20-11-2026", "reason": "diangkat anak"} | more


def test_rina_writes_an_adoption_and_takes_it_back_from_the_familys_page(rina: Client, cast: Cast) -> None:
    answer = rina.post(reverse("families:join-family", args=[cast.aisyah.pk]), typed())
    home = fresh(cast.aisyah).household
    assert answer.headers["Location"] == reverse("families:household", args=[home.pk])
    page = rina.get(answer.headers["Location"]).content.decode()
    assert "Aisyah Putri datang ke keluarga ini: diangkat anak." in page
    assert "Kembali ke keluarga semula" in page
    back = {"since": "24-11-2026", "reason": "salah catat"}
    assert rina.post(reverse("families:return-to-family", args=[cast.aisyah.pk]), back).status_code == 302
    assert fresh(cast.aisyah).household == cast.aisyah.household


def test_a_kk_of_fifteen_digits_is_answered_in_words_and_what_was_typed_stays(
    rina: Client, cast: Cast
) -> None:
    answer = rina.post(reverse("families:join-family", args=[cast.aisyah.pk]), typed(kk="137102010110000"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "16" in page
    assert "diangkat anak" in page


def test_wati_and_tuti_write_no_adoption(client: Client, cast: Cast) -> None:
    for user in (cast.kader_wati, cast.kader_tuti):
        cast.sign_in(client, user)
        for name in ("join-family", "return-to-family"):
            url = reverse(f"families:{name}", args=[cast.aisyah.pk])
            assert client.post(url, typed()).status_code == 403
    assert not FamilyChange.objects.exists()


def test_the_page_costs_few_queries(rina: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    adopt(cast)
    home = fresh(cast.aisyah).household
    for url in (
        reverse("families:join-family", args=[cast.aisyah.pk]),
        reverse("families:household", args=[home.pk]),
    ):
        with django_assert_max_num_queries(15):
            assert rina.get(url).status_code == 200


# ---- Two puskesmas, and two presses


def test_nobody_goes_back_to_a_family_of_another_puskesmas(cast: Cast) -> None:
    """Its address and its numbers are read there; they don't come along with a child who was handed over."""
    sister = cast.child("Zaskia", mother="Sari Wahyuni", months=40, kk=KK)
    gone = cast.child("Zaki", mother="Sari Wahyuni", months=20, kk=KK)
    adopt(cast, gone)
    lives.hand_over(gone, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(gone.moves.latest("id"), to=cast.mawar, by=cast.bidan_yuni)
    with pytest.raises(RefusedError, match="elsewhere"):
        adopting.return_to_family(fresh(gone), since=cast.today, reason="x", by=cast.bidan_yuni)
    assert not Household.objects.visible_to(cast.bidan_yuni).filter(pk=sister.household_id).exists()


def test_a_household_that_stayed_is_not_taken_along_by_a_later_move(cast: Cast) -> None:
    """One sister at Andalas, one at Air Dingin, who goes on to a third: the household stays where it was."""
    sister = cast.child("Zaskia", mother="Sari Wahyuni", months=40, kk=KK)
    other = cast.child("Zaki", mother="Sari Wahyuni", months=20, kk=KK)
    lives.hand_over(other, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(other.moves.latest("id"), to=cast.mawar, by=cast.bidan_yuni)
    third = places.open_puskesmas(
        "Lubuk Buaya",
        district=cast.air_dingin.district,
        villages=[cast.mawar.village],
        confirmed=True,
        by=None,
    )
    (post,) = places.open_posyandu([("Teratai", cast.mawar.village, "02")], puskesmas=third, by=None)
    lives.hand_over(fresh(other), to=third, on=cast.today, by=cast.bidan_yuni)
    lives.accept(other.moves.latest("id"), to=post, by=cast.bidan_yuni)
    assert Household.objects.get(pk=sister.household_id).puskesmas == cast.andalas


def test_pressed_twice_it_is_one_adoption(cast: Cast) -> None:
    assert adopt(cast) == adopt(cast)
    assert FamilyChange.objects.count() == 1


def test_the_mother_of_a_child_who_lives_elsewhere_is_still_found_by_the_staff(cast: Cast) -> None:
    """She may have allowed messages, and must be able to take that back."""
    adopt(cast)
    mother = Caregiver.objects.filter(pk=cast.aisyah.mother_id)
    assert mother.visible_to(cast.bidan_rina).exists()
    for stranger in (cast.kader_wati, cast.kader_tuti, cast.bidan_yuni, cast.dinas):
        assert not mother.visible_to(stranger).exists()
