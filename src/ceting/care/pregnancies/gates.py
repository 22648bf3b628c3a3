"""What a woman mustn't be written about now, by what is recorded of her; never by what happened last.

One function for every cause: whatever was recorded, corrected or taken back, in whatever order, the same facts close
the same gates.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from ceting.care.pregnancies.models import EndKind, Outcome, Pregnancy
from ceting.foundation.core import clock
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.models import Gate
from ceting.registry.families.models import Child

PREGNANCY, BABY = "pregnancy", "baby"
"""Topics: messages about this pregnancy, and about a child in her first years."""
LOSS, ENDED = "loss", "ended"
"""Reasons of gates."""
OURS = ((PREGNANCY, ENDED), (PREGNANCY, LOSS), (BABY, LOSS))
"""The gates that are derived here. Those about one contact, and those that she closed herself, aren't."""


def settle_gates(women: Collection[UUID]) -> None:
    """Close and lift their gates as the facts want it; what stands so already stays. The queries of one woman."""
    closed = _closed(women)
    wanted = _wanted(women)
    for woman in women:
        for topic, reason in OURS:
            is_wanted, is_closed = (topic, reason) in wanted[woman], (woman, topic, reason) in closed
            if is_wanted and not is_closed:
                messaging.close_gate(woman, topic=topic, reason=reason, by=None)
            elif is_closed and not is_wanted:
                messaging.lift_gate(woman, topic=topic, reason=reason, by=None)


def _closed(women: Collection[UUID]) -> set[tuple[UUID, str, str]]:
    rows = Gate.objects.closed_at(clock.now()).filter(recipient_id__in=women, topic__in=(PREGNANCY, BABY))
    return set(rows.values_list("recipient_id", "topic", "reason"))


def _wanted(women: Collection[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    """Three queries for any number of women."""
    pregnancies: dict[UUID, list[bool]] = {woman: [] for woman in women}
    for woman, is_open in Pregnancy.objects.filter(woman__in=women).values_list("woman", "is_open"):
        pregnancies[woman].append(is_open)
    ends: dict[UUID, list[Outcome]] = {woman: [] for woman in women}
    outcomes = Outcome.objects.standing().filter(pregnancy__woman__in=women)
    for outcome in outcomes.select_related("pregnancy").order_by("ended_on", "id"):
        ends[outcome.pregnancy.woman_id].append(outcome)
    children: dict[UUID, list[Child]] = {woman: [] for woman in women}
    registered = Child.objects.registered().filter(mother__in=women)
    for child in registered.only("id", "mother", "birth_date", "died_on"):
        if child.mother_id is not None:
            children[child.mother_id].append(child)
    return {
        woman: _of_pregnancies(pregnancies[woman], ends[woman]) | _of_babies(ends[woman], children[woman])
        for woman in women
    }


def _of_pregnancies(are_open: list[bool], ends: list[Outcome]) -> set[tuple[str, str]]:
    """Closed while nothing goes on; for the sake of a loss when the last one that was meant is one."""
    if not are_open or any(are_open):
        return set()
    meant = [end for end in ends if end.kind != EndKind.MISTAKE]
    lost = {(PREGNANCY, LOSS)} if meant and meant[-1].is_loss else set()
    return {(PREGNANCY, ENDED)} | lost


def _of_babies(ends: list[Outcome], children: list[Child]) -> set[tuple[str, str]]:
    """Closed by a loss until a child is born after it: a twin who died before, at or after birth holds it closed.

    So does a child who died when a younger one was born already: of two mistakes, silence hurts less.
    """
    losses: list[date] = [end.ended_on for end in ends if end.is_loss]
    losses += [child.died_on for child in children if child.died_on is not None]
    last_birth = max((child.birth_date for child in children), default=None)
    if not losses or (last_birth is not None and last_birth > max(losses)):
        return set()
    return {(BABY, LOSS)}
