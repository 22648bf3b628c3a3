"""What somebody tells about a child, before it is written; checked without a database. The arguments of `record`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ceting.care.child_health.care_drafts import BreastfeedingDraft as BreastfeedingDraft
from ceting.care.child_health.care_drafts import DevelopmentDraft as DevelopmentDraft
from ceting.care.child_health.care_drafts import FeedingDraft as FeedingDraft
from ceting.care.child_health.care_drafts import FindingDraft as FindingDraft
from ceting.care.child_health.care_drafts import FoodDraft as FoodDraft
from ceting.care.child_health.care_drafts import IllnessDraft as IllnessDraft
from ceting.care.child_health.care_drafts import NewbornDraft as NewbornDraft
from ceting.care.child_health.care_drafts import ReferralDraft as ReferralDraft
from ceting.care.child_health.care_drafts import SupplementDraft as SupplementDraft
from ceting.care.child_health.drafting import Draft as Draft
from ceting.care.child_health.models import Entry, Immunisation, Kind
from ceting.foundation.core.errors import Problem
from ceting.standards.child.doses import known_doses
from ceting.standards.child.immunisation import Given, Impossible, impossible
from ceting.standards.numbers import format_date


@dataclass(frozen=True, kw_only=True)
class ImmunisationDraft(Draft):
    """One dose; `dose` is a code of the table, also of one that isn't given here."""

    kind = Kind.IMMUNISATION

    dose: str
    lot: str = ""

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        given = given_doses(known)
        reason = impossible(self.dose, self.on, birth=self.child.birth_date, given=given, today=today)
        if reason is None:
            return []
        if reason is Impossible.TWICE:
            before = next(each.on for each in given if each.code == self.dose)
            label = known_doses()[self.dose].label
            told = f"{label} sudah tercatat pada {format_date(before)}."
            return [Problem(f"{told} Bila catatan itu salah, coret dulu catatannya.", reason, "doses")]
        return [Problem("Pilih dosis dari daftar.", reason, "doses")]

    def detail(self, entry: Entry) -> Immunisation:
        return Immunisation(entry=entry, dose=self.dose, lot=self.lot)


def given_doses(entries: Sequence[Entry]) -> list[Given]:
    """The doses among these entries, as the standards take them."""
    return [
        Given(entry.immunisation.dose, entry.happened_on)
        for entry in entries
        if entry.kind == Kind.IMMUNISATION
    ]
