"""Whatever is done about children and their rows, in any order, every measurement is found exactly once.

Where: with whoever stands for the child for whom it was written. And what is derived from it (statuses, LatestGrowth,
sealed months with their changes) is what a count from scratch says.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ceting.care.measurements import assessment, corrections, sealing
from ceting.care.measurements.assessment import Series
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import LatestGrowth, Measurement, MonthCount, Withdrawal
from ceting.care.measurements.month_counting import from_scratch
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.models import Child, Merge, Move, roots
from ceting.registry.families.operations import change_child
from tests.cast import Cast

WHY = "Ibu dan tanggal lahirnya sama"
SEALED = [date(2026, month, 1) for month in (8, 9, 10)]
WHO, WHICH = st.integers(0, 9), st.integers(0, 50)
DAYS = st.integers(0, 280)
KG = st.integers(60, 120).map(lambda tenths: Decimal(tenths) / 10)


class Lives(RuleBasedStateMachine):
    """Register, weigh, correct, strike out, give to another child, move, merge, undo; refused deeds change nothing."""

    cast: Cast
    """Gathered once, with the months before this one sealed; each example is rolled back to there."""

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.children: list[UUID] = [self.cast.aisyah.pk]
        self.written_for: dict[UUID, UUID] = {}
        """Row -> the child for whom it was written: what the house must remember."""
        self.ended: set[UUID] = set()
        """Rows that were corrected or struck out: they stay, and count no more."""
        self.merges: list[Merge] = []

    def teardown(self) -> None:
        """Each example in a transaction of its own, rolled back."""
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def child(self, number: int) -> Child:
        rows = Child.objects.select_related("puskesmas", "posyandu")
        return rows.get(pk=self.children[number % len(self.children)])

    def standing(self, number: int) -> Measurement:
        rows = list(Measurement.objects.current().filter(pk__in=self.written_for).order_by("pk"))
        return Measurement.objects.select_related("child__puskesmas", "session").get(
            pk=rows[number % len(rows)].pk
        )

    def day(self, days: int) -> date:
        return self.cast.today - timedelta(days=days)

    def attempt(self, deed: Any) -> Any:
        """What the deed gives; None when its verb refused."""
        try:
            with transaction.atomic():
                return deed()
        except RefusedError:
            return None

    def has_rows(self) -> bool:
        return len(self.written_for) > len(self.ended)

    # ---- Rows

    @rule(months=st.integers(10, 30))
    def register(self, months: int) -> None:
        self.children.append(self.cast.child(f"Anak {len(self.children)}", months=months).pk)

    @rule(who=WHO, days=DAYS, kg=KG)
    def weigh(self, who: int, days: int, kg: Decimal) -> None:
        child = self.child(who)
        row = self.attempt(lambda: self.cast.weigh(child, self.day(days), kg))
        if row:
            self.written_for[row.pk] = child.pk

    @precondition(has_rows)
    @rule(which=WHICH, kg=KG, days=st.none() | DAYS)
    def correct(self, which: int, kg: Decimal, days: int | None) -> None:
        """Another weight, perhaps another day; the row stays the child's for whom it was written."""
        wrong = self.standing(which)
        draft = replace(_as_it_stands(wrong), weight_kg=kg)
        if days is not None:
            draft = replace(draft, measured_on=self.day(days), session=None)
        self._corrected(wrong, draft, self.written_for[wrong.pk])

    @precondition(lambda self: self.has_rows() and len(self.children) > 1)
    @rule(which=WHICH, who=WHO)
    def give_to_another_child(self, which: int, who: int) -> None:
        wrong, other = self.standing(which), self.child(who)
        if other.pk != wrong.child_id and roots([other.pk])[other.pk] == other.pk:
            draft = replace(_as_it_stands(wrong), child=other, session=None)
            self._corrected(wrong, draft, other.pk)

    def _corrected(self, wrong: Measurement, draft: MeasurementDraft, whose: UUID) -> None:
        by = self.cast.bidan_rina
        row = self.attempt(lambda: corrections.correct(wrong, draft, reason="typed_wrong", by=by))
        if row:
            self.written_for[row.pk] = whose
            self.ended.add(wrong.pk)

    @precondition(has_rows)
    @rule(which=WHICH)
    def strike_out(self, which: int) -> None:
        wrong, by = self.standing(which), self.cast.bidan_rina
        if self.attempt(lambda: corrections.strike_out(wrong, reason="not_measured", by=by)):
            self.ended.add(wrong.pk)

    # ---- Merges

    @precondition(lambda self: len(self.children) > 1)
    @rule(a=WHO, b=WHO, chosen=st.sets(st.sampled_from(["name", "birth_date"])))
    def merge(self, a: int, b: int, chosen: set[str]) -> None:
        one, other, by = self.child(a), self.child(b), self.cast.bidan_rina
        merge = self.attempt(lambda: merge_children(one, other, from_absorbed=chosen, reason=WHY, by=by))
        if merge:
            self.merges.append(merge)

    @precondition(lambda self: self.merges)
    @rule(which=WHO)
    def undo_a_merge(self, which: int) -> None:
        merge = self.merges[which % len(self.merges)]
        if self.attempt(lambda: undo_merge(merge, by=self.cast.bidan_rina)):
            self.merges.remove(merge)

    # ---- Lives

    @rule(who=WHO, days=st.integers(300, 800))
    def correct_a_birth_date(self, who: int, days: int) -> None:
        child, by = self.child(who), self.cast.bidan_rina
        if roots([child.pk])[child.pk] == child.pk:
            born = {"birth_date": self.day(days)}
            self.attempt(lambda: change_child(child, born, base_version=child.version, by=by))

    @rule(who=WHO, days=DAYS, how=st.sampled_from(["within", "hand_over", "leave", "come_back"]))
    def move(self, who: int, days: int, how: str) -> None:
        child, on, by = self.child(who), self.day(days), self.cast.bidan_rina
        beside = self.cast.kenanga if child.posyandu_id == self.cast.melati.pk else self.cast.melati
        beyond = next(
            each for each in (self.cast.air_dingin, self.cast.andalas) if each.pk != child.puskesmas_id
        )
        deeds: dict[str, Any] = {
            "within": lambda: lives.move_within(child, to=beside, on=on, by=by),
            "hand_over": lambda: lives.hand_over(child, to=beyond, on=on, by=by),
            "leave": lambda: lives.leave(child, on=on, by=by),
            "come_back": lambda: lives.come_back(child, to=child.posyandu, on=on, by=by),
        }
        self.attempt(deeds[how])

    @precondition(lambda self: Move.objects.waiting().filter(child__in=self.children).exists())
    @rule()
    def accept(self) -> None:
        waiting = Move.objects.waiting().filter(child__in=self.children).order_by("pk")[0]
        to = self.cast.mawar if waiting.to_puskesmas_id == self.cast.air_dingin.pk else self.cast.melati
        self.attempt(lambda: lives.accept(waiting, to=to, by=self.cast.bidan_yuni))

    @rule(who=WHO)
    def undo_her_last_move(self, who: int) -> None:
        child, by = self.child(who), self.cast.bidan_rina
        last = Move.objects.standing().filter(child=child).order_by("-pk").first()
        if last:
            self.attempt(lambda: lives.undo_last_move(child, move=last, reason="salah anak", by=by))

    # ---- What always holds

    @invariant()
    def every_measurement_is_there_once_and_the_right_childs(self) -> None:
        if not hasattr(self, "example"):
            return
        homes = roots(set(self.written_for.values()))
        told = {row_id: homes[child_id] for row_id, child_id in self.written_for.items()}
        rows = Measurement.objects.filter(child__in=set(homes.values()))
        assert dict(rows.values_list("pk", "child")) == told, "found through who stands, history included"
        assert Measurement.objects.count() == len(told), "and nobody else has one"

    @invariant()
    def what_was_corrected_or_struck_out_stays_readable_and_counts_no_more(self) -> None:
        if not hasattr(self, "example"):
            return
        current = set(Measurement.objects.current().values_list("pk", flat=True))
        assert current == set(self.written_for) - self.ended
        corrected = set(Measurement.objects.exclude(corrects=None).values_list("corrects", flat=True))
        struck_out = set(Withdrawal.objects.values_list("measurement", flat=True))
        assert corrected | struck_out == self.ended
        assert corrected.isdisjoint(struck_out)

    @invariant()
    def where_children_stand_is_as_from_scratch(self) -> None:
        if not hasattr(self, "example"):
            return
        series: dict[UUID, list[Measurement]] = {}
        for row in Measurement.objects.current():
            series.setdefault(row.child_id, []).append(row)
        latest = LatestGrowth.objects.in_bulk(self.children)
        for child in Child.objects.filter(pk__in=self.children):
            rows, kept = series.get(child.pk, []), latest.get(child.pk)
            assert assessment.derive([Series(child, rows)]) == []
            fresh = assessment.latest(Series(child, rows))
            assert (fresh is None) == (kept is None)
            if fresh and kept:
                assert _standing(fresh) == _standing(kept)
                assert (kept.here, kept.puskesmas_id) == (child.is_here, child.puskesmas_id)

    @invariant()
    def sealed_months_and_their_changes_give_the_count_from_scratch(self) -> None:
        if not hasattr(self, "example"):
            return
        counts = list(MonthCount.objects.prefetch_related("changes"))
        assert {count.pk: count.now for count in counts} == from_scratch(counts)
        for count in counts:
            total = dict(count.sealed)
            for change in sorted(count.changes.all(), key=lambda each: each.pk):
                assert change.before == total, "each change begins where the last one ended"
                total = dict(change.after)
            assert total == count.now


def _as_it_stands(row: Measurement) -> MeasurementDraft:
    return MeasurementDraft(
        child=row.child,
        measured_on=row.measured_on,
        weight_kg=row.weight_kg,
        source=row.source,
        session=row.session,
    )


def _standing(growth: LatestGrowth) -> tuple[Any, ...]:
    return growth.measurement_id, growth.weight_kg, growth.attention, growth.reasons, growth.birth_date


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_any_order_of_deeds_keeps_every_measurement_once_on_the_right_child(cast: Cast) -> None:
    for post in (cast.melati, cast.kenanga):
        for month in SEALED:
            sealing.seal_month(post, month, by=None)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        type("LivesOfTheCast", (Lives,), {"cast": cast}),
        settings=settings(
            max_examples=10, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
