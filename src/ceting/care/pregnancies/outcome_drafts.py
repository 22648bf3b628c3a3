"""What a person says about how a pregnancy ended, before it is a row. Checked without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ceting.care.pregnancies.drafts import MOST_FETUSES, told
from ceting.care.pregnancies.models import EndKind
from ceting.foundation.core.errors import Problem
from ceting.registry.families.drafts import LONGEST_PREGNANCY, SHORTEST_PREGNANCY, ChildDraft
from ceting.standards.pregnancy import dating
from ceting.standards.pregnancy.values import check_bounds

AT_ANY_AGE = (EndKind.MOVED, EndKind.MISTAKE, EndKind.MATERNAL_DEATH)
"""Told late as well: a pregnancy that was forgotten is closed with what is true of it."""


@dataclass(frozen=True)
class NewbornDraft:
    """A child of this birth. kg, cm; a name may follow later."""

    sex: int
    name: str = ""
    birth_weight_kg: Decimal | None = None
    birth_length_cm: Decimal | None = None
    head_cm: Decimal | None = None
    early_breastfeeding: bool | None = None
    cried: bool | None = None
    vitamin_k: bool | None = None
    eye_ointment: bool | None = None

    def check_head(self) -> None:
        """Raises PregnancyValueError: newborn_head.bounds."""
        if self.head_cm is not None:
            check_bounds("newborn_head", float(self.head_cm))

    def child(self, *, mother_name: str, born_on: date, gestation_days: int) -> ChildDraft:
        """As the registry takes her: "By. Ny." and the mother's name until she has her own."""
        return ChildDraft(
            name=self.name.strip() or f"By. Ny. {mother_name}",
            sex=self.sex,
            birth_date=born_on,
            birth_weight_kg=self.birth_weight_kg,
            birth_length_cm=self.birth_length_cm,
            gestation_days=gestation_days,
        )


@dataclass(frozen=True)
class EndDraft:
    """How it ended and when. `children` only of a birth; `stillborn` counts those who died before or at birth."""

    kind: str
    ended_on: date
    place: str = ""
    attendant: str = ""
    delivery: str = ""
    stillborn: int = 0
    complications: str = ""
    note: str = ""
    children: tuple[NewbornDraft, ...] = ()

    def problems(self, *, started_on: date, today: date) -> list[Problem]:
        """Everything that makes it impossible for a pregnancy that began then."""
        return [*self.day_problems(started_on=started_on, today=today), *self._children()]

    def day_problems(self, *, started_on: date, today: date) -> Iterator[Problem]:
        """Those of the day alone, one at most."""
        days = (self.ended_on - started_on).days
        if self.ended_on > today:
            yield Problem("Tanggal ini belum terjadi. Periksa lagi.", "future", "ended_on")
        elif days < 0:
            yield Problem(
                "Tanggal ini sebelum hari pertama haid terakhir. Periksa tanggal atau HPHT-nya.",
                "before_start",
                "ended_on",
            )
        elif days > LONGEST_PREGNANCY and self.kind not in AT_ANY_AGE:
            yield Problem(
                "Umur kehamilan pada tanggal itu lebih dari 44 minggu. Periksa tanggal atau HPHT-nya.",
                "too_long",
                "ended_on",
            )
        else:
            yield from self._kind_problems(days)

    def _kind_problems(self, days: int) -> Iterator[Problem]:
        """A miscarriage, a stillbirth and a birth are told apart by how long it lasted."""
        if self.kind == EndKind.MISCARRIAGE and days >= dating.stillbirth_from_day():
            yield Problem(
                "Umur kehamilan saat itu sudah 22 minggu atau lebih. Catat sebagai bayi lahir meninggal, "
                "atau periksa HPHT-nya.",
                "too_late",
                "ended_on",
            )
        shortest = {EndKind.BIRTH: SHORTEST_PREGNANCY, EndKind.STILLBIRTH: dating.stillbirth_from_day()}
        if days < shortest.get(EndKind(self.kind), 0):
            yield Problem(
                "Umur kehamilan saat itu kurang dari 22 minggu. Catat sebagai keguguran, atau periksa HPHT-nya.",
                "too_short",
                "ended_on",
            )

    def _children(self) -> Iterator[Problem]:
        is_birth = self.kind == EndKind.BIRTH
        if is_birth and not 1 <= len(self.children) <= MOST_FETUSES:
            yield Problem("Isi data bayi yang lahir.", "children")
        if not is_birth and self.children:
            raise ValueError(f"{self.kind} has no children")
        for number, child in enumerate(self.children, start=1):
            yield from told(child.check_head, f"head_cm_{number}")
        if not 0 <= self.stillborn <= MOST_FETUSES:
            yield Problem("Periksa jumlah bayi yang meninggal.", "stillborn", "stillborn")


@dataclass(frozen=True)
class PostnatalDraft:
    """A visit to the mother. mmHg, degrees Celsius, capsules, tablets."""

    on: date
    place: str
    attendant: str
    systolic: int | None = None
    diastolic: int | None = None
    temperature_c: Decimal | None = None
    vitamin_a: int = 0
    tablets_given: int | None = None
    danger_signs: tuple[str, ...] = ()
    contraception: str = ""
    note: str = ""
