"""The pages of moving, returning, dying and being accepted, as bidan Rina and bidan Yuni use them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.models import Child, Death, Move
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import ClosureDraft
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def rina(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def url(name: str, cast: Cast) -> str:
    return reverse(f"families:{name}", args=[cast.aisyah.pk])


def test_rina_moves_a_child_to_another_posyandu(rina: Client, cast: Cast) -> None:
    typed = {"kind": "within", "to": str(cast.kenanga.pk), "on": "26-11-2026"}
    answer = rina.post(url("move", cast), typed)
    assert answer.headers["Location"] == url("lives", cast)
    page = rina.get(url("lives", cast)).content.decode()
    assert "Posyandu Kenanga" in page
    assert "sampai pindah posyandu" in page
    assert Child.objects.get(pk=cast.aisyah.pk).posyandu == cast.kenanga


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "Pilih ke mana anak pindah."),
        ({"kind": "within", "on": "26-11-2026"}, "Pilih posyandu tujuan."),
        ({"kind": "handed_over", "on": "26-11-2026"}, "Pilih puskesmas tujuan."),
        ({"kind": "left", "on": "1-1-2020"}, "Tanggal pindah tidak boleh sebelum"),
        ({"kind": "left", "on": "kemarin dulu"}, "tanggal"),
        ({"kind": "left", "on": "26-11-2026", "to": "x", "puskesmas": "\x00"}, "daftar"),
    ],
)
def test_what_is_missing_or_impossible_is_said_in_words_and_nothing_is_written(
    rina: Client, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    answer = rina.post(url("move", cast), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Move.objects.filter(child=cast.aisyah).exists()


def test_yuni_accepts_a_child_whom_rina_handed_over(rina: Client, cast: Cast) -> None:
    typed = {"kind": "handed_over", "puskesmas": str(cast.air_dingin.pk), "on": "26-11-2026"}
    assert rina.post(url("move", cast), typed).status_code == 302
    yuni = cast.sign_in(Client(), cast.bidan_yuni)
    page = yuni.get(reverse("families:moves")).content.decode()
    assert "Aisyah Putri" in page
    assert "Sari Wahyuni" in page
    assert cast.aisyah.nik not in page
    move = Move.objects.get()
    answer = yuni.post(reverse("families:accept", args=[move.pk]), {"to": str(cast.mawar.pk)})
    assert answer.headers["Location"] == reverse("measurements:child", args=[cast.aisyah.pk])
    assert yuni.get(answer.headers["Location"]).status_code == 200
    assert rina.get(answer.headers["Location"]).status_code == 404
    assert yuni.get(reverse("families:accept", args=[move.pk])).status_code == 404


def test_who_moved_away_is_listed_there_and_returns_from_there(rina: Client, cast: Cast) -> None:
    rina.post(url("move", cast), {"kind": "left", "on": "26-11-2026"})
    her_page = reverse("measurements:child", args=[cast.aisyah.pk])
    assert her_page not in rina.get(reverse("families:children")).content.decode()
    assert "Aisyah Putri" in rina.get(reverse("families:moves")).content.decode()
    assert (
        "sudah tidak tinggal di sini"
        in rina.get(reverse("measurements:child", args=[cast.aisyah.pk])).content.decode()
    )
    assert rina.post(url("move", cast), {"to": str(cast.kenanga.pk), "on": "26-11-2026"}).status_code == 302
    assert "Aisyah Putri" in rina.get(reverse("families:children")).content.decode()


def test_a_death_is_noted_quietly_and_taken_back_with_a_reason(rina: Client, cast: Cast) -> None:
    assert rina.post(url("death", cast), {"died_on": "20-11-2026", "place": "home"}).status_code == 302
    page = rina.get(url("lives", cast)).content.decode()
    assert "meninggal pada" in page
    assert "Kami turut berduka" in page
    assert "Catat pindah" not in page
    assert rina.post(url("undo", cast), {"reason": ""}).status_code == 422
    assert Death.objects.standing().exists()
    assert rina.post(url("undo", cast), {"reason": "salah anak"}).status_code == 302
    assert not Death.objects.standing().exists()


def test_the_last_move_is_undone_from_the_page(rina: Client, cast: Cast) -> None:
    move = lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    typed = {"move": str(move.pk), "reason": "salah anak"}
    assert rina.post(url("undo", cast), typed).status_code == 302
    assert Child.objects.get(pk=cast.aisyah.pk).posyandu == cast.melati
    assert rina.post(url("undo", cast), typed).status_code == 422


def test_wati_reads_where_a_child_lived_and_moves_nobody(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    page = client.get(url("lives", cast)).content.decode()
    assert "Terdaftar sejak lahir" in page
    assert url("move", cast) not in page
    for name in ("move", "death", "undo"):
        assert client.post(url(name, cast), {}).status_code == 403


def test_a_registration_may_say_when_the_family_came(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    typed: dict[str, Any] = {
        "name": "Budi Santoso",
        "sex": "1",
        "birth_date": "17-8-2025",
        "mother_name": "Yanti",
        "posyandu": str(cast.melati.pk),
        "arrived_on": "1-11-2026",
    }
    assert client.post(reverse("families:register"), typed).status_code == 302
    assert str(Child.objects.get(name="Budi Santoso").stays.get().since) == "2026-11-01"


@pytest.mark.parametrize("name", ["lives", "move", "death", "undo"])
def test_the_pages_cost_few_queries(
    rina: Client, cast: Cast, name: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        assert rina.get(url(name, cast)).status_code == 200


def test_the_list_of_moves_costs_the_same_for_many(
    rina: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for child in cast.children(12):
        lives.leave(child, on=cast.today, by=cast.bidan_rina)
    with django_assert_max_num_queries(15):
        assert rina.get(reverse("families:moves")).status_code == 200


def test_nobody_moves_to_a_posyandu_that_closed(rina: Client, cast: Cast) -> None:
    (dahlia,) = places.open_posyandu([("Dahlia", cast.melati.village, "09")], puskesmas=cast.andalas, by=None)
    places.close_posyandu(dahlia, ClosureDraft(cast.today, "tidak ada kader"), by=cast.kepala)
    page = rina.get(reverse("families:move", args=[cast.aisyah.pk])).content.decode()
    assert "Kenanga" in page
    assert "Dahlia" not in page
    with pytest.raises(RefusedError) as refusal:
        lives.move_within(cast.aisyah, to=dahlia, on=cast.today, by=cast.bidan_rina)
    assert refusal.value.problems[0].code == "posyandu_closed"


def test_undoing_names_what_it_undoes(rina: Client, cast: Cast) -> None:
    undo = reverse("families:undo", args=[cast.aisyah.pk])
    lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    assert "Pindah posyandu, Kam, 26 Nov 2026, ke Posyandu Kenanga" in rina.get(undo).content.decode()
    lives.record_death(cast.aisyah, died_on=cast.today, place="home", by=cast.bidan_rina)
    assert "Meninggal, Kam, 26 Nov 2026" in rina.get(undo).content.decode()
