"""Verbs about the end of a pregnancy: birth, loss, or out of our sight; their undoing; the visits afterwards."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies.deriving import key_of, locked
from ceting.care.pregnancies.drafts import ContactDraft
from ceting.care.pregnancies.events import (
    ChildrenBorn,
    EndUndone,
    PregnancyEnded,
    PregnancyLost,
    children_born,
    end_undone,
    pregnancy_ended,
    pregnancy_lost,
)
from ceting.care.pregnancies.mistake_operations import refuse_withdrawn_woman
from ceting.care.pregnancies.models import (
    Born,
    Contact,
    Outcome,
    OutcomeUndoing,
    PostnatalVisit,
    Pregnancy,
)
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families import mistake_operations
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas
from ceting.standards.pregnancy import postnatal
from ceting.standards.pregnancy.values import PregnancyValueError

LAST_POSTNATAL_DAY = 42
CHANGEABLE = ("ended_on", "place", "attendant", "delivery", "complications", "note")


@transaction.atomic
def end(pregnancy: Pregnancy, draft: EndDraft, *, by: User | None, key: UUID | None = None) -> Outcome:
    """Write how it ended. A birth registers the children under their mother in the same transaction; a loss stops
    whatever assumes a living pregnancy in the same transaction. Raises RefusedError.

    `key` comes with the form: sent twice, it is one outcome. A second outcome is refused.
    """
    now = locked(pregnancy)
    sent = Outcome.objects.filter(pk=key, pregnancy=now).first() if key else None
    if sent is not None:
        return sent
    if not now.is_open:
        raise refused("Kehamilan ini sudah berakhir dan tercatat. Buka catatannya.", "ended")
    problems = draft.problems(started_on=now.started_on, today=now.puskesmas.today())
    problems += _contacts_after(now, draft)
    children = _children_of(now, draft)
    problems += [problem for child in children for problem in child.problems(now.puskesmas.today())]
    if problems:
        raise RefusedError(*problems)
    outcome = _write(now, draft, by, key)
    born = _register(now, outcome, draft, by)
    _tell(now, outcome, born, by)
    return outcome


def _contacts_after(now: Pregnancy, draft: EndDraft) -> list[Problem]:
    last = Contact.objects.current().filter(pregnancy=now).order_by("-on").first()
    if last is None or last.on <= draft.ended_on:
        return []
    sentence = "Ada pemeriksaan kehamilan yang tercatat sesudah tanggal ini. Periksa lagi tanggalnya."
    return [Problem(sentence, "contact_after", "ended_on")]


def _children_of(now: Pregnancy, draft: EndDraft) -> list[ChildDraft]:
    days = now.age_days(draft.ended_on)
    return [
        each.child(mother_name=now.woman.name, born_on=draft.ended_on, gestation_days=days)
        for each in draft.children
    ]


def _write(now: Pregnancy, draft: EndDraft, by: User | None, key: UUID | None) -> Outcome:
    outcome = Outcome.objects.create(
        id=key_of(Outcome, key),
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
    _close(now, outcome)
    return outcome


def _close(now: Pregnancy, outcome: Outcome | None) -> None:
    now.is_open, now.ended_on = outcome is None, outcome.ended_on if outcome else None
    now.version += 1
    now.save(update_fields=["is_open", "ended_on", "version"])


def _register(now: Pregnancy, outcome: Outcome, draft: EndDraft, by: User | None) -> list[Born]:
    """The children, one after the other; twins without names are told apart by their number."""
    if not draft.children:
        return []
    # Two who register at once wait for each other, as for any child.
    Puskesmas.objects.select_for_update(no_key=True).get(pk=now.puskesmas_id)
    drafts = _children_of(now, draft)
    if len(drafts) > 1:
        unnamed = [not each.name.strip() for each in draft.children]
        drafts = [
            replace(child, name=f"{child.name} {number}") if unnamed[number - 1] else child
            for number, child in enumerate(drafts, start=1)
        ]
    children = families.register_many(
        [families.Registration(child, now.posyandu, mother=now.woman) for child in drafts], by=by
    )
    rows = [
        Born(
            pregnancy=now,
            outcome=outcome,
            child=child,
            order=number,
            head_cm=each.head_cm,
            early_breastfeeding=each.early_breastfeeding,
            cried=each.cried,
            vitamin_k=each.vitamin_k,
            eye_ointment=each.eye_ointment,
        )
        for number, (child, each) in enumerate(zip(children, draft.children, strict=True), start=1)
    ]
    Born.objects.bulk_create(rows)
    return rows


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
    children = list(Child.objects.registered().filter(birth__outcome=row).order_by("birth__order"))
    draft = EndDraft(row.kind, row.ended_on, children=tuple(NewbornDraft(child.sex) for child in children))
    problems = draft.problems(started_on=now.started_on, today=now.puskesmas.today())
    problems += _contacts_after(now, draft)
    if problems:
        raise RefusedError(*problems)
    row.age_days = now.age_days(row.ended_on)
    now.ended_on = row.ended_on
    now.save(update_fields=["ended_on"])
    for child in children:
        changes = {"birth_date": row.ended_on, "gestation_days": row.age_days}
        families.change_child(child, changes, base_version=child.version, by=by)


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
    if Pregnancy.objects.open().filter(woman=now.woman_id).exists():
        raise refused("Ibu ini sudah tercatat hamil lagi. Batalkan dulu catatan yang baru.", "pregnant")
    children = list(Child.objects.registered().filter(birth__outcome=outcome).select_related("puskesmas"))
    mistake_operations.withdraw_registrations(children, reason=reason, by=by, staying={now.woman_id})
    undoing = OutcomeUndoing.objects.create(outcome=outcome, reason=reason.strip(), by=by)
    _close(now, None)
    audit.record(
        "pregnancy.end_undo", "pregnancy", [now.pk, outcome.pk], by=by, puskesmas_id=now.puskesmas_id
    )
    publish(end_undone, EndUndone(now.pk, now.woman_id, now.puskesmas_id))
    return undoing


@transaction.atomic
def record_postnatal_visit(
    pregnancy: Pregnancy, draft: PostnatalDraft, *, by: User | None, key: UUID | None = None
) -> PostnatalVisit:
    """A visit to the mother after the end, a loss too. Raises RefusedError; the same day twice is refused."""
    now = locked(pregnancy)
    sent = PostnatalVisit.objects.filter(pk=key, pregnancy=now).first() if key else None
    if sent is not None:
        return sent
    outcome = Outcome.objects.standing().filter(pregnancy=now).first()
    if outcome is None:
        raise refused("Catat dulu persalinannya, lalu kunjungan nifas.", "open")
    problems = _visit_problems(now, outcome, draft)
    if problems:
        raise RefusedError(*problems)
    visit = PostnatalVisit(
        id=key_of(PostnatalVisit, key),
        pregnancy=now,
        slot=_slot(outcome, draft),
        danger_signs=" ".join(draft.danger_signs),
        by=by,
        **{name: getattr(draft, name) for name in VISIT},
    )
    visit.save(force_insert=True)
    audit.record("postnatal.record", "pregnancy", [now.pk, visit.pk], by=by, puskesmas_id=now.puskesmas_id)
    return visit


VISIT = (
    *("on", "place", "attendant", "systolic", "diastolic", "temperature_c", "vitamin_a", "tablets_given"),
    *("contraception", "note"),
)


def _slot(outcome: Outcome, draft: PostnatalDraft) -> str:
    since = postnatal.since_birth(outcome.ended_on, draft.on)
    return next((each.code for each in postnatal.windows("KF") if each.holds(since)), "")


def _visit_problems(now: Pregnancy, outcome: Outcome, draft: PostnatalDraft) -> list[Problem]:
    if draft.on > now.puskesmas.today():
        return [Problem("Tanggal kunjungan belum terjadi. Periksa lagi.", "future", "on")]
    try:
        since = postnatal.since_birth(outcome.ended_on, draft.on)
    except PregnancyValueError as before:
        return [Problem(before.sentence, before.code, "on")]
    if since.days > LAST_POSTNATAL_DAY:
        return [Problem("Masa nifas sudah selesai (42 hari). Periksa lagi tanggalnya.", "after", "on")]
    if PostnatalVisit.objects.filter(pregnancy=now, on=draft.on).exists():
        return [Problem("Kunjungan nifas pada tanggal ini sudah tercatat.", "twice", "on")]
    as_contact = ContactDraft(
        on=draft.on,
        place=draft.place,
        attendant=draft.attendant,
        systolic=draft.systolic,
        diastolic=draft.diastolic,
        tablets_given=draft.tablets_given,
    )
    problems = as_contact.problems(started_on=now.started_on, ended_on=None, today=now.puskesmas.today())
    if draft.temperature_c is not None and not 34 <= draft.temperature_c <= 43:
        problems.append(Problem("Suhu antara 34 dan 43 °C. Ukur lagi.", "range", "temperature_c"))
    if not 0 <= draft.vitamin_a <= 2:
        problems.append(Problem("Vitamin A nifas paling banyak 2 kapsul.", "vitamin_a", "vitamin_a"))
    return problems
