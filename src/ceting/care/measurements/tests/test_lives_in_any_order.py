"""Whatever is done about a child, in any order: one open stay or none, and every copy agrees with it."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ceting.care.measurements.models import LatestGrowth
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.models import Child, DeathPlace, Move, Stay
from tests.cast import Cast

DAYS = st.integers(min_value=-3, max_value=400)


class Life(RuleBasedStateMachine):
    """One child; refused deeds leave everything as it was, which the invariants see."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.child = self.cast.child("Budi", months=14)
        self.cast.weigh(self.child, None, "8.1")

    def attempt(self, deed: Any) -> None:
        before = self._all()
        try:
            deed()
        except RefusedError:
            assert self._all() == before

    def _all(self) -> tuple[Any, ...]:
        rows = Stay.objects.filter(child=self.child).order_by("id")
        now = Child.objects.get(pk=self.child.pk)
        return (
            list(rows.values_list("posyandu", "since", "until", "departure")),
            (now.posyandu_id, now.puskesmas_id, now.is_here, now.died_on),
            Move.objects.standing().filter(child=self.child).count(),
        )

    def _day(self, days: int) -> Any:
        return self.cast.today - timedelta(days=days)

    @rule(days=DAYS, kenanga=st.booleans())
    def move(self, days: int, kenanga: bool) -> None:
        to = self.cast.kenanga if kenanga else self.cast.melati
        self.attempt(
            lambda: lives.move_within(self.child, to=to, on=self._day(days), by=self.cast.bidan_rina)
        )

    @rule(days=DAYS)
    def leave(self, days: int) -> None:
        self.attempt(lambda: lives.leave(self.child, on=self._day(days), by=self.cast.bidan_rina))

    @rule(days=DAYS, beyond=st.booleans())
    def hand_over(self, days: int, beyond: bool) -> None:
        to = self.cast.air_dingin if beyond else self.cast.andalas
        self.attempt(lambda: lives.hand_over(self.child, to=to, on=self._day(days), by=self.cast.bidan_rina))

    @precondition(lambda self: Move.objects.waiting().filter(child=self.child).exists())
    @rule()
    def accept(self) -> None:
        move = Move.objects.waiting().get(child=self.child)
        (to,) = move.to_puskesmas.posyandu.all()[:1]
        self.attempt(lambda: lives.accept(move, to=to, by=self.cast.bidan_yuni))

    @rule(days=DAYS, kenanga=st.booleans())
    def come_back(self, days: int, kenanga: bool) -> None:
        to = self.cast.kenanga if kenanga else self.cast.melati
        self.attempt(lambda: lives.come_back(self.child, to=to, on=self._day(days), by=self.cast.bidan_rina))

    @precondition(lambda self: Move.objects.standing().filter(child=self.child).exists())
    @rule(last=st.booleans())
    def undo(self, last: bool) -> None:
        move = Move.objects.standing().filter(child=self.child).order_by("-id" if last else "id").first()
        assert move is not None
        self.attempt(
            lambda: lives.undo_last_move(self.child, move=move, reason="salah", by=self.cast.bidan_rina)
        )

    @rule(days=DAYS)
    def die(self, days: int) -> None:
        self.attempt(
            lambda: lives.record_death(
                self.child, died_on=self._day(days), place=DeathPlace.HOME, by=self.cast.bidan_rina
            )
        )

    @rule()
    def live(self) -> None:
        self.attempt(lambda: lives.undo_death(self.child, reason="salah", by=self.cast.bidan_rina))

    @invariant()
    def one_open_stay_or_none_and_every_copy_agrees(self) -> None:
        rows = list(Stay.objects.filter(child=self.child).order_by("since", "id"))
        now = Child.objects.get(pk=self.child.pk)
        open_rows = [row for row in rows if row.until is None]
        assert len(open_rows) <= 1
        assert now.is_here == bool(open_rows)
        assert (now.posyandu_id, now.puskesmas_id) == (rows[-1].posyandu_id, rows[-1].puskesmas_id)
        assert now.died_on is None or not now.is_here
        standing = LatestGrowth.objects.get(child=self.child)
        assert (standing.here, standing.puskesmas_id) == (now.is_here, now.puskesmas_id)

    @invariant()
    def stays_never_overlap_and_the_closed_ones_come_first(self) -> None:
        rows = list(Stay.objects.filter(child=self.child).order_by("since", "id"))
        assert [row.pk for row in rows] == sorted(row.pk for row in rows)
        for earlier, later in pairwise(rows):
            assert earlier.until is not None
            assert earlier.until <= later.since

    @invariant()
    def at_most_one_posyandu_expects_her_on_any_day(self) -> None:
        posts = (self.cast.melati, self.cast.kenanga, self.cast.mawar)
        for day in (self.cast.today, self._day(200)):
            waiting = [Child.objects.staying_at(post, day).filter(pk=self.child.pk).count() for post in posts]
            assert sum(waiting) <= 1


@pytest.mark.django_db
def test_deeds_in_any_order_leave_one_open_stay_or_none(cast: Cast) -> None:
    machine = type("LifeOfTheCast", (Life,), {"cast": cast})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
