"""Taking an import back: chunk by chunk of whole children, each with its rows and its progress in one transaction.

A row goes when no import that stands says it too and nobody built on it. So whatever order imports and undoings come
in, what remains is the union of the imports that stand (ADR 0008 has the road not taken).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ceting.care.measurements import operations as measurements
from ceting.care.measurements.models import CountCause, Measurement
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop import undoing
from ceting.gateways.interop.eppgbm.holding import holds_on_children, holds_on_measurements
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportOutcome,
    ImportRow,
    LearnedNik,
    NikRemoval,
    Outcome,
    UndoneRow,
)
from ceting.gateways.interop.eppgbm.rows import Cells, full_nik
from ceting.gateways.interop.holding import Hold
from ceting.gateways.interop.undoing import is_undone
from ceting.registry.accounts.models import User
from ceting.registry.families import mistake_operations as mistakes
from ceting.registry.families import operations as families
from ceting.registry.families.models import Child

ROWS_IN_CHUNK = 1000
"""As in the import: quick, and nobody's "Simpan" waits long."""
SAYS_A_NIK = (Outcome.RECORDED, Outcome.KNOWN, Outcome.REPEATED, Outcome.REGISTERED)
Claims = Mapping[UUID, Sequence[ImportOutcome]]


@dataclass
class Undoing:
    """One run. Running it again, or twice at once, changes nothing."""

    file: ImportFile
    job_id: UUID
    by: User
    reason: str

    @classmethod
    def of(cls, file: ImportFile, job_id: UUID) -> "Undoing":
        return cls(file, job_id, file.undoing.started_by, undoing.reason_of(file))

    def run(self) -> None:
        undoing.run(KIND, self.file, self.job_id, self._take_back, by=self.by, rows_in_chunk=ROWS_IN_CHUNK)

    def _take_back(self, keys: list[UUID], mine: Sequence[ImportOutcome]) -> list[UndoneRow]:
        part = Part.of(keys, self.file)
        self._strike_out(part, mine)
        self._withdraw(part)
        self._take_niks(part)
        undoing.tell_earlier(KIND, self.file, keys, _stands, ("measurement__withdrawal", "child__mistake"))
        return [part.told(outcome) for outcome in mine]

    def _strike_out(self, part: "Part", mine: Sequence[ImportOutcome]) -> None:
        written = {
            outcome.measurement_id
            for outcome in part.of_undone()
            if outcome.outcome == Outcome.RECORDED and outcome.measurement_id is not None
        }
        written = written & {outcome.measurement_id for outcome in mine} - set(part.claimed)
        rows = list(
            Measurement.objects.filter(pk__in=written, withdrawal=None).select_related(
                "child__puskesmas", "correction__recorded_by"
            )
        )
        part.holds_on_rows = holds_on_measurements(rows)
        leaving = [row for row in rows if row.pk not in part.holds_on_rows]
        measurements.strike_out_many(leaving, reason=self.reason, cause=CountCause.IMPORT_UNDONE, by=self.by)
        part.gone = {row.pk for row in leaving}

    def _withdraw(self, part: "Part") -> None:
        """Children who came only from imports that are taken back."""
        registered = {outcome.child_id for outcome in part.of_undone() if outcome.new_child}
        candidates = [child for key, child in part.children.items() if key in registered - set(part.standing)]
        part.holds_on_children = holds_on_children(
            candidates, leaving=part.gone, expected_version=part.versions
        )
        leaving = [child for child in candidates if child.pk not in part.holds_on_children]
        withdrawn = (
            mistakes.withdraw_registrations(leaving, reason=self.reason, by=self.by) if leaving else []
        )
        part.withdrawn = {child.pk for child in withdrawn}

    def _take_niks(self, part: "Part") -> None:
        """A NIK that only imports which are taken back have said, of a child who stays and whom nobody edited."""
        numbered = {
            key: child for key, child in part.children.items() if child.nik_hash and key not in part.withdrawn
        }
        given = {
            outcome.child_id
            for outcome in part.of_undone()
            if outcome.new_child and outcome.child_id in numbered
        } | (part.learned & set(numbered))
        said = part.niks_said(given)
        removals = []
        for key in sorted(given):
            child = numbered[key]
            by_undone, by_standing = said[key]
            if child.nik not in by_undone or child.nik in by_standing:
                continue
            if child.version != part.versions[key]:
                part.nik_holds[key] = Hold("nik", "NIK tetap: data anak sudah diubah orang sesudah impor.")
                continue
            try:
                changed = families.change_child(child, {"nik": ""}, base_version=child.version, by=self.by)
            except RefusedError:
                # Her birth date is one that no form takes any more, for one: what she has, she keeps.
                part.nik_holds[key] = Hold("nik", "NIK tetap: data anak ini perlu diperiksa dulu.")
                continue
            removals.append(NikRemoval(file=self.file, child=child, child_version=changed.version))
        NikRemoval.objects.bulk_create(removals, batch_size=500)


@dataclass
class Part:
    """Some children of the file, locked, with every row of every import that speaks of them."""

    file: ImportFile
    children: dict[UUID, Child]
    outcomes: list[ImportOutcome]
    learned: set[UUID]
    """Who got her NIK by an import that is taken back."""
    versions: dict[UUID, int]
    """Child -> her version when nobody but imports changed her."""
    standing: dict[UUID, ImportFile] = field(default_factory=dict)
    """Child -> an import that stands and speaks of her."""
    claimed: dict[UUID, ImportFile] = field(default_factory=dict)
    """Measurement -> an import that stands and says it."""
    gone: set[UUID] = field(default_factory=set)
    withdrawn: set[UUID] = field(default_factory=set)
    holds_on_rows: dict[UUID, Hold] = field(default_factory=dict)
    holds_on_children: dict[UUID, Hold] = field(default_factory=dict)
    nik_holds: dict[UUID, Hold] = field(default_factory=dict)

    @classmethod
    def of(cls, keys: Sequence[UUID], file: ImportFile) -> "Part":
        """Six queries, however many children."""
        locked = Child.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        children = {child.pk: child for child in locked.select_related("puskesmas")}
        rows = ImportOutcome.objects.filter(child__in=keys).select_related("file__undoing")
        outcomes = list(rows.order_by("row"))
        learned = list(
            LearnedNik.objects.filter(child__in=keys).values_list("child", "child_version", "file__undoing")
        )
        removed = NikRemoval.objects.filter(child__in=keys).values_list("child", "child_version")
        versions = dict.fromkeys(keys, 1)
        for key, version in (*((key, version) for key, version, _ in learned), *removed):
            versions[key] = max(versions[key], version)
        part = cls(file, children, outcomes, {key for key, _, undone in learned if undone}, versions)
        for outcome in outcomes:
            if outcome.child_id is not None and not is_undone(outcome.file):
                part.standing.setdefault(outcome.child_id, outcome.file)
                if outcome.measurement_id:
                    part.claimed.setdefault(outcome.measurement_id, outcome.file)
        return part

    def of_undone(self) -> list[ImportOutcome]:
        return [outcome for outcome in self.outcomes if is_undone(outcome.file)]

    def niks_said(self, keys: set[UUID]) -> dict[UUID, tuple[set[str], set[str]]]:
        """Child -> the full NIKs in the rows of imports that are taken back, and of those that stand."""
        speaking = [each for each in self.outcomes if each.child_id in keys and each.outcome in SAYS_A_NIK]
        raw = dict(
            ImportRow.objects.filter(pk__in=[each.row_id for each in speaking]).values_list("pk", "raw")
        )
        said: dict[UUID, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for each in speaking:
            assert each.child_id is not None
            nik = full_nik(Cells(each.file.columns, json.loads(raw[each.row_id])))
            said[each.child_id][0 if is_undone(each.file) else 1].add(nik)
        return said

    def told(self, outcome: ImportOutcome) -> UndoneRow:
        """What became of one row of this file."""
        wrote = (
            outcome.new_child or outcome.outcome == Outcome.RECORDED or outcome.measurement_id in self.gone
        )
        row: UndoneRow = undoing.undone_row(KIND, outcome, self._holds(outcome), wrote=wrote)
        return row

    def _holds(self, outcome: ImportOutcome) -> Iterator[Hold]:
        key, row = outcome.child_id, outcome.measurement_id
        if outcome.outcome == Outcome.RECORDED and row is not None:
            if row in self.claimed:
                yield undoing.other_import(self.claimed[row])
            elif row in self.holds_on_rows:
                yield self.holds_on_rows[row]
        if outcome.new_child and key is not None:
            if key in self.standing:
                yield undoing.other_import(self.standing[key])
            elif key in self.holds_on_children:
                hold = self.holds_on_children[key]
                yield Hold(hold.code, f"Anaknya tetap terdaftar. {hold.sentence}")
            if key in self.nik_holds:
                yield self.nik_holds[key]


def _stands(outcome: ImportOutcome) -> bool:
    """Whether what the row wrote is still there."""
    keeps_row = outcome.outcome == Outcome.RECORDED and not hasattr(outcome.measurement, "withdrawal")
    return keeps_row or (outcome.new_child and not hasattr(outcome.child, "mistake"))
