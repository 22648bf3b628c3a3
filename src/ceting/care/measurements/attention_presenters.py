"""The lines of *perlu perhatian*: who, why, what to do, and how long ago she was weighed. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from ceting.care.measurements.child_presenters import mother_words, whom_to_ask
from ceting.care.measurements.measurement_words import Chip
from ceting.care.measurements.models import Attention, LatestGrowth
from ceting.care.measurements.reason_words import LEVEL_WORDS, words_for
from ceting.foundation.ui.wording import relative_day
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_age, format_date

SHOWN_REASONS = 3


@dataclass(frozen=True)
class Line:
    """One child of the list."""

    child: Child
    age: str
    mother: str
    chip: Chip
    reasons: tuple[str, ...]
    more: int
    """Reasons that the line leaves out."""
    todo: str
    weighed: str
    weighed_on: str


def attention_lines(found: Sequence[LatestGrowth], today: date) -> list[Line]:
    """Lines of children with a reason."""
    return [_attention_line(each, today) for each in found]


def _attention_line(latest: LatestGrowth, today: date) -> Line:
    reasons = words_for(latest.reasons)
    level = LEVEL_WORDS[Attention(latest.attention)]
    return _line(
        latest.child,
        latest.weighed_on,
        today,
        chip=Chip(level.short, level.tone),
        labels=[reason.label for reason in reasons],
        todo=reasons[0].todo if reasons else "",
    )


def unseen_lines(children: Sequence[Child], today: date) -> list[Line]:
    """Lines of children whom nobody weighed for long. A reason found earlier still stands beside it."""
    lines = []
    for child in children:
        latest: LatestGrowth | None = getattr(child, "latest_growth", None)
        weighed_on = latest.weighed_on if latest else None
        lines.append(
            _line(
                child,
                weighed_on,
                today,
                chip=Chip("Lama belum ditimbang" if weighed_on else "Belum pernah ditimbang", "attention"),
                labels=[reason.label for reason in words_for(latest.reasons)] if latest else [],
                todo=f"Ajak {whom_to_ask(child)} datang bulan ini, atau timbang di rumah.",
            )
        )
    return lines


def _line(
    child: Child, weighed_on: date | None, today: date, *, chip: Chip, labels: Sequence[str], todo: str
) -> Line:
    return Line(
        child=child,
        age=format_age(child.birth_date, today),
        mother=mother_words(child),
        chip=chip,
        reasons=tuple(labels[:SHOWN_REASONS]),
        more=max(len(labels) - SHOWN_REASONS, 0),
        todo=todo,
        weighed=relative_day(weighed_on, today) if weighed_on else "belum pernah",
        weighed_on=format_date(weighed_on) if weighed_on else "",
    )


@dataclass(frozen=True)
class Filter:
    """A choice above the list, with how many children it leads to."""

    label: str
    query: str
    number: int
    current: bool


def level_filters(
    counts: Mapping[Attention, int], chosen: Attention | None, posyandu: Posyandu | None
) -> list[Filter]:
    """ "Semua" and every level that has children, or that was chosen."""
    kept = {"posyandu": str(posyandu.pk)} if posyandu else {}
    levels = sorted({*counts, *([chosen] if chosen else [])}, reverse=True)
    return [
        Filter("Semua", f"?{urlencode(kept)}", sum(counts.values()), current=chosen is None),
        *(
            Filter(
                LEVEL_WORDS[level].short,
                f"?{urlencode({'tingkat': level.value, **kept})}",
                counts.get(level, 0),
                current=level is chosen,
            )
            for level in levels
        ),
    ]
