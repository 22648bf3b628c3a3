"""Verbs that register families. Each is one transaction, says `by=` whom, and leaves its trace in the audit.

What is known of a child is changed in `changing`; other apps find it behind this door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.registry.families.changing import change_child as change_child
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.duplicates import alike
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Caregiver, Child, Household, Relation
from ceting.registry.families.stays import begin_stays
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.identity import normalise_name


class DuplicateChildError(RefusedError):
    """The child may be registered already. `likenesses` names only children that the asker may see."""

    def __init__(self, problem: Problem, likenesses: tuple[Any, ...]) -> None:
        super().__init__(problem)
        self.likenesses = likenesses


@dataclass(frozen=True)
class Registration:
    """A draft and the posyandu that the child will come to.

    Drafts with the same `family` share a household; `sibling` is registered already, and hers is the household; so
    is `mother`, of whom the child was born. Whoever says so has checked it: a shared name alone is no family.
    """

    draft: ChildDraft
    posyandu: Posyandu
    family: str = ""
    sibling: Child | None = None
    mother: Caregiver | None = None


@transaction.atomic
def register_child(
    draft: ChildDraft, *, posyandu: Posyandu, by: User, despite_likeness: bool = False
) -> Child:
    """Register one child. Raises RefusedError (impossible data) or DuplicateChildError (maybe registered already).

    `despite_likeness` is the person's answer "memang anak lain"; an equal NIK is refused all the same.
    """
    problems = draft.problems(posyandu.puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    # "Simpan" pressed twice: the second one waits here, and then finds the first one's child.
    Puskesmas.objects.select_for_update(no_key=True).get(pk=posyandu.puskesmas_id)
    _refuse_family_out_of_reach(draft, posyandu, by)
    likenesses = alike(draft, posyandu)
    same_nik = [likeness for likeness in likenesses if likeness.reason == "nik"]
    if same_nik or (likenesses and not despite_likeness):
        raise _duplicate(same_nik or likenesses, by)
    (child,) = register_many([Registration(draft, posyandu)], by=by)
    return child


def _refuse_family_out_of_reach(draft: ChildDraft, posyandu: Posyandu, by: User) -> None:
    """A number of a family whom she may not see opens no door to them: nothing is attached, and nothing is told."""
    numbers = models.Q(pk__in=())
    if draft.kk:
        numbers |= models.Q(kk_hash=keyed_hash(draft.kk))
    if draft.mother and draft.mother.nik:
        numbers |= models.Q(caregivers__nik_hash=keyed_hash(draft.mother.nik))
    children = Child.objects.registered().filter(
        household__in=Household.objects.filter(numbers, puskesmas=posyandu.puskesmas_id)
    )
    if children.exists() and not children.visible_to(by, may="children.write").exists():
        sentence = (
            "Pendaftaran dengan nomor KK atau NIK ibu ini perlu dibantu bidan. Hubungi bidan, "
            "atau simpan dulu tanpa kedua nomor itu."
        )
        raise RefusedError(Problem(sentence, "family_out_of_reach"))


def _duplicate(likenesses: Sequence[Any], by: User) -> DuplicateChildError:
    scope = Scope.of(by)
    visible = tuple(
        likeness
        for likeness in likenesses
        if likeness.child.puskesmas_id in scope.puskesmas or likeness.child.posyandu_id in scope.posyandu
    )
    if visible:
        sentence = "Anak ini mungkin sudah terdaftar. Lihat dulu daftar di bawah sebelum menyimpan."
    else:
        # Nothing about a child whom she may not see, not even the name.
        sentence = (
            "Anak dengan NIK atau nama ini sudah tercatat di posyandu lain. "
            "Hubungi bidan agar datanya dipindahkan, tidak perlu didaftarkan lagi."
        )
    field = "nik" if likenesses[0].reason == "nik" else ""
    return DuplicateChildError(Problem(sentence, "duplicate", field), visible)


@transaction.atomic
def register_many(registrations: Sequence[Registration], *, by: User | None) -> list[Child]:
    """Register children whose drafts are already checked (a form, an import, the demo): one row of audit for all.

    A household is shared by children with the same KK or the same mother's NIK, inside the batch and in the
    registry, and by those whose registrations say that they are a family.
    """
    families = _Families(registrations)
    children = []
    for registration in registrations:
        household, mother = families.of(registration)
        children.append(_child(registration, household, mother))
    families.save()
    Child.objects.bulk_create(children, batch_size=500)
    begin_stays(
        [(child, each.draft.arrived_on) for child, each in zip(children, registrations, strict=True)], by=by
    )
    index_names([child.pk for child in children])
    puskesmas_id = registrations[0].posyandu.puskesmas_id if registrations else None
    audit.record(
        "child.register", "child", [child.pk for child in children], by=by, puskesmas_id=puskesmas_id
    )
    return children


def _child(registration: Registration, household: Household, mother: Caregiver | None) -> Child:
    draft = registration.draft
    return Child(
        puskesmas_id=registration.posyandu.puskesmas_id,
        posyandu=registration.posyandu,
        household=household,
        mother=mother,
        name=draft.name.strip(),
        name_key=normalise_name(draft.name),
        sex=draft.sex,
        birth_date=draft.birth_date,
        nik=draft.nik,
        nik_hash=keyed_hash(draft.nik) if draft.nik else "",
        birth_weight_kg=draft.birth_weight_kg,
        birth_length_cm=draft.birth_length_cm,
        gestation_days=draft.gestation_days,
        has_kia_book=draft.has_kia_book,
    )


class _Families:
    """Finds or makes the household and the mother of each draft, with one query for the whole batch."""

    def __init__(self, registrations: Sequence[Registration]) -> None:
        kk = {keyed_hash(r.draft.kk) for r in registrations if r.draft.kk}
        niks = {
            keyed_hash(r.draft.mother.nik) for r in registrations if r.draft.mother and r.draft.mother.nik
        }
        puskesmas = {r.posyandu.puskesmas_id for r in registrations}
        self._households: dict[object, Household] = {}
        self._mothers: dict[object, Caregiver] = {}
        self._new_households: list[Household] = []
        self._new_mothers: list[Caregiver] = []
        if kk:
            for household in Household.objects.lived_in().filter(puskesmas__in=puskesmas, kk_hash__in=kk):
                self._households[(household.puskesmas_id, household.kk_hash)] = household
            known = Caregiver.objects.filter(
                household__in=self._households.values(), relation=Relation.MOTHER
            )
            for mother in known.select_related("household"):
                self._mothers[(mother.household_id, mother.name_key)] = mother
        if niks:
            known = Caregiver.objects.filter(
                puskesmas__in=puskesmas, nik_hash__in=niks, household__in=Household.objects.lived_in()
            )
            for mother in known.select_related("household"):
                self._mothers[(mother.puskesmas_id, mother.nik_hash)] = mother

    def of(self, registration: Registration) -> tuple[Household, Caregiver | None]:
        draft, puskesmas_id = registration.draft, registration.posyandu.puskesmas_id
        if registration.mother is not None:
            return registration.mother.household, registration.mother
        nik_hash = keyed_hash(draft.mother.nik) if draft.mother and draft.mother.nik else ""
        mother = self._mothers.get((puskesmas_id, nik_hash)) if nik_hash else None
        if mother is not None:
            return mother.household, mother
        if registration.sibling is not None:
            return registration.sibling.household, registration.sibling.mother
        household = self._household(registration)
        if draft.mother is None or not draft.mother.name.strip():
            return household, None
        key = (household.pk, normalise_name(draft.mother.name))
        mother = self._mothers.get(key)
        if mother is None:
            mother = _caregiver(draft.mother, household, nik_hash)
            self._new_mothers.append(mother)
            self._mothers[key] = mother
            if nik_hash:
                self._mothers[(puskesmas_id, nik_hash)] = mother
        return household, mother

    def _household(self, registration: Registration) -> Household:
        draft, posyandu = registration.draft, registration.posyandu
        kk_hash = keyed_hash(draft.kk) if draft.kk else ""
        family = kk_hash or registration.family
        household = self._households.get((posyandu.puskesmas_id, family)) if family else None
        if household is None:
            household = Household(
                puskesmas_id=posyandu.puskesmas_id,
                village_id=posyandu.village_id,
                rw=draft.rw or posyandu.rw,
                rt=draft.rt,
                address=draft.address,
                kk=draft.kk,
                kk_hash=kk_hash,
            )
            self._new_households.append(household)
            if family:
                self._households[(posyandu.puskesmas_id, family)] = household
        return household

    def save(self) -> None:
        Household.objects.bulk_create(self._new_households, batch_size=500)
        Caregiver.objects.bulk_create(self._new_mothers, batch_size=500)


def _caregiver(draft: CaregiverDraft, household: Household, nik_hash: str) -> Caregiver:
    return Caregiver(
        puskesmas_id=household.puskesmas_id,
        household=household,
        relation=draft.relation,
        name=draft.name.strip(),
        name_key=normalise_name(draft.name),
        nik=draft.nik,
        nik_hash=nik_hash,
        phone=draft.phone,
        phone_hash=keyed_hash(draft.phone) if draft.phone else "",
        birth_date=draft.birth_date,
    )
