"""Reminders follow the facts that stand: what was struck out is waited for again, other weeks are other days."""

from datetime import timedelta

import pytest

from ceting.care.pregnancies import operations, outcome_operations, reminders
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import WEEK, contact, fresh, pregnant, yanti
from ceting.foundation.core import clock
from ceting.foundation.messaging import delivery
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.models import Gate, OutboxMessage, State
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def opted_in(cast: Cast, *, weeks: int) -> Pregnancy:
    pregnancy = pregnant(cast, weeks=weeks, woman=yanti(cast, phone="+6281234567890"))
    messaging.answer_opt_in(pregnancy.woman_id, granted=True, said_through="spoken", by=cast.bidan_rina)
    return pregnancy


def waiting(pregnancy: Pregnancy) -> dict[str, OutboxMessage]:
    """Contact -> its message, of those that may still leave."""
    rows = OutboxMessage.objects.to(pregnancy.woman_id)
    rows = rows.filter(state__in=(State.QUEUED, State.NEEDS_HUMAN))
    return {row.dedupe_key.rsplit(":", 1)[1]: row for row in rows}


def done(pregnancy: Pregnancy) -> set[str]:
    """Contacts whose reminders are held back because they took place."""
    rows = Gate.objects.closed_at(clock.now()).filter(recipient_id=pregnancy.woman_id, reason=reminders.DONE)
    return {topic.split(".")[1].upper() for topic in rows.values_list("topic", flat=True)}


def dated(cast: Cast, pregnancy: Pregnancy, weeks: int) -> Pregnancy:
    now = fresh(pregnancy)
    changes = {"lmp": cast.today - weeks * WEEK}
    return operations.change(now, changes, base_version=now.version, by=cast.bidan_rina)


def test_a_first_contact_that_never_was_is_reminded_of_again(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=9)
    first = contact(cast, pregnancy)
    delivery.deliver()
    assert (done(pregnancy), list(waiting(pregnancy))) == ({"K1"}, ["K2"])
    operations.strike_out_contact(first, reason="Ibu lain", by=cast.bidan_rina)
    delivery.deliver()
    assert done(pregnancy) == set()
    assert waiting(pregnancy)["K1"].state == State.NEEDS_HUMAN
    again = contact(cast, fresh(pregnancy))
    assert again.slot == "K1"
    delivery.deliver()
    assert (done(pregnancy), "K1" in waiting(pregnancy)) == ({"K1"}, False)


def test_a_new_dating_moves_the_reminder_and_doubles_nothing(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=9)
    contact(cast, pregnancy)
    before = waiting(pregnancy)["K2"].not_before
    dated(cast, pregnancy, 11)
    moved = waiting(pregnancy)
    assert list(moved) == ["K2"]
    assert before - moved["K2"].not_before == timedelta(weeks=2)
    starts = fresh(pregnancy).next_from
    assert starts is not None
    assert moved["K2"].not_before.astimezone(cast.andalas.timezone).date() == starts


def test_a_new_dating_withdraws_the_reminder_of_a_contact_that_is_not_the_next_any_more(cast: Cast) -> None:
    """It waits again, on its own days, once it is the next one."""
    pregnancy = opted_in(cast, weeks=9)
    contact(cast, pregnancy)
    dated(cast, pregnancy, 30)
    later = fresh(pregnancy)
    assert later.next_contact not in ("", "K2")
    assert list(waiting(pregnancy)) == [later.next_contact]
    dated(cast, pregnancy, 9)
    assert list(waiting(pregnancy)) == ["K2"]
    assert OutboxMessage.objects.to(pregnancy.woman_id).filter(dedupe_key__endswith=":K2").count() == 1


def test_what_was_sent_is_not_sent_again_after_a_new_dating(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=9)
    delivery.deliver()
    (reminder,) = waiting(pregnancy).values()
    messaging.mark_sent(reminder, by=cast.bidan_rina)
    dated(cast, pregnancy, 10)
    assert waiting(pregnancy) == {}
    reminder.refresh_from_db()
    assert reminder.state == State.SENT


def test_after_an_end_that_was_a_mistake_her_next_contact_is_reminded_of_again(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=9)
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    delivery.deliver()
    assert waiting(pregnancy) == {}
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    delivery.deliver()
    assert waiting(pregnancy)["K1"].state == State.NEEDS_HUMAN
