"""The family's page: caregivers of every kind, moving house, and who may read what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.core.errors import EditConflictError, RefusedError
from ceting.registry.families import home_operations as homes
from ceting.registry.families import life_operations as lives
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.models import Caregiver, Household, HouseholdMove
from ceting.registry.families.search import find
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def home_of(cast: Cast) -> Household:
    return Household.objects.get(pk=cast.aisyah.household_id)


def nenek(cast: Cast) -> Caregiver:
    draft = CaregiverDraft("Nenek Rosmaini", relation="grandmother", phone="+6281267001099")
    return homes.add_caregiver(home_of(cast), draft, by=cast.bidan_rina)


@pytest.mark.parametrize("relation", ["father", "grandmother", "grandfather", "guardian"])
def test_everybody_who_cares_is_a_full_caregiver_and_finds_the_child(cast: Cast, relation: str) -> None:
    homes.add_caregiver(home_of(cast), CaregiverDraft("Zulkifli", relation=relation), by=cast.bidan_rina)
    assert cast.aisyah in find("zulkifli", user=cast.bidan_rina, limit=5)


def test_the_same_caregiver_is_not_added_twice(cast: Cast) -> None:
    nenek(cast)
    with pytest.raises(RefusedError):
        nenek(cast)


def test_the_second_of_two_who_change_a_caregiver_overwrites_nothing(cast: Cast) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    homes.change_caregiver(mother, {"name": "Sari W."}, base_version=1, by=cast.bidan_rina)
    with pytest.raises(EditConflictError) as conflict:
        homes.change_caregiver(mother, {"name": "Sari Wahyuni S."}, base_version=1, by=cast.dr_hasan)
    assert conflict.value.theirs == {"name": "Sari W."}


def test_a_grandmother_takes_over_and_the_mother_stays_in_the_history(cast: Cast) -> None:
    since = cast.today - timedelta(days=10)
    homes.make_main(cast.aisyah, nenek(cast), since=since, reason="ibu bekerja", by=cast.bidan_rina)
    rows = cast.aisyah.main_caregivers.order_by("since").values_list("caregiver__name", "since", "until")
    assert list(rows) == [
        ("Sari Wahyuni", cast.aisyah.birth_date, since),
        ("Nenek Rosmaini", since, None),
    ]


def test_whoever_is_a_main_caregiver_cannot_end_before_another_one_is_named(cast: Cast) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    ending = {"ended_on": cast.today, "reason": "merantau", "by": cast.bidan_rina}
    with pytest.raises(RefusedError) as refusal:
        homes.end_caregiver(mother, **ending)
    assert refusal.value.problems[0].code == "is_main"
    homes.make_main(cast.aisyah, nenek(cast), since=cast.today, reason="diasuh nenek", by=cast.bidan_rina)
    homes.end_caregiver(mother, **ending)
    assert not Caregiver.objects.caring().filter(pk=mother.pk).exists()
    with pytest.raises(RefusedError):
        homes.end_caregiver(mother, **ending)


def test_nobody_of_another_family_becomes_a_main_caregiver(cast: Cast) -> None:
    assert cast.rafi.mother is not None
    with pytest.raises(RefusedError):
        homes.make_main(cast.aisyah, cast.rafi.mother, since=cast.today, reason="x", by=cast.bidan_rina)


def test_moving_house_keeps_where_the_family_lived(cast: Cast) -> None:
    before = home_of(cast)
    changes = {"rw": "09", "address": "Jalan Baru 1"}
    homes.change_household(before, changes, base_version=1, by=cast.bidan_rina)
    earlier = HouseholdMove.objects.get()
    assert (earlier.rw, earlier.address) == (before.rw, before.address)
    assert home_of(cast).rw == "09"
    with pytest.raises(EditConflictError):
        homes.change_household(before, {"rw": "10"}, base_version=1, by=cast.dr_hasan)


def test_a_kader_sees_the_family_without_phone_and_address_and_changes_nothing(
    client: Client, cast: Cast
) -> None:
    cast.sign_in(client, cast.kader_wati)
    page = client.get(reverse("families:household", args=[cast.aisyah.household_id])).content.decode()
    assert "Sari Wahyuni" in page
    assert cast.aisyah.mother is not None
    assert cast.aisyah.mother.phone not in page
    assert cast.aisyah.household.address not in page
    new = reverse("families:caregiver-new", args=[cast.aisyah.household_id])
    assert new not in page
    assert client.post(new, {}).status_code == 403


def test_a_kader_sees_no_brother_of_another_posyandu(client: Client, cast: Cast) -> None:
    kk = "1371020101010001"
    at_melati, at_kenanga = cast.child("Aira", kk=kk), cast.child("Arif", kk=kk, months=30)
    assert at_melati.household_id == at_kenanga.household_id
    lives.move_within(at_kenanga, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    cast.sign_in(client, cast.kader_wati)
    page = client.get(reverse("families:household", args=[at_melati.household_id])).content.decode()
    assert "Aira" in page
    assert "Arif" not in page


def test_rina_writes_a_father_and_ends_him_by_the_pages(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    typed = {"relation": "father", "name": "Zulkifli", "phone": "0812 6700 1098"}
    new = reverse("families:caregiver-new", args=[cast.aisyah.household_id])
    assert client.post(new, {**typed, "phone": "12"}).status_code == 422
    assert client.post(new, typed).status_code == 302
    father = Caregiver.objects.get(name="Zulkifli")
    change = reverse("families:caregiver-change", args=[father.pk])
    answer = client.post(change, {**typed, "name": "Zulkifli Chaniago", "version": str(father.version)})
    assert answer.status_code == 302
    end = reverse("families:caregiver-end", args=[father.pk])
    assert client.post(end, {"ended_on": "20-11-2026", "reason": "merantau"}).status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Zulkifli Chaniago" in page
    assert "merantau" in page


def test_twins_are_called_twins(client: Client, cast: Cast) -> None:
    kk = "1371020101010001"
    first = cast.child("Aira", kk=kk, birth_date="2026-02-02")
    cast.child("Airin", kk=kk, birth_date="2026-02-02")
    cast.sign_in(client, cast.bidan_rina)
    page = client.get(reverse("families:household", args=[first.household_id])).content.decode()
    assert page.count("kembar") == 2


def test_the_family_page_costs_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    homes.make_main(cast.aisyah, nenek(cast), since=cast.today, reason="diasuh", by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(15):
        answer = client.get(reverse("families:household", args=[cast.aisyah.household_id]))
    assert answer.status_code == 200
