"""After a loss nothing leaves that assumes a living pregnancy: not what was queued, nor what lies in a list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import EndKind, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant, yanti
from ceting.foundation.core import clock
from ceting.foundation.messaging import delivery
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.models import Gate, OutboxMessage, State
from ceting.registry.families import life_operations
from ceting.registry.families.models import Child
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def opted_in(cast: Cast, **more: Any) -> Pregnancy:
    pregnancy = pregnant(cast, woman=yanti(cast, phone="+6281234567890"), **more)
    messaging.answer_opt_in(pregnancy.woman_id, granted=True, said_through="spoken", by=cast.bidan_rina)
    return pregnancy


def states(pregnancy: Pregnancy) -> dict[str, str]:
    rows = OutboxMessage.objects.to(pregnancy.woman_id)
    return {row.dedupe_key.rsplit(":", 1)[1]: row.state for row in rows}


def test_the_next_contact_is_reminded_of_on_its_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    pregnancy = opted_in(cast, weeks=9)
    contact(cast, pregnancy)
    delivery.deliver()
    assert states(pregnancy)["K2"] == State.QUEUED
    starts = fresh(pregnancy).next_from
    assert starts is not None
    later = clock.now() + timedelta(days=(starts - cast.today).days)
    monkeypatch.setattr(clock, "now", lambda: later)
    delivery.deliver()
    assert states(pregnancy)["K2"] == State.NEEDS_HUMAN


def test_a_contact_that_took_place_is_reminded_of_no_more(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=9)
    delivery.deliver()
    assert states(pregnancy) == {"K1": State.NEEDS_HUMAN}
    contact(cast, pregnancy)
    delivery.deliver()
    assert states(pregnancy)["K1"] == State.SUPPRESSED


@pytest.mark.parametrize("kind", ["miscarriage", "stillbirth", "maternal_death"])
def test_a_loss_empties_the_list_and_stops_what_was_queued(cast: Cast, kind: str) -> None:
    pregnancy = opted_in(cast, weeks=20 if kind == "miscarriage" else 30)
    delivery.deliver()
    assert State.NEEDS_HUMAN in states(pregnancy).values()
    outcome_operations.end(pregnancy, EndDraft(kind, cast.today), by=cast.bidan_rina)
    assert State.NEEDS_HUMAN not in states(pregnancy).values()
    delivery.deliver()
    assert set(states(pregnancy).values()) == {State.SUPPRESSED}


def test_a_reminder_that_comes_late_is_stopped_too(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=30)
    outcome_operations.end(pregnancy, EndDraft("stillbirth", cast.today), by=cast.bidan_rina)
    contact(cast, fresh(pregnancy), weeks=20)
    delivery.deliver()
    assert set(states(pregnancy).values()) <= {State.SUPPRESSED}


def test_an_end_that_was_a_mistake_and_a_new_pregnancy_open_the_gate(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=20)
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    contact(cast, fresh(pregnancy))
    delivery.deliver()
    assert states(pregnancy)[fresh(pregnancy).next_contact] != State.SUPPRESSED


def test_a_birth_stops_reminders_of_the_pregnancy(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=38)
    outcome_operations.end(
        pregnancy, EndDraft("birth", cast.today, children=(NewbornDraft(GIRL),)), by=cast.bidan_rina
    )
    delivery.deliver()
    assert set(states(pregnancy).values()) == {State.SUPPRESSED}


def test_a_child_who_died_closes_the_gate_about_babies_until_it_was_a_mistake(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=38)
    outcome = outcome_operations.end(
        pregnancy, EndDraft("birth", cast.today, children=(NewbornDraft(GIRL),)), by=cast.bidan_rina
    )
    child = Child.objects.get(birth__outcome=outcome)
    life_operations.record_death(child, died_on=cast.today, place="home", by=cast.bidan_rina)
    gates = [(gate.topic, gate.reason) for gate in _gates(pregnancy)]
    assert ("baby", "loss") in gates
    life_operations.undo_death(child, reason="Keliru", by=cast.bidan_rina)
    assert ("baby", "loss") not in [(gate.topic, gate.reason) for gate in _gates(pregnancy)]


def baby_is_silent(pregnancy: Pregnancy) -> bool:
    return ("baby", "loss") in [(gate.topic, gate.reason) for gate in _gates(pregnancy)]


def twins(cast: Cast, *, alive: int = 2, stillborn: int = 0) -> tuple[Pregnancy, list[Child]]:
    pregnancy = opted_in(cast, weeks=38)
    draft = EndDraft("birth", cast.today, children=(NewbornDraft(GIRL),) * alive, stillborn=stillborn)
    outcome = outcome_operations.end(pregnancy, draft, by=cast.bidan_rina)
    return pregnancy, list(Child.objects.filter(birth__outcome=outcome))


def test_of_two_dead_twins_one_mistake_opens_nothing(cast: Cast) -> None:
    pregnancy, children = twins(cast)
    for child in children:
        life_operations.record_death(child, died_on=cast.today, place="home", by=cast.bidan_rina)
    silent = []
    for child in children:
        life_operations.undo_death(child, reason="Keliru", by=cast.bidan_rina)
        silent.append(baby_is_silent(pregnancy))
    assert silent == [True, False]


def test_a_stillborn_twin_keeps_it_closed_when_the_other_one_lives_after_all(cast: Cast) -> None:
    pregnancy, (sister,) = twins(cast, alive=1, stillborn=1)
    life_operations.record_death(sister, died_on=cast.today, place="home", by=cast.bidan_rina)
    life_operations.undo_death(sister, reason="Keliru", by=cast.bidan_rina)
    assert baby_is_silent(pregnancy)


def test_the_mistaken_end_of_another_pregnancy_opens_nothing(cast: Cast) -> None:
    """Her child died; that she moved away was wrong, and says nothing about the child."""
    pregnancy, (child, _) = twins(cast)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(ended_on=cast.today - timedelta(days=90))
    next_one = pregnant(cast, weeks=9, woman=pregnancy.woman)
    life_operations.record_death(child, died_on=cast.today, place="home", by=cast.bidan_rina)
    outcome_operations.end(next_one, EndDraft("moved", cast.today), by=cast.bidan_rina)
    outcome_operations.undo_end(fresh(next_one), reason="Tidak jadi pindah", by=cast.bidan_rina)
    assert baby_is_silent(pregnancy)


def test_a_miscarriage_that_was_a_mistake_opens_what_it_closed(cast: Cast) -> None:
    pregnancy = opted_in(cast, weeks=12)
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    assert baby_is_silent(pregnancy)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert not list(_gates(pregnancy).filter(reason="loss"))


def test_a_child_born_after_a_loss_opens_it_again_and_not_before(cast: Cast) -> None:
    first = opted_in(cast, weeks=43)
    lost_on = first.started_on + timedelta(weeks=10)
    outcome_operations.end(first, EndDraft("miscarriage", lost_on), by=cast.bidan_rina)
    second = pregnant(cast, lmp=lost_on + timedelta(days=7), woman=first.woman)
    assert baby_is_silent(first)
    assert {(gate.topic, gate.reason) for gate in _gates(first) if gate.topic == "pregnancy"} == set()
    draft = EndDraft("birth", cast.today, children=(NewbornDraft(GIRL),))
    outcome_operations.end(second, draft, by=cast.bidan_rina)
    assert not baby_is_silent(first)
    outcome_operations.undo_end(fresh(second), reason="Ibu lain", by=cast.bidan_rina)
    assert baby_is_silent(first)


def test_after_a_wrong_second_pregnancy_the_loss_still_holds(cast: Cast) -> None:
    first = opted_in(cast, weeks=20)
    lost_on = first.started_on + timedelta(weeks=10)
    outcome_operations.end(first, EndDraft("miscarriage", lost_on), by=cast.bidan_rina)
    wrong = pregnant(cast, lmp=lost_on, woman=first.woman)
    outcome_operations.end(wrong, EndDraft("mistake", cast.today), by=cast.bidan_rina)
    closed = {(gate.topic, gate.reason) for gate in _gates(first)}
    assert {("pregnancy", "ended"), ("pregnancy", "loss"), ("baby", "loss")} <= closed


def _gates(pregnancy: Pregnancy) -> Any:
    return Gate.objects.closed_at(clock.now()).filter(recipient_id=pregnancy.woman_id)


def test_a_check_from_before_that_is_written_down_late_asks_nothing_of_a_living_pregnancy(
    cast: Cast, client: Client
) -> None:
    pregnancy = pregnant(cast, weeks=20)
    earlier = contact(cast, pregnancy, weeks=18, fetal_heart=140)
    outcome_operations.end(pregnancy, EndDraft(EndKind.MISCARRIAGE.value, cast.today), by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    late = client.get(reverse("pregnancies:contact-new", args=[pregnancy.pk])).text
    assert "Kehamilan ini sudah berakhir" in late
    for living in (
        "Janin kurang bergerak",
        "Denyut jantung janin",
        "Letak janin",
        "Jumlah janin",
        "minggu ini",
    ):
        assert living not in late
    mended = client.get(reverse("pregnancies:contact-correct", args=[pregnancy.pk, earlier.pk])).text
    assert 'value="140"' in mended
    assert "Letak janin" not in mended
