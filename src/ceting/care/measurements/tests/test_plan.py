"""The calendar: a year from a pattern, days that move or fall away, and what is next."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import planning
from ceting.care.measurements.plan_models import PlannedDay
from ceting.care.measurements.plan_presenters import month_of
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PLAN, NEW = "/staf/jadwal/", "/staf/jadwal/susun/"
THURSDAY = 3
TODAY = date(2026, 11, 26)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def planned(cast: Cast, year: int = 2027, nth: int = 2) -> list[PlannedDay]:
    return planning.plan_year(cast.melati, year, weekday=THURSDAY, nth=nth, by=cast.bidan_rina)


def standing(cast: Cast) -> list[date]:
    return list(
        PlannedDay.objects.standing().filter(posyandu=cast.melati).values_list("planned_on", flat=True)
    )


def test_the_second_thursday_makes_twelve_days(cast: Cast) -> None:
    days = [day.planned_on for day in planned(cast)]
    assert [day.month for day in days] == list(range(1, 13))
    assert all(day.weekday() == THURSDAY and 8 <= day.day <= 14 for day in days)


def test_only_what_is_still_to_come_is_planned_of_this_year(cast: Cast) -> None:
    assert [day.planned_on for day in planned(cast, 2026, nth=4)] == [TODAY, date(2026, 12, 24)]


def test_planning_again_adds_nothing_even_where_a_day_was_cancelled(cast: Cast) -> None:
    first, *_ = planned(cast)
    planning.cancel_day(first, reason="Hari libur", by=cast.bidan_rina)
    assert planned(cast, nth=3) == []
    assert len(standing(cast)) == 11


def test_a_moved_day_stands_at_its_new_date_and_may_come_back(cast: Cast) -> None:
    first, *_ = planned(cast)
    moved = planning.move_day(first, date(2027, 1, 20), reason="Hari libur", by=cast.bidan_rina)
    assert standing(cast)[0] == date(2027, 1, 20)
    planning.move_day(moved, first.planned_on, reason="Jadi juga", by=cast.bidan_rina)
    assert standing(cast)[0] == first.planned_on
    assert len(standing(cast)) == 12


def test_what_cannot_be_changed_is_refused_and_nothing_is_written(cast: Cast) -> None:
    first, second, *_ = planned(cast)
    refused = [
        (date(2026, 11, 25), "Hari libur", "past"),
        (second.planned_on, "Hari libur", "taken"),
        (date(2027, 1, 20), "  ", "no_reason"),
        (date(2027, 1, 20), "x" * 121, "long_reason"),
    ]
    for to, reason, code in refused:
        with pytest.raises(RefusedError) as refusal:
            planning.move_day(first, to, reason=reason, by=cast.bidan_rina)
        assert [problem.code for problem in refusal.value.problems] == [code]
    assert len(standing(cast)) == 12
    planning.cancel_day(first, reason="Hari libur", by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        planning.cancel_day(first, reason="Lagi", by=cast.bidan_rina)


def test_opening_a_planned_day_links_to_it_and_it_cannot_be_cancelled_any_more(cast: Cast) -> None:
    today, *_ = planned(cast, 2026, nth=4)
    session = planning.open_session(cast.melati, TODAY, by=cast.kader_wati)
    assert planning.open_session(cast.melati, TODAY, by=cast.kader_wati) == session
    today.refresh_from_db()
    assert today.opening.session == session
    with pytest.raises(RefusedError):
        planning.cancel_day(today, reason="Hujan", by=cast.bidan_rina)


def test_rina_plans_moves_and_cancels_and_wati_reads_it(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.bidan_rina)
    typed = {"posyandu": str(cast.melati.pk), "weekday": "3", "nth": "2", "year": "2027"}
    assert "12 hari posyandu dijadwalkan" in words(client.post(NEW, typed, follow=True))
    january, february = PlannedDay.objects.all()[:2]
    client.post(change(january), {"to": "20/1/2027", "reason": "Hari libur"})
    client.post(change(february), {"to": "", "reason": "Imunisasi massal"})
    cast.sign_in(client, cast.kader_wati)
    assert "Pindah ke Rab, 20 Jan 2027 Hari libur" in words(client.get(f"{PLAN}?bulan=2027-01"))
    text = words(client.get(f"{PLAN}?bulan=2027-02"))
    assert "Dibatalkan Imunisasi massal" in text
    assert "vitamin A" in text
    assert "Pindah atau batal" not in text
    home = words(client.get("/staf/"))
    assert "Hari posyandu berikutnya Rab, 20 Jan 2027" in home


def change(planned: PlannedDay) -> str:
    return reverse("measurements:plan-change", args=[planned.pk])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"to": "25/11/2026", "reason": "Libur"}, "sudah lewat"),
        ({"to": "20/1/2027", "reason": ""}, "Isi alasannya"),
        ({"to": "besok", "reason": "Libur"}, "tanggal"),
        ({"to": "1/1/9999", "reason": "Libur"}, "tanggal"),
    ],
)
def test_rina_is_told_what_to_mend(cast: Cast, client: Client, typed: dict[str, str], sentence: str) -> None:
    first, *_ = planned(cast)
    answer = cast.sign_in(client, cast.bidan_rina).post(change(first), typed)
    assert answer.status_code == 422
    assert sentence in words(answer).lower() or sentence in words(answer)
    assert len(standing(cast)) == 12


def test_who_may_not_plan_does_not_and_strangers_see_nothing(cast: Cast, client: Client) -> None:
    first, *_ = planned(cast)
    assert cast.sign_in(client, cast.kader_wati).get(change(first)).status_code == 403
    assert cast.sign_in(client, cast.bidan_yuni).get(change(first)).status_code == 404
    for stranger in (cast.kader_tuti, cast.bidan_yuni):
        text = words(cast.sign_in(client, stranger).get(f"{PLAN}?bulan=2027-01"))
        assert "Posyandu Melati" not in text
    typed = {"posyandu": str(cast.melati.pk), "weekday": "3", "nth": "2", "year": "2027"}
    assert cast.sign_in(client, cast.bidan_yuni).post(NEW, typed).status_code == 422


@pytest.mark.parametrize(
    "typed", ["", "2027", "2027-13", "0000-01", "²027-01", "2027-1", "<b>-01", "9999-12"]
)
def test_any_other_month_is_this_one(typed: str) -> None:
    assert month_of(typed, TODAY).first == date(2026, 11, 1)


def test_a_month_of_many_posyandu_takes_few_queries(
    cast: Cast, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    planned(cast)
    planning.plan_year(cast.kenanga, 2027, weekday=THURSDAY, nth=2, by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(8):
        client.get(f"{PLAN}?bulan=2027-01")
