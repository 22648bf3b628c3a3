"""Ibu Sari asks who looked at her daughter's data."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts import operations as accounts
from ceting.registry.families import merging
from ceting.registry.rights import readers
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def page_of(cast: Cast) -> str:
    return reverse("rights:readers-child", args=[cast.aisyah.pk])


def test_she_reads_when_who_in_which_role_and_what_for(client: Client, cast: Cast) -> None:
    audit.record_read("child", [cast.aisyah.pk, cast.rafi.pk], by=cast.kader_wati, purpose="session")
    page = cast.sign_in(client, cast.bidan_rina).get(page_of(cast)).content.decode()
    assert "Kam, 26 Nov 2026 08.00" in page
    assert "Wati" in page
    assert "Kader posyandu" in page
    assert "Mencatat penimbangan di hari posyandu" in page
    assert "bersama 1 orang lain" in page
    assert cast.rafi.name not in page


def test_to_ask_is_a_read_that_stands_on_the_next_page(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    assert "Belum ada yang membaca" in client.get(page_of(cast)).content.decode()
    assert "Memeriksa siapa yang membaca data" in client.get(page_of(cast)).content.decode()


def test_a_role_that_ended_later_is_the_role_of_then(cast: Cast, frozen: Any) -> None:
    frozen.shift(60)
    audit.record_read("child", [cast.aisyah.pk], by=cast.kader_wati, purpose="growth")
    frozen.shift(60)
    accounts.end_role(cast.kader_wati.assignments[0], by=cast.kepala)
    accounts.give_role(cast.kader_wati, "bidan", puskesmas=cast.andalas, by=None)
    keys = list(audit.reads_of([cast.aisyah.pk]))
    (reading,) = readers.readings(keys, of={cast.aisyah.pk}, zone="Asia/Jakarta")
    assert reading.role == "Kader posyandu"


def test_what_was_read_of_a_double_was_hers(client: Client, cast: Cast) -> None:
    double = cast.child("Aisyah P", birth_date=cast.aisyah.birth_date, sex=2, mother="Sari")
    audit.record_read("child", [double.pk], by=cast.dr_hasan, purpose="growth")
    merging.merge_children(cast.aisyah, double, reason="ibu sama", by=cast.bidan_rina)
    assert "dr. Hasan" in cast.sign_in(client, cast.bidan_rina).get(page_of(cast)).content.decode()


def test_a_caregiver_is_read_with_her_children(client: Client, cast: Cast) -> None:
    audit.record_read("child", [cast.aisyah.pk], by=cast.dr_hasan, purpose="growth")
    page = reverse("rights:readers-caregiver", args=[cast.aisyah.mother_id])
    assert "dr. Hasan" in cast.sign_in(client, cast.bidan_rina).get(page).content.decode()


@pytest.mark.parametrize("who", ["kader_wati", "kepala"])
def test_who_may_not_handle_rights_asks_nothing(client: Client, cast: Cast, who: str) -> None:
    assert cast.sign_in(client, getattr(cast, who)).get(page_of(cast)).status_code == 403


def test_a_much_read_child_costs_the_same(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    people = [cast.kader_wati, cast.bidan_rina, cast.dr_hasan, cast.petugas_gizi_dewi]
    for turn in range(60):
        audit.record_read("child", [cast.aisyah.pk], by=people[turn % 4], purpose="growth")
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(13):
        page = client.get(page_of(cast)).content.decode()
    assert page.count("Melihat pertumbuhan anak") == 50
