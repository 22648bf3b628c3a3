"""Two children side by side, in words. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from ceting.care.measurements.child_presenters import measured_words
from ceting.care.measurements.measurement_words import Chip, cm, kg
from ceting.care.measurements.models import Measurement, Source
from ceting.foundation.ui.wording import place_words, relative_day
from ceting.registry.families.merging import FAMILY
from ceting.registry.families.models import Child, Stay
from ceting.standards.numbers import format_date

EMPTY = "belum diisi"
AT_ONCE = timedelta(minutes=30)
"""An import registers a child and writes her rows in one go."""
MOST_DAYS = 3


@dataclass(frozen=True)
class Known:
    """A child and what the page tells of her besides her own fields."""

    child: Child
    first_stay: Stay | None
    rows: Sequence[Measurement]
    """Her current rows, oldest first."""


@dataclass(frozen=True)
class Line:
    """One line of the comparison. `name` is that of the choice, "" for a line where nothing is chosen."""

    label: str
    values: tuple[str, str]
    name: str = ""
    mark: Chip | None = None
    chosen: str = ""

    @property
    def is_choice(self) -> bool:
        return bool(self.chosen)

    @property
    def is_same(self) -> bool:
        """Both say it: a phone shows it once."""
        return self.mark is not None and self.mark.tone == "good"


def fields_of(one: Child, other: Child, *, nik: bool) -> dict[str, tuple[str, str, str]]:
    """Field of merging.CHOICES -> (label, value of one, value of the other); the NIK only for who may read it."""
    words = {
        "name": ("Nama", one.name, other.name),
        "sex": ("Jenis kelamin", one.get_sex_display(), other.get_sex_display()),
        "birth_date": ("Tanggal lahir", _birth(one), _birth(other)),
        FAMILY: ("Ibu", _mother(one), _mother(other)),
        "nik": ("NIK", one.nik if nik else "", other.nik if nik else ""),
        "birth_weight_kg": ("Berat lahir", _kg(one), _kg(other)),
        "birth_length_cm": ("Panjang lahir", _cm(one), _cm(other)),
        "has_kia_book": ("Buku KIA", _book(one), _book(other)),
    }
    if not nik:
        del words["nik"]
    return words


def differing(one: Child, other: Child, *, nik: bool) -> list[str]:
    """The fields of which one value must be chosen."""
    return [name for name in fields_of(one, other, nik=nik) if getattr(one, name) != getattr(other, name)]


def choice_lines(one: Child, other: Child, chosen: dict[str, str], *, nik: bool) -> list[Line]:
    """The fields of both, marked where they differ: a word, a shape and a colour."""
    return [
        Line(
            label,
            (left or EMPTY, right or EMPTY),
            name,
            _mark(left, right, name in chosen),
            chosen.get(name, ""),
        )
        for name, (label, left, right) in fields_of(one, other, nik=nik).items()
    ]


def _mark(left: str, right: str, differs: bool) -> Chip:
    if not differs:
        return Chip("sama", "good")
    if not left or not right:
        return Chip("hanya di satu", "info")
    # The same words, said of two mothers: two rows of one person, or two persons.
    return Chip("dua catatan", "info") if left == right else Chip("berbeda", "attention")


def fact_lines(one: Known, other: Known, today: date) -> list[Line]:
    """What isn't chosen: where they belong, who registered them, what was measured."""
    alike = (("Posyandu", _posyandu(one), _posyandu(other)), ("Tempat tinggal", _home(one), _home(other)))
    return [
        *(Line(label, (left, right), mark=_mark(left, right, left != right)) for label, left, right in alike),
        Line("Didaftarkan", (_registered(one), _registered(other))),
        Line("Penimbangan", (_weighings(one, today), _weighings(other, today))),
    ]


def days_of_both(one: Known, other: Known) -> list[str]:
    """`12 November 2026: 8,1 kg dan 8,4 kg`: on these days both were measured, as twins are."""
    there = {row.measured_on: row for row in other.rows}
    both = [(row, there[row.measured_on]) for row in one.rows if row.measured_on in there]
    return [
        f"{format_date(left.measured_on)}: {measured_words(left)} dan {measured_words(right)}"
        for left, right in both[-MOST_DAYS:]
    ]


def _birth(child: Child) -> str:
    return format_date(child.birth_date)


def _mother(child: Child) -> str:
    return child.mother.name if child.mother else ""


def _kg(child: Child) -> str:
    return kg(child.birth_weight_kg) if child.birth_weight_kg is not None else ""


def _cm(child: Child) -> str:
    return cm(child.birth_length_cm) if child.birth_length_cm is not None else ""


def _book(child: Child) -> str:
    return "punya" if child.has_kia_book else "belum punya"


def _posyandu(known: Known) -> str:
    return known.child.posyandu.with_village


def _home(known: Known) -> str:
    home = known.child.household
    return place_words(home.village.name if home.village else "", home.rw, home.rt) or EMPTY


def _registered(known: Known) -> str:
    """Who, when, and from where: `oleh Rina, 24 November 2026, dari impor`."""
    by = known.first_stay.by if known.first_stay else None
    when = format_date(localtime(known.child.created_at).date())
    imported = any(
        row.source == Source.IMPORT and row.created_at - known.child.created_at < AT_ONCE
        for row in known.rows
    )
    source = "dari impor" if imported else "diketik" if by else "oleh sistem"
    return f"{when}, {source} oleh {by.name}" if by else f"{when}, {source}"


def _weighings(known: Known, today: date) -> str:
    if not known.rows:
        return "belum pernah"
    last = known.rows[-1]
    return f"{len(known.rows)} kali, terakhir {relative_day(last.measured_on, today)}: {measured_words(last)}"


def title(one: Child, other: Child) -> str:
    return one.name if one.name == other.name else f"{one.name} dan {other.name}"
