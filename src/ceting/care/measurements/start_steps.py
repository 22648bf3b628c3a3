"""What weighing adds to the steps of a new puskesmas, and to the table of all of them. Figures and days, no child."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.urls import reverse

from ceting.care.measurements.models import Measurement, PlannedDay, Session
from ceting.foundation.core import clock
from ceting.registry.office.steps import Figure, ManyPuskesmas, Progress, State, Step, contribute, weighing
from ceting.standards.numbers import format_date

HEALTH_WORKERS = "Bidan, petugas gizi atau dokter"
_WEIGHED = Exists(Measurement.objects.current().filter(session=OuterRef("pk")))


def _planned(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    """A day to come for each posyandu that weighs."""
    days = PlannedDay.objects.standing().filter(
        puskesmas__in=many, planned_on__gte=clock.today(), posyandu__closure=None
    )
    rows = days.order_by().values("puskesmas").annotate(posts=Count("posyandu", distinct=True))
    counted = dict(rows.values_list("puskesmas", "posts"))
    found = {}
    for puskesmas in many:
        planned, posts = counted.get(puskesmas.pk, 0), len(weighing(puskesmas))
        found[puskesmas.pk] = Progress.of(planned, posts, f"{planned} dari {posts} posyandu punya jadwal")
    return found


def _days(many: ManyPuskesmas) -> Mapping[UUID, tuple[date | None, date, date]]:
    """Of its sessions: the first on which somebody was weighed, the first, the newest."""
    rows = (
        Session.objects.filter(puskesmas__in=many)
        .order_by()
        .values("puskesmas")
        .annotate(weighed=Min("held_on", filter=Q(_WEIGHED)), opened=Min("held_on"), newest=Max("held_on"))
    )
    return {row["puskesmas"]: (row["weighed"], row["opened"], row["newest"]) for row in rows}


def _held(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    """The first day on which somebody was weighed; opened and empty is half of it."""
    days = many.once(_days)
    return {puskesmas_id: _first(weighed, opened) for puskesmas_id, (weighed, opened, _) in days.items()}


def _first(weighed: date | None, opened: date) -> Progress:
    if weighed is not None:
        return Progress(State.DONE, f"pertama {format_date(weighed)}")
    return Progress(State.BEGUN, f"dibuka {format_date(opened)}, belum ada yang ditimbang")


def _first_days(many: ManyPuskesmas) -> Mapping[UUID, int | date]:
    return {puskesmas_id: weighed for puskesmas_id, (weighed, *_) in many.once(_days).items() if weighed}


def _last_days(many: ManyPuskesmas) -> Mapping[UUID, int | date]:
    """The newest day that was opened: whether a puskesmas still works with it."""
    return {puskesmas_id: newest for puskesmas_id, (*_, newest) in many.once(_days).items()}


contribute(
    Step(
        "jadwal", 80, "Jadwal posyandu",
        "Keluarga dan kader tahu kapan posyandu buka, dan beranda mengingatkan hari berikutnya.",
        3, "Susun jadwal", "calendar", "sessions.plan", HEALTH_WORKERS,
        lambda _: reverse("measurements:plan-new"), _planned,
    ),
    Step(
        "hari-pertama", 90, "Hari posyandu pertama",
        "Sejak penimbangan pertama SKDN dan anak yang perlu perhatian terhitung sendiri.",
        4, "Buka hari posyandu", "scale", "sessions.open", "Kader, bidan, petugas gizi atau dokter",
        lambda _: reverse("measurements:session-new"), _held,
    ),
    Figure("pertama", 40, "Hari posyandu pertama", _first_days),
    Figure("terakhir", 50, "Terakhir aktif", _last_days),
)  # fmt: skip
