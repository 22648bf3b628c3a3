"""Messages that somebody sends from her own phone, and the links that help her."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging import contributing, delivery, operations
from ceting.foundation.messaging.channels import CHANNELS
from ceting.foundation.messaging.channels.base import NeedsHuman, OutboundMessage
from ceting.foundation.messaging.chat_links import chat_url
from ceting.foundation.messaging.models import Because, OutboxMessage, State
from ceting.foundation.messaging.tests.posting import RINA, SARI, Somebody, agree, medical, queued, rules

DEWI = Somebody()


@pytest.fixture(autouse=True)
def _click_to_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributing, "_sources", [lambda _: rules("click_to_chat")])


def listed(**more: object) -> OutboxMessage:
    agree()
    message = queued(**more)
    delivery.deliver()
    message.refresh_from_db()
    assert message.state == State.NEEDS_HUMAN
    return message


def code_of(refusal: Any) -> str:
    return str(refusal.value.problems[0].code)


@pytest.mark.parametrize(
    ("phone", "text", "url"),
    [
        ("+6281267001001", "", "https://wa.me/6281267001001"),
        ("+6281267001001", "Besok & lusa?", "https://wa.me/6281267001001?text=Besok%20%26%20lusa%3F"),
        ("", "Besok", "https://wa.me/?text=Besok"),
        ("", "", ""),
    ],
)
def test_a_link_opens_the_chat(phone: str, text: str, url: str) -> None:
    assert chat_url(phone, text) == url


@pytest.mark.parametrize("in_link", [True, False])
def test_a_text_stands_in_the_link_only_when_it_tells_nothing_of_health(in_link: bool) -> None:
    message = OutboundMessage(SARI, "Sari", "+6281267001001", "Berat Aisyah", in_link)
    answer = CHANNELS["click_to_chat"].send(message)
    assert isinstance(answer, NeedsHuman)
    assert answer.text == "Berat Aisyah"
    assert ("Aisyah" in answer.url) is in_link


@pytest.mark.django_db
def test_she_says_that_she_sent_it_and_takes_that_back(frozen: Any) -> None:
    message = listed()
    for _ in range(2):
        message = operations.mark_sent(message, by=RINA)
    assert (message.state, message.handled_by) == (State.SENT, RINA.pk)
    for _ in range(2):
        message = operations.take_back(message, by=RINA)
    assert (message.state, message.handled_by) == (State.NEEDS_HUMAN, None)


@pytest.mark.django_db
def test_she_decides_not_to_send_it(frozen: Any) -> None:
    message = operations.drop(listed(), by=RINA)
    assert (message.state, message.suppressed_because) == (State.SUPPRESSED, Because.BY_HAND)
    assert operations.take_back(message, by=RINA).state == State.NEEDS_HUMAN


@pytest.mark.django_db
def test_what_a_colleague_sent_is_not_sent_again(frozen: Any) -> None:
    message = listed()
    operations.mark_sent(message, by=RINA)
    with pytest.raises(RefusedError) as refusal:
        operations.mark_sent(message, by=DEWI)
    assert code_of(refusal) == "handled"


@pytest.mark.django_db
def test_a_loss_takes_it_out_of_the_list_at_once(frozen: Any) -> None:
    message, follow_up = listed(topic="pregnancy.week"), medical()
    delivery.deliver()
    operations.close_gate(SARI, topic="pregnancy", reason="loss", by=RINA)
    assert list(OutboxMessage.objects.by_hand()) == [follow_up]
    with pytest.raises(RefusedError) as refusal:
        operations.mark_sent(message, by=RINA)
    assert code_of(refusal) == "stopped"
    delivery.deliver()
    message.refresh_from_db()
    assert (message.state, message.suppressed_because) == (State.SUPPRESSED, "loss")


@pytest.mark.django_db
def test_a_loss_while_the_worker_holds_it_keeps_it_out_of_the_list(frozen: Any) -> None:
    agree()
    leased = delivery.lease(queued().pk)
    assert leased is not None
    operations.close_gate(SARI, reason="loss", by=RINA)
    assert delivery.settle(leased, delivery.ask(leased)) == State.SUPPRESSED


@pytest.mark.django_db
def test_a_gate_that_was_closed_by_mistake_and_lifted_brings_it_back(frozen: Any) -> None:
    message = listed()
    operations.close_gate(SARI, reason="loss", by=RINA)
    operations.lift_gate(SARI, reason="loss", by=RINA)
    delivery.deliver()
    message.refresh_from_db()
    assert message.state == State.NEEDS_HUMAN


@pytest.mark.django_db
def test_taking_back_her_consent_takes_it_out_of_the_list_too(frozen: Any) -> None:
    listed()
    operations.answer_opt_in(SARI, granted=False, said_through="spoken", by=RINA)
    assert not OutboxMessage.objects.by_hand().exists()


@pytest.mark.django_db
def test_what_was_stopped_since_is_not_put_back_into_the_list(frozen: Any) -> None:
    message = operations.mark_sent(listed(), by=RINA)
    operations.stop(SARI, by=None)
    with pytest.raises(RefusedError) as refusal:
        operations.take_back(message, by=RINA)
    assert code_of(refusal) == "stopped"


@pytest.mark.django_db
def test_a_day_later_nothing_is_taken_back(frozen: Any) -> None:
    message = operations.mark_sent(listed(), by=RINA)
    frozen.shift(timedelta(hours=24, seconds=1))
    with pytest.raises(RefusedError) as refusal:
        operations.take_back(message, by=RINA)
    assert code_of(refusal) == "too_late"


@pytest.mark.django_db
def test_what_nobody_sent_in_time_leaves_the_list(frozen: Any) -> None:
    message = listed()
    frozen.move_to(datetime(2026, 12, 4, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta")))
    delivery.deliver()
    message.refresh_from_db()
    assert message.state == State.EXPIRED
