"""A child born too early is judged by the day she was due until she is two; her weighings count by her birth."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import child_charts
from ceting.care.measurements.models import Measurement
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child
from ceting.standards.ages import add_months
from ceting.standards.growth import assess
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")
WEEK = 7


def early(cast: Cast, *, weeks: int | None = 36, months: int = 5) -> Child:
    days = None if weeks is None else weeks * WEEK
    child = cast.child("Dini", sex=GIRL, birth_date=add_months(cast.today, -months))
    return families.change_child(
        child, {"gestation_days": days}, base_version=child.version, by=cast.bidan_rina
    )


def test_growth_is_judged_at_corrected_age_and_both_ages_are_kept(cast: Cast) -> None:
    child = early(cast)
    row = cast.weigh(child, cast.today, "6.1", cm="61.5", position="l")
    row.refresh_from_db()
    assert row.age_days == (cast.today - child.birth_date).days
    assert row.corrected_age_days == row.age_days - 4 * WEEK
    expected = assess(sex=GIRL, age_days=row.corrected_age_days, weight=6.1, lenhei=61.5, measure="l")
    assert (row.zwei, row.zlen) == (expected.zwei, expected.zlen)


@pytest.mark.parametrize(("weeks", "corrected"), [(36, 28), (37, None), (39, None), (None, None)])
def test_only_before_37_weeks_something_is_taken_off(
    cast: Cast, weeks: int | None, corrected: int | None
) -> None:
    row = cast.weigh(early(cast, weeks=weeks), cast.today, "6.1")
    row.refresh_from_db()
    taken_off = None if row.corrected_age_days is None else row.age_days - row.corrected_age_days
    assert taken_off == corrected


@pytest.mark.parametrize(("days_before", "is_corrected"), [(1, True), (0, False)])
def test_it_ends_on_the_day_she_turns_two(cast: Cast, days_before: int, is_corrected: bool) -> None:
    child = early(cast, months=30)
    row = cast.weigh(child, add_months(child.birth_date, 24) - timedelta(days=days_before), "10.1")
    row.refresh_from_db()
    assert (row.corrected_age_days is not None) is is_corrected


def test_before_she_was_due_she_is_0_days_old(cast: Cast) -> None:
    child = early(cast, weeks=30, months=1)
    row = cast.weigh(child, cast.today, "2.4")
    row.refresh_from_db()
    assert (row.corrected_age_days, row.zwei) == (0, assess(sex=GIRL, age_days=0, weight=2.4).zwei)


def test_a_length_of_pregnancy_that_is_told_later_judges_everything_again(cast: Cast) -> None:
    child = cast.child("Dini", sex=GIRL, birth_date=add_months(cast.today, -5))
    before = cast.weigh(child, cast.today, "5.6")
    child.refresh_from_db()
    families.change_child(
        child, {"gestation_days": 34 * WEEK}, base_version=child.version, by=cast.bidan_rina
    )
    now = Measurement.objects.get(pk=before.pk)
    assert now.corrected_age_days is not None
    assert (now.zwei or 0) > (before.zwei or 0)


def test_n_and_t_go_by_her_age_since_birth(cast: Cast) -> None:
    """The table of least gains is by months on the card (decision kms.preterm)."""
    at_term, preterm = early(cast, weeks=39), early(cast, weeks=32)
    for child in (at_term, preterm):
        cast.weigh(child, add_months(cast.today, -1), "5.0")
    rows = [cast.weigh(child, cast.today, "5.5") for child in (at_term, preterm)]
    for row in rows:
        row.refresh_from_db()
    assert rows[0].status == rows[1].status
    assert rows[0].minimum_gain_g == rows[1].minimum_gain_g


def test_her_page_says_both_ages_and_her_points_stand_at_the_corrected_one(
    cast: Cast, client: Client
) -> None:
    child = early(cast)
    cast.weigh(child, cast.today, "6.1", cm="61.5", position="l")
    page = cast.sign_in(client, cast.kader_wati).get(reverse("measurements:child", args=[child.pk]))
    words = " ".join(page.content.decode().split())
    assert "5 bulan (koreksi 4 bulan" in words
    assert "36 minggu kehamilan" in words
    child.refresh_from_db()
    (point,) = child_charts.observations(child, list(Measurement.objects.filter(child=child)))
    assert point.age_months == pytest.approx(4.1, abs=0.1)


def test_a_birth_date_of_tomorrow_s_due_date_is_no_error(cast: Cast) -> None:
    child = early(cast, weeks=36, months=0)
    assert child.growth_birth(date(2026, 11, 26)) == date(2026, 11, 26)
