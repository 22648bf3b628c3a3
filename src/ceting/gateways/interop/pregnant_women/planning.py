"""What to do with every row of some women of a list: decided here for the preview and for the import alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.pregnant_women.matching import Known, Match, Registry, match
from ceting.gateways.interop.pregnant_women.models import Verdict
from ceting.gateways.interop.pregnant_women.rows import WomanRow, pregnancy_draft
from ceting.gateways.interop.pregnant_women.women import FileWoman
from ceting.registry.families.models import Caregiver
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy.values import whole

HISTORY = ("gravida", "para", "abortions", "height_cm", "pre_weight_kg")


@dataclass
class WomanPlan:
    """What becomes of one woman's rows. `woman` is registered already; `draft` is the pregnancy to write, if any."""

    source: FileWoman
    verdict: Verdict
    woman: Caregiver | None = None
    known: Pregnancy | None = None
    draft: PregnancyDraft | None = None
    candidates: list[Caregiver] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.draft is not None and self.woman is None

    def verdicts(self) -> list[tuple[WomanRow, Verdict]]:
        """Each of her rows with what became of it: what is said twice is taken once."""
        first, *others = self.source.rows
        taken = self.verdict in (Verdict.REGISTERED, Verdict.KNOWN)
        return [
            (first, self.verdict),
            *((row, Verdict.REPEATED if taken else self.verdict) for row in others),
        ]


def plan(women: Sequence[FileWoman], registry: Registry, today: date) -> list[WomanPlan]:
    """Decide for these women, all who may be one another among them. Writes nothing but sentences on their rows."""
    found = match(women, registry)
    return [_plan(woman, found[woman], registry, today) for woman in women]


def _plan(woman: FileWoman, found: Match, registry: Registry, today: date) -> WomanPlan:
    if found.refusal is not None:
        verdict = Verdict.WAITING if found.asks else Verdict.REFUSED
        return _refused(woman, found.refusal, verdict, found.candidates)
    for row in woman.rows:
        row.refusals = []
    known = registry.pregnancies.get(found.woman.pk, Known()) if found.woman else Known()
    draft = _draft(woman)
    problem = next(iter(draft.problems(today)), None)
    if problem is None and found.woman is not None:
        problem = pregnancies.died_already(found.woman)
    if problem is None and known.open is not None:
        if _is_same(known.open, draft):
            _remark_repeated(woman)
            return WomanPlan(woman, Verdict.KNOWN, found.woman, known.open)
        problem = _other_pregnancy(known.open)
    if problem is None and draft.lmp is not None:
        problem = pregnancies.overlap_of(draft.lmp, known.last_ended_on)
    if problem is not None:
        return _refused(woman, problem, Verdict.REFUSED, [])
    _remark_repeated(woman)
    return WomanPlan(woman, Verdict.REGISTERED, found.woman, draft=draft)


def _draft(woman: FileWoman) -> PregnancyDraft:
    """Her dating is that of every row; her history what any of them says."""
    said = {name: woman.said(name) for name in HISTORY}
    return replace(pregnancy_draft(woman.first), **said)  # type: ignore[arg-type]


def _is_same(open_one: Pregnancy, draft: PregnancyDraft) -> bool:
    # What an ultrasound said since may have moved her start: the date that was told still is hers.
    starts = [day for day in (open_one.started_on, open_one.lmp) if day is not None]
    most = whole("import.same_pregnancy_days")
    return draft.lmp is not None and any(abs((draft.lmp - day).days) <= most for day in starts)


def _other_pregnancy(open_one: Pregnancy) -> Problem:
    return Problem(
        f"Ibu ini sedang tercatat hamil dengan HPHT {format_date(open_one.started_on)}, "
        f"HPL {format_date(open_one.due_on)}. Bila HPHT di berkas yang benar, ubah dari halamannya.",
        "pregnant",
    )


def _refused(
    woman: FileWoman, problem: Problem, verdict: Verdict, candidates: Collection[Caregiver]
) -> WomanPlan:
    for row in woman.rows:
        row.refusals = [problem]
    return WomanPlan(woman, verdict, candidates=list(candidates))


def _remark_repeated(woman: FileWoman) -> None:
    first, *others = woman.rows
    for row in others:
        row.remark("repeated", f"Ibu yang sama dengan baris {first.line}; diambil satu kali.")
