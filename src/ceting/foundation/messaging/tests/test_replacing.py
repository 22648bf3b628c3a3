"""A cause has another day: what waits moves with it once, what somebody decided or what left stays."""

from datetime import datetime, timedelta

import pytest

from ceting.foundation.core import clock
from ceting.foundation.messaging import contributing, delivery, operations
from ceting.foundation.messaging.models import Because, OutboxMessage, State
from ceting.foundation.messaging.tests.posting import RINA, SARI, agree, draft, rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
KEY = "contact:1:K2"


@pytest.fixture(autouse=True)
def _click_to_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributing, "_sources", [lambda _: rules("click_to_chat")])


def requeued(*, days: int) -> OutboxMessage:
    """A message that is worth sending for a week from so many days on."""
    (message,) = operations.requeue([draft(KEY, not_before=day(days))], by=None)
    return message


def day(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def listed() -> OutboxMessage:
    """In somebody's list, to be sent by hand."""
    agree()
    requeued(days=0)
    delivery.deliver()
    message = OutboxMessage.objects.get()
    assert message.state == State.NEEDS_HUMAN
    return message


def test_what_waits_moves_to_the_new_days_and_is_one() -> None:
    requeued(days=10)
    message = requeued(days=3)
    assert OutboxMessage.objects.count() == 1
    assert (message.not_before, message.expires_at) == (day(3), day(10))


def test_what_waits_in_a_list_leaves_it_until_its_new_day() -> None:
    listed()
    assert requeued(days=5).state == State.QUEUED


def test_what_may_leave_already_keeps_its_place_in_the_list() -> None:
    before = listed()
    after = requeued(days=0)
    assert (after.state, after.not_before) == (State.NEEDS_HUMAN, before.not_before)


def test_what_was_sent_or_dropped_by_somebody_stays_so() -> None:
    message = listed()
    operations.drop(message, by=RINA)
    assert requeued(days=5).suppressed_because == Because.BY_HAND
    operations.take_back(OutboxMessage.objects.get(), by=RINA)
    operations.mark_sent(OutboxMessage.objects.get(), by=RINA)
    assert requeued(days=5).state == State.SENT


def test_what_perhaps_left_is_not_moved() -> None:
    requeued(days=10)
    OutboxMessage.objects.update(perhaps_sent=True)
    assert requeued(days=3).not_before == day(10)
    assert operations.withdraw([KEY], by=None) == 0


def test_what_a_gate_held_back_waits_again_and_is_judged_anew() -> None:
    agree()
    operations.close_gate(SARI, topic="lesson", reason="done", by=None)
    requeued(days=0)
    delivery.deliver()
    assert OutboxMessage.objects.get().state == State.SUPPRESSED
    requeued(days=0)
    delivery.deliver()
    assert OutboxMessage.objects.get().suppressed_because == "done"
    operations.lift_gate(SARI, topic="lesson", reason="done", by=None)
    requeued(days=0)
    delivery.deliver()
    assert OutboxMessage.objects.get().state == State.NEEDS_HUMAN


def test_what_is_withdrawn_leaves_only_after_it_waits_again() -> None:
    listed()
    assert operations.withdraw([KEY, "contact:1:K9"], by=None) == 1
    assert operations.withdraw([KEY], by=None) == 0
    delivery.deliver()
    assert OutboxMessage.objects.get().suppressed_because == Because.REPLACED
    assert requeued(days=2).state == State.QUEUED
