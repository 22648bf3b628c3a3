"""The women of a list: which of its rows speak of one woman. Pure, and the order of the rows doesn't matter.

Sure signs join rows: the same whole NIK; the same name with the same birth date, phone, or posyandu and HPHT. What
two rows say against one another keeps them apart, and where that leaves no one answer the rows are refused in words.
Women who are only alike stay two, and each remembers the other: a person says whether they are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from uuid import UUID

from rapidfuzz import fuzz

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.pregnant_women.rows import WomanRow
from ceting.standards.identity import SAME_NAME, MaskedNik, Nik

MOST_COMPARED = 200
"""Of one name, phone or birth date."""
MOST_LINES = 5
"""Named in a sentence: who looks for them finds the others beside these."""
AGE_SLACK = 1
"""An age in a list is completed years on a day that nobody wrote down."""


@dataclass(eq=False)
class FileWoman:
    """A woman of the list: her rows in an order that doesn't depend on the file's, the posyandu, who may be she."""

    rows: list[WomanRow]
    posyandu_id: UUID
    refusal: Problem | None = None
    alike: set[int] = field(default_factory=set)
    """Lines of other women of the list who may be the same."""

    @property
    def first(self) -> WomanRow:
        return self.rows[0]

    @property
    def lines(self) -> str:
        """ "3, 7"."""
        return _lines(self.rows)

    @property
    def nik(self) -> str:
        return next((row.full_nik for row in self.rows if row.full_nik), "")

    @property
    def mask(self) -> MaskedNik | None:
        masks = [row.mask for row in self.rows if row.mask is not None]
        return max(masks, key=lambda mask: (mask.known, mask.pattern), default=None)

    def said(self, name: str) -> object:
        """A value as the first row that has it says; "" or None when no row has it."""
        empty = getattr(self.first, name)
        return next((value for row in self.rows if (value := getattr(row, name)) not in ("", None)), empty)


def women_of(rows: Iterable[WomanRow], posyandu: dict[str, UUID]) -> list[FileWoman]:
    """The women of rows that have a name and a date. `posyandu`: key of a row's place -> which it is."""
    rows = sorted(rows, key=_order)
    groups = _joined(rows, posyandu)
    women = [FileWoman(group, posyandu[group[0].place], _contradiction(group)) for group in groups]
    _mark_alike(women)
    return sorted(women, key=lambda woman: _order(woman.first))


def _order(row: WomanRow) -> tuple[str, ...]:
    values = (row.name_key, row.name, row.birth_date, row.full_nik, row.phone, row.started_on, row.place)
    more = (row.kk, row.rw, row.rt, row.address, row.gravida, row.para, row.abortions, row.height_cm)
    return tuple(str(value) for value in (*values, *more, row.pre_weight_kg, f"{row.line:09}"))


def _joined(rows: Sequence[WomanRow], posyandu: dict[str, UUID]) -> list[list[WomanRow]]:
    """Rows that share a sure sign and say nothing against one another, and whoever they share one with."""
    leader = {row.id: row for row in rows}

    def lead(row: WomanRow) -> WomanRow:
        while leader[row.id] is not row:
            row = leader[row.id]
        return row

    for same in _by(rows, lambda row: _signs(row, posyandu)).values():
        unlike = _unlike(same)
        for row in same:
            leader[lead(row).id] = lead(unlike[_facts(row)])
        for one, other in combinations(list(unlike.values())[:MOST_COMPARED], 2):
            if not contradict(one, other):
                leader[lead(other).id] = lead(one)
    groups: dict[UUID, list[WomanRow]] = defaultdict(list)
    for row in rows:
        groups[lead(row).id].append(row)
    return list(groups.values())


def _by(
    rows: Iterable[WomanRow], signs: Callable[[WomanRow], Iterator[Hashable]]
) -> dict[Hashable, list[WomanRow]]:
    found: dict[Hashable, list[WomanRow]] = defaultdict(list)
    for row in rows:
        for sign in signs(row):
            found[sign].append(row)
    return found


def _signs(row: WomanRow, posyandu: dict[str, UUID]) -> Iterator[Hashable]:
    if row.full_nik:
        yield ("nik", row.full_nik)
    if row.birth_date:
        yield ("birth", row.name_key, row.birth_date)
    if row.phone:
        yield ("phone", row.name_key, row.phone)
    yield ("post", row.name_key, posyandu[row.place], row.started_on)


def _facts(row: WomanRow) -> Hashable:
    """By what rows can contradict one another."""
    return (row.full_nik, row.mask, row.birth_date, row.age)


def _unlike(rows: Iterable[WomanRow]) -> dict[Hashable, WomanRow]:
    """One row for each set of facts: a row that is repeated a thousand times is compared once."""
    found: dict[Hashable, WomanRow] = {}
    for row in rows:
        found.setdefault(_facts(row), row)
    return found


def contradict(one: WomanRow, other: WomanRow) -> bool:
    """Whether what two rows say of a woman can't both be true."""
    if one.full_nik and other.full_nik:
        return one.full_nik != other.full_nik
    if not masks_agree(one.nik, other.nik):
        return True
    if one.birth_date and other.birth_date:
        return one.birth_date != other.birth_date
    return one.age is not None and other.age is not None and abs(one.age - other.age) > AGE_SLACK


def masks_agree(one: Nik | MaskedNik | None, other: Nik | MaskedNik | None) -> bool:
    """Whether two NIKs, whole or masked, can be one; a missing one says nothing."""
    if one is None or other is None:
        return True
    patterns = [each.digits if isinstance(each, Nik) else each.pattern for each in (one, other)]
    return all("*" in pair or pair[0] == pair[1] for pair in zip(*patterns, strict=True))


def _contradiction(group: Sequence[WomanRow]) -> Problem | None:
    lines = _lines(group)
    names = {row.name_key for row in group}
    if any(fuzz.ratio(one, other) < SAME_NAME for one, other in combinations(sorted(names), 2)):
        return Problem(
            f"NIK ini dipakai untuk nama yang berbeda di berkas (baris {lines}). Perbaiki NIK atau namanya.",
            "nik_of_two",
        )
    if any(
        contradict(one, other)
        for one, other in combinations(list(_unlike(group).values())[:MOST_COMPARED], 2)
    ):
        return Problem(
            f"Baris {lines} bisa milik dua ibu yang berbeda. Isi NIK atau tanggal lahir, lalu unggah lagi.",
            "ambiguous_in_file",
        )
    if len({row.started_on for row in group}) > 1:
        return Problem(
            f"Ibu ini punya beberapa baris dengan HPHT berbeda (baris {lines}). Hapus yang salah, lalu unggah lagi.",
            "conflict_in_file",
        )
    return None


def _lines(rows: Iterable[WomanRow]) -> str:
    return ", ".join(str(line) for line in sorted(row.line for row in rows)[:MOST_LINES])


def _mark_alike(women: Sequence[FileWoman]) -> None:
    """Names that sound alike, and nothing against it; compared where phone, birth date or the name itself meet."""
    near: dict[Hashable, list[FileWoman]] = defaultdict(list)
    for woman in women:
        for row in woman.rows:
            marks = (("name", row.name_key), ("phone", row.phone), ("birth", row.birth_date or ""))
            for mark in {mark for mark in marks if mark[1]}:
                if not near[mark] or near[mark][-1] is not woman:
                    near[mark].append(woman)
    for met in near.values():
        for one, other in combinations(met[:MOST_COMPARED], 2):
            if _may_be_one(one, other):
                one.alike.update(row.line for row in other.rows)
                other.alike.update(row.line for row in one.rows)


def _may_be_one(one: FileWoman, other: FileWoman) -> bool:
    pairs = [(mine, hers) for mine in _unlike(one.rows).values() for hers in _unlike(other.rows).values()]
    return all(not contradict(mine, hers) for mine, hers in pairs) and any(
        fuzz.ratio(mine.name_key, hers.name_key) >= SAME_NAME for mine, hers in pairs
    )


def born(woman: FileWoman) -> date | None:
    found = woman.said("birth_date")
    return found if isinstance(found, date) else None
