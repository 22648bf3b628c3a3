"""Words about reports; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ceting.foundation.ui.numerals import age
from ceting.foundation.ui.wording import place_words
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportKind, ReportOutcome
from ceting.standards.numbers import format_date

LONG_WAIT_DAYS = 3
"""From then on the list says that somebody waits long."""
TONES = {
    OutcomeKind.REGISTERED: "good",
    OutcomeKind.NOTED: "good",
    OutcomeKind.KNOWN: "neutral",
    OutcomeKind.NOT_FOUND: "attention",
}


@dataclass(frozen=True)
class ReportLine:
    """One report in a list. `reporter` is "" where she reads her own."""

    report: FamilyReport
    kind: str
    place: str
    day: str
    told: str
    word: str
    tone: str
    reporter: str = ""
    double: int = 1


def staff_lines(
    reports: Iterable[FamilyReport], now: datetime, doubles: Mapping[object, int] | None = None
) -> list[ReportLine]:
    """As the midwife reads them: who told, and how long the woman has waited. `now` is on her own clock."""
    counted = doubles or {}
    return [
        _line(report, now, reporter=report.by.name, double=counted.get(report.pk, 1)) for report in reports
    ]


def own_lines(reports: Iterable[FamilyReport], now: datetime) -> list[ReportLine]:
    """As the reporter reads her own: the outcome's word, nothing of a child's record."""
    return [_line(report, now) for report in reports]


def _line(report: FamilyReport, now: datetime, *, reporter: str = "", double: int = 1) -> ReportLine:
    told = report.created_at.astimezone(now.tzinfo).date()
    outcome = outcome_of(report)
    days = (now.date() - told).days
    return ReportLine(
        report=report,
        kind=ReportKind(report.kind).label,
        place=place_words(report.village.name, report.rw, ""),
        day=day_words(report),
        told=format_date(told),
        word=OutcomeKind(outcome.kind).label if outcome else waiting_words(days),
        tone=TONES[OutcomeKind(outcome.kind)] if outcome else _waiting_tone(days),
        reporter=reporter,
        double=double,
    )


def outcome_of(report: FamilyReport) -> ReportOutcome | None:
    """Her answer, if she has one; the query that found the report asked for it."""
    found: ReportOutcome | None = getattr(report, "outcome", None)
    return found


def waiting_words(days: int) -> str:
    return "Baru hari ini" if days < 1 else f"Menunggu {days} hari"


def _waiting_tone(days: int) -> str:
    return "attention" if days >= LONG_WAIT_DAYS else "info"


def day_words(report: FamilyReport) -> str:
    """`lahir Jum, 20 Nov 2026`, `perkiraan lahir ...`; "" when nobody knows."""
    if report.day is None:
        return ""
    word = "lahir" if report.kind == ReportKind.BIRTH else "perkiraan lahir"
    return f"{word} {format_date(report.day)}"


def facts(report: FamilyReport, reader: User, *, reporter_role: str) -> list[tuple[str, str]]:
    """What was told, as far as `reader` may read it, and who can be asked back."""
    day = "Tanggal lahir" if report.kind == ReportKind.BIRTH else "Perkiraan lahir"
    found = [
        ("Nama ibu", report.name),
        ("Tempat", place_words(report.village.name, report.rw, "")),
        (day, format_date(report.day) if report.day else ""),
    ]
    if readable(reader, report, "phone"):
        found += [("Nomor HP", report.phone), ("Catatan pelapor", report.note)]
    return [*found, ("Dilaporkan oleh", f"{report.by.name}, {reporter_role or 'sudah tidak bertugas'}")]


def call_url(report: FamilyReport, reader: User) -> str:
    """One tap to call her; "" when nobody knows her number, or the reader may not."""
    return f"tel:{report.phone}" if report.phone and readable(reader, report, "phone") else ""


@dataclass(frozen=True)
class KnownLine:
    """A child who may be meant, or whose mother may be."""

    child: Child
    words: str


def known_lines(children: Iterable[Child], today: date) -> list[KnownLine]:
    return [
        KnownLine(
            child,
            f"{age(child.birth_date, today)}, lahir {format_date(child.birth_date)}, "
            f"ibu {child.mother.name if child.mother else 'belum diisi'}, {child.posyandu}",
        )
        for child in children
    ]


def thanks(report: FamilyReport) -> str:
    return f"Bidan {report.puskesmas} akan menindaklanjuti {report.name}."
