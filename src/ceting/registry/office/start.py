"""Where one puskesmas stands, or all of them: each step with what came of it. The same queries for one and for many."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ceting.registry.office.models import StartFinish, StepSkip
from ceting.registry.office.steps import (
    WEIGHING,
    ManyPuskesmas,
    Progress,
    State,
    Step,
    all_figures,
    all_steps,
)
from ceting.registry.places.models import Posyandu, Puskesmas

GROUND = (
    "work_areas",
    "setting_changes",
    Prefetch("posyandu", Posyandu.objects.filter(closure=None), to_attr=WEIGHING),
)
"""What steps may read of a puskesmas without asking the database again."""


@dataclass(frozen=True)
class Standing:
    """One step of one puskesmas."""

    step: Step
    progress: Progress
    skip: StepSkip | None

    @property
    def settled(self) -> bool:
        return self.progress.state is State.DONE or self.skip is not None


@dataclass(frozen=True)
class Start:
    """One puskesmas on its way."""

    puskesmas: Puskesmas
    standings: tuple[Standing, ...]
    finish: StartFinish | None

    @property
    def done(self) -> int:
        return sum(each.settled for each in self.standings)

    @property
    def total(self) -> int:
        return len(self.standings)

    @property
    def open_steps(self) -> int:
        return self.total - self.done

    @property
    def next(self) -> Standing | None:
        return next((each for each in self.standings if not each.settled), None)

    @property
    def minutes(self) -> int:
        """What is left, if nothing is left out."""
        return sum(each.step.minutes for each in self.standings if not each.settled)


def ask(found: QuerySet[Puskesmas]) -> ManyPuskesmas:
    """The puskesmas of a queryset that asked who asks, with what the steps need to know of them."""
    return ManyPuskesmas(
        found.select_related("district", "start_finish__finished_by").prefetch_related(*GROUND)
    )


def starts(many: ManyPuskesmas) -> list[Start]:
    """In their order."""
    steps = all_steps()
    progress = {step.code: step.progress(many) for step in steps}
    standing = StepSkip.objects.filter(puskesmas__in=many, resumed_at=None).select_related("skipped_by")
    skips = {(skip.puskesmas_id, skip.step): skip for skip in standing}
    nothing = Progress(State.WAITING)
    return [
        Start(
            puskesmas,
            tuple(
                Standing(
                    step, progress[step.code].get(puskesmas.pk, nothing), skips.get((puskesmas.pk, step.code))
                )
                for step in steps
            ),
            getattr(puskesmas, "start_finish", None),
        )
        for puskesmas in many
    ]


def figures_of(many: ManyPuskesmas) -> dict[UUID, list[int | date | None]]:
    """Key of a puskesmas -> its figures, in the order of `all_figures`."""
    columns = [figure.values(many) for figure in all_figures()]
    return {puskesmas.pk: [column.get(puskesmas.pk) for column in columns] for puskesmas in many}
