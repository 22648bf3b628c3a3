"""Taking a list in: chunk by chunk, each with its women, pregnancies, outcomes and progress in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.operations import PregnancyRegistration
from ceting.gateways.interop import taking
from ceting.gateways.interop.forecasting import problems_of
from ceting.gateways.interop.pregnant_women.judging import problems_of_plans
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.loading import WOMEN_IN_CHUNK, Contents
from ceting.gateways.interop.pregnant_women.matching import Registry, draft_of
from ceting.gateways.interop.pregnant_women.models import Verdict, WomenFile, WomenOutcome
from ceting.gateways.interop.pregnant_women.planning import WomanPlan, plan
from ceting.gateways.interop.pregnant_women.rows import WomanRow
from ceting.gateways.interop.pregnant_women.women import FileWoman
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu, Puskesmas


@dataclass
class Import:
    """One run over a file. Running it again, or twice at once, changes nothing."""

    file: WomenFile
    job_id: UUID
    by: User

    @classmethod
    def of(cls, file: WomenFile, job_id: UUID) -> "Import":
        return cls(file, job_id, file.run.started_by)

    def run(self) -> None:
        """Everything that has no outcome yet."""
        taking.forget_forecast(KIND, self.file)
        self.today = taking.day_of(self.file)
        contents = Contents.of(self.file, self.today)
        self._hold_claims(contents.women)
        loose = [(row, Verdict.REFUSED) for row in contents.loose]
        loose += [(row, Verdict.SKIPPED) for row in contents.skipped]
        for chunk in contents.chunks():
            self._take(chunk)
        for start in range(0, len(loose), WOMEN_IN_CHUNK):
            self._leave(loose[start : start + WOMEN_IN_CHUNK])
        taking.finish(KIND, self.file, by=self.by)

    def _hold_claims(self, women: Sequence[FileWoman]) -> None:
        """Two women of the list who are one registered woman stand in no common chunk: they are found beforehand."""
        registry = Registry.around(women, self.file.puskesmas, by=self.by, own=self._own())
        for each in plan(women, registry, self.today):
            first = next(iter(each.source.first.refusals), None)
            if first is not None and first.code == "conflict_in_file":
                each.source.refusal = first

    def _own(self) -> set[UUID]:
        own = self.file.outcomes.filter(new_woman=True).values_list("woman", flat=True)
        return {key for key in own if key is not None}

    @transaction.atomic
    def _take(self, women: Sequence[FileWoman]) -> None:
        if not taking.take_turn(KIND, self.file):
            return
        # Whoever registers a woman by form waits here, or has been: then she is found below.
        Puskesmas.objects.select_for_update(no_key=True).get(pk=self.file.puskesmas_id)
        done = taking.done_among(KIND, (row.id for woman in women for row in woman.rows))
        women = [woman for woman in women if not any(row.id in done for row in woman.rows)]
        if not women:
            return
        plans = self._plans(women)
        written = self._write([each for each in plans if each.draft is not None])
        outcomes = [outcome for each in plans for outcome in self._outcomes(each, written)]
        taking.keep(KIND, self.file, self.job_id, outcomes, problems_of_plans(self.file, plans))

    @transaction.atomic
    def _leave(self, rows: Sequence[tuple[WomanRow, Verdict]]) -> None:
        """Rows that nobody's pregnancy comes of."""
        if not taking.take_turn(KIND, self.file):
            return
        done = taking.done_among(KIND, (row.id for row, _ in rows))
        fresh = [(row, verdict) for row, verdict in rows if row.id not in done]
        outcomes = [
            WomenOutcome(file_id=self.file.pk, row_id=row.id, verdict=verdict) for row, verdict in fresh
        ]
        told = [row for row, verdict in fresh if verdict is Verdict.REFUSED]
        taking.keep(KIND, self.file, self.job_id, outcomes, problems_of(KIND, self.file, told))

    def _plans(self, women: Sequence[FileWoman]) -> list[WomanPlan]:
        """Decided with the women locked whom the rows may mean, as `register` of the form locks hers."""
        own = self._own()
        registry = Registry.around(women, self.file.puskesmas, by=self.by, own=own)
        near = {each.woman.pk for like in registry.likenesses.values() for each in like}
        list(Caregiver.objects.select_for_update(of=("self",)).filter(pk__in=near).order_by("pk"))
        if near:
            registry = Registry.around(women, self.file.puskesmas, by=self.by, own=own)
        return plan(women, registry, self.today)

    def _write(self, plans: Sequence[WomanPlan]) -> dict[FileWoman, Pregnancy]:
        """The women who are new and every pregnancy, by the verbs of the form."""
        homes = {each.source.posyandu_id for each in plans}
        posyandu = Posyandu.objects.select_related("puskesmas", "village").in_bulk(homes)
        new = [each for each in plans if each.woman is None]
        registrations = [(draft_of(each.source), posyandu[each.source.posyandu_id]) for each in new]
        made: list[Caregiver] = woman_operations.register_women(registrations, by=self.by)
        women = {each.source: woman for each, woman in zip(new, made, strict=True)}
        pregnant = pregnancies.register_many(
            [
                PregnancyRegistration(
                    each.draft, each.woman or women[each.source], posyandu[each.source.posyandu_id]
                )
                for each in plans
                if each.draft is not None
            ],
            by=self.by,
        )
        return {each.source: row for each, row in zip(plans, pregnant, strict=True)}

    def _outcomes(self, each: WomanPlan, written: dict[FileWoman, Pregnancy]) -> list[WomenOutcome]:
        pregnancy = written.get(each.source) or each.known
        woman_id = pregnancy.woman_id if pregnancy is not None else None
        return [
            WomenOutcome(
                file_id=self.file.pk,
                row_id=row.id,
                verdict=verdict,
                woman_id=woman_id,
                pregnancy=pregnancy,
                new_woman=each.is_new and verdict is Verdict.REGISTERED,
                from_due=verdict is Verdict.REGISTERED and row.from_due,
            )
            for row, verdict in each.verdicts()
        ]
