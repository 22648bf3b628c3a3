"""What leaves, when, and how often."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging import contributing, delivery, operations
from ceting.foundation.messaging.channels.base import Rejected, Retry, Unknown
from ceting.foundation.messaging.models import Because, DeliveryAttempt, Kind, OutboxMessage, State
from ceting.foundation.messaging.tests.posting import (
    RINA,
    SARI,
    YANTI,
    Postbox,
    agree,
    draft,
    medical,
    queued,
    rules,
)

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def state_of(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.state


def test_a_message_that_somebody_agreed_to_leaves_once(postbox: Postbox, frozen: Any) -> None:
    agree()
    message = queued()
    assert delivery.deliver() == {State.ACCEPTED: 1}
    assert delivery.deliver() == {}
    assert state_of(message) == State.ACCEPTED
    assert postbox.left == {message.pk: 1}


def test_queued_twice_by_one_key_it_is_one_message(postbox: Postbox, frozen: Any) -> None:
    agree()
    first, again = queued(), queued(text="Lain lagi.")
    (both,) = {row.pk for row in operations.queue([draft(), draft()], by=RINA)}
    assert first.pk == again.pk == both
    assert OutboxMessage.objects.get().text == "Halo Ibu Sari, besok ada Posyandu Melati."
    delivery.deliver()
    assert postbox.left == {first.pk: 1}


def test_what_is_queued_in_a_transaction_that_fails_was_never_there(postbox: Postbox) -> None:
    @transaction.atomic
    def cause() -> None:
        queued()
        raise IntegrityError

    with pytest.raises(IntegrityError):
        cause()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("NIK 1371026509250001 ya", "identity_number")])
def test_an_empty_text_and_one_with_a_nik_are_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        queued(text=text)
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_nobody_who_was_not_asked_gets_programme_messages_but_a_midwife_may_write(
    postbox: Postbox, frozen: Any
) -> None:
    lesson, follow_up = queued(), medical()
    delivery.deliver()
    assert (state_of(lesson), lesson.suppressed_because) == (State.SUPPRESSED, Because.NO_OPT_IN)
    assert state_of(follow_up) == State.ACCEPTED


def test_the_last_answer_about_messages_holds(postbox: Postbox, frozen: Any) -> None:
    agree()
    operations.answer_opt_in(SARI, granted=False, said_through="spoken", by=RINA)
    lesson = queued()
    delivery.deliver()
    assert state_of(lesson) == State.SUPPRESSED


def test_a_loss_stops_what_was_queued_before_and_after_it_and_no_follow_up(
    postbox: Postbox, frozen: Any
) -> None:
    agree()
    before = queued("stage:1", topic="pregnancy.week")
    operations.close_gate(SARI, topic="pregnancy", reason="loss", by=RINA)
    after = queued("stage:2", topic="pregnancy")
    other_topic = queued("lesson:2", topic="pregnancies-of-others")
    follow_up = medical()
    delivery.deliver()
    assert [state_of(row) for row in (before, after)] == [State.SUPPRESSED, State.SUPPRESSED]
    assert before.suppressed_because == "loss"
    assert [state_of(row) for row in (other_topic, follow_up)] == [State.ACCEPTED, State.ACCEPTED]


def test_whoever_died_is_not_even_followed_up_but_staff_are_told(postbox: Postbox, frozen: Any) -> None:
    operations.close_gate(SARI, reason="died", everything=True, by=RINA)
    follow_up = medical()
    told = queued("page:1", kind=Kind.STAFF, topic="case")
    delivery.deliver()
    assert state_of(follow_up) == State.SUPPRESSED
    assert state_of(told) == State.ACCEPTED


def test_stop_ends_programme_messages_and_ikut_starts_them_again(postbox: Postbox, frozen: Any) -> None:
    agree()
    operations.stop(SARI, by=None)
    operations.stop(SARI, by=None)
    first, safety = queued("lesson:1"), queued("safety:1", kind=Kind.SAFETY, topic="danger")
    delivery.deliver()
    assert state_of(first) == State.SUPPRESSED
    assert state_of(safety) == State.ACCEPTED
    assert operations.start(SARI, by=None) == 1
    second = queued("lesson:2")
    delivery.deliver()
    assert state_of(first) == State.SUPPRESSED
    assert state_of(second) == State.ACCEPTED


def test_a_gate_of_one_stops_nothing_of_another(postbox: Postbox, frozen: Any) -> None:
    agree(YANTI)
    operations.stop(SARI, by=None)
    message = queued(recipient_id=YANTI)
    delivery.deliver()
    assert state_of(message) == State.ACCEPTED


def test_a_gate_with_an_end_holds_back_until_then(postbox: Postbox, frozen: Any) -> None:
    agree()
    ends = clock.now() + timedelta(hours=2)
    operations.close_gate(SARI, reason="pause", until=ends, by=RINA)
    message = queued()
    delivery.deliver()
    assert (state_of(message), message.not_before) == (State.QUEUED, ends)
    frozen.shift(timedelta(hours=2))
    delivery.deliver()
    assert state_of(message) == State.ACCEPTED


@pytest.mark.parametrize(
    ("zone", "at", "ends"),
    [
        ("Asia/Jakarta", "19:59", None),
        ("Asia/Jakarta", "20:00", "27 07:00"),
        ("Asia/Jakarta", "23:59", "27 07:00"),
        ("Asia/Jakarta", "00:00", "26 07:00"),
        ("Asia/Jakarta", "06:59", "26 07:00"),
        ("Asia/Jakarta", "07:00", None),
        # 19.00 in Padang is 21.00 in Jayapura.
        ("Asia/Jayapura", "19:00", "27 05:00"),
    ],
)
def test_quiet_hours_are_those_of_the_puskesmas_own_clock(zone: str, at: str, ends: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-26T{at}").replace(tzinfo=WIB)
    found = rules(zone=zone).quiet_ends(now)
    assert (found and f"{found.astimezone(WIB):%d %H:%M}") == ends


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = datetime(2026, 11, 26, 13, 30, tzinfo=WIB)
    assert rules(quiet_from=time(13), quiet_until=time(14)).quiet_ends(noon) == noon.replace(
        hour=14, minute=0
    )
    assert rules(quiet_from=time(13), quiet_until=time(13)).quiet_ends(noon) is None


def test_nobody_is_woken_but_staff_and_whoever_is_in_danger(postbox: Postbox, frozen: Any) -> None:
    agree()
    frozen.move_to(datetime(2026, 11, 26, 22, 0, tzinfo=WIB))
    lesson, follow_up = queued(), medical()
    page = queued("page:1", kind=Kind.STAFF, topic="case")
    safety = queued("safety:1", kind=Kind.SAFETY, topic="danger")
    delivery.deliver()
    assert [state_of(row) for row in (lesson, follow_up)] == [State.QUEUED, State.QUEUED]
    assert [state_of(row) for row in (page, safety)] == [State.ACCEPTED, State.ACCEPTED]
    frozen.move_to(datetime(2026, 11, 27, 7, 0, tzinfo=WIB))
    delivery.deliver()
    assert [state_of(row) for row in (lesson, follow_up)] == [State.ACCEPTED, State.ACCEPTED]


def test_what_waited_too_long_is_not_sent(postbox: Postbox, frozen: Any) -> None:
    agree()
    frozen.move_to(datetime(2026, 11, 26, 22, 0, tzinfo=WIB))
    message = queued(expires_at=clock.now() + timedelta(hours=3))
    delivery.deliver()
    frozen.move_to(datetime(2026, 11, 27, 7, 0, tzinfo=WIB))
    delivery.deliver()
    assert state_of(message) == State.EXPIRED
    assert not postbox.left


def test_not_before_its_time(postbox: Postbox, frozen: Any) -> None:
    agree()
    message = queued(not_before=clock.now() + timedelta(hours=1))
    delivery.deliver()
    assert state_of(message) == State.QUEUED
    frozen.shift(timedelta(hours=1))
    delivery.deliver()
    assert state_of(message) == State.ACCEPTED


def test_a_provider_who_asks_to_wait_is_asked_again_and_not_for_ever(postbox: Postbox, frozen: Any) -> None:
    agree()
    postbox.answer = Retry(timedelta(minutes=1), "131056")
    message = queued()
    for _ in range(delivery.TRIES):
        delivery.deliver()
        assert delivery.deliver() == {}
        frozen.shift(timedelta(minutes=1))
    assert state_of(message) == State.FAILED
    tries = DeliveryAttempt.objects.filter(message=message)
    assert set(tries.values_list("outcome", "code")) == {("retry", "131056")}
    assert tries.count() == delivery.TRIES


def test_a_refusal_is_the_end(postbox: Postbox, frozen: Any) -> None:
    agree()
    postbox.answer = Rejected("131026")
    message = queued()
    delivery.deliver()
    assert state_of(message) == State.FAILED


@pytest.mark.parametrize("answer", [Unknown("timeout"), TimeoutError("the name of Ibu Sari")])
def test_a_timeout_is_unknown_and_never_sent_again(postbox: Postbox, frozen: Any, answer: Any) -> None:
    agree()
    postbox.answer = answer
    message = queued()
    delivery.deliver()
    postbox.answer = None
    frozen.shift(timedelta(days=1))
    delivery.deliver()
    assert state_of(message) == State.UNKNOWN
    assert not postbox.left
    assert "Sari" not in DeliveryAttempt.objects.get().code


def test_staff_look_after_a_follow_up_of_which_nobody_heard(postbox: Postbox, frozen: Any) -> None:
    postbox.answer = Unknown("timeout")
    message = medical()
    delivery.deliver()
    frozen.shift(delivery.PATIENCE - timedelta(minutes=1))
    delivery.deliver()
    assert state_of(message) == State.UNKNOWN
    frozen.shift(timedelta(minutes=1))
    delivery.deliver()
    assert state_of(message) == State.NEEDS_HUMAN
    assert message.perhaps_sent
    # Back in the queue for a gate that was closed by mistake, it still isn't sent by itself.
    postbox.answer = None
    operations.close_gate(SARI, reason="died", everything=True, by=RINA)
    operations.lift_gate(SARI, reason="died", by=RINA)
    delivery.deliver()
    assert state_of(message) == State.NEEDS_HUMAN
    assert not postbox.left


def test_a_dead_workers_message_is_unknown_where_something_may_have_left(
    postbox: Postbox, frozen: Any
) -> None:
    agree()
    message = queued()
    leased = delivery.lease(message.pk)
    assert leased is not None
    assert delivery.lease(message.pk) is None
    frozen.shift(delivery.LEASE)
    assert delivery.deliver() == {}
    assert state_of(message) == State.UNKNOWN
    # The answer arrives after all: the worker was slow, not dead.
    delivery.settle(leased, delivery.ask(leased))
    assert state_of(message) == State.ACCEPTED
    assert postbox.left == {message.pk: 1}


def test_a_dead_workers_message_is_asked_again_where_nothing_leaves(postbox: Postbox, frozen: Any) -> None:
    agree()
    postbox.sends = False
    message = queued()
    delivery.lease(message.pk)
    frozen.shift(delivery.LEASE)
    delivery.deliver()
    assert state_of(message) == State.ACCEPTED


def test_the_urgent_ones_leave_first(postbox: Postbox, frozen: Any) -> None:
    agree()
    queued("lesson:1")
    page = queued("page:1", kind=Kind.STAFF, topic="case")
    delivery.deliver(at_once=1)
    assert postbox.left == {page.pk: 1}


STATUSES = [State.SENT, State.DELIVERED, State.READ]


@pytest.mark.parametrize(
    "told", [STATUSES, STATUSES[::-1], [*STATUSES, State.FAILED], [State.FAILED, *STATUSES]]
)
def test_statuses_in_any_order_end_alike(postbox: Postbox, frozen: Any, told: list[State]) -> None:
    agree()
    message = queued()
    delivery.deliver()
    for status in told + told:
        operations.note_status(message.pk, status, at=clock.now())
    assert state_of(message) == State.READ


def test_a_status_faster_than_the_answer_stands(postbox: Postbox, frozen: Any) -> None:
    agree()
    message = queued()
    leased = delivery.lease(message.pk)
    assert leased is not None
    assert operations.note_status(message.pk, State.DELIVERED, at=clock.now())
    delivery.settle(leased, delivery.ask(leased))
    assert state_of(message) == State.DELIVERED
    assert message.provider_id == f"postbox:{message.pk}"


def test_a_status_of_what_never_left_is_no_news(postbox: Postbox, frozen: Any) -> None:
    message = queued()
    delivery.deliver()
    assert not operations.note_status(message.pk, State.SENT, at=clock.now())
    assert state_of(message) == State.SUPPRESSED


def test_a_new_number_is_that_of_everything_that_has_not_left(postbox: Postbox, frozen: Any) -> None:
    agree()
    gone = queued("lesson:1")
    delivery.deliver()
    waiting = queued("lesson:2", not_before=clock.now() + timedelta(days=1))
    assert operations.readdress(SARI, name="Sari W.", phone="+628111", by=RINA) == 1
    for row, phone in ((gone, "+6281267001001"), (waiting, "+628111")):
        row.refresh_from_db()
        assert row.phone == phone


def test_without_an_upper_floor_the_rules_are_those_of_messaging_md(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributing, "_sources", [])
    found = contributing.rules_of(SARI)
    assert (found.quiet_from, found.quiet_until, found.channel) == (time(20), time(7), "click_to_chat")
