"""Two children found to be one: their rows follow, and go back, in any order."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.models import Child, Merge
from ceting.registry.families.operations import change_child
from ceting.registry.families.search import find
from tests.cast import GIRL, Cast, gather

WHY = "Ibu dan tanggal lahirnya sama"


def double(cast: Cast) -> Child:
    return cast.child("Aisyah Putry", sex=GIRL, birth_date=cast.aisyah.birth_date, mother="Sari Wahyuni")


@pytest.mark.django_db
def test_a_merge_carries_every_row_along_and_its_undoing_gives_it_back(cast: Cast) -> None:
    other = double(cast)
    first = cast.weigh(cast.aisyah, cast.today - timedelta(days=70), "8.1")
    second = cast.weigh(other, cast.today - timedelta(days=35), "8.4")
    merge = merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    assert set(Measurement.objects.filter(child=cast.aisyah)) == {first, second}
    assert not LatestGrowth.objects.filter(child=other).exists()
    second.refresh_from_db()
    assert second.status in ("N", "T")
    undo_merge(merge, by=cast.bidan_rina)
    second.refresh_from_db()
    assert second.child == other
    assert second.status == "B"
    assert LatestGrowth.objects.get(child=other).measurement == second


@pytest.mark.django_db
def test_the_absorbed_child_leaves_every_list_and_is_found_under_the_kept_one(cast: Cast) -> None:
    other = double(cast)
    merge = merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    assert other not in Child.objects.here()
    assert find("putry", user=cast.bidan_rina, limit=5) == [cast.aisyah]
    undo_merge(merge, by=cast.bidan_rina)
    assert other in Child.objects.here()
    assert other in find("putry", user=cast.bidan_rina, limit=5)


@pytest.mark.django_db
def test_the_address_of_the_absorbed_child_leads_to_the_kept_one_and_she_is_in_no_list(
    client: Client, cast: Cast
) -> None:
    other = double(cast)
    merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    address = reverse("measurements:child", args=[other.pk])
    cast.sign_in(client, cast.kader_wati)
    assert client.get(address).headers["Location"] == reverse("measurements:child", args=[cast.aisyah.pk])
    assert "Aisyah Putry" not in client.get(reverse("families:children")).content.decode()
    stranger = Client()
    cast.sign_in(stranger, cast.kader_tuti)
    assert stranger.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_children_each_way_at_once_end_with_one_merge() -> None:
    cast = gather()
    other = double(cast)
    refused: list[str] = []

    def merge(kept: Child, absorbed: Child) -> None:
        try:
            merge_children(kept, absorbed, reason=WHY, by=cast.bidan_rina)
        except RefusedError as refusal:
            refused.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    pairs = [(cast.aisyah, other), (other, cast.aisyah)]
    hands = [threading.Thread(target=merge, args=pair) for pair in pairs]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert Merge.objects.standing().count() == 1
    assert refused == ["merged"]


@pytest.mark.django_db
def test_a_row_for_a_child_who_was_merged_meanwhile_belongs_to_the_kept_one(cast: Cast) -> None:
    other = double(cast)
    merge = merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    late = cast.weigh(other, cast.today - timedelta(days=3), "8.5")
    assert (late.child_id, late.origin_id) == (cast.aisyah.pk, other.pk)
    undo_merge(merge, by=cast.bidan_rina)
    late.refresh_from_db()
    assert late.child == other


@pytest.mark.django_db
def test_chosen_values_go_back_unless_somebody_changed_them_since(cast: Cast) -> None:
    other = cast.child("Aisyah Rahma", sex=GIRL, months=15)
    was = cast.aisyah.birth_date
    chosen = ("name", "birth_date")
    merge = merge_children(cast.aisyah, other, from_absorbed=chosen, reason=WHY, by=cast.bidan_rina)
    now = Child.objects.get(pk=cast.aisyah.pk)
    assert (now.name, now.birth_date) == ("Aisyah Rahma", other.birth_date)
    change_child(now, {"name": "Aisyah R."}, base_version=now.version, by=cast.bidan_rina)
    undoing = undo_merge(merge, by=cast.bidan_rina)
    now.refresh_from_db()
    assert (now.name, now.birth_date) == ("Aisyah R.", was)
    assert undoing.left == "name"


@pytest.mark.django_db
def test_two_merges_into_one_child_undone_the_older_first_leave_nothing_behind(cast: Cast) -> None:
    names = []
    for name in ("Aisyah Satu", "Aisyah Dua"):
        other = cast.child(name, sex=GIRL, months=15)
        names.append(
            merge_children(cast.aisyah, other, from_absorbed=["name"], reason=WHY, by=cast.bidan_rina)
        )
    for merge in names:
        undo_merge(merge, by=cast.bidan_rina)
    assert Child.objects.get(pk=cast.aisyah.pk).name == "Aisyah Putri"


@pytest.mark.django_db
def test_what_cannot_be_merged_is_refused_and_nothing_is_written(cast: Cast) -> None:
    other = double(cast)
    third = cast.child("Cici", sex=GIRL)
    tries: list[tuple[Child, Child, Any, str]] = [
        (other, other, cast.bidan_rina, "same_child"),
        (cast.aisyah, cast.zahra, cast.bidan_rina, "not_yours"),
        (cast.aisyah, cast.zahra, cast.bidan_yuni, "not_yours"),
        (cast.aisyah, other, cast.kader_wati, "not_yours"),
    ]
    for kept, absorbed, by, code in tries:
        with pytest.raises(RefusedError) as refusal:
            merge_children(kept, absorbed, reason=WHY, by=by)
        assert refusal.value.problems[0].code == code
    assert not Merge.objects.exists()
    merge = merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    for kept, absorbed in ((other, cast.aisyah), (third, other), (other, third), (cast.aisyah, other)):
        with pytest.raises(RefusedError) as refusal:
            merge_children(kept, absorbed, reason=WHY, by=cast.bidan_rina)
        assert refusal.value.problems[0].code == "merged"
    with pytest.raises(RefusedError):
        undo_merge(merge, by=cast.bidan_yuni)
    undo_merge(merge, by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        undo_merge(merge, by=cast.bidan_rina)
    assert refusal.value.problems[0].code == "undone"
