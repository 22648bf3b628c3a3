"""Verbs about a year's targets: propose them from the register, enter them, seal them, change what was sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import (
    FIVE_YEARS_IN_MONTHS,
    Merge,
    SealedTarget,
    Stay,
    TargetEntry,
    TargetSource,
)
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.ages import add_months

MOST_CHILDREN = 2000
"""A posyandu serves some fifty to two hundred; more is a village's number or a slip."""


@dataclass(frozen=True)
class TargetDraft:
    """A number for a posyandu; `version` is that of the entry that the person saw, 0 when there was none."""

    posyandu: Posyandu
    children: int
    source: str
    version: int = 0

    @property
    def values(self) -> dict[str, Any]:
        return {"children": self.children, "source": self.source}

    @property
    def field(self) -> str:
        """The input of a grid in which it was typed."""
        return f"children_{self.posyandu.pk.hex}"

    def problems(self) -> list[Problem]:
        found = []
        if not 0 <= self.children <= MOST_CHILDREN:
            found.append(Problem(f"Isi angka dari 0 sampai {MOST_CHILDREN}.", "number", self.field))
        if self.source not in TargetSource.values:
            found.append(Problem("Pilih sumber angkanya.", "source", self.field))
        return found


def registered_on(puskesmas: Puskesmas, on: date) -> dict[UUID, int]:
    """Posyandu -> children under five who belonged to it that day: the S of a session, and what we propose."""
    staying = Stay.objects.covering(on).filter(
        puskesmas=puskesmas,
        child__birth_date__gt=add_months(on, -FIVE_YEARS_IN_MONTHS),
        child__birth_date__lte=on,
    )
    doubles = Merge.objects.standing().values("absorbed")
    counted = staying.exclude(child__in=doubles).order_by().values("posyandu")
    return {row["posyandu"]: row["number"] for row in counted.annotate(number=Count("child", distinct=True))}


@transaction.atomic
def enter_targets(
    drafts: Collection[TargetDraft], *, puskesmas: Puskesmas, year: int, by: User, seal: bool = False
) -> int:
    """Write down what was typed, all or nothing, and with `seal` seal every entry of the year. How many were sealed.

    Raises RefusedError with the inputs that are wrong, sealed by now, or changed by somebody else meanwhile.
    """
    Puskesmas.objects.select_for_update(no_key=True).get(pk=puskesmas.pk)
    if any(draft.posyandu.puskesmas_id != puskesmas.pk for draft in drafts):
        raise ValueError("a target of another puskesmas")
    sealed = _standing(puskesmas, year)
    entries = {row.posyandu_id: row for row in TargetEntry.objects.filter(puskesmas=puskesmas, year=year)}
    problems = [problem for draft in drafts for problem in draft.problems()]
    for draft in drafts:
        problems += _overtaken(draft, sealed.get(draft.posyandu.pk), entries.get(draft.posyandu.pk))
    if problems:
        raise RefusedError(*problems)
    written = [_write(draft, entries, year, by) for draft in drafts if draft.posyandu.pk not in sealed]
    changed = {str(row.posyandu_id): row.children for row in written if row}
    if changed:
        keys = [row.pk for row in written if row]
        audit.record(
            "target.enter",
            "target",
            keys,
            by=by,
            puskesmas_id=puskesmas.pk,
            detail={"year": year, "children": changed},
        )
    return _seal(puskesmas, year, entries, sealed, by) if seal else 0


def _standing(puskesmas: Puskesmas, year: int) -> dict[UUID, SealedTarget]:
    rows = SealedTarget.objects.standing().filter(puskesmas=puskesmas, year=year)
    return {row.posyandu_id: row for row in rows.select_related("by")}


def _overtaken(draft: TargetDraft, sealed: SealedTarget | None, entry: TargetEntry | None) -> list[Problem]:
    """Whether somebody was faster with another number. The same one again is no quarrel."""
    if sealed is not None:
        if draft.values == {"children": sealed.children, "source": sealed.source}:
            return []
        sentence = f"Sudah ditetapkan {sealed.children} oleh {sealed.by.name}. Ubah dengan alasan."
        return [Problem(sentence, "sealed", draft.field)]
    now = {"children": entry.children, "source": entry.source} if entry else {}
    if entry is not None and entry.version != draft.version and draft.values != now:
        sentence = f"Baru saja diisi {entry.children} oleh {entry.by.name}. Periksa, lalu simpan lagi."
        return [Problem(sentence, "edit_conflict", draft.field)]
    return []


def _write(draft: TargetDraft, entries: dict[UUID, TargetEntry], year: int, by: User) -> TargetEntry | None:
    """The entry, when it is new or another than before."""
    row = entries.get(draft.posyandu.pk)
    if row is None:
        row = TargetEntry(
            puskesmas_id=draft.posyandu.puskesmas_id, posyandu=draft.posyandu, year=year, version=0
        )
    elif {"children": row.children, "source": row.source} == draft.values:
        return None
    row.children, row.source, row.by = draft.children, draft.source, by
    row.version += 1
    row.save()
    entries[draft.posyandu.pk] = row
    return row


def _seal(
    puskesmas: Puskesmas,
    year: int,
    entries: dict[UUID, TargetEntry],
    sealed: dict[UUID, SealedTarget],
    by: User,
) -> int:
    """Once: who presses again seals nothing anew."""
    rows = SealedTarget.objects.bulk_create(
        SealedTarget(
            puskesmas=puskesmas,
            posyandu_id=entry.posyandu_id,
            year=year,
            children=entry.children,
            source=entry.source,
            by=by,
        )
        for entry in entries.values()
        if entry.posyandu_id not in sealed
    )
    if rows:
        audit.record(
            "target.seal",
            "target",
            [row.pk for row in rows],
            by=by,
            puskesmas_id=puskesmas.pk,
            detail={"year": year},
        )
    return len(rows)


@transaction.atomic
def change_target(
    posyandu: Posyandu, year: int, *, children: int, source: str, reason: str, base_revision: int, by: User
) -> SealedTarget:
    """Another number for a sealed year, as a new row with its reason. The same change again is the same row."""
    Puskesmas.objects.select_for_update(no_key=True).get(pk=posyandu.puskesmas_id)
    rows = SealedTarget.objects.filter(posyandu=posyandu, year=year).select_related("by")
    standing = rows.order_by("-revision").first()
    if standing is None:
        raise RefusedError(Problem("Sasaran tahun ini belum ditetapkan.", "unsealed"))
    problems = [
        Problem(problem.sentence, problem.code, problem.code.replace("number", "children"))
        for problem in TargetDraft(posyandu, children, source).problems()
    ]
    if not reason.strip():
        problems.append(Problem("Tulis alasannya dengan singkat.", "reason", "reason"))
    if problems:
        raise RefusedError(*problems)
    wanted = (children, source, reason.strip())
    if standing.revision != base_revision:
        if (standing.children, standing.source, standing.reason) == wanted:
            return standing
        sentence = (
            f"Baru saja diubah menjadi {standing.children} oleh {standing.by.name}. Muat ulang halaman ini."
        )
        raise RefusedError(Problem(sentence, "edit_conflict"))
    if (standing.children, standing.source) == wanted[:2]:
        raise RefusedError(Problem("Angka dan sumbernya sama dengan yang sekarang.", "same", "children"))
    row = SealedTarget.objects.create(
        puskesmas_id=posyandu.puskesmas_id,
        posyandu=posyandu,
        year=year,
        revision=standing.revision + 1,
        children=children,
        source=source,
        reason=reason.strip(),
        by=by,
    )
    audit.record(
        "target.change",
        "target",
        [row.pk],
        by=by,
        puskesmas_id=posyandu.puskesmas_id,
        detail={"year": year, "before": standing.children, "after": children},
    )
    return row
