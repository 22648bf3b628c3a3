"""An uploaded e-PPGBM/Sigizi file: its rows as they stood in it, what was wrong with them, what became of them."""

from typing import Self

from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.db.models import Q

from ceting.care.measurements.models import Measurement
from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.keys import new_key
from ceting.foundation.core.models import Job, Record
from ceting.gateways.interop.eppgbm.undo_models import ImportUndoing as ImportUndoing
from ceting.gateways.interop.eppgbm.undo_models import NikRemoval as NikRemoval
from ceting.gateways.interop.eppgbm.undo_models import Undone as Undone
from ceting.gateways.interop.eppgbm.undo_models import UndoneRow as UndoneRow
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Area, Posyandu, Puskesmas


def private_storage() -> Storage:
    """Under MEDIA_ROOT, which no URL serves; readable by the server's own user only, because NIKs stand in it."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


class ImportState(models.TextChoices):
    """Where an import stands; derived from its rows, never stored."""

    CHECKING = "checking", "Sedang diperiksa"
    REFUSED = "refused", "Tidak bisa dibaca"
    READY = "ready", "Siap diimpor"
    RUNNING = "running", "Sedang diimpor"
    STOPPED = "stopped", "Terhenti"
    DONE = "done", "Selesai"
    WITHDRAWN = "withdrawn", "Dibatalkan"
    UNDOING = "undoing", "Sedang ditarik kembali"
    UNDONE = "undone", "Ditarik kembali"


class ImportFileQuerySet(ScopedQuerySet["ImportFile"]):
    """Questions about uploaded files. A file belongs to a whole puskesmas, never to one posyandu."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        return self.filter(puskesmas__in=Scope.of(user, may=may or "imports.run").puskesmas)

    def with_state(self) -> Self:
        """Everything that `state` asks for, in one query."""
        verbs = ("run__job", "withdrawal__by", "undoing__job", "undoing__started_by")
        return self.select_related("puskesmas", "check_job", "uploaded_by", *verbs)


class ImportFile(Record):
    """One upload. `stored_as` is emptied once every row is kept: the rows are encrypted, the file wasn't.

    `header` is the list of column names; `columns` maps a role (columns.ROLES) to its position in it. `totals` is the
    forecast of the last check. `sheet` is empty but for a monthly sheet: the `months` found in it, whether it
    `needs_year`, and the `year` and `day` that a person said. `refusal` says in Indonesian why the file can't be
    read.
    """

    field_classes = classify(
        public="puskesmas posyandu header columns sheet totals refusal size",
        volunteer="uploaded_by check_job read_at moved_at",
        family="name",
        internal="stored_as digest",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="imports")
    posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nama berkas", max_length=200)
    stored_as = models.FileField(max_length=120, blank=True, storage=private_storage)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    sheet = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    check_job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    # When its job last got anywhere: a job that stands still has lost its worker.
    moved_at = models.DateTimeField(default=clock.now)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["puskesmas", "-created_at"], name="import_newest"),
            models.Index(fields=["puskesmas", "digest"], name="import_same_file"),
        )

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def asks_year(self) -> bool:
        """A monthly sheet that doesn't say of which year, and nobody has said it."""
        return bool(self.sheet.get("needs_year")) and not self.sheet.get("year")

    @property
    def state(self) -> ImportState:
        if _has(self, "withdrawal"):
            return ImportState.WITHDRAWN
        if self.refusal:
            return ImportState.REFUSED
        if _has(self, "undoing"):
            return _state_of(self.undoing.job, running=ImportState.UNDOING, done=ImportState.UNDONE)
        if _has(self, "run"):
            return _state_of(self.run.job, running=ImportState.RUNNING, done=ImportState.DONE)
        if self.check_job is None:
            return ImportState.CHECKING
        return _state_of(self.check_job, running=ImportState.CHECKING, done=ImportState.READY)


def _has(row: models.Model, name: str) -> bool:
    return getattr(row, name, None) is not None


def _state_of(job: Job, *, running: ImportState, done: ImportState) -> ImportState:
    if not job.is_over:
        return running
    return ImportState.STOPPED if job.failure else done


class ColumnMappingQuerySet(ScopedQuerySet["ColumnMapping"]):
    """Questions about what columns mean; like files, they belong to a whole puskesmas."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        return self.filter(puskesmas__in=Scope.of(user, may=may or "imports.run").puskesmas)


class ColumnMapping(Record):
    """What the columns of a header mean at a puskesmas, because a person said so; used for every later file with it.

    `columns` maps roles (columns.LABELS) to positions in `header`, all of them: who said it has seen all.
    """

    field_classes = classify(
        public="puskesmas signature header columns", volunteer="changed_at", internal="changed_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    header = models.JSONField()
    columns = models.JSONField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["puskesmas", "signature"], name="mapping_once_a_header"),
        )

    def __str__(self) -> str:
        return f"mapping {self.signature[:8]}"


class ImportPlace(Record):
    """A posyandu as the file names it, and what the person says it is: ours, a new one of a village, or to be skipped.

    `key` tells the names apart whatever their spelling; the names are those of its first row.
    """

    field_classes = classify(public="file key puskesmas_name village_name name rows posyandu village skipped")

    # Its own index would be a part of the one below; so in the other rows of a file.
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="places", db_index=False)
    key = models.CharField(max_length=240)
    puskesmas_name = models.CharField(max_length=100, blank=True)
    village_name = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=100, blank=True)
    rows = models.PositiveIntegerField(default=0)
    posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ("village_name", "name", "key")
        constraints = (
            models.UniqueConstraint(fields=["file", "key"], name="import_place_once_a_file"),
            models.CheckConstraint(
                name="import_place_skipped_or_taken",
                condition=Q(skipped=False) | Q(posyandu__isnull=True, village__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def is_settled(self) -> bool:
        return bool(self.skipped or self.posyandu_id or self.village_id)


class ImportRow(models.Model):
    """A row exactly as it stood in the file, never changed. `raw`: a JSON list of texts in the order of the header."""

    field_classes = classify(public="id file line part", family="raw")

    # No moment and no version of its own, as in a Record: there are as many rows as the file has.
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    # A row of a monthly sheet becomes a row for each month.
    part = models.PositiveSmallIntegerField(default=0)
    raw = EncryptedTextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "line", "part"], name="import_row_once_a_line"),
        )

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line}"


class ImportProblem(Record):
    """What the person should know about one row: why it isn't taken (`refused`), or what was left out of it."""

    field_classes = classify(public="file row line refused code", volunteer="sentence")

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="problems", db_index=False)
    row = models.ForeignKey(ImportRow, on_delete=models.PROTECT, related_name="problems")
    line = models.PositiveIntegerField()
    refused = models.BooleanField()
    code = models.CharField(max_length=40)
    sentence = EncryptedTextField()

    class Meta:
        indexes = (
            # The list under the preview and the result: refused first, by line, perhaps of one kind.
            models.Index(fields=["file", "refused", "code", "line"], name="import_problem_of_kind"),
            models.Index(fields=["file", "refused", "line"], name="import_problem_by_line"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class Outcome(models.TextChoices):
    """What became of a row."""

    RECORDED = "recorded", "Penimbangan dicatat"
    REGISTERED = "registered", "Anak didaftarkan, tanpa penimbangan"
    KNOWN = "known", "Sudah ada"
    REPEATED = "repeated", "Kembar di berkas"
    REFUSED = "refused", "Tidak diambil"
    SKIPPED = "skipped", "Dilewati"


class ImportOutcome(models.Model):
    """What became of a row of the file; written in the transaction that did it, so a killed worker knows where it was.

    `new_child` marks the one row with which the child came into the registry.
    """

    field_classes = classify(public="file row outcome new_child", volunteer="child measurement")

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
    row = models.OneToOneField(ImportRow, on_delete=models.PROTECT, related_name="outcome", primary_key=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    # No index: nobody asks which row of a file a measurement came from, and measurements are never deleted.
    measurement = models.ForeignKey(
        Measurement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    new_child = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["file", "outcome", "new_child"], name="import_outcome_count"),)

    def __str__(self) -> str:
        return f"{self.row_id} {self.outcome}"


class LearnedNik(Record):
    """A registered child who had no NIK got the one of this row. `child_version` is hers after that."""

    field_classes = classify(public="file row child_version", volunteer="child")

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="learned_niks")
    row = models.OneToOneField(ImportRow, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    child_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"NIK of {self.child_id}"


class ImportRun(Record):
    """ "Mulai impor": who and when; the job that does it."""

    field_classes = classify(public="file job", volunteer="started_by")

    file = models.OneToOneField(ImportFile, on_delete=models.PROTECT, related_name="run")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"run of {self.file_id}"


class ImportWithdrawal(Record):
    """ "Batalkan": the upload won't be imported; its rows are gone."""

    field_classes = classify(public="file", volunteer="by")

    file = models.OneToOneField(ImportFile, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.file_id}"
