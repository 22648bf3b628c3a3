"""Taking a file in: chunk by chunk, each with its children, measurements, outcomes and progress in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import operations as measurements
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Source
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop import taking
from ceting.gateways.interop.eppgbm.children import FileChild, Place, same_name
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.loading import Chunk, Contents
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportOutcome,
    LearnedNik,
    Outcome,
)
from ceting.gateways.interop.eppgbm.planning import ChildPlan, plan
from ceting.gateways.interop.eppgbm.rows import FileRow, measurement_values
from ceting.gateways.interop.forecasting import problems_of
from ceting.gateways.interop.naming import identity_of_new
from ceting.registry.accounts.models import User
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child
from ceting.registry.places import operations as places
from ceting.registry.places.models import Posyandu
from ceting.standards.place_names import place_key, place_name


@dataclass
class Import:
    """One run over a file. `siblings`: family of the file -> a child of it who is registered by now."""

    file: ImportFile
    job_id: UUID
    by: User
    posyandu: Mapping[Place, Posyandu] = field(default_factory=dict)
    siblings: dict[str, Child] = field(default_factory=dict)

    @classmethod
    def of(cls, file: ImportFile, job_id: UUID) -> "Import":
        return cls(file, job_id, file.run.started_by)

    def run(self) -> None:
        """Everything that has no outcome yet; running it again, or twice at once, changes nothing."""
        self.posyandu = self._open_posyandu()
        contents = Contents.of(self.file, taking.day_of(self.file))
        done = dict(self.file.outcomes.values_list("row_id", "child_id"))
        self._remember_siblings(contents.children, done)
        skipped = {row.id for row in contents.skipped}
        for chunk in contents.chunks():
            if any(row.id not in done for row in chunk.rows):
                self._take(chunk, skipped)
        taking.finish(KIND, self.file, by=self.by)

    @transaction.atomic
    def _open_posyandu(self) -> dict[Place, Posyandu]:
        """Open the new posyandu of the file, once, and forget the forecast's problems of what is still to come."""
        taking.forget_forecast(KIND, self.file)
        ours = list(self.file.puskesmas.posyandu.select_related("puskesmas"))
        known: dict[Place, Posyandu] = {(each.village_id, place_key(each.name)): each for each in ours}
        found: dict[Place, Posyandu] = {each.pk: each for each in ours}
        for place in self.file.places.exclude(village=None).select_related("village"):
            village = place.village
            if village is None:
                continue
            key = (village.pk, place_key(place.name))
            if key not in known:
                (known[key],) = places.open_posyandu(
                    [(place_name(place.name)[:100], village, "")],
                    puskesmas=self.file.puskesmas,
                    by=self.by,
                )
            found[identity_of_new(village, place.name)] = known[key]
        return found

    def _remember_siblings(self, children: Sequence[FileChild], done: Mapping[UUID, UUID | None]) -> None:
        keys: dict[str, UUID] = {}
        for each in children:
            key = next((found for row in each.rows if (found := done.get(row.id))), None)
            if each.family and key is not None:
                keys.setdefault(each.family, key)
        registered = Child.objects.select_related("household", "mother").in_bulk(list(keys.values()))
        self.siblings = {family: registered[key] for family, key in keys.items()}

    @transaction.atomic
    def _take(self, chunk: Chunk, skipped: set[UUID]) -> None:
        if not taking.take_turn(KIND, self.file):
            return
        done = taking.done_among(KIND, (row.id for row in chunk.rows))
        children = _undone(chunk.children, done)
        loose = [row for row in chunk.loose if row.id not in done]
        plans = plan(children, self.file.puskesmas) if children else []
        outcomes = [
            self._outcome(row, Outcome.SKIPPED if row.id in skipped else Outcome.REFUSED) for row in loose
        ]
        new = self._register(plans)
        outcomes += self._record(plans)
        outcomes += [outcome for each in plans for outcome in self._other_outcomes(each)]
        niks = self._learn_niks(plans)
        _mark_new(outcomes, new)
        rows = [*loose, *(row for child in children for row in child.rows)]
        told = [row for row in rows if row.id not in skipped]
        LearnedNik.objects.bulk_create(niks, batch_size=500)
        taking.keep(KIND, self.file, self.job_id, outcomes, problems_of(KIND, self.file, told))

    def _register(self, plans: Sequence[ChildPlan]) -> set[UUID]:
        """Register who is new; the keys of the new children."""
        for each in plans:
            child = each.child
            if child is not None:
                child.puskesmas = self.file.puskesmas
                if each.source.family and _is_mothers(each, child):
                    self.siblings.setdefault(each.source.family, child)
        new = [each for each in plans if each.draft is not None]
        registrations = [
            families.Registration(
                each.draft,
                self.posyandu[each.source.place],
                family=each.source.family,
                sibling=self.siblings.get(each.source.family) if each.source.family else None,
            )
            for each in new
            if each.draft is not None
        ]
        if not registrations:
            return set()
        for each, child in zip(new, families.register_many(registrations, by=self.by), strict=True):
            child.puskesmas = self.file.puskesmas
            each.child = child
            if each.source.family:
                self.siblings.setdefault(each.source.family, child)
        return {each.child.pk for each in new if each.child}

    def _record(self, plans: Sequence[ChildPlan]) -> list[ImportOutcome]:
        taken = [(each.child, row) for each in plans for row in each.take if each.child is not None]
        drafts = [
            MeasurementDraft(
                child=child, measured_on=row.measured_on, source=Source.IMPORT, **measurement_values(row)
            )
            for child, row in taken
            if row.measured_on is not None
        ]
        rows = measurements.record_many(drafts, by=self.by)
        return [
            self._outcome(row, Outcome.RECORDED, child.pk, written.pk)
            for (child, row), written in zip(taken, rows, strict=True)
        ]

    def _learn_niks(self, plans: Sequence[ChildPlan]) -> list[LearnedNik]:
        """Children who had no NIK get the one of the file, unless somebody gave them or another child one meanwhile."""
        learned = []
        for each in plans:
            if each.child is None or each.learned_nik is None:
                continue
            child = each.child
            try:
                changed = families.change_child(
                    child, {"nik": each.source.nik}, base_version=child.version, by=self.by
                )
            except RefusedError:
                continue
            learned.append(
                LearnedNik(
                    file=self.file, row_id=each.learned_nik.id, child=child, child_version=changed.version
                )
            )
        return learned

    def _other_outcomes(self, each: ChildPlan) -> list[ImportOutcome]:
        key = each.child.pk if each.child else None
        return [
            *(self._outcome(row, Outcome.REGISTERED, key) for row in each.enrol),
            *(self._outcome(row, Outcome.KNOWN, key, standing) for row, standing in each.known),
            *(self._outcome(row, Outcome.REPEATED, key) for row in each.repeated),
            *(self._outcome(row, Outcome.REFUSED, None) for row in each.refused),
        ]

    def _outcome(
        self, row: FileRow, outcome: Outcome, child: UUID | None = None, measurement: UUID | None = None
    ) -> ImportOutcome:
        return ImportOutcome(
            file_id=self.file.pk, row_id=row.id, outcome=outcome, child_id=child, measurement_id=measurement
        )


def _undone(children: Sequence[FileChild], done: set[UUID]) -> list[FileChild]:
    if not done:
        return list(children)
    for child in children:
        child.rows = [row for row in child.rows if row.id not in done]
    return [child for child in children if child.rows]


def _is_mothers(each: ChildPlan, child: Child) -> bool:
    return child.mother is not None and same_name(str(each.source.said("parent_key")), child.mother.name_key)


def _mark_new(outcomes: Sequence[ImportOutcome], new: set[UUID]) -> None:
    for outcome in outcomes:
        if outcome.child_id in new:
            outcome.new_child = True
            new.discard(outcome.child_id)
