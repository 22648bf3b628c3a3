"""Words for the pages of getting started; no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ceting.foundation.ui.numerals import decimal
from ceting.registry.accounts.models import User
from ceting.registry.office.start import Standing, Start
from ceting.registry.places.models import Puskesmas
from ceting.standards.numbers import format_date

NOTHING = "–"


@dataclass(frozen=True)
class StepLine:
    """One step on the page of a puskesmas. `url` is "" for who may not do it; `is_next` is where one goes on."""

    number: int
    standing: Standing
    word: str
    tone: str
    url: str
    is_next: bool


def step_lines(start: Start, user: User) -> list[StepLine]:
    return [_line(number, each, start, user) for number, each in enumerate(start.standings, start=1)]


def _line(number: int, standing: Standing, start: Start, user: User) -> StepLine:
    state, step = standing.progress.state, standing.step
    skipped = standing.skip is not None
    return StepLine(
        number=number,
        standing=standing,
        word="Dilewati" if skipped else state.word,
        tone="info" if skipped else state.tone,
        url=step.url(start.puskesmas) if user.may(step.permission) else "",
        is_next=standing is start.next,
    )


def detail(start: Start) -> str:
    """`4 dari 9 langkah · berikutnya Posyandu · sisa kira-kira 12 menit`"""
    words = f"{start.done} dari {start.total} langkah"
    if start.next is None:
        return words
    return f"{words} · berikutnya {start.next.step.title} · sisa kira-kira {start.minutes} menit"


@dataclass(frozen=True)
class OverviewLine:
    """One puskesmas in the table: figures and days, nobody's name."""

    puskesmas: Puskesmas
    steps: str
    word: str
    tone: str
    next: str
    figures: tuple[tuple[str, str], ...]
    """(title, shown)"""


def overview_line(start: Start, figures: Sequence[int | date | None], titles: Sequence[str]) -> OverviewLine:
    word, tone = _state(start)
    return OverviewLine(
        puskesmas=start.puskesmas,
        steps=f"{start.done} dari {start.total}",
        word=word,
        tone=tone,
        next=start.next.step.title if start.next else "",
        figures=tuple((title, shown(value)) for title, value in zip(titles, figures, strict=True)),
    )


def _state(start: Start) -> tuple[str, str]:
    if start.finish is not None:
        return "Berjalan", "good"
    if not start.open_steps:
        return "Siap diselesaikan", "good"
    return ("Disiapkan", "attention") if start.done else ("Belum mulai", "neutral")


def shown(value: int | date | None) -> str:
    """A figure, or a day, as the table has it."""
    if value is None:
        return NOTHING
    return format_date(value) if isinstance(value, date) else decimal(value)


def summary(found: Iterable[Start]) -> str:
    """`3 dari 24 puskesmas sudah berjalan.`"""
    starts = list(found)
    running = sum(start.finish is not None for start in starts)
    return f"{running} dari {len(starts)} puskesmas sudah berjalan."
