"""Houses by RW: who lives where, who wasn't weighed, and what a kader never reads."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.care.measurements import house_presenters, houses
from ceting.registry.accounts.models import User
from ceting.registry.families import life_operations as lives
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = reverse("measurements:houses")


def found(cast: Cast, reader: User) -> list[house_presenters.Neighbourhood]:
    children = houses.children_at(cast.melati, reader, cast.today)
    return house_presenters.neighbourhoods(children, reader, cast.today)


def page(client: Client, cast: Cast, user: User, **query: str) -> str:
    return cast.sign_in(client, user).get(URL, query).content.decode()


def test_houses_stand_in_the_order_in_which_one_walks(cast: Cast) -> None:
    for name, rw, rt in (("Budi", "10", "1"), ("Cici", "2", "10"), ("Dodi", "02", "2"), ("Eka", "IV", "")):
        cast.child(name, rw=rw, rt=rt, mother=f"Ibu {name}")
    walked = found(cast, cast.bidan_rina)
    assert [area.title for area in walked] == [f"RW {rw} · Andalas" for rw in ("2", "3", "10", "IV")]
    assert [(house.rt, house.mothers) for house in walked[0].houses] == [
        ("2", "Ibu Dodi"),
        ("10", "Ibu Cici"),
    ]


def test_a_house_whose_rw_nobody_noted_comes_last(cast: Cast) -> None:
    home = cast.child("Budi").household
    home.rw = home.rt = ""
    home.save()
    assert found(cast, cast.bidan_rina)[-1].title == "RW belum dicatat · Andalas"


def test_siblings_and_twins_live_in_one_house(cast: Cast) -> None:
    for name in ("Budi", "Badu"):
        cast.child(name, mother="Ibu Yanti", kk="1371021708000123", rw="04")
    (area,) = [area for area in found(cast, cast.bidan_rina) if area.title.startswith("RW 4")]
    (house,) = area.houses
    assert {each.child.name for each in house.children} == {"Budi", "Badu"}
    assert house.mothers == "Ibu Yanti"


def test_only_houses_with_a_child_to_weigh_this_month_are_left(client: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, None, "8.4")
    late = cast.child("Budi Santoso")
    cast.weigh(late, "2026-10-15", "9.0")
    shown = page(client, cast, cast.kader_wati, lihat="belum")
    assert "Budi Santoso" in shown
    assert "terakhir Kam, 15 Okt 2026" in shown
    assert "Aisyah" not in shown
    assert "Aisyah" in page(client, cast, cast.kader_wati)


def test_a_weighing_at_home_is_no_visit_of_the_posyandu(cast: Cast) -> None:
    cast.weigh(cast.aisyah, None, "8.4", source="family")
    (area,) = found(cast, cast.bidan_rina)
    assert area.unweighed == 1


def test_who_moved_away_or_turned_five_is_called_at_no_more(client: Client, cast: Cast) -> None:
    cast.child("Si Sulung", months=61)
    gone = cast.child("Budi")
    lives.leave(gone, on=cast.today, by=cast.bidan_rina)
    shown = page(client, cast, cast.kader_wati)
    assert "Si Sulung" not in shown
    assert "Budi" not in shown


def test_wati_sees_neither_address_nor_phone_and_rina_both(client: Client, cast: Cast) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    for user, shown in ((cast.kader_wati, False), (cast.bidan_rina, True)):
        text = page(client, cast, user, posyandu=str(cast.melati.pk))
        assert "Sari Wahyuni" in text
        assert (mother.phone in text) is shown
        assert (cast.aisyah.household.address in text) is shown
        assert cast.aisyah.nik not in text


def test_tuti_sees_no_house_of_melati(client: Client, cast: Cast) -> None:
    text = page(client, cast, cast.kader_tuti, posyandu=str(cast.melati.pk))
    assert "Rafi Pratama" in text
    assert "Aisyah" not in text
    assert "Melati" not in text


def test_rina_chooses_a_posyandu_first(client: Client, cast: Cast) -> None:
    text = page(client, cast, cast.bidan_rina)
    assert "Pilih posyandunya dulu" in text
    assert "Aisyah" not in text


def test_a_posyandu_without_children_says_what_to_do(client: Client, cast: Cast) -> None:
    lives.leave(cast.aisyah, on=cast.today, by=cast.bidan_rina)
    assert "Belum ada balita terdaftar di sini" in page(client, cast, cast.kader_wati)


@pytest.mark.parametrize("who", ["kader_wati", "bidan_rina"])
def test_many_houses_cost_as_many_queries_as_few(client: Client, cast: Cast, who: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, {"posyandu": str(cast.melati.pk)})
        return len(captured)

    cast.sign_in(client, getattr(cast, who))
    cast.weigh(cast.aisyah, None, "8.4")
    few: Any = queries()
    cast.children(20)
    assert queries() == few <= 10
