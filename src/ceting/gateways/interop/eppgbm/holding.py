"""What other people have built on rows that an import wrote: those rows stay when it is taken back.

Whatever points at a child, her family or a measurement holds it, also what a later slice of the house keeps: only
the parts of a registration itself (PARTS) don't. A test reads the list of everything that points there.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from ceting.care.measurements.models import Measurement
from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop.holding import Hold, hold_of, name_of, relations_of, rows_of, told
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.standards.numbers import format_date

PARTS = frozenset(
    {
        # Of a registration: written with it, and withdrawn with it.
        *("families.Stay.child", "families.ChildWord.child", "families.MistakenRegistration.child"),
        *("families.Child.household", "families.Child.mother", "families.Caregiver.household"),
        "families.CaregiverEnding.caregiver",
        # Derived from measurements with them.
        *("measurements.LatestGrowth.child", "measurements.LatestGrowth.measurement"),
        # Asked for by themselves: a weighing that was struck out holds nobody.
        *("measurements.Measurement.child", "measurements.Measurement.origin"),
        *("measurements.Measurement.corrects", "measurements.Withdrawal.measurement"),
        # Looked for by night: who may be twice in the register. The answer to it is a person's.
        *("families.Unlooked.child", "families.LikelyPair.first", "families.LikelyPair.second"),
        # A day printed on paper names everybody: nobody decided anything about her.
        "measurements.PaperSheetLine.child",
        # What imports themselves remember; other imports are asked in undoing.py.
        *("eppgbm.ImportOutcome.child", "eppgbm.ImportOutcome.measurement"),
        *("eppgbm.LearnedNik.child", "eppgbm.NikRemoval.child"),
        *("pregnant_women.WomenOutcome.woman", "pregnant_women.WomenDecision.woman"),
    }
)
WORDS: Mapping[str, str] = {
    "families.Move.child": "Perpindahan anak dicatat",
    "families.Death.child": "Kematian anak dicatat",
    "families.CaregiverDeath.caregiver": "Kematian pengasuhnya dicatat",
    "families.Merge.kept": "Digabungkan dengan data anak lain",
    "families.Merge.absorbed": "Digabungkan dengan data anak lain",
    "families.MainCaregiver.child": "Pengasuh utama dicatat",
    "families.MainCaregiver.caregiver": "Pengasuh utama dicatat",
    "families.ReportOutcome.child": "Laporan warga dijawab dengan anak ini",
    "families.HouseholdMove.household": "Alamat keluarga diubah",
    "families.TwoChildren.first": "Dinyatakan anak yang berbeda dari yang mirip",
    "families.TwoChildren.second": "Dinyatakan anak yang berbeda dari yang mirip",
    "rights.Consent.child": "Persetujuan keluarga dicatat",
    "rights.Consent.caregiver": "Persetujuan keluarga dicatat",
    "rights.DataRequest.child": "Permintaan keluarga atas datanya dicatat",
    "rights.DataRequest.caregiver": "Permintaan keluarga atas datanya dicatat",
    "rights.DataRequest.household": "Permintaan keluarga atas datanya dicatat",
    "families.FamilyChange.child": "Keluarga anak diubah",
    "families.FamilyChange.left": "Keluarga anak diubah",
    "families.FamilyChange.joined": "Keluarga anak diubah",
    "pregnancies.Pregnancy.woman": "Kehamilan ibunya dicatat",
    "pregnancies.Born.child": "Kelahirannya dicatat",
    "child_health.Entry.child": "Pelayanan anak dicatat",
    "child_health.Entry.origin": "Pelayanan anak dicatat",
}


def holds_on_children(
    children: Iterable[Child], *, leaving: Collection[UUID], expected_version: Mapping[UUID, int]
) -> dict[UUID, Hold]:
    """Child -> what holds her registration. `leaving` are the measurements that are struck out with her.

    `expected_version`: hers when nobody but imports changed her.
    """
    by_key = {child.pk: child for child in children}
    found = _weighed(by_key, leaving)
    for relation in _relations(Child):
        for row in rows_of(relation, by_key):
            found.setdefault(getattr(row, relation.field.attname), _hold(relation, row))
    homes = {child.household_id for child in by_key.values()}
    at_home = _holds_on_homes(homes)
    for child in by_key.values():
        for hold, key in at_home.get(child.household_id, ()):
            # What stood before she came isn't built on her.
            if key.bytes > child.pk.bytes:
                found.setdefault(child.pk, hold)
    edited = {key for key, child in by_key.items() if child.version != expected_version[key]} - set(found)
    return found | _edited(edited, by_key)


def holds_on_measurements(rows: Iterable[Measurement]) -> dict[UUID, Hold]:
    """Measurement -> what holds it. They need `correction`, and `withdrawal` isn't theirs."""
    by_key = {row.pk: row for row in rows}
    found: dict[UUID, Hold] = {}
    for key, row in by_key.items():
        if hasattr(row, "correction"):
            found[key] = Hold(
                "correction", told("Penimbangan diperbaiki", row.correction, row.correction.recorded_by)
            )
        elif row.child_id != row.origin_id:
            found[key] = Hold("merge", "Digabungkan dengan data anak lain.")
    for relation in _relations(Measurement):
        for row in rows_of(relation, by_key):
            found.setdefault(getattr(row, relation.field.attname), _hold(relation, row))
    return found


def _weighed(children: Mapping[UUID, Child], leaving: Collection[UUID]) -> dict[UUID, Hold]:
    rows = (
        Measurement.objects.filter(Q(child__in=children) | Q(origin__in=children), withdrawal=None)
        .select_related("recorded_by")
        .order_by("-id")
        .only("child", "origin", "measured_on", "created_at", "recorded_by__name")
    )
    found: dict[UUID, Hold] = {}
    for row in rows:
        if row.pk not in leaving:
            who = f" oleh {row.recorded_by.name}" if row.recorded_by else ""
            hold = Hold("weighing", f"Ditimbang {format_date(row.measured_on)}, dicatat{who}.")
            for key in {row.child_id, row.origin_id} & set(children):
                found.setdefault(key, hold)
    return found


def _holds_on_homes(homes: Collection[UUID]) -> dict[UUID, list[tuple[Hold, UUID]]]:
    """Household -> what somebody wrote about it or its caregivers, with the key of that row."""
    found: dict[UUID, list[tuple[Hold, UUID]]] = {}
    home_of: dict[UUID, UUID] = {}
    for caregiver in Caregiver.objects.filter(household__in=homes).prefetch_related("children"):
        home_of[caregiver.pk] = caregiver.household_id
        if caregiver.version > 1 or not caregiver.children.all():
            words = "Data pengasuh diubah" if caregiver.version > 1 else "Pengasuh ditambahkan"
            hold = Hold("family", f"{words} sesudah impor.")
            key = UUID(int=(1 << 128) - 1) if caregiver.version > 1 else caregiver.pk
            found.setdefault(caregiver.household_id, []).append((hold, key))
    for model, keys in ((Household, {home: home for home in homes}), (Caregiver, home_of)):
        for relation in _relations(model):
            for row in rows_of(relation, keys):
                home = keys[getattr(row, relation.field.attname)]
                found.setdefault(home, []).append((_hold(relation, row), row.pk))
    return found


def _edited(keys: Collection[UUID], children: Mapping[UUID, Child]) -> dict[UUID, Hold]:
    """Who changed them last: the trail knows, from the first of them on."""
    if not keys:
        return {}
    entries = AuditEntry.objects.filter(action="child.change", id__gt=min(keys)).order_by("id")
    last: dict[UUID, tuple[UUID | None, date]] = {}
    for entry in entries.only("actor_id", "at", "subject_ids").iterator(chunk_size=1000):
        for key in {UUID(subject) for subject in entry.subject_ids} & set(keys):
            last[key] = (entry.actor_id, entry.at.astimezone(children[key].puskesmas.timezone).date())
    people = User.objects.in_bulk({actor for actor, _ in last.values() if actor})
    found = {}
    for key in keys:
        actor, day = last.get(key, (None, None))
        who = f" oleh {people[actor].name}" if actor in people else ""
        when = f" {format_date(day)}" if day else ""
        found[key] = Hold("edit", f"Data anak diubah{when}{who}.")
    return found


def _relations(model: type[Model]) -> list[ForeignObjectRel]:
    return [relation for relation in relations_of(model) if name_of(relation) not in PARTS]


def _hold(relation: ForeignObjectRel, row: Any) -> Hold:
    return hold_of(relation, row, WORDS)
