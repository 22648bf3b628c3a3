"""Whatever is queued, closed, lifted, answered and waited for, in any order, and whichever worker dies over it:
no message leaves through a closed gate, none leaves twice, none is lost.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.keys import new_key
from ceting.foundation.messaging import contributing, delivery, operations
from ceting.foundation.messaging.channels import CHANNELS
from ceting.foundation.messaging.channels.base import (
    Accepted,
    Answer,
    OutboundMessage,
    Rejected,
    Retry,
    Unknown,
)
from ceting.foundation.messaging.models import Because, Kind, OutboxMessage, State
from ceting.foundation.messaging.tests.posting import RINA, draft, rules

PEOPLE = [new_key() for _ in range(2)]
SENDS, BY_HAND = new_key(), new_key()
"""Two puskesmas: one whose channel sends, one whose staff do."""
TOPICS = ["lesson", "pregnancy.week"]
CLOSED = ["", "lesson", "pregnancy"]
WHICH = st.integers(0, 3)
WHO = st.sampled_from(PEOPLE)
LATER = st.sampled_from([timedelta(minutes=2), timedelta(hours=3), timedelta(hours=11), timedelta(days=4)])


class KilledError(BaseException):
    """kill -9, as far as this process is concerned."""


class Outbox(RuleBasedStateMachine):
    """The world beside the outbox: who closed what, who agreed, and what really left."""

    clock: ClassVar[Any]

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clock.move_to(datetime.fromisoformat("2026-11-26T08:00:00+07:00"))
        self.gates: list[tuple[UUID, str, str, bool, datetime | None]] = []
        self.agreed = set(PEOPLE)
        for who in PEOPLE:
            operations.answer_opt_in(who, granted=True, said_through="spoken", by=RINA)
        self.queued: dict[str, UUID] = {}
        self.left: dict[UUID, int] = {}
        self.faults: list[str] = []
        self.reasons: set[tuple[UUID, str]] = set()
        """Recipient and reason of every gate that there ever was."""
        self.answer: Answer | str = "accepted"
        CHANNELS["world"] = self

    def teardown(self) -> None:
        if not hasattr(self, "example"):
            return
        try:
            self._wait_until_everything_is_settled()
        finally:
            CHANNELS.pop("world")
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def _wait_until_everything_is_settled(self) -> None:
        """None is lost: in the end each either left or says why it didn't."""
        self.answer = "accepted"
        for _ in range(8):
            self.clock.shift(timedelta(days=5))
            delivery.deliver()
        assert self.faults == []
        for message in OutboxMessage.objects.all():
            if message.state == State.UNKNOWN:
                assert message.tries.filter(outcome="unknown").exists()
            elif self.left.get(message.pk):
                assert message.state not in (State.QUEUED, State.SENDING, State.SUPPRESSED), message
            else:
                assert message.state in (State.SUPPRESSED, State.EXPIRED, State.FAILED), message

    # ---- The channel that sends

    name, sends = "world", True

    def send(self, message: OutboundMessage) -> Answer:
        now, answer = clock.now(), self.answer
        if answer in ("killed before", "lost before"):
            raise KilledError if answer == "killed before" else TimeoutError
        if isinstance(answer, Answer):
            return answer
        self._leaves(OutboxMessage.objects.get(pk=message.key), now)
        if answer == "killed after":
            raise KilledError
        return Accepted("world") if answer == "accepted" else Unknown("timeout")

    def _leaves(self, message: OutboxMessage, now: datetime) -> None:
        """Faults are kept: what a channel raises would only make the message unknown."""
        self.left[message.pk] = self.left.get(message.pk, 0) + 1
        exempt = message.kind in (Kind.STAFF, Kind.SAFETY)
        wrong = {
            "left twice": self.left[message.pk] > 1,
            "left through a closed gate": self._closed(message, now),
            "not agreed to": message.kind == Kind.PROGRAMME and message.recipient_id not in self.agreed,
        }
        if message.state == State.SENDING:
            wrong["out of its time"] = not message.not_before <= now < message.expires_at
            wrong["at night"] = not exempt and rules().quiet_ends(now) is not None
        self.faults += [f"{message}: {fault}" for fault, found in wrong.items() if found]

    def _closed(self, message: OutboxMessage, now: datetime) -> bool:
        if message.kind in (Kind.STAFF, Kind.SAFETY):
            return False
        return any(
            who == message.recipient_id
            and (until is None or now < until)
            and (everything or message.kind == Kind.PROGRAMME)
            and (topic == "" or message.topic == topic or message.topic.startswith(topic + "."))
            for who, topic, _, everything, until in self.gates
        )

    # ---- What people do

    @rule(
        number=WHICH,
        who=WHO,
        kind=st.sampled_from([Kind.PROGRAMME, Kind.PROGRAMME, Kind.MEDICAL_FOLLOW_UP, Kind.STAFF]),
        topic=st.sampled_from(TOPICS),
        where=st.sampled_from([SENDS, BY_HAND]),
        after=st.none() | LATER,
        lives=st.sampled_from([timedelta(hours=11), timedelta(days=30)]),
    )
    def queue(
        self,
        number: int,
        who: UUID,
        kind: str,
        topic: str,
        where: UUID,
        after: timedelta | None,
        lives: timedelta,
    ) -> None:
        begins = clock.now() + (after or timedelta())
        told = draft(
            f"message:{number}",
            recipient_id=who,
            kind=Kind(kind),
            topic=topic,
            puskesmas_id=where,
            not_before=begins,
            expires_at=begins + lives,
        )
        (row,) = operations.queue([told], by=RINA)
        assert self.queued.setdefault(told.dedupe_key, row.pk) == row.pk

    @rule(
        who=WHO,
        topic=st.sampled_from(CLOSED),
        reason=st.sampled_from(["loss", "stop"]),
        everything=st.booleans(),
        lasts=st.none() | LATER,
    )
    def close(self, who: UUID, topic: str, reason: str, everything: bool, lasts: timedelta | None) -> None:
        until = clock.now() + lasts if lasts else None
        operations.close_gate(who, topic=topic, reason=reason, everything=everything, until=until, by=RINA)
        self.gates.append((who, topic, reason, everything, until))
        self.reasons.add((who, reason))

    @rule(who=WHO, topic=st.sampled_from(CLOSED), reason=st.sampled_from(["loss", "stop"]))
    def lift(self, who: UUID, topic: str, reason: str) -> None:
        operations.lift_gate(who, topic=topic, reason=reason, by=RINA)
        self.gates = [gate for gate in self.gates if gate[:3] != (who, topic, reason)]

    @rule(who=WHO, granted=st.booleans())
    def answer_about_messages(self, who: UUID, granted: bool) -> None:
        operations.answer_opt_in(who, granted=granted, said_through="spoken", by=RINA)
        (self.agreed.add if granted else self.agreed.discard)(who)

    @rule(number=WHICH, deed=st.sampled_from(["mark_sent", "drop", "take_back"]))
    def by_hand(self, number: int, deed: str) -> None:
        message = OutboxMessage.objects.filter(pk=self.queued.get(f"message:{number}")).first()
        if message is None:
            return
        try:
            now = getattr(operations, deed)(message, by=RINA)
        except RefusedError:
            return
        if deed == "mark_sent" and message.state == State.NEEDS_HUMAN and not message.perhaps_sent:
            self._leaves(now, clock.now())
        if deed == "take_back" and message.handled_by and not message.perhaps_sent:
            # She pressed the wrong button: it hadn't left.
            self.left[message.pk] = 0

    # ---- What happens by itself

    @rule(
        answer=st.sampled_from(
            [
                "accepted",
                "lost before",
                "lost after",
                "killed before",
                "killed after",
                Rejected("131026"),
                Retry(timedelta(minutes=5), "131056"),
            ]
        )
    )
    def work(self, answer: Answer | str) -> None:
        self.answer = answer
        try:
            delivery.deliver()
        except KilledError:
            assert OutboxMessage.objects.filter(state=State.SENDING).exists()

    @rule(after=LATER)
    def wait(self, after: timedelta) -> None:
        self.clock.shift(after)

    @rule(number=WHICH, status=st.sampled_from([State.SENT, State.READ, State.FAILED]))
    def hear(self, number: int, status: State) -> None:
        """A provider tells only of what it was given."""
        key = self.queued.get(f"message:{number}")
        if key is not None and self.left.get(key) and OutboxMessage.objects.get(pk=key).puskesmas_id == SENDS:
            operations.note_status(key, status, at=clock.now())

    # ---- What must hold after each of them

    @invariant()
    def each_is_one_row_and_left_at_most_once(self) -> None:
        if hasattr(self, "queued"):
            keys = dict(OutboxMessage.objects.values_list("dedupe_key", "pk"))
            assert keys == self.queued
            assert self.faults == []

    @invariant()
    def nobody_is_offered_what_a_gate_holds_back(self) -> None:
        if hasattr(self, "queued"):
            for message in OutboxMessage.objects.by_hand():
                assert not self._closed(message, clock.now()), message

    @invariant()
    def what_was_suppressed_was_so_for_a_reason_that_there_was(self) -> None:
        if hasattr(self, "queued"):
            for message in OutboxMessage.objects.filter(state=State.SUPPRESSED):
                why = message.suppressed_because
                assert why in Because.values or (message.recipient_id, why) in self.reasons


@pytest.mark.django_db
def test_any_order(frozen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {SENDS: rules("world"), BY_HAND: rules("click_to_chat")}
    monkeypatch.setattr(contributing, "_sources", [source.__getitem__])
    Outbox.clock = frozen
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Outbox,
        settings=settings(
            max_examples=80, stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
