"""Verbs that say that two children are one, and that they are two after all."""

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.events import (
    ChildrenMerged,
    MergeUndone,
    RegisterChanged,
    children_merged,
    merge_undone,
    register_changed,
)
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Child, Merge, MergeUndoing, those_who_became
from ceting.registry.families.name_likeness import is_unnamed
from ceting.registry.families.stays import settle
from ceting.standards.identity import normalise_name

PERMISSION = "children.merge"
MERGED = "merged"
"""Code of the refusal when somebody was faster."""
FAMILY = "mother_id"
"""Mother and household are chosen together: they are one family."""
CHOICES = (
    "name",
    "sex",
    "birth_date",
    "nik",
    FAMILY,
    "birth_weight_kg",
    "birth_length_cm",
    "gestation_days",
    "has_kia_book",
)


def suggested(kept: Child, absorbed: Child) -> frozenset[str]:
    """The fields of CHOICES whose value of `absorbed` should stand, before anybody looked: the fuller one does."""
    fuller = {
        name
        for name in CHOICES
        if getattr(kept, name) in (None, "", False) and getattr(absorbed, name) not in (None, "", False)
    }
    named = is_unnamed(kept.name), is_unnamed(absorbed.name)
    if named == (True, False) or (named[0] == named[1] and len(absorbed.name) > len(kept.name)):
        fuller.add("name")
    return frozenset(fuller)


@transaction.atomic
def merge_children(
    kept: Child, absorbed: Child, *, from_absorbed: Collection[str] = (), reason: str, by: User
) -> Merge:
    """Say that `absorbed` is `kept`; of the fields in `from_absorbed` (of CHOICES) the absorbed child's value stands.

    Refuses one child with herself, one who was merged already, and children whom she may not merge.
    """
    unknown = set(from_absorbed) - set(CHOICES)
    if unknown:
        raise ValueError(f"not to be chosen: {sorted(unknown)}")
    if kept.pk == absorbed.pk:
        raise refused("Pilih dua anak yang berbeda.", "same_child")
    if not reason.strip():
        raise refused("Tulis alasannya, misalnya: ibu dan tanggal lahirnya sama.", "reason", "reason")
    here = _locked({kept.pk, absorbed.pk}, by)
    kept, absorbed = here[kept.pk], here[absorbed.pk]
    if Merge.objects.standing().filter(absorbed__in=[kept.pk, absorbed.pk]).exists():
        raise refused("Salah satu data ini sudah digabungkan. Muat ulang halaman, lalu periksa lagi.", MERGED)
    wanted = set(from_absorbed) | ({"household_id"} if FAMILY in from_absorbed else set())
    chosen = {
        name: [_as_json(getattr(kept, name)), _as_json(getattr(absorbed, name))]
        for name in sorted(wanted)
        if getattr(kept, name) != getattr(absorbed, name)
    }
    merge = Merge.objects.create(
        puskesmas_id=kept.puskesmas_id,
        kept=kept,
        absorbed=absorbed,
        by=by,
        reason=reason.strip(),
        chosen=json.dumps(chosen),
    )
    _write(kept, {name: values[1] for name, values in chosen.items()})
    _tell(merge, ChildrenMerged(merge.pk, kept.pk, absorbed.pk), by)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> MergeUndoing:
    """Say that they are two children. What nobody changed since the merge goes back; the rest stays and is named."""
    here = _locked({merge.kept_id, merge.absorbed_id}, by)
    merge = Merge.objects.get(pk=merge.pk)
    if MergeUndoing.objects.filter(merge=merge).exists():
        raise refused("Penggabungan ini sudah dibatalkan.", "undone")
    kept = here[merge.kept_id]
    back, left = {}, []
    for name, (before, after) in json.loads(merge.chosen or "{}").items():
        if _as_json(getattr(kept, name)) == after:
            back[name] = _before(merge, name, before)
        else:
            left.append(name)
    undoing = MergeUndoing.objects.create(merge=merge, by=by, left=" ".join(left))
    _write(kept, back)
    _tell(merge, MergeUndone(merge.pk, merge.kept_id, merge.absorbed_id), by)
    return undoing


def _locked(child_ids: set[Any], by: User) -> dict[Any, Child]:
    """Both children, locked in the order of their keys. Raises RefusedError when she may not merge one of them."""
    mine = Child.objects.visible_to(by, may=PERMISSION).filter(pk__in=child_ids)
    rows = {child.pk: child for child in mine.select_for_update(of=("self",)).order_by("pk")}
    if set(rows) != child_ids:
        raise refused(
            "Anak ini terdaftar di puskesmas lain. Penggabungan dilakukan oleh petugas yang menangani keduanya.",
            "not_yours",
        )
    return rows


def _before(merge: Merge, name: str, before: object) -> object:
    """What stood before the merge, when the one who wrote that was undone meanwhile: what stood before that."""
    earlier = Merge.objects.filter(kept=merge.kept_id, pk__lt=merge.pk).select_related("undoing")
    for each in earlier.order_by("-pk"):
        told = json.loads(each.chosen or "{}").get(name)
        if told is None:
            continue
        if not hasattr(each, "undoing") or told[1] != before:
            break
        before = told[0]
    return before


def _write(kept: Child, values: dict[str, Any]) -> None:
    for name, value in values.items():
        field: Any = Child._meta.get_field(name.removesuffix("_id"))
        setattr(kept, name, field.to_python(value))
    kept.name_key = normalise_name(kept.name)
    kept.nik_hash = keyed_hash(kept.nik) if kept.nik else ""
    kept.version += 1
    kept.save()


def _tell(merge: Merge, news: ChildrenMerged | MergeUndone, by: User) -> None:
    """Everything that follows from a merge or its undoing, in this order: places, names, rows, counts."""
    both = (merge.kept_id, merge.absorbed_id)
    family = those_who_became(both)
    settle(both)
    index_names(family)
    merged = isinstance(news, ChildrenMerged)
    audit.record(
        "child.merge" if merged else "child.unmerge",
        "child",
        both,
        by=by,
        puskesmas_id=merge.puskesmas_id,
        detail={"merge": str(merge.pk)},
    )
    publish(children_merged if merged else merge_undone, news)
    rows = Child.objects.filter(pk__in=family)
    posyandu = set(rows.values_list("posyandu", flat=True))
    posyandu |= set(rows.exclude(stays=None).values_list("stays__posyandu", flat=True))
    publish(
        register_changed,
        RegisterChanged(
            child_ids=both,
            posyandu_ids=tuple(sorted(posyandu)),
            since=min(rows.values_list("birth_date", flat=True)),
            cause="merged" if merged else "unmerged",
            by_id=by.pk,
        ),
    )


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value if value is None or isinstance(value, bool | int) else str(value)
