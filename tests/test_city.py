"""The city of the benchmarks is what the verbs would have written: deriving any of it again changes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from benchmarks.cities import families, places, weighing
from benchmarks.cities.building import build
from benchmarks.cities.plan import CityPlan
from ceting.care.measurements.models import LatestGrowth, Measurement, Session
from ceting.care.measurements.month_counting import from_scratch
from ceting.care.measurements.month_models import MonthCount, MonthCountChange
from ceting.care.measurements.reassessing import reassess
from ceting.care.pregnancies.deriving import derive_again
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.foundation.core import clock
from ceting.registry.accounts.models import User
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Child, ChildWord, WordKey

pytestmark = pytest.mark.django_db


def plan() -> CityPlan:
    return CityPlan(today=clock.today(), children=120, pregnancies=14, months=20)


def contents(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def test_deriving_the_city_again_changes_nothing(frozen: Any) -> None:
    build(plan())
    connection.check_constraints()
    children = list(Child.objects.values_list("pk", flat=True))
    rows, latest = contents(Measurement), contents(LatestGrowth)
    assert len(rows) > 2000
    assert reassess(children, since=None, by=None, cause="test") == 0
    assert contents(Measurement) == rows
    assert contents(LatestGrowth) == latest
    assert not MonthCountChange.objects.exists()
    months = list(MonthCount.objects.all())
    assert {count.pk: count.now for count in months} == from_scratch(months)
    assert len(months) == Session.objects.filter(held_on__lt=clock.today()).count() == 40


def test_the_index_of_names_is_as_it_would_be_written(frozen: Any) -> None:
    build(plan())
    words = set(ChildWord.objects.values_list("puskesmas", "child", "word", "is_own"))
    keys = WordKey.objects.count()
    index_names(Child.objects.values_list("pk", flat=True))
    assert set(ChildWord.objects.values_list("puskesmas", "child", "word", "is_own")) == words
    assert WordKey.objects.count() == keys


def test_deriving_its_pregnancies_again_changes_nothing(frozen: Any) -> None:
    build(plan())
    found = Pregnancy.objects.select_related("woman", "puskesmas")
    before, contacts = contents(Pregnancy), contents(Contact)
    assert (len(before), bool(contacts)) == (14, True)
    derive_again(list(found))
    assert contents(Pregnancy) == before
    assert contents(Contact) == contacts


def test_the_same_plan_on_the_same_day_gives_the_same_people(frozen: Any) -> None:
    city = plan()
    places.found(city)
    (post,) = places.posts_of([1])
    once, again = (weighing.weigh(city, post, families.settle(city, post)) for _ in range(2))
    assert [vars(row)["id"] for row in once.rows] == [vars(row)["id"] for row in again.rows]
    assert [_told(each) for each in once.rows] == [_told(each) for each in again.rows]
    assert [each.nik for each in once.families.children] == [each.nik for each in again.families.children]


def _told(row: Measurement) -> tuple[Any, ...]:
    return row.child_id, row.measured_on, row.weight_kg, row.lenhei_cm, row.muac_cm, row.head_cm, row.oedema


def test_everybody_is_measured_by_somebody_of_her_posyandu(frozen: Any) -> None:
    build(plan())
    assert User.objects.filter(username__startswith="kader.").count() == 2
    by_kaders = Measurement.objects.filter(recorded_by__username__startswith="kader.")
    assert by_kaders.exists()
    assert not by_kaders.exclude(source="volunteer").exists()
