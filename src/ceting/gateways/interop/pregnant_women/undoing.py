"""Taking an import back: chunk by chunk of whole women, each with its rows and its progress in one transaction.

A pregnancy goes when no import that stands says it too and nobody built on it; the woman goes with it when an import
brought her and nothing else holds her. So what remains is the union of the imports that stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ceting.care.pregnancies import mistake_operations as mistakes
from ceting.care.pregnancies.models import Pregnancy
from ceting.gateways.interop import undoing
from ceting.gateways.interop.holding import Hold
from ceting.gateways.interop.pregnant_women.holding import holds_on_pregnancies, holds_on_women
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import (
    WOMAN,
    UndoneWoman,
    Verdict,
    WomenFile,
    WomenOutcome,
)
from ceting.registry.accounts.models import User
from ceting.registry.families import mistake_operations as families
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Puskesmas

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
        return cls(file, job_id, file.undoing.started_by, undoing.reason_of(file))

    def run(self) -> None:
        undoing.run(KIND, self.file, self.job_id, self._take_back, by=self.by, rows_in_chunk=ROWS_IN_CHUNK)

    def _take_back(self, keys: list[UUID], mine: Sequence[WomenOutcome]) -> list[UndoneWoman]:
        Puskesmas.objects.select_for_update(no_key=True).get(pk=self.file.puskesmas_id)
        part = Part.of(keys)
        part.end_pregnancies(self.reason, self.by)
        part.end_women(self.reason, self.by)
        undoing.tell_earlier(KIND, self.file, keys, _stands, ("pregnancy", "woman__ending"))
        return [part.told(each) for each in mine]


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
            if not undoing.is_undone(each.file):
                claimed |= {key: each.file for key in (each.woman_id, each.pregnancy_id) if key}
        return cls(
            {woman.pk: woman for woman in women},
            {row.pk: row for row in rows.select_related("puskesmas")},
            outcomes,
            claimed,
        )

    def _of_undone(self) -> list[WomenOutcome]:
        return [each for each in self.outcomes if undoing.is_undone(each.file)]

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
        wrote = outcome.verdict == Verdict.REGISTERED or outcome.pregnancy_id in self.gone
        row: UndoneWoman = undoing.undone_row(KIND, outcome, self._holds(outcome), wrote=wrote)
        return row

    def _holds(self, outcome: WomenOutcome) -> Iterator[Hold]:
        keys = [outcome.pregnancy_id] if outcome.verdict == Verdict.REGISTERED else []
        keys += [outcome.woman_id] if outcome.new_woman else []
        for key in keys:
            if key in self.claimed:
                yield undoing.other_import(self.claimed[key])
            elif key in self.holds and key == outcome.pregnancy_id:
                yield self.holds[key]
            elif key in self.holds and outcome.pregnancy_id in self.gone:
                yield Hold(
                    f"{WOMAN}{self.holds[key].code}"[:20],
                    f"Ibunya tetap terdaftar. {self.holds[key].sentence}",
                )


def _stands(outcome: WomenOutcome) -> bool:
    """Whether what the row wrote is still there."""
    pregnant = bool(outcome.pregnancy and outcome.pregnancy.is_open)
    if outcome.verdict == Verdict.REGISTERED and pregnant:
        return True
    return outcome.new_woman and not hasattr(outcome.woman, "ending")
