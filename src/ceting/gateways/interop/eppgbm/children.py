"""The children of a file: which of its rows speak of one child. Pure, and the order of the rows doesn't matter.

A full NIK says who it is; else name key, birth date and sex do, told apart by masked NIK, posyandu and parent. Where
that leaves two answers the rows are refused with a sentence: nobody's weighing is given to a guess.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.eppgbm.rows import FileRow
from ceting.standards.identity import SAME_NAME, MaskedNik

WHOLE = 100.0
TWINS_WITHIN_DAYS = 2
SIBLINGS_APART_DAYS = 210
"""Children of one mother are born together or at least seven months apart."""

Place = Hashable
Identity = tuple[str, date, int]


@dataclass(eq=False)
class FileChild:
    """A child of the file and her rows, ordered by measuring day. `place` is where she was last.

    `family` is the same for children who may share a household: "" when the file doesn't say enough.
    """

    rows: list[FileRow]
    place: Place
    nik: str = ""
    mask: MaskedNik | None = None
    family: str = ""
    refusal: Problem | None = None
    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def last(self) -> FileRow:
        return self.rows[-1]

    @property
    def birth_date(self) -> date:
        found = self.last.birth_date
        assert found is not None
        return found

    @property
    def sex(self) -> int:
        return self.last.sex

    def said(self, name: str) -> object:
        """A value as the newest row that has it says; "" or None when no row has it."""
        return next((value for row in reversed(self.rows) if (value := getattr(row, name))), "")


def children_of(rows: Iterable[FileRow], places: Mapping[str, Place]) -> list[FileChild]:
    """The children of the rows that have a name, sex and birth date; the rest is refused already.

    `places`: key of a row's place -> the posyandu that it stands for.
    """
    readable = [row for row in rows if row.name_key and row.sex and row.birth_date]
    by_nik: dict[str, list[FileRow]] = defaultdict(list)
    without: dict[Identity, list[FileRow]] = defaultdict(list)
    for row in readable:
        if row.full_nik:
            by_nik[row.full_nik].append(row)
        else:
            without[_identity(row)].append(row)
    numbered = [_of_one_nik(nik, rows, places) for nik, rows in sorted(by_nik.items())]
    known: dict[Identity, list[FileChild]] = defaultdict(list)
    for child in numbered:
        for identity in {_identity(row) for row in child.rows}:
            known[identity].append(child)
    unnumbered: list[FileChild] = []
    for identity, same in sorted(without.items()):
        unnumbered += _without_nik(same, known[identity], places)
    for child in numbered:
        _settle(child, places)
    found = sorted([*numbered, *unnumbered], key=_order)
    _mark_families(found)
    return found


def _identity(row: FileRow) -> Identity:
    assert row.birth_date is not None
    return (row.name_key, row.birth_date, row.sex)


def _order(child: FileChild) -> tuple[date, int, str, str, str, int]:
    first = min(row.line for row in child.rows)
    return (child.birth_date, child.sex, child.last.name_key, str(child.place), child.nik, first)


def same_name(one: str, other: str) -> bool:
    """Whether two name keys can be one child's: spelt alike, or one is a part of the other."""
    return fuzz.ratio(one, other) >= SAME_NAME or fuzz.token_set_ratio(one, other) == WHOLE


def _of_one_nik(nik: str, rows: list[FileRow], places: Mapping[str, Place]) -> FileChild:
    child = _child(rows, places, nik=nik)
    births = {(row.birth_date, row.sex) for row in rows}
    names = sorted({row.name_key for row in rows})
    if len(births) > 1 or not all(same_name(one, other) for one, other in combinations(names, 2)):
        lines = ", ".join(str(row.line) for row in sorted(rows, key=lambda row: row.line)[:5])
        child.refusal = Problem(
            f"NIK ini dipakai untuk anak yang berbeda di berkas (baris {lines}). Perbaiki NIK atau datanya.",
            "nik_of_two",
        )
    return child


def _without_nik(
    rows: list[FileRow], numbered: Sequence[FileChild], places: Mapping[str, Place]
) -> Iterator[FileChild]:
    """Rows of one name, birth date and sex without a full NIK: of the numbered child they fit, else their own."""
    own: list[FileRow] = []
    # Before any row joins: who joins must not depend on who joined before.
    homes = {child: {places.get(row.place) for row in child.rows} for child in numbered}
    for row in rows:
        fitting = [child for child in numbered if row.mask is None or _fits(row.mask, child.nik)]
        if len(fitting) > 1:
            fitting = [child for child in fitting if places.get(row.place) in homes[child]]
            if len(fitting) != 1:
                yield _refused([row], places)
                continue
        if fitting:
            fitting[0].rows.append(row)
        else:
            own.append(row)
    yield from _split(own, places)


def _fits(mask: MaskedNik, digits: str) -> bool:
    return all(shown in ("*", digit) for shown, digit in zip(mask.pattern, digits, strict=True))


def compatible(one: MaskedNik, other: MaskedNik) -> bool:
    """Whether two masked NIKs can hide the same one."""
    return all("*" in pair or pair[0] == pair[1] for pair in zip(one.pattern, other.pattern, strict=True))


def _split(rows: list[FileRow], places: Mapping[str, Place]) -> Iterator[FileChild]:
    if not rows:
        return
    masks = {row.mask for row in rows if row.mask is not None}
    homes = {places.get(row.place) for row in rows}
    parents = {row.parent_key for row in rows}
    if all(compatible(one, other) for one, other in combinations(masks, 2)):
        masked_throughout = all(row.mask is not None for row in rows)
        if len(homes) == 1 or masked_throughout or (len(parents) == 1 and "" not in parents):
            yield _child(rows, places, mask=_sharpest(masks))
            return
    by_home: dict[Place, list[FileRow]] = defaultdict(list)
    for row in rows:
        by_home[places.get(row.place)].append(row)
    for home in sorted(by_home, key=str):
        there = by_home[home]
        own_masks = {row.mask for row in there if row.mask is not None}
        if all(compatible(one, other) for one, other in combinations(own_masks, 2)):
            yield _child(there, places, mask=_sharpest(own_masks))
        else:
            yield _refused(there, places)


def _sharpest(masks: set[MaskedNik]) -> MaskedNik | None:
    return max(masks, key=lambda mask: (mask.known, mask.pattern), default=None)


def _refused(rows: list[FileRow], places: Mapping[str, Place]) -> FileChild:
    child = _child(rows, places)
    child.refusal = Problem(
        "Ada dua anak dengan nama, tanggal lahir dan jenis kelamin yang sama di berkas, dan baris ini bisa milik "
        "keduanya. Isi NIK lengkap, lalu impor lagi.",
        "ambiguous_in_file",
    )
    return child


def _child(
    rows: list[FileRow], places: Mapping[str, Place], *, nik: str = "", mask: MaskedNik | None = None
) -> FileChild:
    child = FileChild(rows, None, nik, mask)
    _settle(child, places)
    return child


def _settle(child: FileChild, places: Mapping[str, Place]) -> None:
    """Put the rows in an order that doesn't depend on the file's, and take from it where she was last."""
    child.rows.sort(
        key=lambda row: (
            row.measured_on or date.min,
            row.name,
            str(places.get(row.place)),
            (row.parent, row.rw, row.rt, row.address, row.kk, row.parent_nik, row.phone),
            tuple("" if value is None else str(value) for value in row.values),
            row.line,
        )
    )
    child.place = places.get(child.last.place)
    child.names = frozenset(row.name_key for row in child.rows)


def _mark_families(children: Sequence[FileChild]) -> None:
    """Children of one parent's name at one posyandu and one address are a family, if their births allow it."""
    families: dict[str, list[FileChild]] = defaultdict(list)
    for child in children:
        parent, address = str(child.said("parent_key")), str(child.said("address")).casefold()
        rt, rw = str(child.said("rt")), str(child.said("rw"))
        if parent and (address or (rt and rw)) and child.refusal is None:
            families["|".join((str(child.place), parent, rw, rt, address))].append(child)
    for key, siblings in families.items():
        cards = {card for child in siblings if (card := child.said("kk"))}
        if len(siblings) > 1 and len(cards) <= 1 and _can_be_siblings(siblings):
            for child in siblings:
                child.family = key


def _can_be_siblings(children: Sequence[FileChild]) -> bool:
    births = sorted(child.birth_date for child in children)
    gaps = ((later - earlier).days for earlier, later in pairwise(births))
    return all(gap <= TWINS_WITHIN_DAYS or gap >= SIBLINGS_APART_DAYS for gap in gaps)
