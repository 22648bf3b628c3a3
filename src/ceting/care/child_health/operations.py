"""Verbs that write what is given to children and asked about them. Forms, imports, the demo and sync all enter here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import models, transaction

from ceting.care.child_health.drafts import Draft
from ceting.care.child_health.events import (
    ChildHealthRecorded,
    ChildHealthStruckOut,
    child_health_recorded,
    child_health_struck_out,
)
from ceting.care.child_health.limits import keep_limits
from ceting.care.child_health.models import Entry, Kind, Strike
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, roots
from ceting.registry.places.models import Puskesmas

LONGEST_REASON = 120
CHILDREN_AT_ONCE = 200
STRIKE_REASONS = {
    "typed_wrong": "Salah ketik",
    "wrong_day": "Salah tanggal",
    "wrong_child": "Salah anak",
    "not_given": "Tidak jadi diberikan",
    "typed_twice": "Tercatat dua kali",
    "other": "Lainnya",
}
"""Why an entry is struck out: code -> words. Free words may follow."""


@transaction.atomic
def record(drafts: Sequence[Draft], *, by: User | None) -> list[Entry]:
    """Write these entries, whole or not at all; the entries in the order of the drafts, their details at hand.

    A form that was sent before gives back what it wrote then. Raises RefusedError with every problem.
    """
    drafts = _of_those_who_stand(drafts)
    written = _written_before(drafts)
    fresh = [draft for draft in drafts if (draft.form_key, draft.number) not in written]
    _refuse_impossible(fresh)
    entries = [draft.entry(by) for draft in fresh]
    keep_limits(entries)
    Entry.objects.bulk_create(entries, batch_size=500)
    _write_details(fresh, entries)
    if entries:
        _tell(entries, by)
    new = dict(zip(map(id, fresh), entries, strict=True))
    return [new[id(draft)] if id(draft) in new else written[draft.form_key, draft.number] for draft in drafts]


@transaction.atomic
def strike_out(entry: Entry, *, reason: str, words: str = "", by: User) -> Strike:
    """It never happened so: the entry stays readable and counts nowhere. Once more is the same strike.

    Raises RefusedError without a reason.
    """
    told = _reason_words(reason, words)
    Child.objects.select_for_update(of=("self",)).only("pk").get(pk=entry.child_id)
    standing = Strike.objects.filter(entry=entry).first()
    if standing is not None:
        return standing
    strike = Strike.objects.create(entry=entry, by=by, reason=told)
    audit.record(
        "child_health.strike_out",
        "health_entry",
        [entry.pk],
        by=by,
        puskesmas_id=entry.puskesmas_id,
        detail={"kind": entry.kind, "child": entry.child_id, "reason": told},
    )
    publish(child_health_struck_out, ChildHealthStruckOut((entry.pk,), (entry.child_id,), by.pk))
    return strike


def _reason_words(reason: str, words: str) -> str:
    free = " ".join(words.split())
    if reason not in STRIKE_REASONS:
        raise refused("Pilih alasannya.", "reason", "reason")
    if reason == "other" and not free:
        raise refused("Tulis alasannya dengan kata-kata sendiri.", "reason_words", "words")
    told = free if reason == "other" else ": ".join(part for part in (STRIKE_REASONS[reason], free) if part)
    if len(told) > LONGEST_REASON:
        raise refused("Alasannya terlalu panjang. Tulis lebih singkat.", "long_reason", "words")
    return told


def _of_those_who_stand(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The same drafts, the children locked; what speaks of a merged child is given to who stands for her."""
    keys = sorted({draft.child.pk for draft in drafts})
    # A merge waits for rows that are being written, and rows for a merge: none is left behind.
    for start in range(0, len(keys), CHILDREN_AT_ONCE):
        some = Child.objects.filter(pk__in=keys[start : start + CHILDREN_AT_ONCE]).order_by("pk")
        locked = dict(some.select_for_update(of=("self",)).values_list("pk", "is_here"))
        _refuse_mistaken([key for key, is_here in locked.items() if not is_here])
    standing = {key: root for key, root in roots(keys).items() if key != root}
    if not standing:
        return drafts
    rows = Child.objects.select_related("puskesmas").in_bulk(set(standing.values()))
    return [
        replace(draft, child=rows[standing[draft.child.pk]], written_for=draft.child.pk)
        if draft.child.pk in standing
        else draft
        for draft in drafts
    ]


def _refuse_mistaken(away: Collection[UUID]) -> None:
    if away and Child.objects.filter(pk__in=away).exclude(mistake=None).exists():
        sentence = "Pendaftaran anak ini ditarik karena keliru. Bila ia memang ada, daftarkan lagi."
        raise RefusedError(Problem(sentence, "mistaken"))


def _written_before(drafts: Sequence[Draft]) -> dict[tuple[UUID | None, int], Entry]:
    """What these forms wrote already, by form and number; struck out since or not."""
    forms = {draft.form_key for draft in drafts if draft.form_key is not None}
    if not forms:
        return {}
    found = list(Entry.objects.filter(form_key__in=forms).with_details(*{draft.kind for draft in drafts}))
    asked = {(draft.child.pk, draft.kind) for draft in drafts}
    if any((entry.child_id, entry.kind) not in asked for entry in found):
        # The key of another form tells nothing of what that one wrote.
        raise refused("Halaman ini sudah dipakai. Buka lagi formulirnya, lalu isi.", "form_used")
    return {(entry.form_key, entry.number): entry for entry in found}


def _refuse_impossible(drafts: Sequence[Draft]) -> None:
    """Each against what is known of her, and against the drafts before it."""
    known = _known_of(drafts)
    places = Puskesmas.objects.in_bulk({draft.child.puskesmas_id for draft in drafts})
    today = {key: puskesmas.today() for key, puskesmas in places.items()}
    problems: list[Problem] = []
    for draft in drafts:
        problems += draft.problems(known[draft.child.pk], today[draft.child.puskesmas_id])
        entry = draft.entry(None)
        draft.detail(entry)
        known[draft.child.pk].append(entry)
    if problems:
        raise RefusedError(*dict.fromkeys(problems))


def _known_of(drafts: Sequence[Draft]) -> dict[UUID, list[Entry]]:
    kinds = {draft.kind for draft in drafts}
    children = {draft.child.pk for draft in drafts}
    found = Entry.objects.current().filter(child__in=children, kind__in=kinds).with_details(*kinds)
    known: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in found:
        known[entry.child_id].append(entry)
    return known


def _write_details(drafts: Iterable[Draft], entries: Iterable[Entry]) -> None:
    tables: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for draft, entry in zip(drafts, entries, strict=True):
        detail = draft.detail(entry)
        tables[type(detail)].append(detail)
    for model, rows in tables.items():
        model._default_manager.bulk_create(rows, batch_size=500)


def _tell(entries: Sequence[Entry], by: User | None) -> None:
    """One line in the audit a puskesmas, and one event."""
    for puskesmas_id in dict.fromkeys(entry.puskesmas_id for entry in entries):
        mine = [entry for entry in entries if entry.puskesmas_id == puskesmas_id]
        kinds = sorted({str(Kind(entry.kind)) for entry in mine})
        detail = {"kinds": kinds, "children": sorted({str(entry.child_id) for entry in mine})}
        audit.record(
            "child_health.record",
            "health_entry",
            [entry.pk for entry in mine],
            by=by,
            puskesmas_id=puskesmas_id,
            detail=detail,
        )
    publish(
        child_health_recorded,
        ChildHealthRecorded(
            entry_ids=tuple(entry.pk for entry in entries),
            child_ids=tuple(dict.fromkeys(entry.child_id for entry in entries)),
            kinds=tuple(sorted({entry.kind for entry in entries})),
            by_id=by.pk if by else None,
        ),
    )
