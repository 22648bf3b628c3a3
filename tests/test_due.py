"""Who is due at a posyandu this month: mothers beside their children; after a loss nobody is asked for a check-up."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import pregnant
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def read(cast: Cast, client: Client, user: Any) -> str:
    answer = cast.sign_in(client, user).get(reverse("child_health:due"), {"posyandu": str(cast.melati.pk)})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_contact_stands_in_the_month_of_her_posyandu(cast: Cast, client: Client) -> None:
    pregnant(cast, weeks=20)
    page = read(cast, client, cast.kader_wati)
    assert "Yanti Marlina" in page
    assert "Pemeriksaan kehamilan" in page


def test_after_a_loss_she_is_visited_and_asked_for_no_check_up(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=20)
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    page = read(cast, client, cast.kader_wati)
    assert "Kunjungan nifas" in page
    assert "K1, sampai" not in page
    assert "eguguran" not in page


def test_kader_tuti_sees_nobody_of_melati(cast: Cast, client: Client) -> None:
    pregnant(cast, weeks=20)
    answer = cast.sign_in(client, cast.kader_tuti).get(
        reverse("child_health:due"), {"posyandu": str(cast.melati.pk)}
    )
    assert "Yanti" not in answer.content.decode()


def test_twenty_women_take_as_many_queries_as_one(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    women = woman_operations.register_women(
        [(WomanDraft(f"Ibu {number}"), cast.melati) for number in range(20)], by=cast.bidan_rina
    )
    for woman in women:
        pregnant(cast, weeks=20, woman=woman)
    cast.sign_in(client, cast.kader_wati)
    with django_assert_max_num_queries(20):
        client.get(reverse("child_health:due"), {"posyandu": str(cast.melati.pk)})
