"""Home and opening the posyandu's day."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import operations, planning
from ceting.care.measurements.models import Session
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

HOME = "/staf/"
NEW = "/staf/sesi/baru/"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def wati(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kader_wati)


def test_home_greets_by_the_clock_of_the_puskesmas(
    wati: Client, frozen: time_machine.Traveller, cast: Cast
) -> None:
    assert "Selamat pagi, Wati" in words(wati.get(HOME))
    frozen.shift(11 * 3600)
    # Her screen has locked itself long ago; she comes in anew.
    late = cast.sign_in(Client(), cast.kader_wati)

    assert "Selamat malam, Wati" in words(late.get(HOME))


def test_dinas_without_a_puskesmas_is_greeted_by_wib_and_not_by_greenwich(
    client: Client, frozen: time_machine.Traveller, cast: Cast
) -> None:
    assert "Selamat pagi, Dinas Kesehatan" in words(cast.sign_in(client, cast.dinas).get(HOME))


def test_an_empty_home_teaches_the_first_step(wati: Client) -> None:
    text = words(wati.get(HOME))

    assert "Belum ada hari posyandu" in text
    assert "Buka hari posyandu, lalu catat berat dan panjang anak satu per satu." in text
    assert NEW in wati.get(HOME).content.decode()


def test_home_counts_today_and_lists_what_is_past(wati: Client, cast: Cast) -> None:
    cast.child("Budi")
    cast.weigh(cast.aisyah, "2026-09-24", "8.1")
    operations.close_session(cast.session("2026-09-24"), by=cast.kader_wati)
    cast.weigh(cast.aisyah, cast.today, "8.5")

    text = words(wati.get(HOME))

    assert "Andalas · hari ini, Kam, 26 Nov 2026" in text
    assert "1 dari 2 anak tercatat" in text
    assert "Kam, 24 Sep 2026" in text


def test_a_day_that_nobody_closed_is_not_offered_for_ever(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.1")

    text = words(wati.get(HOME))

    assert "Tidak ada hari posyandu yang sedang berjalan." in text
    assert "Kam, 22 Okt 2026" in text


def test_home_leads_to_the_children_who_need_attention(wati: Client, cast: Cast) -> None:
    assert "Tidak ada yang perlu perhatian khusus saat ini" in words(wati.get(HOME))
    cast.weigh(cast.aisyah, cast.today, "6.0")

    response = wati.get(HOME)

    assert "Anak perlu perhatian 1" in words(response)
    assert f'href="{reverse("measurements:attention")}"' in response.content.decode()


def test_home_shows_kader_tuti_only_her_own_posyandu(client: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, cast.today, "6.0")
    cast.session(posyandu=cast.kenanga)
    planning.plan_year(cast.melati, 2026, weekday=3, nth=2, by=cast.bidan_rina)

    text = words(cast.sign_in(client, cast.kader_tuti).get(HOME))

    assert "Posyandu Kenanga" in text
    assert "Melati" not in text
    assert "Anak perlu perhatian 0" in text


@pytest.mark.parametrize("who", ["dinas", "dr_mira"])
def test_who_has_no_place_reads_calmly_what_will_come(client: Client, cast: Cast, who: str) -> None:
    response = cast.sign_in(client, cast.everybody[who]).get(HOME)

    assert response.status_code == 200
    assert "Halaman ini masih disiapkan" in words(response)
    assert "Buka hari posyandu" not in words(response)


def test_the_head_of_the_puskesmas_reads_but_opens_nothing(client: Client, cast: Cast) -> None:
    cast.session()
    kepala = cast.sign_in(client, cast.kepala)

    text = words(kepala.get(HOME))

    assert "Ringkasan" in text
    assert "Catat penimbangan" not in text
    assert kepala.get(NEW).status_code == 403


def test_home_takes_as_many_queries_for_twenty_days_as_for_one(
    wati: Client, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for month in range(1, 12):
        cast.weigh(cast.aisyah, f"2026-{month:02}-20", 8)
        cast.session(f"2026-{month:02}-21")

    with django_assert_max_num_queries(13):
        wati.get(HOME)


def test_a_kader_of_one_posyandu_needs_no_choosing(wati: Client, cast: Cast) -> None:
    page = wati.get(NEW).content.decode()

    assert f'<option value="{cast.melati.pk}" selected>Posyandu Melati, Andalas</option>' in page
    assert 'value="26/11/2026"' in page, "today, unless she says otherwise"
    assert "Kenanga" not in page


def test_opening_a_day_leads_to_its_grid_and_opening_it_again_to_the_same(wati: Client, cast: Cast) -> None:
    typed = {"posyandu": cast.melati.pk, "held_on": "26-11-2026"}

    first, second = wati.post(NEW, typed), wati.post(NEW, typed)

    (session,) = Session.objects.all()
    assert first.headers["Location"] == reverse("measurements:session", args=[session.pk])
    assert second.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize("typed", ["24/9/2026", "24 September 2026", "2026-09-24", "24-9-26"])
def test_a_day_of_last_month_can_be_typed_as_people_write_it(wati: Client, cast: Cast, typed: str) -> None:
    wati.post(NEW, {"posyandu": cast.melati.pk, "held_on": typed})

    assert str(Session.objects.get().held_on) == "2026-09-24"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("27-11-2026", "Tanggal Jum, 27 Nov 2026 belum tiba."),
        ("besok", "Tanggal ini tidak terbaca."),
        ("31-2-2026", "Tanggal ini tidak ada di kalender."),
        ("", "Isi tanggal posyandu."),
    ],
)
def test_a_day_that_can_not_be_is_refused_in_words(
    wati: Client, cast: Cast, typed: str, sentence: str
) -> None:
    response = wati.post(NEW, {"posyandu": cast.melati.pk, "held_on": typed})

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Session.objects.exists()


def test_just_after_midnight_in_padang_the_new_day_can_be_opened(
    wati: Client, cast: Cast, frozen: time_machine.Traveller
) -> None:
    frozen.move_to("2026-11-26T17:05:00+00:00")
    cast.sign_in(wati, cast.kader_wati)

    wati.post(NEW, {"posyandu": cast.melati.pk, "held_on": "27-11-2026"})

    assert str(Session.objects.get().held_on) == "2026-11-27"


def test_kader_tuti_can_not_open_a_day_at_melati(client: Client, cast: Cast) -> None:
    response = cast.sign_in(client, cast.kader_tuti).post(
        NEW, {"posyandu": cast.melati.pk, "held_on": "26-11-2026"}
    )

    assert "Pilih posyandu dari daftar." in words(response)
    assert not Session.objects.exists()


def test_a_midwife_chooses_among_the_posyandu_of_her_puskesmas(client: Client, cast: Cast) -> None:
    places.open_posyandu(
        [("Anggrek", cast.villages["Jati"], "01")], puskesmas=cast.andalas, by=cast.bidan_rina
    )

    page = words(cast.sign_in(client, cast.bidan_rina).get(NEW))

    assert all(name in page for name in ("Melati", "Kenanga", "Anggrek"))
    assert "Mawar" not in page
