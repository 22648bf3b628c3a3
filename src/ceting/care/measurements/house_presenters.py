"""Houses by RW and RT, in words; no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.care.measurements.child_presenters import mother_words, mourned
from ceting.foundation.ui.numerals import age
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, Household
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class HouseChild:
    child: Child
    age: str
    weighed: bool
    """This month, by somebody whose weighing counts."""
    last: str


@dataclass(frozen=True)
class House:
    """One door. Address and phone are "" for whoever may not read them."""

    key: UUID
    rt: str
    mothers: str
    children: tuple[HouseChild, ...]
    address: str
    phone: str

    @property
    def unweighed(self) -> int:
        return sum(not each.weighed for each in self.children)


@dataclass(frozen=True)
class Neighbourhood:
    """An RW of a village with its houses, RT by RT."""

    title: str
    houses: tuple[House, ...]

    @property
    def children(self) -> int:
        return sum(len(house.children) for house in self.houses)

    @property
    def unweighed(self) -> int:
        return sum(house.unweighed for house in self.houses)


def neighbourhoods(children: Iterable[Child], reader: User, today: date) -> list[Neighbourhood]:
    """Village by village, RW by RW, in the order in which one walks; those whose RW nobody knows last."""
    by_house: dict[UUID, list[Child]] = {}
    for child in children:
        by_house.setdefault(child.household_id, []).append(child)
    groups: dict[tuple[str, tuple[bool, int, str]], list[House]] = {}
    for siblings in by_house.values():
        home = siblings[0].household
        village = home.village.name if home.village else ""
        groups.setdefault((village, _walked(home.rw)), []).append(_house(siblings, reader, today))
    return [
        Neighbourhood(
            title=_title(village, rw),
            houses=tuple(sorted(houses, key=lambda house: (_walked(house.rt), house.mothers))),
        )
        for (village, rw), houses in sorted(groups.items())
    ]


def unweighed_only(found: Sequence[Neighbourhood]) -> list[Neighbourhood]:
    """The houses in which somebody wasn't weighed this month; RW without one are left out."""
    left = [
        Neighbourhood(each.title, tuple(house for house in each.houses if house.unweighed)) for each in found
    ]
    return [each for each in left if each.houses]


def _house(siblings: Sequence[Child], reader: User, today: date) -> House:
    home: Household = siblings[0].household
    at = {child.puskesmas_id for child in siblings}
    mothers = {child.mother.pk: child for child in siblings if child.mother}
    phones = [
        child.mother.phone
        for child in mothers.values()
        if child.mother
        and child.mother.lives
        and readable(reader, child.mother, "phone", at=at)
        and child.mother.phone
    ]
    return House(
        key=home.pk,
        rt=_plain(home.rt),
        mothers=", ".join(f"{mother_words(child)}{mourned(child)}" for child in mothers.values()),
        children=tuple(_child(child, today) for child in siblings),
        address=home.address if readable(reader, home, "address", at=at) else "",
        phone=", ".join(phones),
    )


def _child(child: Child, today: date) -> HouseChild:
    latest = getattr(child, "latest_growth", None)
    weighed_on = latest.weighed_on if latest else None
    return HouseChild(
        child=child,
        age=age(child.birth_date, today),
        weighed=weighed_on is not None and weighed_on >= today.replace(day=1),
        last=f"terakhir {format_date(weighed_on)}" if weighed_on else "belum pernah ditimbang",
    )


def _plain(number: str) -> str:
    """`03` and `3` are one RW; what is no number stays as it was written."""
    typed = number.strip()
    return typed.lstrip("0") or typed


def _walked(number: str) -> tuple[bool, int, str]:
    """2 before 10, letters behind the numbers, the unknown last."""
    plain = _plain(number)
    counted = plain.isdecimal() and plain.isascii()
    return not plain, int(plain) if counted else 10**6, "" if counted else plain


def _title(village: str, walked: tuple[bool, int, str]) -> str:
    unknown, number, words = walked
    rw = "RW belum dicatat" if unknown else f"RW {words or number}"
    return f"{rw} · {village}" if village else rw
