"""Whether two records may be one child: the reason and how strongly it speaks. Pure; no database.

Rules: rules.md, section 7. Only records of one block are compared: same NIK; same birth date; or one mother and birth
dates that differ as a slip of the pen does (`slips`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from rapidfuzz import fuzz

from ceting.registry.families.models import PairReason, PairStrength
from ceting.registry.families.name_likeness import Names, compare, is_unnamed, which_twin
from ceting.standards.identity import SAME_NAME


@dataclass(frozen=True)
class Face:
    """What of a child is compared. `registered_on` is a day: twins are registered together."""

    child_id: UUID
    name: str
    name_key: str
    sex: int
    birth_date: date
    nik_hash: str
    posyandu_id: UUID
    mother_key: str
    registered_on: date

    @property
    def is_unnamed(self) -> bool:
        return is_unnamed(self.name)


@dataclass(frozen=True)
class Judgement:
    """Why two records may be one child."""

    reason: PairReason
    strength: PairStrength


STRONG, LIKELY, WEAK = PairStrength.STRONG, PairStrength.LIKELY, PairStrength.WEAK


def judge(one: Face, other: Face) -> Judgement | None:
    """None when nothing speaks for it, or something against it: another NIK, or names as twins bear them."""
    if one.nik_hash and one.nik_hash == other.nik_hash:
        return Judgement(PairReason.NIK, STRONG)
    numbers_differ = bool(one.nik_hash and other.nik_hash)
    same_mother = _one_mother(one, other)
    if one.birth_date != other.birth_date:
        return None if numbers_differ or not same_mother else _of_slipped_dates(one, other)
    if same_mother:
        return _of_one_mother(one, other, numbers_differ)
    return None if numbers_differ else _of_one_posyandu(one, other)


def _one_mother(one: Face, other: Face) -> bool:
    if not one.mother_key or not other.mother_key:
        return False
    return one.mother_key == other.mother_key or compare(one.mother_key, other.mother_key) >= Names.CLOSE


def _of_one_mother(one: Face, other: Face, numbers_differ: bool) -> Judgement | None:
    names = compare(one.name_key, other.name_key)
    unnamed = one.is_unnamed, other.is_unnamed
    if any(unnamed):
        twins = all(unnamed) and (names < Names.EQUAL or which_twin(one.name) != which_twin(other.name))
        if numbers_differ or one.sex != other.sex or twins:
            return None
        return Judgement(PairReason.UNNAMED, LIKELY)
    if names is Names.EQUAL:
        if one.sex != other.sex:
            return None if numbers_differ else Judgement(PairReason.SEX, WEAK)
        # One of the two numbers may be a slip: nobody gives twins one name.
        return Judgement(PairReason.SAME, WEAK if numbers_differ else STRONG)
    if numbers_differ or one.sex != other.sex:
        return None
    if names is Names.CLOSE:
        return Judgement(PairReason.MOTHER, LIKELY)
    if names is Names.NEAR and one.registered_on != other.registered_on:
        return Judgement(PairReason.NEAR, WEAK)
    return None


def _of_one_posyandu(one: Face, other: Face) -> Judgement | None:
    """Similar name, birth date and posyandu. Two mothers who are both known speak against it, unless one errs."""
    if one.posyandu_id != other.posyandu_id or one.sex != other.sex or one.is_unnamed or other.is_unnamed:
        return None
    names = compare(one.name_key, other.name_key)
    if one.mother_key and other.mother_key:
        return Judgement(PairReason.NAME, WEAK) if names is Names.EQUAL else None
    close = names is Names.CLOSE and fuzz.ratio(one.name_key, other.name_key) >= SAME_NAME
    return Judgement(PairReason.NAME, LIKELY) if close or names is Names.EQUAL else None


def _of_slipped_dates(one: Face, other: Face) -> Judgement | None:
    if one.sex != other.sex or one.is_unnamed or other.is_unnamed:
        return None
    if other.birth_date not in slips(one.birth_date):
        return None
    names = compare(one.name_key, other.name_key)
    close = names is Names.CLOSE and fuzz.ratio(one.name_key, other.name_key) >= SAME_NAME
    return Judgement(PairReason.DATE, LIKELY) if close or names is Names.EQUAL else None


@lru_cache(maxsize=4096)
def slips(day: date) -> frozenset[date]:
    """The dates that a slip makes of this one: day and month swapped, or one digit wrong (of the year the last)."""
    written = f"{day:%d%m%Y}"
    typed = {written[2:4] + written[:2] + written[4:]}
    for place in (0, 1, 2, 3, 7):
        typed |= {f"{written[:place]}{digit}{written[place + 1 :]}" for digit in "0123456789"}
    return frozenset(found for text in typed if (found := _day(text)) and found != day)


def _day(text: str) -> date | None:
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def pairs_of(changed: Iterable[Face], everybody: Iterable[Face]) -> dict[tuple[UUID, UUID], Judgement]:
    """The likely pairs between `changed` and `everybody`, by keys in order; blocks only, never all with all."""
    blocks = _Blocks(everybody)
    found: dict[tuple[UUID, UUID], Judgement] = {}
    for face in changed:
        for other in blocks.of(face):
            first, second = sorted((face.child_id, other.child_id))
            if first != second and (first, second) not in found and (judgement := judge(face, other)):
                found[first, second] = judgement
    return found


class _Blocks:
    """Everybody, by what puts two records side by side."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self._by_nik: dict[str, list[Face]] = defaultdict(list)
        self._by_birth: dict[date, list[Face]] = defaultdict(list)
        self._by_mother: dict[str, list[Face]] = defaultdict(list)
        for face in faces:
            self._by_birth[face.birth_date].append(face)
            if face.nik_hash:
                self._by_nik[face.nik_hash].append(face)
            if face.mother_key:
                self._by_mother[face.mother_key].append(face)

    def of(self, face: Face) -> Iterator[Face]:
        if face.nik_hash:
            yield from self._by_nik[face.nik_hash]
        yield from self._by_birth[face.birth_date]
        if face.mother_key:
            yield from self._by_mother[face.mother_key]
