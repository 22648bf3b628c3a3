"""Verbs about a pregnancy: one transaction each, `by=` somebody, with its trace in the audit.

Its contacts are in `contact_operations`; other apps find them behind this door. How it ends is in
`outcome_operations`, what stands beside the contacts in `support_operations`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies.contact_operations import correct_contact as correct_contact
from ceting.care.pregnancies.contact_operations import record_contact as record_contact
from ceting.care.pregnancies.contact_operations import record_contacts as record_contacts
from ceting.care.pregnancies.contact_operations import strike_out_contact as strike_out_contact
from ceting.care.pregnancies.deriving import derive_again, key_of, locked
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.end_changing import carry_dating, contradictions_of_end
from ceting.care.pregnancies.events import (
    PregnanciesRegistered,
    PregnancyRedated,
    pregnancies_registered,
    pregnancy_redated,
)
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date

FACTS = tuple(each.name for each in fields(PregnancyDraft))


@dataclass(frozen=True)
class PregnancyRegistration:
    """A draft, the woman, and the posyandu that her pregnancy is followed from."""

    draft: PregnancyDraft
    woman: Caregiver
    posyandu: Posyandu


@transaction.atomic
def register(
    draft: PregnancyDraft, *, woman: Caregiver, posyandu: Posyandu, by: User, key: UUID | None = None
) -> Pregnancy:
    """Begin to follow a pregnancy. Raises RefusedError.

    `key` comes with the form: sent twice, it is one pregnancy. A woman who is pregnant already is refused.
    """
    standing = Caregiver.objects.select_for_update(of=("self",)).get(pk=woman.pk)
    sent = Pregnancy.objects.filter(pk=key, woman=woman).first() if key else None
    if sent is not None:
        return sent
    problems = draft.problems(posyandu.puskesmas.today())
    problems += _history_of(woman, draft)
    died = died_already(standing)
    problems += [died] if died else []
    if problems:
        raise RefusedError(*problems)
    if posyandu.puskesmas_id != woman.puskesmas_id:
        raise refused("Pilih posyandu di puskesmas tempat ibu tercatat.", "foreign", "posyandu")
    if Pregnancy.objects.open().filter(woman=woman).exists():
        raise refused("Ibu ini sedang tercatat hamil. Buka catatan kehamilannya.", "pregnant")
    (pregnancy,) = register_many([PregnancyRegistration(draft, woman, posyandu)], by=by, keys=[key])
    return pregnancy


def _history_of(woman: Caregiver, draft: PregnancyDraft) -> list[Problem]:
    """A pregnancy that began before the last one was born or lost is a wrong date."""
    ended = Pregnancy.objects.followed().filter(woman=woman, is_open=False).order_by("-ended_on").first()
    started = draft.started_on if not draft.problems(woman.puskesmas.today()) else None
    overlap = overlap_of(started, ended.ended_on) if ended is not None and started is not None else None
    return [overlap] if overlap else []


def died_already(woman: Caregiver) -> Problem | None:
    """What is wrong with a pregnancy of a woman who died."""
    if woman.died_on is None:
        return None
    sentence = (
        f"Ibu ini tercatat meninggal {format_date(woman.died_on)}. Bila keliru, batalkan dulu catatan itu."
    )
    return Problem(sentence, "died")


def overlap_of(started_on: date, last_ended_on: date | None) -> Problem | None:
    """What is wrong with a pregnancy that began then, when her last one ended on that day."""
    if last_ended_on is None or started_on >= last_ended_on:
        return None
    sentence = "HPHT ini sebelum kehamilan yang lalu berakhir. Periksa lagi tanggalnya."
    return Problem(sentence, "overlap", "lmp")


@transaction.atomic
def register_many(
    registrations: Sequence[PregnancyRegistration], *, by: User | None, keys: Sequence[UUID | None] = ()
) -> list[Pregnancy]:
    """Register pregnancies whose drafts are already checked (a form, an import, the demo); one row of audit for all."""
    chosen = list(keys) or [None] * len(registrations)
    rows = [_row(each, by, key) for each, key in zip(registrations, chosen, strict=True)]
    Pregnancy.objects.bulk_create(rows, batch_size=500)
    if rows:
        derive_again(rows)
        audit.record(
            "pregnancy.register",
            "pregnancy",
            [row.pk for row in rows],
            by=by,
            puskesmas_id=rows[0].puskesmas_id,
        )
        publish(
            pregnancies_registered,
            PregnanciesRegistered(tuple(row.pk for row in rows), rows[0].puskesmas_id),
        )
    return rows


def _row(registration: PregnancyRegistration, by: User | None, key: UUID | None) -> Pregnancy:
    draft = registration.draft
    started_on, due_on = draft.started_on, draft.due_on
    if started_on is None or due_on is None:
        raise ValueError("a draft without a date was not checked")
    return Pregnancy(
        id=key_of(Pregnancy, key),
        puskesmas_id=registration.posyandu.puskesmas_id,
        posyandu=registration.posyandu,
        woman=registration.woman,
        started_on=started_on,
        due_on=due_on,
        by=by,
        **{name: getattr(draft, name) for name in FACTS},
    )


@transaction.atomic
def change(
    pregnancy: Pregnancy,
    changes: dict[str, Any],
    *,
    base_version: int,
    by: User,
    posyandu: Posyandu | None = None,
) -> Pregnancy:
    """Change dating or history; an ultrasound found later is such a change. Everything derived is derived again,
    of a pregnancy that ended the gestation of the children born of it too.

    Raises EditConflictError when somebody changed it after `base_version`, RefusedError for impossible dates.
    """
    if set(changes) - set(FACTS):
        raise ValueError(f"not changeable: {sorted(set(changes) - set(FACTS))}")
    now = locked(pregnancy)
    changed = {name: value for name, value in changes.items() if getattr(now, name) != value}
    changed |= _moved_to(posyandu, now)
    if not changed:
        return now
    if now.version != base_version:
        raise _changed_by_another(now, changed)
    _change(now, changed, by)
    audit.record(
        "pregnancy.change",
        "pregnancy",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"fields": sorted(changed)},
    )
    return now


def _moved_to(posyandu: Posyandu | None, now: Pregnancy) -> dict[str, Any]:
    if posyandu is None or posyandu.pk == now.posyandu_id:
        return {}
    if posyandu.puskesmas_id != now.puskesmas_id:
        raise refused("Pilih posyandu di puskesmas ini.", "foreign", "posyandu")
    return {"posyandu": posyandu}


def _changed_by_another(now: Pregnancy, changed: dict[str, Any]) -> EditConflictError:
    sentence = (
        "Data kehamilan ini baru saja diubah orang lain. Isian Ibu/Bapak belum disimpan; bandingkan dulu."
    )
    theirs = {name: getattr(now, name) for name in changed}
    return EditConflictError(Problem(sentence, "edit_conflict"), theirs=theirs, version=now.version)


def _change(now: Pregnancy, changed: dict[str, Any], by: User) -> None:
    before = now.started_on
    for name, value in changed.items():
        setattr(now, name, value)
    draft = PregnancyDraft(**{name: getattr(now, name) for name in FACTS})
    problems = draft.problems(now.puskesmas.today(), open_today=now.is_open)
    if not problems:
        started_on, due_on = draft.started_on, draft.due_on
        if started_on is None or due_on is None:
            raise ValueError("a draft without problems has its dates")
        problems = _contradictions(now, started_on)
        now.started_on, now.due_on = started_on, due_on
    if problems:
        raise RefusedError(*problems)
    now.version += 1
    now.save()
    derive_again([now])
    carry_dating(now, by=by)
    if now.started_on != before:
        publish(pregnancy_redated, PregnancyRedated(now.pk, now.puskesmas_id))


def _contradictions(now: Pregnancy, started_on: date) -> list[Problem]:
    """What was recorded already and can't be true with the new date."""
    if now.ended_on is not None and now.ended_on < started_on:
        return [Problem("Persalinan tercatat sebelum tanggal ini. Periksa lagi.", "birth_before", "lmp")]
    of_end = contradictions_of_end(now, started_on)
    if of_end:
        return of_end
    first = Contact.objects.current().filter(pregnancy=now).order_by("on").first()
    if first is not None and first.on < started_on:
        return [
            Problem(
                "Ada pemeriksaan yang tercatat sebelum tanggal ini. Periksa lagi.", "contact_before", "lmp"
            )
        ]
    return []
