"""The order of a paper sheet, put on the rows of its session. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ceting.care.measurements.grid import Entry


@dataclass(frozen=True)
class Numbered:
    """Rows with their numbers, those of the sheet first. `gone`: numbers of the sheet whose child has no row now."""

    rows: tuple[tuple[int, Entry], ...]
    gone: tuple[int, ...] = ()
    last_on_paper: int = 0

    @property
    def first_newcomer(self) -> int | None:
        """The number of the first row that isn't on the sheet; None when there is none."""
        return next((number for number, _ in self.rows if number > self.last_on_paper), None)

    @property
    def only_on_paper(self) -> "Numbered":
        """Without those who are below the sheet's last number."""
        rows = tuple((number, entry) for number, entry in self.rows if number <= self.last_on_paper)
        return Numbered(rows, self.gone, self.last_on_paper)


def as_on_paper(numbers: Mapping[int, UUID], entries: Sequence[Entry]) -> Numbered:
    """Row 7 on paper is row 7 on screen; who isn't on the sheet comes below, in the order of `entries`.

    `numbers`: number on the sheet -> the child who stands there now. Two numbers of one child (a double, merged
    since): the first is hers, the other is gone.
    """
    by_child = {entry.child.pk: entry for entry in entries}
    rows: list[tuple[int, Entry]] = []
    gone = []
    for number, child_id in sorted(numbers.items()):
        entry = by_child.pop(child_id, None)
        if entry is None:
            gone.append(number)
        else:
            rows.append((number, entry))
    last = max(numbers, default=0)
    rows += enumerate(by_child.values(), start=last + 1)
    return Numbered(tuple(rows), tuple(gone), last)


def in_order(entries: Iterable[Entry]) -> Numbered:
    """Without a sheet: as they come."""
    return Numbered(tuple(enumerate(entries, start=1)))
