"""The demo looks like life, is the same every time, and touches nothing of anybody else's."""

import contextlib
from datetime import date

import pytest
from django.conf import LazySettings
from django.db import transaction

from ceting.care.measurements.models import LatestGrowth, Measurement, Session
from ceting.demo.calendar import mornings
from ceting.demo.generate import NotADemoError, generate
from ceting.demo.plan import DemoPlan
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import WorkArea
from tests.cast import Cast

SMALL = DemoPlan(families=60, posyandu=2, months=12)
TODAY = date(2026, 11, 20)


def story() -> list[tuple[object, ...]]:
    """Everything about the demo that isn't a key or a time of writing."""
    rows = Measurement.objects.order_by("child__name", "child__birth_date", "measured_on", "weight_kg")
    return list(
        rows.values_list("child__name", "child__birth_date", "measured_on", "weight_kg", "zlen", "status")
    )


@pytest.mark.django_db
def test_the_demo_has_stunting_gaps_newborns_without_nik_and_slips_of_the_pen() -> None:
    generate(DemoPlan(families=300, posyandu=4, months=18), today=TODAY)
    seen = LatestGrowth.objects.exclude(measurement__zlen=None)
    short = seen.filter(measurement__zlen__lt=-2).count() / seen.count()
    assert 0.12 < short < 0.30
    statuses = set(Measurement.objects.values_list("status", flat=True))
    assert {"B", "O", "N", "T"} <= statuses
    assert Child.objects.filter(nik_hash="").exists()
    assert Measurement.objects.exclude(flags="").exists()
    assert WorkArea.objects.filter(confirmed=False).count() == 10
    heaped = [m.lenhei_cm for m in Measurement.objects.exclude(lenhei_cm=None)]
    whole = sum(length == int(length) for length in heaped) / len(heaped)
    assert whole > 0.2, "a tenth would be whole by chance: people like whole numbers"


@pytest.mark.django_db
def test_wati_and_tuti_have_a_session_today() -> None:
    generate(SMALL, today=TODAY)
    assert Session.objects.filter(held_on=TODAY, closure=None).count() == 2


@pytest.mark.django_db
def test_a_second_time_changes_nothing() -> None:
    generate(SMALL, today=TODAY)
    before = story()
    generate(SMALL, today=TODAY)
    assert story() == before


class _UndoneError(Exception):
    """Takes a whole demo back."""


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    told = []
    for plan in (SMALL, SMALL, DemoPlan(families=60, posyandu=2, months=12, seed=7)):
        with contextlib.suppress(_UndoneError), transaction.atomic():
            generate(plan, today=TODAY)
            told.append(story())
            raise _UndoneError
    assert told[0] == told[1]
    assert told[0] != told[2]


@pytest.mark.django_db
def test_real_people_are_never_joined_by_invented_ones(cast: Cast) -> None:
    people = User.objects.count()
    with pytest.raises(NotADemoError):
        generate(SMALL, today=TODAY)
    assert User.objects.count() == people


@pytest.mark.django_db
def test_a_production_installation_refuses(settings: LazySettings) -> None:
    settings.MODE = "production"
    with pytest.raises(NotADemoError):
        generate(SMALL, today=TODAY)
    assert not User.objects.exists()


@pytest.mark.parametrize("sizes", [{"families": 0}, {"posyandu": 1}, {"posyandu": 21}, {"months": 0}])
def test_impossible_sizes_are_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a demo has"):
        DemoPlan(**sizes)


def test_no_morning_falls_on_a_sunday_or_after_today() -> None:
    days = mornings(TODAY, months=24, day=15)
    assert len(days) == 24
    assert all(day.weekday() != 6 and day < TODAY for day in days)
    assert days == sorted(days)
