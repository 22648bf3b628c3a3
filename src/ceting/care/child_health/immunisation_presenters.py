"""The words of a child's immunisations: the table by age, what is due, how she catches up. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.models import Entry, Kind
from ceting.foundation.ui.wording import sentence_list
from ceting.standards.child.doses import known_doses
from ceting.standards.child.immunisation import DoseStanding, DoseState, Mark
from ceting.standards.numbers import format_date
from ceting.standards.words import staff_words

TONES = {
    DoseState.GIVEN: "good",
    DoseState.DUE: "info",
    DoseState.OVERDUE: "attention",
    DoseState.NEXT: "neutral",
    DoseState.TOO_EARLY: "neutral",
    DoseState.NO_LONGER: "neutral",
}
MARK_WORDS = {
    Mark.YOUNG: "lebih awal dari umurnya",
    Mark.CLOSE: "terlalu dekat dengan dosis sebelumnya",
    Mark.LATE: "terlambat dari jadwal",
    Mark.OLD: "melewati batas umur",
    Mark.OUT_OF_ORDER: "dosis sebelumnya belum tercatat",
}
MORE = 4


@dataclass(frozen=True)
class DoseLine:
    """One dose: its state as a chip, when in words, what is remarkable. `entry` is the row that says it was given."""

    label: str
    state: str
    tone: str
    when: str
    marks: tuple[str, ...]
    entry: Entry | None


@dataclass(frozen=True)
class AgeGroup:
    """The doses of one age."""

    age: str
    lines: tuple[DoseLine, ...]


@dataclass(frozen=True)
class PlanLine:
    """One visit of the plan."""

    day: str
    doses: str
    today: bool


def age_groups(record: HealthRecord) -> list[AgeGroup]:
    """Every dose, by the age of the schedule, as the Buku KIA has them; of a child who died those that she had."""
    rows = {entry.immunisation.dose: entry for entry in reversed(record.of(Kind.IMMUNISATION))}
    told = [each for each in record.doses if record.lives or each.state is DoseState.GIVEN]
    by_age = sorted(told, key=lambda each: each.dose.age)
    return [
        AgeGroup(age_words(age), tuple(_line(each, rows.get(each.dose.code)) for each in same))
        for age, same in groupby(by_age, key=lambda each: each.dose.age)
    ]


def age_words(months: int) -> str:
    return "Saat lahir" if months == 0 else f"{months} bulan"


def _line(standing: DoseStanding, entry: Entry | None) -> DoseLine:
    given = standing.state is DoseState.GIVEN
    return DoseLine(
        label=standing.dose.label,
        state=staff_words(standing.state),
        tone=TONES[standing.state],
        when=_when(standing, entry),
        marks=tuple(MARK_WORDS[mark] for mark in standing.marks),
        entry=entry if given else None,
    )


def _when(standing: DoseStanding, entry: Entry | None) -> str:
    if standing.given_on is not None and entry is not None:
        where = entry.get_place_display().lower() if entry.place else ""
        lot = f"batch {entry.immunisation.lot}" if entry.immunisation.lot else ""
        parts = (format_date(standing.given_on), where, entry.given_by, lot)
        return " · ".join(part for part in parts if part)
    if standing.since is None:
        return ""
    word = "mulai" if standing.state is DoseState.NEXT else "sejak"
    return f"{word} {format_date(standing.since)}"


def plan_lines(record: HealthRecord) -> list[PlanLine]:
    """What is still to come, day by day."""
    return [
        PlanLine(
            "Hari ini" if visit.on == record.today else format_date(visit.on),
            sentence_list(dose.label for dose in visit.doses),
            visit.on == record.today,
        )
        for visit in record.plan
    ]


@dataclass(frozen=True)
class Standing:
    """Where she stands in one look."""

    headline: str
    tone: str
    lines: tuple[str, ...]
    next_on: date | None


def standing(record: HealthRecord) -> Standing:
    """The headline: what is late, else what is due, else what comes next."""
    late, due = labels(record, DoseState.OVERDUE), labels(record, DoseState.DUE)
    following = next((visit for visit in record.plan if visit.on > record.today), None)
    coming = (
        f"Berikutnya {format_date(following.on)}: {sentence_list(dose.label for dose in following.doses)}."
        if following
        else "Tidak ada imunisasi lagi sampai umur 5 tahun."
    )
    next_on = following.on if following else None
    timely = (f"Waktunya: {shortened(due)}.",) if due else ()
    if late and not record.given:
        copy = "Salin dulu dari Buku KIA, supaya terlihat mana yang masih kurang."
        return Standing("Belum ada imunisasi yang tercatat", "attention", (copy,), next_on)
    if late:
        overdue = f"Terlambat, masih bisa dikejar: {shortened(late)}."
        return Standing("Ada imunisasi yang terlambat", "attention", (overdue, *timely), next_on)
    if due:
        return Standing("Waktunya imunisasi", "info", timely, next_on)
    closed = labels(record, DoseState.NO_LONGER)
    missed = (f"Tidak diberikan lagi pada umur ini: {shortened(closed)}.",) if closed else ()
    return Standing("Imunisasi sesuai jadwal", "good", (coming, *missed), next_on)


def label_of(entry: Entry) -> str:
    return known_doses()[entry.immunisation.dose].label


def labels(record: HealthRecord, state: DoseState) -> list[str]:
    return [each.dose.label for each in record.doses if each.state is state]


def shortened(words: Sequence[str]) -> str:
    """`OPV 2, PCV 1, Rotavirus 1, dan 3 lainnya`."""
    if len(words) <= MORE:
        return sentence_list(words)
    return sentence_list([*words[: MORE - 1], f"{len(words) - MORE + 1} lainnya"])
