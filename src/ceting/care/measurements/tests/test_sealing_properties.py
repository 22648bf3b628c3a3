"""Whatever happens in whatever order: the counts are those from scratch, and the seal plus its changes gives them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.measurements import corrections, sealing
from ceting.care.measurements.models import Measurement, MonthCount
from ceting.care.measurements.month_counting import from_scratch
from ceting.care.measurements.month_models import LETTERS
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MONTHS = [date(2026, month, 1) for month in (8, 9, 10, 11)]
DAYS = st.builds(date, st.just(2026), st.sampled_from([8, 9, 10, 11]), st.sampled_from([3, 12, 22]))
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("weigh"), st.integers(0, 3), DAYS, st.sampled_from(["7.5", "8.1", "8.6", "9.4"])),
        st.tuples(st.just("correct"), st.integers(0, 9), DAYS, st.sampled_from(["7.7", "8.8"])),
        st.tuples(st.just("seal"), st.booleans(), st.sampled_from(MONTHS)),
        st.tuples(st.just("born"), st.integers(0, 3), st.integers(1, 64)),
        st.tuples(st.just("book"), st.integers(0, 3)),
        st.tuples(st.just("move"), st.integers(0, 3), DAYS),
        st.tuples(st.just("leave"), st.integers(0, 3), DAYS),
        st.tuples(st.just("return"), st.integers(0, 3), DAYS),
        st.tuples(st.just("register"), st.integers(0, 50)),
        st.tuples(st.just("strike"), st.integers(0, 9)),
    ),
    min_size=4,
    max_size=16,
)


@contextmanager
def undone() -> Iterator[None]:
    """Each example starts from the same town."""
    mark = transaction.savepoint()
    yield
    transaction.savepoint_rollback(mark)


def do(deed: tuple[Any, ...], cast: Cast) -> None:
    """One deed by its verb; whatever the verb refuses changes nothing."""
    kind, *rest = deed
    children = list(Child.objects.filter(posyandu__in=[cast.melati, cast.kenanga]).order_by("id"))
    rows = list(Measurement.objects.current().select_related("child__puskesmas").order_by("id"))
    if kind in ("correct", "strike") and not rows:
        return
    by = cast.bidan_rina
    if kind == "weigh":
        cast.weigh(children[rest[0] % len(children)], rest[1], rest[2])
    elif kind == "correct":
        row = rows[rest[0] % len(rows)]
        cast.weigh(row.child, rest[1], rest[2], corrects=row)
    elif kind == "strike":
        corrections.strike_out(rows[rest[0] % len(rows)], reason="not_measured", words="", by=by)
    elif kind == "seal":
        sealing.seal_month(cast.melati if rest[0] else cast.kenanga, rest[1], by=by)
    elif kind == "register":
        cast.child("Baru", months=rest[0])
    else:
        _to_child(kind, children[rest[0] % len(children)], rest[1:], cast)


def _to_child(kind: str, child: Child, rest: list[Any], cast: Cast) -> None:
    by = cast.bidan_rina
    if kind == "born":
        day = date(2026 - (rest[0] // 12), 12 - rest[0] % 12, 10)
        families.change_child(child, {"birth_date": day}, base_version=child.version, by=by)
    elif kind == "book":
        families.change_child(
            child, {"has_kia_book": not child.has_kia_book}, base_version=child.version, by=by
        )
    elif kind == "move":
        to = cast.kenanga if child.posyandu_id == cast.melati.pk else cast.melati
        life_operations.move_within(child, to=to, on=rest[0], by=by)
    elif kind == "leave":
        life_operations.leave(child, on=rest[0], by=by)
    else:
        life_operations.come_back(child, to=cast.melati, on=rest[0], by=by)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_sealed_plus_all_changes_is_what_a_count_from_scratch_says(
    cast: Cast, deeds: list[tuple[Any, ...]]
) -> None:
    with undone():
        cast.weigh(cast.aisyah, "2026-09-12", "8.0")
        sealing.seal_month(cast.melati, date(2026, 9, 1), by=None)
        for deed in deeds:
            try:
                with transaction.atomic():
                    do(deed, cast)
            except RefusedError:
                continue
        counts = list(MonthCount.objects.all())
        assert {count.pk: count.now for count in counts} == from_scratch(counts)
        for count in counts:
            total = dict(count.sealed)
            for change in count.changes.order_by("id"):
                assert change.before == total, "each change begins where the last one ended"
                total = {
                    letter: total[letter] + change.after[letter] - change.before[letter] for letter in LETTERS
                }
            assert total == count.now
            assert count.now["D"] == sum(count.now[letter] for letter in "NTOB")
