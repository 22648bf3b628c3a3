"""Taking an import back: chunk by chunk of whole women, each with its rows and its progress in one transaction.

A pregnancy goes when no import that stands says it too and nobody built on it; the woman goes with it when an import
brought her and nothing else holds her. So what remains is the union of the imports that stand.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from ceting.care.pregnancies import mistake_operations as mistakes
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core import jobs
from ceting.gateways.interop.holding import Hold
from ceting.gateways.interop.pregnant_women import running
from ceting.gateways.interop.pregnant_women.holding import holds_on_pregnancies, holds_on_women
from ceting.gateways.interop.pregnant_women.models import (
    WOMAN,
    Undone,
    UndoneWoman,
    Verdict,
    WomenFile,
    WomenOutcome,
)
from ceting.registry.accounts.models import User
from ceting.registry.families import mistake_operations as families
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Puskesmas
from ceting.standards.numbers import format_date

ROWS_IN_CHUNK = 100
"""Each closes a pregnancy, its reminders and perhaps a woman: quick, and nobody's "Simpan" waits long."""


@dataclass
class Undoing:
    """One run. Running it again, or twice at once, changes nothing."""

    file: WomenFile
    job_id: UUID
    by: User
    reason: str

    @classmethod
    def of(cls, file: WomenFile, job_id: UUID) -> "Undoing":
        return cls(file, job_id, file.undoing.started_by, f"Impor ditarik: {file.undoing.reason}")

    def run(self) -> None:
        for women in self._chunks():
            self._take_back(women)
        audit.record(
            "import.undo-finish",
            running.SUBJECT,
            [self.file.pk],
            by=self.by,
            puskesmas_id=self.file.puskesmas_id,
        )

    def _chunks(self) -> Iterator[list[UUID]]:
        """Women of whom some row isn't taken back yet, about ROWS_IN_CHUNK rows together."""
        open_rows = self.file.outcomes.exclude(woman=None).filter(row__undone=None).order_by("woman")
        collected: list[UUID] = []
        size = 0
        for woman_id, number in list(open_rows.values_list("woman").annotate(Count("row"))):
            collected.append(woman_id)
            size += number
            if size >= ROWS_IN_CHUNK:
                yield collected
                collected, size = [], 0
        if collected:
            yield collected

    @transaction.atomic
    def _take_back(self, keys: list[UUID]) -> None:
        # One run at a time: a second one waits here, and then finds the rows of the first.
        WomenFile.objects.select_for_update().get(pk=self.file.pk)
        Puskesmas.objects.select_for_update(no_key=True).get(pk=self.file.puskesmas_id)
        mine = list(self.file.outcomes.filter(woman__in=keys, row__undone=None))
        if not mine:
            return
        part = Part.of(keys)
        part.end_pregnancies(self.reason, self.by)
        part.end_women(self.reason, self.by)
        UndoneWoman.objects.bulk_create([part.told(each) for each in mine], batch_size=500)
        _tell_earlier_undoings(keys, self.file)
        jobs.advance(self.job_id, len(mine))
        running.moved(self.file)


@dataclass
class Part:
    """Some women of the file, locked, with every row of every import that speaks of them."""

    women: dict[UUID, Caregiver]
    pregnancies: dict[UUID, Pregnancy]
    outcomes: list[WomenOutcome]
    claimed: dict[UUID, WomenFile]
    """Woman or pregnancy -> an import that stands and speaks of it."""
    holds: dict[UUID, Hold] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Sequence[UUID]) -> "Part":
        """Three queries, however many women."""
        women = Caregiver.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        outcomes = list(
            WomenOutcome.objects.filter(woman__in=keys).select_related("file__undoing").order_by("row")
        )
        told = {each.pregnancy_id for each in outcomes if each.pregnancy_id}
        rows = Pregnancy.objects.select_for_update(of=("self",)).filter(pk__in=told).order_by("pk")
        claimed: dict[UUID, WomenFile] = {}
        for each in outcomes:
            if not hasattr(each.file, "undoing"):
                claimed |= {key: each.file for key in (each.woman_id, each.pregnancy_id) if key}
        return cls(
            {woman.pk: woman for woman in women},
            {row.pk: row for row in rows.select_related("puskesmas")},
            outcomes,
            claimed,
        )

    def _of_undone(self) -> list[WomenOutcome]:
        return [each for each in self.outcomes if hasattr(each.file, "undoing")]

    def end_pregnancies(self, reason: str, by: User) -> None:
        """Those that imports wrote which are all taken back."""
        written = {each.pregnancy_id for each in self._of_undone() if each.verdict == Verdict.REGISTERED}
        candidates = [row for key, row in self.pregnancies.items() if key in written - set(self.claimed)]
        self.holds |= holds_on_pregnancies(candidates)
        leaving = [row for row in candidates if row.pk not in self.holds]
        self.gone |= {row.pk for row in mistakes.withdraw_registrations(leaving, reason=reason, by=by)}

    def end_women(self, reason: str, by: User) -> None:
        """Those whom imports brought that are all taken back."""
        brought = {each.woman_id for each in self._of_undone() if each.new_woman}
        candidates = [woman for key, woman in self.women.items() if key in brought - set(self.claimed)]
        self.holds |= holds_on_women(candidates)
        leaving = [woman for woman in candidates if woman.pk not in self.holds]
        self.gone |= {woman.pk for woman in families.withdraw_women(leaving, reason=reason, by=by)}

    def told(self, outcome: WomenOutcome) -> UndoneWoman:
        """What became of one row of this file."""
        reasons = list(dict.fromkeys(self._reasons(outcome)))
        wrote = outcome.verdict == Verdict.REGISTERED or outcome.pregnancy_id in self.gone
        result = Undone.STAYS if reasons else Undone.TAKEN_BACK if wrote else Undone.NOTHING
        return UndoneWoman(
            file_id=outcome.file_id,
            row_id=outcome.row_id,
            result=result,
            code=reasons[0].code if reasons else "",
            sentence=" ".join(reason.sentence for reason in reasons),
        )

    def _reasons(self, outcome: WomenOutcome) -> Iterator[Hold]:
        keys = [outcome.pregnancy_id] if outcome.verdict == Verdict.REGISTERED else []
        keys += [outcome.woman_id] if outcome.new_woman else []
        for key in keys:
            if key in self.claimed:
                yield _other(self.claimed[key])
            elif key in self.holds and key == outcome.pregnancy_id:
                yield self.holds[key]
            elif key in self.holds and outcome.pregnancy_id in self.gone:
                yield Hold(
                    f"{WOMAN}{self.holds[key].code}"[:20],
                    f"Ibunya tetap terdaftar. {self.holds[key].sentence}",
                )


def _other(file: WomenFile) -> Hold:
    return Hold("other_import", f"Juga ada di impor “{file.name}”, {format_date(file.created_at.date())}.")


def _tell_earlier_undoings(keys: Sequence[UUID], file: WomenFile) -> None:
    """Rows that had to stay in an earlier undoing because this import said them too: they are gone now."""
    stayed = UndoneWoman.objects.filter(result=Undone.STAYS, row__outcome__woman__in=keys).exclude(file=file)
    told = stayed.select_related("row__outcome__pregnancy", "row__outcome__woman__ending")
    kept: dict[bool, list[UUID]] = defaultdict(list)
    for each in told:
        outcome = each.row.outcome
        stands = outcome.verdict == Verdict.REGISTERED and bool(
            outcome.pregnancy and outcome.pregnancy.is_open
        )
        stays = outcome.new_woman and not hasattr(outcome.woman, "ending")
        kept[stands or stays].append(each.pk)
    gone = UndoneWoman.objects.filter(pk__in=kept[False])
    gone.update(result=Undone.TAKEN_BACK, code="", sentence="")
