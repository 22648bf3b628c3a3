"""Words about targets; no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms.boundfield import BoundField

from ceting.foundation.ui.numerals import moment
from ceting.registry.families.models import SealedTarget, TargetEntry, TargetSource
from ceting.registry.families.target_forms import TargetGridForm
from ceting.registry.places.models import Posyandu, Puskesmas


@dataclass(frozen=True)
class TargetRow:
    """One posyandu of the grid: what the register counts, and either inputs or what was sealed."""

    posyandu: Posyandu
    registered: int
    word: str
    tone: str
    number: BoundField | None = None
    source: BoundField | None = None
    version: BoundField | None = None
    sealed: "SealedLine | None" = None


@dataclass(frozen=True)
class SealedLine:
    """One sealed number: which, from where, by whom and when, and why it was changed."""

    children: int
    source: str
    who: str
    reason: str


def sealed_line(row: SealedTarget, zone: ZoneInfo) -> SealedLine:
    return SealedLine(
        children=row.children,
        source=TargetSource(row.source).label,
        who=f"{row.by.name}, {moment(row.created_at, zone)}",
        reason=row.reason,
    )


def rows(
    posts: Sequence[Posyandu],
    form: TargetGridForm,
    registered: Mapping[UUID, int],
    entries: Mapping[UUID, TargetEntry],
    sealed: Mapping[UUID, SealedTarget],
    zone: ZoneInfo,
) -> list[TargetRow]:
    """In the order of the posyandu; `zone` is the puskesmas'."""
    inputs = {post.pk: (number, source, version) for post, number, source, version in form.inputs()}
    found = []
    for post in posts:
        number = registered.get(post.pk, 0)
        if post.pk in sealed:
            row = sealed[post.pk]
            word = "Ditetapkan" if row.revision == 1 else f"Diubah {row.revision - 1} kali"
            found.append(TargetRow(post, number, word, "good", sealed=sealed_line(row, zone)))
        else:
            word, tone = ("Tersimpan", "info") if post.pk in entries else ("Usulan", "neutral")
            found.append(TargetRow(post, number, word, tone, *inputs[post.pk]))
    return found


@dataclass(frozen=True)
class PuskesmasFigures:
    """A puskesmas in the list of Dinas: figures, no names."""

    puskesmas: Puskesmas
    children: int
    sealed: int
    posyandu: int

    @property
    def complete(self) -> bool:
        return self.posyandu > 0 and self.sealed >= self.posyandu


def figures(
    puskesmas: Iterable[Puskesmas], sealed: Mapping[UUID, tuple[int, int]], posyandu: Mapping[UUID, int]
) -> list[PuskesmasFigures]:
    """`sealed`: puskesmas -> (posyandu sealed, their sum)."""
    return [
        PuskesmasFigures(
            puskesmas=each,
            children=sealed.get(each.pk, (0, 0))[1],
            sealed=sealed.get(each.pk, (0, 0))[0],
            posyandu=posyandu.get(each.pk, 0),
        )
        for each in puskesmas
    ]
