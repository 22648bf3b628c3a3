"""The verb that changes what is known of a child, and tells whoever derived something from it."""

from typing import Any

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import ChildDraft
from ceting.registry.families.events import (
    GrowthBasisChanged,
    RegisterChanged,
    growth_basis_changed,
    register_changed,
)
from ceting.registry.families.indexing import index_names
from ceting.registry.families.looking_again import look_again
from ceting.registry.families.models import Child, MistakenRegistration
from ceting.registry.families.stays import born_on
from ceting.registry.places.models import Puskesmas
from ceting.standards.identity import normalise_name

CHANGEABLE = (
    "name",
    "sex",
    "birth_date",
    "nik",
    "birth_weight_kg",
    "birth_length_cm",
    "gestation_days",
    "has_kia_book",
)
GROWTH_BASIS = frozenset({"sex", "birth_date", "gestation_days"})


@transaction.atomic
def change_child(child: Child, changes: dict[str, Any], *, base_version: int, by: User) -> Child:
    """Change some of CHANGEABLE. Raises EditConflictError when somebody changed the child after `base_version`.

    A new birth date, sex or length of pregnancy is news: what was derived from it is derived again in this
    transaction.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"not changeable: {sorted(unknown)}")
    if "nik" in changes:
        # Two children are given one NIK at the same moment: the second one waits here, as in register_child.
        Puskesmas.objects.select_for_update(no_key=True).get(pk=child.puskesmas_id)
    now = Child.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=child.pk)
    if not now.is_here and MistakenRegistration.objects.filter(child=now).exists():
        raise RefusedError(
            Problem(
                "Pendaftaran anak ini ditarik karena keliru. Bila ia memang ada, daftarkan lagi.", "mistaken"
            )
        )
    changed = {name: value for name, value in changes.items() if getattr(now, name) != value}
    if now.version != base_version and changed:
        raise EditConflictError(
            Problem(
                "Data anak ini baru saja diubah orang lain. Isian Ibu/Bapak belum disimpan; bandingkan di bawah.",
                "edit_conflict",
            ),
            theirs={name: getattr(now, name) for name in changed},
            version=now.version,
        )
    if not changed:
        return now
    _refuse_impossible(now, changed)
    before = {name: getattr(now, name) for name in changed}
    for name, value in changed.items():
        setattr(now, name, value)
    now.name_key = normalise_name(now.name)
    now.nik_hash = keyed_hash(now.nik) if now.nik else ""
    now.version += 1
    now.save()
    if "name" in changed:
        index_names([now.pk])
    if "nik" in changed:
        look_again([now])
    audit.record("child.change", "child", [now.pk], by=by, detail={"before": before, "after": changed})
    if "birth_date" in changed:
        born_on(now, before["birth_date"], by=by)
    if "has_kia_book" in changed:
        posyandu = tuple(now.stays.values_list("posyandu_id", flat=True))
        publish(register_changed, RegisterChanged((now.pk,), posyandu, now.birth_date, "changed", by.pk))
    if GROWTH_BASIS & set(changed):
        publish(growth_basis_changed, GrowthBasisChanged((now.pk,)))
    return now


def _refuse_impossible(child: Child, changed: dict[str, Any]) -> None:
    merged = {name: changed.get(name, getattr(child, name)) for name in CHANGEABLE}
    problems = ChildDraft(**merged).problems(child.puskesmas.today())
    if (
        changed.get("nik")
        and Child.objects.registered()
        .filter(nik_hash=keyed_hash(changed["nik"]))
        .exclude(pk=child.pk)
        .exists()
    ):
        problems.append(
            Problem("NIK ini sudah dipakai anak lain. Periksa lagi angkanya.", "nik_taken", "nik")
        )
    if problems:
        raise RefusedError(*problems)
