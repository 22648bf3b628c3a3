"""Verbs on a real database: any order of arrival, corrections, a corrected birth date, and what the audit keeps."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ceting.care.measurements import operations
from ceting.care.measurements.assessment import DERIVED
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import LatestGrowth, Measurement, Source
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")

KEPT = ("measured_on", "weight_kg", "lenhei_cm", "muac_cm", "source", *DERIVED)
LATEST = ("measured_on", "weight_kg", "weighed_on", "lenhei_cm", "length_on", "attention", "reasons")


class UndoneError(Exception):
    """Takes back one arrival of the drafts, so that the next one starts from the same child."""


def rows_of(child: Child) -> list[tuple[Any, ...]]:
    return [
        tuple(getattr(row, name) for name in KEPT)
        for row in Measurement.objects.current().filter(child=child).order_by("measured_on")
    ]


def latest_of(child: Child) -> tuple[Any, ...]:
    return LatestGrowth.objects.values_list(*LATEST).get(child=child)


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """Measurements of one child, each on a day of its own, and an order with batches in which they come in."""
    days = draw(st.lists(st.integers(0, 420), min_size=2, max_size=9, unique=True))
    measured = [
        {
            "day": day,
            # Now and then a weight that no child has: flagged.
            "weight_kg": draw(
                st.sampled_from((0.6, 2.9, 4.2, 5.5, 6.9, 7.0, 7.1, 7.9, 8.3, 9.0, 11.5, 30.0))
            ),
            "lenhei_cm": draw(st.sampled_from((None, None, 50.0, 63.5, 71.0, 76.5))),
            "muac_cm": draw(st.sampled_from((None, None, 11.4, 12.0, 13.5))),
            "source": draw(st.sampled_from((Source.VOLUNTEER, Source.STAFF, Source.IMPORT, Source.FAMILY))),
        }
        for day in days
    ]
    order = draw(st.permutations(range(len(measured))))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1))))
    batches = [list(order[a:b]) for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    return measured, batches


def arrive(
    cast: Cast, child: Child, measured: Sequence[dict[str, Any]], batches: Sequence[Sequence[int]]
) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """What stands after the drafts came in these batches; the database is as before afterwards."""
    found: list[Any] = []

    def number(value: float | None) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    try:
        with transaction.atomic():
            for batch in batches:
                operations.record_many(
                    [
                        MeasurementDraft(
                            child=child,
                            measured_on=child.birth_date + timedelta(days=one["day"]),
                            weight_kg=number(one["weight_kg"]),
                            lenhei_cm=number(one["lenhei_cm"]),
                            muac_cm=number(one["muac_cm"]),
                            source=one["source"],
                        )
                        for one in (measured[place] for place in batch)
                    ],
                    by=cast.bidan_rina,
                )
            found = [rows_of(child), latest_of(child)]
            raise UndoneError
    except UndoneError:
        return found[0], found[1]


def test_any_order_of_arrival_gives_the_same_rows(cast: Cast) -> None:
    @given(arrivals())
    @settings(max_examples=60)
    def holds(story: tuple[list[dict[str, Any]], list[list[int]]]) -> None:
        measured, batches = story
        in_time = sorted(range(len(measured)), key=lambda place: measured[place]["day"])
        timely = arrive(cast, cast.aisyah, measured, [[place] for place in in_time])
        assert arrive(cast, cast.aisyah, measured, batches) == timely
        assert arrive(cast, cast.aisyah, measured, [in_time]) == timely

    holds()


def test_an_october_weighing_that_arrives_in_december_turns_o_into_n_and_the_audit_keeps_the_o(
    cast: Cast,
) -> None:
    cast.weigh(cast.aisyah, "2026-08-05", "8.0")
    november = cast.weigh(cast.aisyah, "2026-10-05", "8.6")
    assert november.status == "O"
    cast.weigh(cast.aisyah, "2026-09-05", "8.3")
    november.refresh_from_db()
    assert (november.status, november.gain_g) == ("N", 300)
    entry = AuditEntry.objects.filter(action="measurement.record").order_by("-id")[0]
    assert json.loads(entry.detail)["derived_again"][str(november.pk)]["status"] == "O"


def test_a_corrected_weight_leaves_both_rows_and_judges_the_months_after_it_again(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-08-05", "8.0")
    wrong = cast.weigh(cast.aisyah, "2026-09-05", "9.3")
    after = cast.weigh(cast.aisyah, "2026-10-05", "8.6")
    assert after.status == "T"
    draft = MeasurementDraft(
        child=cast.aisyah,
        measured_on=wrong.measured_on,
        weight_kg=Decimal("8.3"),
        session=wrong.session,
        corrects=wrong,
        reason="Salah ketik",
    )
    (right,) = operations.record_many([draft], by=cast.bidan_rina)
    after.refresh_from_db()
    assert (right.status, after.status) == ("N", "N")
    assert Measurement.objects.filter(child=cast.aisyah).count() == 4
    assert wrong not in Measurement.objects.current()


def test_a_new_birth_date_rewrites_what_was_derived_and_the_audit_keeps_the_old_values(cast: Cast) -> None:
    child = cast.aisyah
    row = cast.weigh(child, "2026-10-05", "8.0", cm="70.0")
    old = {name: getattr(row, name) for name in ("zwei", "zlen", "age_days", "wfa")}
    earlier = child.birth_date - timedelta(days=180)
    families.change_child(child, {"birth_date": earlier}, base_version=child.version, by=cast.bidan_rina)
    row.refresh_from_db()
    assert row.age_days == old["age_days"] + 180
    assert row.zwei < old["zwei"]
    assert row.lfa == "TBU_SP"
    assert "severely_short" in latest_of(child)[-1]
    detail = json.loads(AuditEntry.objects.get(action="measurement.reassess").detail)
    assert {name: detail[str(row.pk)][name] for name in old} == old


def test_a_new_birth_date_gives_the_same_rows_as_if_it_had_always_been_right(cast: Cast) -> None:
    right = cast.child("Budi", birth_date="2025-09-10")
    wrong = cast.child("Bayu", birth_date="2025-06-10")
    for child in (right, wrong):
        for month, kg in ((7, "7.4"), (8, "7.9"), (9, "7.9"), (10, "8.0")):
            cast.weigh(child, date(2026, month, 12), kg, cm="69")
    changes = {"birth_date": right.birth_date}
    families.change_child(wrong, changes, base_version=wrong.version, by=cast.bidan_rina)
    assert rows_of(wrong) == rows_of(right)
    assert latest_of(wrong) == latest_of(right)


def test_a_birth_date_after_a_weighing_is_refused_and_nothing_changes(cast: Cast) -> None:
    child = cast.aisyah
    cast.weigh(child, "2026-10-05", "8.0")
    before = (child.birth_date, rows_of(child))
    with pytest.raises(RefusedError) as refusal:
        families.change_child(
            child, {"birth_date": date(2026, 10, 6)}, base_version=child.version, by=cast.bidan_rina
        )
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field) == ("measured_before_birth", "birth_date")
    assert "Sen, 5 Okt 2026" in problem.sentence
    child.refresh_from_db()
    assert (child.birth_date, rows_of(child)) == before


def test_one_impossible_draft_refuses_the_whole_batch(cast: Cast) -> None:
    good = MeasurementDraft(child=cast.aisyah, measured_on=cast.today, weight_kg=Decimal("8.5"))
    future = replace(good, measured_on=cast.today + timedelta(days=1))
    with pytest.raises(RefusedError):
        operations.record_many([good, future], by=cast.bidan_rina)
    assert not Measurement.objects.exists()
