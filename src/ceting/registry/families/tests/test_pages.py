"""The pages about families, as kader Wati and bidan Rina use them and kader Tuti mustn't."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def registration(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "name": "Budi Santoso",
        "sex": "1",
        "birth_date": "17-8-2025",
        "mother_name": "Yanti",
        "posyandu": str(cast.melati.pk),
        "has_kia_book": "on",
        **more,
    }


def test_kader_wati_registers_a_child_and_lands_on_the_childs_page(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    answer = client.post(reverse("families:register"), registration(cast))
    child = Child.objects.get(name="Budi Santoso")
    assert answer.headers["Location"] == reverse("measurements:child", args=[child.pk])


def test_from_a_session_she_comes_back_to_its_grid(client: Client, cast: Cast) -> None:
    session = cast.session()
    cast.sign_in(client, cast.kader_wati)
    answer = client.post(f"{reverse('families:register')}?sesi={session.pk}", registration(cast))
    assert answer.headers["Location"] == reverse("measurements:session", args=[session.pk])


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("nik", "137102170825001", "15"),
        ("birth_date", "17-8-2029", "belum tiba"),
        ("birth_date", "31-2-2025", "tidak ada di kalender"),
        ("birth_weight_kg", "tiga kilo", "misalnya"),
        ("mother_phone", "0812", "Nomor telepon"),
        ("name", "", "Isi nama anak"),
        ("kk", "12345", "16"),
    ],
)
def test_bad_input_is_answered_in_words_and_everything_typed_stays(
    client: Client, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    cast.sign_in(client, cast.kader_wati)
    answer = client.post(reverse("families:register"), registration(cast, **{field: typed}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Yanti" in page
    assert typed in page
    assert not Child.objects.filter(name="Budi Santoso").exists()


def test_a_likely_duplicate_is_shown_with_a_button_to_insist(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    born = cast.aisyah.birth_date
    typed = registration(cast, name="Aisyah Putri", sex="2", birth_date=f"{born:%d-%m-%Y}")
    answer = client.post(reverse("families:register"), typed)
    assert answer.status_code == 422
    assert reverse("measurements:child", args=[cast.aisyah.pk]) in answer.content.decode()
    assert client.post(reverse("families:register"), {**typed, "despite_likeness": "on"}).status_code == 302


def test_tuti_cannot_register_into_melati(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_tuti)
    answer = client.post(reverse("families:register"), registration(cast))
    assert answer.status_code == 422
    assert not Child.objects.filter(name="Budi Santoso").exists()


def test_tuti_finds_nobody_of_melati_by_name_mother_or_nik(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_tuti)
    for query in ("Aisyah", "Sari", cast.aisyah.nik):
        page = client.post(reverse("families:search"), {"q": query}).content.decode()
        assert "Aisyah Putri" not in page
        assert "Sari Wahyuni" not in page


def test_the_list_and_the_search_find_whom_she_may_see_and_leave_one_trace_each(
    client: Client, cast: Cast
) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert "Aisyah Putri" in client.get(reverse("families:children")).content.decode()
    assert "Aisyah Putri" in client.post(reverse("families:search"), {"q": "aisjah"}).content.decode()
    reads = AuditEntry.objects.filter(action="read", actor_id=cast.kader_wati.pk)
    assert sorted(reads.values_list("purpose", flat=True)) == ["list", "search"]


def test_the_head_reads_the_list_but_is_offered_no_registration(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kepala)
    assert reverse("families:register") not in client.get(reverse("families:children")).content.decode()
    assert client.get(reverse("families:register")).status_code == 403


def test_a_conflict_shows_both_values_and_saving_again_is_a_decision(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    url = reverse("families:change", args=[cast.aisyah.pk])
    typed = {
        "name": "Aisyah Punya Rina",
        "sex": "2",
        "birth_date": f"{cast.aisyah.birth_date:%d-%m-%Y}",
        "nik": cast.aisyah.nik,
        "has_kia_book": "on",
        "version": str(cast.aisyah.version),
    }
    other = Client()
    cast.sign_in(other, cast.petugas_gizi_dewi)
    assert other.post(url, {**typed, "name": "Aisyah Punya Dewi"}).status_code == 302
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Aisyah Punya Dewi" in page
    assert "Aisyah Punya Rina" in page
    again: Any = {**typed, "version": answer.context["form"].data["version"]}
    assert client.post(url, again).status_code == 302
    assert Child.objects.get(pk=cast.aisyah.pk).name == "Aisyah Punya Rina"


def test_a_kader_is_never_shown_a_nik_and_her_saving_keeps_it(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    url = reverse("families:change", args=[cast.aisyah.pk])
    assert cast.aisyah.nik not in client.get(url).content.decode()
    typed = {
        "name": "Aisyah P.",
        "sex": "2",
        "birth_date": f"{cast.aisyah.birth_date:%d-%m-%Y}",
        "has_kia_book": "on",
        "version": str(cast.aisyah.version),
    }
    assert client.post(url, typed).status_code == 302
    assert Child.objects.get(pk=cast.aisyah.pk).nik == cast.aisyah.nik


def test_the_list_costs_the_same_for_many_children(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    cast.children(60)
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(11):
        assert client.get(reverse("families:children")).status_code == 200
