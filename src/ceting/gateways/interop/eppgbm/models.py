"""An uploaded e-PPGBM/Sigizi file: what it is, what its names and columns mean, who started and withdrew it."""

from typing import Self

from django.db import models
from django.db.models import Q

from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Job, Record
from ceting.gateways.interop.eppgbm.row_models import ImportOutcome as ImportOutcome
from ceting.gateways.interop.eppgbm.row_models import ImportProblem as ImportProblem
from ceting.gateways.interop.eppgbm.row_models import ImportRow as ImportRow
from ceting.gateways.interop.eppgbm.row_models import LearnedNik as LearnedNik
from ceting.gateways.interop.eppgbm.row_models import Outcome as Outcome
from ceting.gateways.interop.eppgbm.undo_models import ImportUndoing as ImportUndoing
from ceting.gateways.interop.eppgbm.undo_models import NikRemoval as NikRemoval
from ceting.gateways.interop.eppgbm.undo_models import Undone as Undone
from ceting.gateways.interop.eppgbm.undo_models import UndoneRow as UndoneRow
from ceting.gateways.interop.states import ImportState as ImportState
from ceting.gateways.interop.states import state_of

# Migrations know it by this name.
from ceting.gateways.interop.uploads import private_storage as private_storage
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Area, Posyandu, Puskesmas


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
        return state_of(self)


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
