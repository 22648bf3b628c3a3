"""Verbs that correct how a pregnancy ended, or take it back. Other apps find them behind `outcome_operations`."""

from datetime import date
from typing import Any

from django.db import transaction

from ceting.care.pregnancies import mother_deaths
from ceting.care.pregnancies.deriving import derive_again, locked
from ceting.care.pregnancies.events import EndUndone, end_undone
from ceting.care.pregnancies.gates import settle_gates
from ceting.care.pregnancies.mistake_operations import refuse_withdrawn_woman
from ceting.care.pregnancies.models import Contact, Outcome, OutcomeUndoing, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.postnatal_operations import name_visits_again, visits_before
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families import mistake_operations
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child, Merge, Move, roots
from ceting.standards.numbers import format_date

CHANGEABLE = ("ended_on", "place", "attendant", "delivery", "complications", "note")
CHANGES_CHILDREN = "children.write"


def contacts_after(now: Pregnancy, draft: EndDraft) -> list[Problem]:
    last = Contact.objects.current().filter(pregnancy=now).order_by("-on").first()
    if last is None or last.on <= draft.ended_on:
        return []
    sentence = "Ada pemeriksaan kehamilan yang tercatat sesudah tanggal ini. Periksa lagi tanggalnya."
    return [Problem(sentence, "contact_after", "ended_on")]


def close(now: Pregnancy, outcome: Outcome | None) -> None:
    now.is_open, now.ended_on = outcome is None, outcome.ended_on if outcome else None
    now.version += 1
    now.save(update_fields=["is_open", "ended_on", "version"])


@transaction.atomic
def change_end(outcome: Outcome, changes: dict[str, Any], *, base_version: int, by: User) -> Outcome:
    """Correct what was written of the end. A new day is the children's birth date too, with all that follows.

    Raises RefusedError, EditConflictError when somebody changed it after `base_version`.
    """
    if set(changes) - set(CHANGEABLE):
        raise ValueError(f"not changeable: {sorted(set(changes) - set(CHANGEABLE))}")
    now = locked(outcome.pregnancy)
    row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        return row
    if row.version != base_version or OutcomeUndoing.objects.filter(outcome=row).exists():
        sentence = "Catatan ini baru saja diubah orang lain. Isian Ibu/Bapak belum disimpan; bandingkan dulu."
        theirs = {name: getattr(row, name) for name in changed}
        raise EditConflictError(Problem(sentence, "edit_conflict"), theirs=theirs, version=row.version)
    for name, value in changed.items():
        setattr(row, name, value)
    if "ended_on" in changed:
        _move_day(now, row, by)
    row.version += 1
    row.save()
    audit.record(
        "pregnancy.end_change",
        "pregnancy",
        [now.pk, row.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"fields": sorted(changed)},
    )
    return row


def _move_day(now: Pregnancy, row: Outcome, by: User) -> None:
    draft = EndDraft(row.kind, row.ended_on)
    problems = list(draft.day_problems(started_on=now.started_on, today=now.puskesmas.today()))
    problems += contacts_after(now, draft)
    problems += visits_before(Outcome.objects.get(pk=row.pk), row.ended_on)
    problems += mother_deaths.problems_of_end(now, row)
    if problems:
        raise RefusedError(*problems)
    row.age_days = now.age_days(row.ended_on)
    now.ended_on = row.ended_on
    now.save(update_fields=["ended_on"])
    _change_children(row, {"birth_date": row.ended_on, "gestation_days": row.age_days}, by)
    # A loss and a birth are told apart by which came last.
    row.save(update_fields=["ended_on", "age_days"])
    name_visits_again(row)
    mother_deaths.move_in_register(now, row, by=by)
    settle_gates([now.woman_id])


def _change_children(outcome: Outcome, changes: dict[str, Any], by: User) -> None:
    for child in _children_within_reach(outcome, by):
        families.change_child(child, changes, base_version=child.version, by=by)


def _children_within_reach(outcome: Outcome, by: User) -> list[Child]:
    """The children of that birth, and who stands for one of them after a merge: both rows are hers. Raises
    RefusedError when another place cares for one of them by now.

    What is written of her there isn't ours to change any more; nor is it while she is on her way.
    """
    born = Child.objects.filter(birth__outcome=outcome).values_list("pk", flat=True)
    standing = roots(born)
    rows = Child.objects.registered().filter(pk__in={*standing, *standing.values()})
    children = list(rows.select_related("puskesmas").order_by("pk"))
    if rows.visible_to(by, may=CHANGES_CHILDREN).count() < len(children):
        sentence = "Anak dari kelahiran ini sekarang dicatat di tempat lain. Minta petugas di sana membantu."
        raise refused(sentence, "child_elsewhere")
    if Move.objects.waiting().filter(child__in=children).exists():
        sentence = "Anak dari kelahiran ini sedang pindah ke puskesmas lain. Batalkan dulu kepindahannya."
        raise refused(sentence, "child_moving")
    return children


def _refuse_merged(children: list[Child]) -> None:
    """Two rows that are one child: which of them never was is for whoever merged them to say. Raises RefusedError."""
    merges = Merge.objects.standing()
    if merges.filter(absorbed__in=children).exists() or merges.filter(kept__in=children).exists():
        sentence = (
            "Data anak dari kelahiran ini sudah digabungkan dengan data lain. Batalkan dulu penggabungannya, "
            "lalu batalkan catatan ini."
        )
        raise refused(sentence, "child_merged")


def contradictions_of_end(now: Pregnancy, started_on: date) -> list[Problem]:
    """What is wrong with the end that is recorded, had the pregnancy begun on that day."""
    outcome = Outcome.objects.standing().filter(pregnancy=now).first()
    if outcome is None or started_on == now.started_on:
        return []
    draft = EndDraft(outcome.kind, outcome.ended_on)
    told = f"Kehamilan ini tercatat berakhir pada {format_date(outcome.ended_on)}."
    field = "lmp" if now.scan_on is None else "scan_age_days"
    return [
        Problem(f"{told} {each.sentence}", each.code, field)
        for each in draft.day_problems(started_on=started_on, today=now.puskesmas.today())
    ]


def carry_dating(now: Pregnancy, *, by: User) -> None:
    """The pregnancy was dated anew: how long it lasted is another number, for the children born of it as well.

    Their growth is assessed again by the news of it.
    """
    outcome = Outcome.objects.standing().filter(pregnancy=now).first()
    if outcome is None or outcome.age_days == now.age_days(outcome.ended_on):
        return
    outcome.age_days = now.age_days(outcome.ended_on)
    outcome.save(update_fields=["age_days"])
    _change_children(outcome, {"gestation_days": outcome.age_days}, by)


@transaction.atomic
def undo_end(pregnancy: Pregnancy, *, reason: str, by: User) -> OutcomeUndoing:
    """The outcome was a mistake: the pregnancy goes on. Children of that birth are withdrawn as registered by mistake.

    Raises RefusedError, without a reason or when a child has weighings already.
    """
    now = locked(pregnancy)
    outcome = Outcome.objects.standing().filter(pregnancy=now).first()
    if outcome is None:
        raise refused("Kehamilan ini tidak tercatat berakhir.", "open")
    if not reason.strip():
        raise refused("Tulis alasannya dengan singkat.", "reason", "reason")
    refuse_withdrawn_woman(now, outcome)
    mother_deaths.refuse_while_mourned(now, outcome)
    if Pregnancy.objects.open().filter(woman=now.woman_id).exists():
        raise refused("Ibu ini sudah tercatat hamil lagi. Batalkan dulu catatan yang baru.", "pregnant")
    children = _children_within_reach(outcome, by)
    _refuse_merged(children)
    mistake_operations.withdraw_registrations(children, reason=reason, by=by, staying={now.woman_id})
    undoing = OutcomeUndoing.objects.create(outcome=outcome, reason=reason.strip(), by=by)
    mother_deaths.take_out_of_register(now, outcome, reason=reason, by=by)
    close(now, None)
    derive_again([now])
    audit.record(
        "pregnancy.end_undo", "pregnancy", [now.pk, outcome.pk], by=by, puskesmas_id=now.puskesmas_id
    )
    publish(end_undone, EndUndone(now.pk, now.woman_id, now.puskesmas_id))
    return undoing
