"""Verbs about the end of a pregnancy: birth, loss, or out of our sight.

Correcting and undoing it is in `end_changing`, visits afterwards in `postnatal_operations`; both are found here.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies import mother_deaths
from ceting.care.pregnancies.deriving import derive_again, key_of, locked
from ceting.care.pregnancies.end_changing import change_end as change_end
from ceting.care.pregnancies.end_changing import close, contacts_after
from ceting.care.pregnancies.end_changing import undo_end as undo_end
from ceting.care.pregnancies.events import (
    ChildrenBorn,
    PregnancyEnded,
    PregnancyLost,
    children_born,
    pregnancy_ended,
    pregnancy_lost,
)
from ceting.care.pregnancies.models import Born, Outcome, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.postnatal_operations import capsules_left as capsules_left
from ceting.care.pregnancies.postnatal_operations import name_visits_again
from ceting.care.pregnancies.postnatal_operations import record_postnatal_visit as record_postnatal_visit
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas


@transaction.atomic
def end(pregnancy: Pregnancy, draft: EndDraft, *, by: User | None, key: UUID | None = None) -> Outcome:
    """Write how it ended. A birth registers the children under their mother in the same transaction; a loss stops
    whatever assumes a living pregnancy in the same transaction. Raises RefusedError.

    `key` comes with the form: sent twice, it is one outcome; after that was undone, another one. A second is refused.
    """
    now = locked(pregnancy)
    sent = Outcome.objects.standing().filter(form_key=key, pregnancy=now).first() if key else None
    if sent is not None:
        return sent
    if not now.is_open:
        raise refused("Kehamilan ini sudah berakhir dan tercatat. Buka catatannya.", "ended")
    problems = draft.problems(started_on=now.started_on, today=now.puskesmas.today())
    problems += contacts_after(now, draft)
    children = _children_of(now, draft)
    problems += [problem for child in children for problem in child.problems(now.puskesmas.today())]
    if problems:
        raise RefusedError(*problems)
    outcome = _write(now, draft, by, key)
    name_visits_again(outcome)
    born = _register(now, outcome, draft, by)
    if len(born) + outcome.stillborn > 1:
        # Twins whom no contact knew of: what was judged of one baby goes.
        derive_again([now])
    mother_deaths.carry_into_register(now, outcome, by=by)
    _tell(now, outcome, born, by)
    return outcome


def _children_of(now: Pregnancy, draft: EndDraft) -> list[ChildDraft]:
    days = now.age_days(draft.ended_on)
    return [
        each.child(mother_name=now.woman.name, born_on=draft.ended_on, gestation_days=days)
        for each in draft.children
    ]


def _write(now: Pregnancy, draft: EndDraft, by: User | None, key: UUID | None) -> Outcome:
    outcome = Outcome.objects.create(
        id=key_of(Outcome, key),
        form_key=key,
        pregnancy=now,
        kind=draft.kind,
        ended_on=draft.ended_on,
        age_days=now.age_days(draft.ended_on),
        place=draft.place,
        attendant=draft.attendant,
        delivery=draft.delivery,
        stillborn=draft.stillborn,
        complications=draft.complications.strip(),
        note=draft.note.strip(),
        by=by,
    )
    close(now, outcome)
    return outcome


def _register(now: Pregnancy, outcome: Outcome, draft: EndDraft, by: User | None) -> list[Born]:
    """The children, one after the other; twins without names are told apart by their number."""
    if not draft.children:
        return []
    # Two who register at once wait for each other, as for any child.
    Puskesmas.objects.select_for_update(no_key=True).get(pk=now.puskesmas_id)
    children = families.register_many(
        [families.Registration(child, now.posyandu, mother=now.woman) for child in _told_apart(now, draft)],
        by=by,
    )
    told = enumerate(zip(children, draft.children, strict=True), start=1)
    rows = [_born(now, outcome, child, number, each) for number, (child, each) in told]
    Born.objects.bulk_create(rows)
    return rows


def _told_apart(now: Pregnancy, draft: EndDraft) -> list[ChildDraft]:
    children = _children_of(now, draft)
    if len(children) == 1:
        return children
    pairs = enumerate(zip(children, draft.children, strict=True), start=1)
    return [
        child if each.name.strip() else replace(child, name=f"{child.name} {number}")
        for number, (child, each) in pairs
    ]


def _born(now: Pregnancy, outcome: Outcome, child: Child, number: int, told: NewbornDraft) -> Born:
    return Born(
        pregnancy=now,
        outcome=outcome,
        child=child,
        order=number,
        head_cm=told.head_cm,
        early_breastfeeding=told.early_breastfeeding,
        cried=told.cried,
        vitamin_k=told.vitamin_k,
        eye_ointment=told.eye_ointment,
    )


def _tell(now: Pregnancy, outcome: Outcome, born: list[Born], by: User | None) -> None:
    audit.record(
        "pregnancy.end",
        "pregnancy",
        [now.pk, outcome.pk, *(row.child_id for row in born)],
        by=by,
        puskesmas_id=now.puskesmas_id,
    )
    publish(pregnancy_ended, PregnancyEnded(now.pk, now.woman_id, now.puskesmas_id))
    if outcome.is_loss:
        publish(pregnancy_lost, PregnancyLost(now.pk, outcome.pk, now.woman_id, now.puskesmas_id))
    if born:
        children = tuple(row.child_id for row in born)
        publish(children_born, ChildrenBorn(now.pk, outcome.pk, now.woman_id, children, now.puskesmas_id))
