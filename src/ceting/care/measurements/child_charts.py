"""From a child's rows to her charts: which chart, which ages, what it says in a sentence and as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ceting.care.measurements.charts import kms, who
from ceting.care.measurements.charts.observations import (
    RANGES,
    Observation,
    Range,
    age_in_months,
    range_for,
)
from ceting.care.measurements.child_presenters import (
    age_words,
    length_words,
    measured_words,
    scores,
    z_words,
)
from ceting.care.measurements.measurement_words import kg, number
from ceting.care.measurements.models import Measurement, Source
from ceting.foundation.ui.drawing import Drawing
from ceting.registry.families.models import Child, Sex
from ceting.standards.growth import assess
from ceting.standards.growth.indicators import STANDING_FROM_DAY
from ceting.standards.numbers import format_date
from ceting.standards.words import staff_words

KMS, LENGTH, WEIGHT = "kms", "panjang-umur", "berat-panjang"
KMS_HEADERS = ("Tanggal", "Umur", "Berat", "Kenaikan", "N/T", "BB/U")
LENGTH_HEADERS = ("Tanggal", "Umur", "Panjang/tinggi", "PB/U atau TB/U", "z")
WEIGHT_HEADERS = ("Tanggal", "Umur", "Berat", "Panjang/tinggi", "BB/PB atau BB/TB", "z")
POSITIONS = (("terlentang", "Terlentang (di bawah 2 tahun)"), ("berdiri", "Berdiri (2 tahun ke atas)"))


@dataclass(frozen=True)
class Choice:
    """Another view of the same chart."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Page:
    """A chart with all that stands around it. `rows` are a table that says the same."""

    slug: str
    title: str
    summary: str
    drawing: Drawing
    choices: tuple[Choice, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    """The newest first; each cell with its header."""
    elsewhere: int
    """Own points that lie on another page of the chart."""

    @property
    def note(self) -> str:
        return f"{self.elsewhere} hasil ukur lain ada di bagian grafik yang lain." if self.elsewhere else ""


def observations(child: Child, rows: Sequence[Measurement]) -> list[Observation]:
    """Current rows as points, the oldest first; lengths corrected for the position as the WHO tables want them."""
    return [_observation(child, row) for row in sorted(rows, key=Measurement.chronology)]


def _observation(child: Child, row: Measurement) -> Observation:
    assessed = assess(
        sex=child.sex, age_days=row.growth_age_days, lenhei=number(row.lenhei_cm), measure=row.position
    )
    return Observation(
        on=row.measured_on,
        age_months=age_in_months(child.growth_birth(row.measured_on), row.measured_on),
        words=point_words(child, row),
        weight_kg=number(row.weight_kg),
        length_cm=assessed.clenhei,
        standing=assessed.standing,
        professional=row.counts_officially,
        flags=row.flags,
        status=row.status,
        two_t=row.two_t,
    )


def point_words(child: Child, row: Measurement) -> str:
    """What a point means, on one line."""
    parts = [
        f"{format_date(row.measured_on)}, umur {age_words(child, row.measured_on)}",
        measured_words(row),
        status_words(row),
        *(f"{score.index} {_lower(score.label)}" for score in scores(row) if score.label),
        Source(row.source).label.lower(),
    ]
    return "; ".join(part for part in parts if part)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def status_words(row: Measurement) -> str:
    """`Naik (N)`, `Tidak naik dua kali (2T)`; "" for a weighing without a status."""
    return staff_words("2T" if row.two_t else row.status) if row.status else ""


def kms_page(child: Child, rows: Sequence[Measurement], today: date, asked: str = "") -> Page:
    """The KMS; `asked` is the code of a range."""
    ages = _ages(child, rows, today, asked)
    seen = observations(child, rows)
    weighed = [row for row in rows if row.weight_kg is not None]
    return Page(
        slug=KMS,
        title=f"KMS {child.name}, {ages.label}",
        summary=_summary(child, weighed, lambda row: "w" in row.flags),
        drawing=kms.draw(sex=child.sex, birth=counted_from(child, rows, today), observations=seen, ages=ages),
        choices=_range_choices(ages),
        headers=KMS_HEADERS,
        rows=_table(child, weighed, KMS_HEADERS, _kms_row),
        elsewhere=_outside(child, weighed, ages),
    )


def length_page(child: Child, rows: Sequence[Measurement], today: date, asked: str = "") -> Page:
    """PB/U or TB/U; `asked` is the code of a range."""
    ages = _ages(child, rows, today, asked)
    measured = [row for row in rows if row.lenhei_cm is not None]
    return Page(
        slug=LENGTH,
        title=f"Panjang/tinggi menurut umur {child.name}, {ages.label}",
        summary=_summary(child, measured, lambda row: "l" in row.flags),
        drawing=who.length_for_age(sex=child.sex, observations=observations(child, rows), ages=ages),
        choices=_range_choices(ages),
        headers=LENGTH_HEADERS,
        rows=_table(child, measured, LENGTH_HEADERS, _length_row),
        elsewhere=_outside(child, measured, ages),
    )


def weight_page(child: Child, rows: Sequence[Measurement], today: date, asked: str = "") -> Page:
    """BB/PB or BB/TB; `asked` is a code of POSITIONS."""
    both = [row for row in rows if row.lenhei_cm is not None and row.weight_kg is not None]
    seen = observations(child, both)
    by_age = (today - child.birth_date).days >= STANDING_FROM_DAY
    default = bool(seen[-1].standing) if seen else by_age
    standing = {"berdiri": True, "terlentang": False}.get(asked, default)
    return Page(
        slug=WEIGHT,
        title=f"Berat menurut {'tinggi' if standing else 'panjang'} {child.name}",
        summary=_summary(child, both, lambda row: "f" in row.flags),
        drawing=who.weight_for_length(sex=child.sex, observations=seen, standing=standing),
        choices=tuple(
            Choice(label, f"?rentang={code}", (code == "berdiri") is standing) for code, label in POSITIONS
        ),
        headers=WEIGHT_HEADERS,
        rows=_table(child, both, WEIGHT_HEADERS, _weight_row),
        elsewhere=sum(each.standing is not standing for each in seen),
    )


PAGES: dict[str, Callable[[Child, Sequence[Measurement], date, str], Page]] = {
    KMS: kms_page,
    LENGTH: length_page,
    WEIGHT: weight_page,
}


def _ages(child: Child, rows: Sequence[Measurement], today: date, asked: str) -> Range:
    """The page of the last measurement, so that it shows points; without one, the page of today's age."""
    last = max((row.measured_on for row in rows), default=today)
    return range_for(asked, age_in_months(child.growth_birth(last), last))


def counted_from(child: Child, rows: Sequence[Measurement], today: date) -> date:
    """The birth from which the months of the strip count, like the points above them."""
    return child.growth_birth(max((row.measured_on for row in rows), default=today))


def _range_choices(ages: Range) -> tuple[Choice, ...]:
    return tuple(Choice(each.label, f"?rentang={each.code}", each is ages) for each in RANGES)


def _outside(child: Child, rows: Sequence[Measurement], ages: Range) -> int:
    return sum(
        not ages.holds(age_in_months(child.growth_birth(row.measured_on), row.measured_on)) for row in rows
    )


def _summary(child: Child, rows: Sequence[Measurement], doubted: Callable[[Measurement], bool]) -> str:
    sex = "anak laki-laki" if child.sex == Sex.BOY else "anak perempuan"
    if not rows:
        return f"Grafik {sex}. Belum ada hasil ukur."
    last = max(rows, key=Measurement.chronology)
    odd = sum(map(doubted, rows))
    flagged = f" {odd} angka ditandai tidak wajar." if odd else ""
    return f"Grafik {sex} dengan {len(rows)} hasil ukur. Terakhir {point_words(child, last)}.{flagged}"


def _table(
    child: Child,
    rows: Sequence[Measurement],
    headers: tuple[str, ...],
    cells: Callable[[Measurement], tuple[str, ...]],
) -> tuple[tuple[tuple[str, str], ...], ...]:
    newest_first = sorted(rows, key=Measurement.chronology, reverse=True)
    lines = (
        (format_date(row.measured_on), age_words(child, row.measured_on), *cells(row)) for row in newest_first
    )
    return tuple(tuple(zip(headers, line, strict=True)) for line in lines)


def _kms_row(row: Measurement) -> tuple[str, ...]:
    gain = ""
    if row.gain_g is not None:
        gain = f"{row.gain_g} g (KBM {row.minimum_gain_g} g)".replace("-", "−")
    return kg(row.weight_kg or 0), gain, status_words(row), _index_words(row, "BB/U")


def _length_row(row: Measurement) -> tuple[str, ...]:
    return length_words(row), _index_words(row, "PB/U", "TB/U"), z_words(row.zlen)


def _weight_row(row: Measurement) -> tuple[str, ...]:
    return kg(row.weight_kg or 0), length_words(row), _index_words(row, "BB/PB", "BB/TB"), z_words(row.zwfl)


def _index_words(row: Measurement, *names: str) -> str:
    return next((score.label for score in scores(row) if score.index in names), "")
