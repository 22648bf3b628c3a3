"""Words for home and for the end of a session. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from ceting.care.measurements.grid import Entry, Progress
from ceting.care.measurements.measurement_words import Chip, code_chip, finding_codes, kg
from ceting.care.measurements.models import Measurement, Session
from ceting.foundation.ui.numerals import age, moment
from ceting.registry.families.models import Child
from ceting.standards import words
from ceting.standards.kms import MonthStatus, ReferReason, StatusCode, must_refer
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.skdn import Denominator, MonthlyRow, Skdn, summarise

# Severities of standards.words from which somebody must act, and act today.
ACT, ACT_NOW = 2, 3
OPEN_DAYS = 31
"""A session that nobody closed is offered as "belum selesai" for so long."""


def greeting(name: str, now: datetime, template: str = "Selamat {waktu}, {nama}") -> str:
    """`Selamat pagi, Wati`, by the clock where she is and in the words of her puskesmas."""
    hour = now.hour
    part = (
        "pagi" if 3 <= hour < 11 else "siang" if 11 <= hour < 15 else "sore" if 15 <= hour < 18 else "malam"
    )
    return template.format(waktu=part, nama=name)


@dataclass(frozen=True)
class SessionLine:
    """A session in a list. `total` is None where only what was recorded matters."""

    session: Session
    title: str
    village: str
    day: str
    today: bool
    recorded: int
    total: int | None

    @property
    def counter(self) -> str:
        if self.total is None:
            return f"{self.recorded} anak tercatat"
        return f"{self.recorded} dari {self.total} anak tercatat"


def session_line(
    session: Session, today: date, *, recorded: int = 0, total: int | None = None
) -> SessionLine:
    return SessionLine(
        session=session,
        title=session.title,
        village=str(session.posyandu.village),
        day=format_date(session.held_on),
        today=session.held_on == today,
        recorded=recorded,
        total=total,
    )


def is_open(session: Session, today: date) -> bool:
    """Nobody said "selesai" yet, and the day isn't long past."""
    return not hasattr(session, "closure") and (today - session.held_on).days <= OPEN_DAYS


def home_lists(
    sessions: Iterable[Session], counters: Mapping[UUID, Progress], today: date
) -> dict[str, list[SessionLine]]:
    """`open` and `recent` sessions; of a recent one only what was recorded matters."""
    lists: dict[str, list[SessionLine]] = {"open": [], "recent": []}
    for session in sessions:
        found = counters[session.pk]
        if is_open(session, today):
            lists["open"].append(session_line(session, today, recorded=found.recorded, total=found.total))
        else:
            lists["recent"].append(session_line(session, today, recorded=found.recorded))
    return lists


def closing(session: Session) -> str:
    """Who said "selesai", and when; "" while it is open."""
    if not hasattr(session, "closure"):
        return ""
    said = session.closure
    return f"{said.closed_by.name}, {moment(said.created_at, session.posyandu.puskesmas.timezone)}"


@dataclass(frozen=True)
class ReferLine:
    """A child whom a health worker should see, and why."""

    child: Child
    age: str
    mother: str
    weight: str
    chips: tuple[Chip, ...]
    urgent: bool


@dataclass(frozen=True)
class AbsentLine:
    """A child who wasn't measured, or must be measured again, with her last trustworthy weight."""

    child: Child
    age: str
    mother: str
    last: str


@dataclass(frozen=True)
class Ratio:
    """One ratio of SKDN: its name, what it tells, and the percentage in words."""

    name: str
    meaning: str
    value: str
    counts: str


@dataclass(frozen=True)
class Summary:
    """The end of a session. `again`: weighed, but so unlikely that it doesn't count before a second weighing."""

    skdn: Skdn
    letters: tuple[tuple[str, str, int], ...]
    ratios: tuple[Ratio, ...]
    refer: tuple[ReferLine, ...]
    absent: tuple[AbsentLine, ...]
    again: tuple[AbsentLine, ...]


Counted = Mapping[UUID, Measurement]
"""Child -> the weighing that counts for her in the month of the session."""


def summary(
    entries: Sequence[Entry],
    counted: Counted,
    held_on: date,
    denominator: Denominator = Denominator.WEIGHED_TWICE,
) -> Summary:
    """SKDN, who wasn't seen, whom to refer; the N/D that the puskesmas chose stands first."""
    skdn = summarise(
        (_monthly(entry, counted.get(entry.child.pk)) for entry in entries), denominator=denominator
    )
    return Summary(
        skdn=skdn,
        letters=_letters(skdn),
        ratios=_ratios(skdn),
        refer=tuple(_refer_lines(entries, counted, held_on)),
        absent=tuple(
            _absent_line(entry, held_on)
            for entry in entries
            if entry.saved is None and entry.registered and entry.child.pk not in counted
        ),
        again=tuple(
            _absent_line(entry, held_on)
            for entry in entries
            if entry.saved is not None
            and entry.saved.weight_kg is not None
            and entry.child.pk not in counted
            and "w" in entry.saved.flags
        ),
    )


def _monthly(entry: Entry, row: Measurement | None) -> MonthlyRow:
    return MonthlyRow(
        registered=entry.registered,
        has_kia_book=entry.child.has_kia_book,
        weighed=row is not None,
        status=_status(row),
        bgm=bool(row and row.below_red_line),
        two_t=bool(row and row.two_t),
    )


def _status(row: Measurement | None) -> StatusCode | None:
    return cast(StatusCode, row.status) if row and row.status else None


def _letters(skdn: Skdn) -> tuple[tuple[str, str, int], ...]:
    return (
        ("S", "Balita terdaftar", skdn.S),
        ("K", "Punya Buku KIA", skdn.K),
        ("D", "Ditimbang", skdn.D),
        ("N", "Naik", skdn.N),
        ("T", "Tidak naik", skdn.T),
        ("O", "Bulan lalu tidak ditimbang", skdn.O),
        ("B", "Baru pertama ditimbang", skdn.B),
        ("2T", "Tidak naik dua kali", skdn.two_t),
        ("BGM", "Di bawah garis merah", skdn.BGM),
    )


def _ratios(skdn: Skdn) -> tuple[Ratio, ...]:
    judged = skdn.D - skdn.O - skdn.B
    both = (
        ("N/(D-O-B)", "naik, dari yang bisa dinilai", skdn.n_d_weighed_twice, skdn.N, judged),
        ("N/D", "naik, dari semua yang ditimbang", skdn.n_d_weighed, skdn.N, skdn.D),
    )
    given = (
        ("K/S", "punya Buku KIA", skdn.k_s, skdn.K, skdn.S),
        ("D/S", "datang ditimbang", skdn.d_s, skdn.D, skdn.S),
        *(both if skdn.denominator is Denominator.WEIGHED_TWICE else reversed(both)),
        ("N/S", "naik, dari semua balita", skdn.n_s, skdn.N, skdn.S),
    )
    return tuple(
        Ratio(
            name,
            meaning,
            f"{format_decimal(value, 1)}%" if value is not None else "belum ada",
            f"{part} dari {whole}",
        )
        for name, meaning, value, part, whole in given
    )


def _refer_lines(entries: Iterable[Entry], counted: Counted, held_on: date) -> list[ReferLine]:
    lines = []
    for entry in entries:
        row = counted.get(entry.child.pk) or entry.saved
        if row is None:
            continue
        codes = refer_codes(row)
        if codes:
            lines.append(_refer_line(entry, row, codes, held_on))
    return sorted(lines, key=lambda line: not line.urgent)


def refer_codes(row: Measurement) -> list[str]:
    """Why a health worker should see the child: what the KMS asks for, and every finding that needs somebody to act."""
    status = MonthStatus(
        code=_status(row),
        gain_g=row.gain_g,
        minimum_gain_g=row.minimum_gain_g,
        two_t=row.two_t,
        counted=bool(row.status),
    )
    kms = [reason.value for reason in must_refer(status, None if "w" in row.flags else row.zwei)]
    if ReferReason.NO_GAIN_TWICE in kms:
        kms.remove(ReferReason.NO_GAIN)
    severe = [code for code in finding_codes(row) if words.severity_of(code) >= ACT and code not in kms]
    return sorted([*kms, *severe], key=lambda code: -words.severity_of(code))


def _refer_line(entry: Entry, row: Measurement, codes: list[str], held_on: date) -> ReferLine:
    return ReferLine(
        child=entry.child,
        age=age(entry.child.birth_date, held_on),
        mother=_mother(entry.child),
        weight=kg(row.weight_kg) if row.weight_kg is not None else "tidak ditimbang",
        chips=tuple(code_chip(code) for code in codes),
        urgent=any(words.severity_of(code) >= ACT_NOW for code in codes),
    )


def _absent_line(entry: Entry, held_on: date) -> AbsentLine:
    last = entry.weighing
    return AbsentLine(
        child=entry.child,
        age=age(entry.child.birth_date, held_on),
        mother=_mother(entry.child),
        last=f"{kg(last.weight_kg)}, {format_date(last.measured_on)}"
        if last and last.weight_kg is not None
        else "belum pernah ditimbang di sini",
    )


def _mother(child: Child) -> str:
    return child.mother.name if child.mother else ""
