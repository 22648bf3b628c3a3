"""An uploaded list of pregnant women: what it is, what its names and columns mean, who started and withdrew it."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Job, Record
from ceting.gateways.interop.pregnant_women.row_models import WOMAN as WOMAN
from ceting.gateways.interop.pregnant_women.row_models import Undone as Undone
from ceting.gateways.interop.pregnant_women.row_models import UndoneWoman as UndoneWoman
from ceting.gateways.interop.pregnant_women.row_models import Verdict as Verdict
from ceting.gateways.interop.pregnant_women.row_models import WomenDecision as WomenDecision
from ceting.gateways.interop.pregnant_women.row_models import WomenOutcome as WomenOutcome
from ceting.gateways.interop.pregnant_women.row_models import WomenProblem as WomenProblem
from ceting.gateways.interop.pregnant_women.row_models import WomenRow as WomenRow
from ceting.gateways.interop.states import ImportState as ImportState
from ceting.gateways.interop.states import state_of
from ceting.gateways.interop.uploads import private_storage
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

RUN, WRITE = "imports.run", "pregnancies.write"
"""Who takes a file in writes pregnancies: both, at that puskesmas."""


def _puskesmas_of(user: User, may: str | None) -> frozenset[UUID]:
    return Scope.of(user, may=may or RUN).puskesmas & Scope.of(user, may=WRITE).puskesmas


class WomenFileQuerySet(ScopedQuerySet["WomenFile"]):
    """Questions about uploaded lists. A list belongs to a whole puskesmas, never to one posyandu."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        return self.filter(puskesmas__in=_puskesmas_of(user, may))

    def with_state(self) -> Self:
        """Everything that `state` asks for, in one query."""
        verbs = ("run__job", "run__started_by", "withdrawal__by", "undoing__job", "undoing__started_by")
        return self.select_related("puskesmas", "posyandu", "check_job", "uploaded_by", *verbs)


class WomenFile(Record):
    """One upload. `stored_as` is emptied once every row is kept: the rows are encrypted, the file wasn't.

    `header` is the list of column names; `columns` maps a role (columns.LABELS) to its position in it. `totals` is the
    forecast of the last check. `refusal` says in Indonesian why the file can't be read.
    """

    field_classes = classify(
        public="puskesmas posyandu header columns totals refusal size",
        volunteer="uploaded_by check_job read_at moved_at",
        family="name",
        internal="stored_as digest",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="women_imports")
    # For rows that name no posyandu; the person said so at the upload.
    posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nama berkas", max_length=200)
    stored_as = models.FileField(max_length=120, blank=True, storage=private_storage)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    check_job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    # When its job last got anywhere: a job that stands still has lost its worker.
    moved_at = models.DateTimeField(default=clock.now)

    objects = WomenFileQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["puskesmas", "-created_at"], name="women_import_newest"),
            models.Index(fields=["puskesmas", "digest"], name="women_import_same_file"),
        )

    def __str__(self) -> str:
        return f"import of women {self.pk}"

    @property
    def state(self) -> ImportState:
        return state_of(self)


class WomenColumnsQuerySet(ScopedQuerySet["WomenColumns"]):
    """Questions about what columns mean; like lists, they belong to a whole puskesmas."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        return self.filter(puskesmas__in=_puskesmas_of(user, may))


class WomenColumns(Record):
    """What the columns of a header mean at a puskesmas, because a person said so; used for every later file with it."""

    field_classes = classify(
        public="puskesmas signature header columns", volunteer="changed_at", internal="changed_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+", db_index=False)
    signature = models.CharField(max_length=64)
    header = models.JSONField()
    columns = models.JSONField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = WomenColumnsQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["puskesmas", "signature"], name="women_columns_once_a_header"),
        )

    def __str__(self) -> str:
        return f"columns {self.signature[:8]}"


class WomenPlace(Record):
    """A posyandu as the file names it, and what the person says it is: one of ours, or to be skipped.

    `key` tells the names apart whatever their spelling; the names are those of its first row.
    """

    field_classes = classify(public="file key puskesmas_name village_name name rows posyandu skipped")

    file = models.ForeignKey(WomenFile, on_delete=models.PROTECT, related_name="places", db_index=False)
    key = models.CharField(max_length=240)
    puskesmas_name = models.CharField(max_length=100, blank=True)
    village_name = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=100, blank=True)
    rows = models.PositiveIntegerField(default=0)
    posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    skipped = models.BooleanField(default=False)

    # A list of women opens no posyandu: what the forms of imports ask for is never there.
    village_id = None

    class Meta:
        ordering = ("village_name", "name", "key")
        constraints = (
            models.UniqueConstraint(fields=["file", "key"], name="women_place_once_a_file"),
            models.CheckConstraint(
                name="women_place_skipped_or_taken", condition=Q(skipped=False) | Q(posyandu__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def is_settled(self) -> bool:
        return bool(self.skipped or self.posyandu_id)


class WomenRun(Record):
    """ "Mulai impor": who and when; the job that does it."""

    field_classes = classify(public="file job", volunteer="started_by")

    file = models.OneToOneField(WomenFile, on_delete=models.PROTECT, related_name="run")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"run of {self.file_id}"


class WomenWithdrawal(Record):
    """ "Batalkan": the upload won't be imported; its rows are gone."""

    field_classes = classify(public="file", volunteer="by")

    file = models.OneToOneField(WomenFile, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.file_id}"


class WomenUndoing(Record):
    """ "Tarik kembali": who, when and why; the job that does it. Nothing that the import wrote is deleted."""

    field_classes = classify(public="file job", volunteer="started_by reason")

    file = models.OneToOneField(WomenFile, on_delete=models.PROTECT, related_name="undoing")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("alasan", max_length=100)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.file_id}"
