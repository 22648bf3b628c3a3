"""Searching as people remember: a name however it is spelt, a mother, a NIK with asterisks, a phone number."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.registry.accounts.models import User
from ceting.registry.families import search
from ceting.registry.families.models import Child, ChildWord
from ceting.registry.families.operations import change_child
from ceting.registry.families.search import find
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.django_db


def names(query: str, user: User) -> list[str]:
    return [child.name for child in find(query, user=user, limit=50)]


@pytest.mark.parametrize(
    "typed",
    [
        "Aisyah Putri",
        "aisjah",
        "aisah",
        "aiysah",
        "Ais",
        "putri aisyah",
        "aisyah wahyuni",
        "Sari Wahjoeni",
        "wahyumi",
        "putri zzzzzz",
    ],
)
def test_aisyah_is_found_however_she_or_her_mother_is_spelt(typed: str, cast: Cast) -> None:
    assert "Aisyah Putri" in names(typed, cast.bidan_rina)


def test_the_likeliest_stands_first_and_a_child_before_a_mother_of_that_name(cast: Cast) -> None:
    cast.child("Aisyah", sex=GIRL, months=20)
    cast.child("Rania", sex=GIRL, months=21, mother="Aisyah")
    cast.child("Aisyah Putri Lestari", sex=GIRL, months=22)
    assert names("aisyah putri", cast.bidan_rina)[:2] == ["Aisyah Putri", "Aisyah Putri Lestari"]
    found = names("aisyah", cast.bidan_rina)
    assert found[0] == "Aisyah"
    assert found[-1] == "Rania"


def test_nothing_is_found_by_a_single_letter_or_by_nothing(cast: Cast) -> None:
    for typed in ("", "a", "*", "...", "%", "0"):
        assert names(typed, cast.bidan_rina) == []


def test_a_bidan_finds_by_nik_and_by_the_mothers_phone(cast: Cast) -> None:
    assert names(cast.aisyah.nik, cast.bidan_rina) == ["Aisyah Putri"]
    assert names("0812 6700 1001", cast.bidan_rina) == ["Aisyah Putri"]


def test_who_may_not_read_a_nik_or_phone_may_not_guess_one_either(cast: Cast) -> None:
    assert names(cast.aisyah.nik, cast.kader_wati) == []
    assert names("081267001001", cast.kader_wati) == []


@pytest.mark.parametrize("user", ["kader_tuti", "bidan_yuni", "dinas"])
def test_nobody_finds_children_of_elsewhere(user: str, cast: Cast) -> None:
    born = f"{cast.aisyah.birth_date:%d-%m-%Y}"
    masked = f"1371************ aisyah {born}"
    for typed in ("Aisyah", "Sari", cast.aisyah.nik, "081267001001", masked, born):
        assert names(typed, cast.everybody[user]) == []


def test_many_born_elsewhere_on_the_same_day_hide_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first so many are looked at: those whom she may not see must not be among them."""
    monkeypatch.setattr(search, "CANDIDATES", 1)
    cast.child("Ahmad", birth_date=cast.zahra.birth_date)
    assert names(f"{cast.zahra.birth_date:%d-%m-%Y}", cast.bidan_yuni) == ["Zahra Aulia"]


def test_a_masked_nik_with_a_name_or_birth_date_finds_her_and_rules_out_another(cast: Cast) -> None:
    nik = cast.aisyah.nik
    as_eppgbm = f"{nik[:5]}*****{nik[10:12]}****"
    born = f"{cast.aisyah.birth_date:%d-%m-%Y}"
    cast.child("Aisyah Putri", sex=GIRL, months=30, nik="")
    for typed in (f"{as_eppgbm} aisyah", f"{as_eppgbm} {born}", f"aisyah {nik[:4]}************"):
        assert find(typed, user=cast.bidan_rina, limit=5)[0] == cast.aisyah
    assert cast.aisyah not in find("9" + "*" * 15 + " aisyah", user=cast.bidan_rina, limit=5)


def test_a_birth_date_narrows_a_name(cast: Cast) -> None:
    twin = cast.child("Aisyah Rahma", sex=GIRL, months=30)
    assert find(f"aisyah {twin.birth_date:%d/%m/%Y}", user=cast.bidan_rina, limit=5) == [twin]


def test_a_new_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    change_child(cast.aisyah, {"name": "Juwita"}, base_version=cast.aisyah.version, by=cast.bidan_rina)
    assert names("juwita", cast.bidan_rina) == ["Juwita"]
    assert names("aisyah", cast.bidan_rina) == []


def test_every_child_is_in_the_index(cast: Cast) -> None:
    cast.children(30)
    assert not Child.objects.filter(words=None).exists()
    assert ChildWord.objects.filter(child=cast.aisyah, is_own=True).count() == 2


def test_what_was_searched_for_stands_in_no_address_and_no_audit(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    page = client.post(reverse("families:search"), {"q": cast.aisyah.nik}).content.decode()
    assert "Aisyah Putri" in page
    entry = AuditEntry.objects.filter(action="read").latest("id")
    assert cast.aisyah.nik not in str(vars(entry))


def test_a_search_costs_a_fixed_number_of_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    cast.children(120)
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(15):
        client.post(reverse("families:search"), {"q": "anka sarri putri"})
