"""What to do with every row of some children of a file: decided here for the preview and for the import alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np

from ceting.care.measurements.drafts import BOUNDS, MeasurementDraft
from ceting.care.measurements.models import Measurement, Source
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.eppgbm.children import FileChild
from ceting.gateways.interop.eppgbm.matching import Match, Registry, match
from ceting.gateways.interop.eppgbm.rows import FileRow, measurement_values
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas
from ceting.standards.growth import zscores
from ceting.standards.numbers import format_age, format_date, format_decimal

AT_ONCE = 2000
MEASURES = {
    "weight_kg": ("Berat", "kg"),
    "lenhei_cm": ("Panjang/tinggi", "cm"),
    "muac_cm": ("LiLA", "cm"),
    "head_cm": ("Lingkar kepala", "cm"),
}
Values = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Standing:
    """An official measurement that is there already."""

    id: UUID
    values: Values
    position: str


@dataclass
class ChildPlan:
    """What becomes of one child's rows. `child` is registered already, or made by `draft` (None: nothing to take)."""

    source: FileChild
    child: Child | None
    draft: ChildDraft | None = None
    take: list[FileRow] = field(default_factory=list)
    enrol: list[FileRow] = field(default_factory=list)
    """Rows that register the child, without a measurement."""
    known: list[tuple[FileRow, UUID | None]] = field(default_factory=list)
    repeated: list[FileRow] = field(default_factory=list)
    refused: list[FileRow] = field(default_factory=list)
    learned_nik: FileRow | None = None
    """The row that says the NIK of a registered child who had none."""


def plan(children: Sequence[FileChild], puskesmas: Puskesmas) -> list[ChildPlan]:
    """Decide for all children of some birth dates; a handful of queries, whatever their number. Writes nothing."""
    today = puskesmas.today()
    found = match(children, Registry.around(children, puskesmas))
    standing = _standing([each.child.pk for each in found.values() if each.child])
    plans = [_plan_child(each, found[each], standing, today) for each in children]
    _remark_implausible(plans)
    return plans


def _standing(keys: Sequence[UUID]) -> dict[UUID, dict[date, list[Standing]]]:
    """Child -> day -> official measurements of that day. Family entries don't stand in the way of official ones."""
    found: dict[UUID, dict[date, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    columns = ("child_id", "measured_on", "id", "weight_kg", "lenhei_cm", "muac_cm", "head_cm", "position")
    for start in range(0, len(keys), AT_ONCE):
        rows = Measurement.objects.current().filter(child__in=keys[start : start + AT_ONCE])
        for child, day, key, *values, position in rows.exclude(source=Source.FAMILY).values_list(*columns):
            found[child][day].append(Standing(key, tuple(values), position))
    return found


def _plan_child(
    each: FileChild, found: Match, standing: Mapping[UUID, Mapping[date, Sequence[Standing]]], today: date
) -> ChildPlan:
    made = ChildPlan(each, found.child)
    if found.refusal is not None:
        for row in each.rows:
            # What is wrong with the row itself is the better advice.
            row.refusals = row.refusals or [found.refusal]
    there = standing.get(found.child.pk, {}) if found.child else {}
    by_day: dict[date, list[FileRow]] = defaultdict(list)
    probe = found.child or Child(birth_date=each.birth_date, sex=each.sex)
    for row in each.rows:
        if not row.refusals and row.measures:
            _refuse_impossible(row, probe, today)
        if row.refusals:
            made.refused.append(row)
        elif not row.measures:
            made.enrol.append(row)
        elif row.measured_on is not None:
            by_day[row.measured_on].append(row)
    for day, rows in by_day.items():
        _plan_day(made, rows, there.get(day, ()))
    _plan_registration(made)
    _learn_nik(made)
    return made


def _refuse_impossible(row: FileRow, child: Child, today: date) -> None:
    if row.measured_on is None:
        return
    draft = MeasurementDraft(child=child, measured_on=row.measured_on, **measurement_values(row))
    for problem in draft.problems(today):
        if problem.code == "out_of_bounds":
            label, unit = MEASURES[problem.field]
            said = format_decimal(getattr(row, problem.field))
            hint = BOUNDS[problem.field][2]
            sentence = f"{label} {said} {unit} tidak mungkin. Tulis {hint[0].lower()}{hint[1:]}"
            row.refusals.append(Problem(sentence, f"{problem.field}.{problem.code}"))
        else:
            row.refusals.append(problem)


def _plan_day(made: ChildPlan, rows: list[FileRow], there: Sequence[Standing]) -> None:
    """One day of one child: the same thing said twice counts once, two different things are nobody's to choose."""
    positions = {row.position for row in rows if row.lenhei_cm is not None and row.position}
    if len({row.values for row in rows}) > 1 or len(positions) > 1:
        lines = ", ".join(str(row.line) for row in sorted(rows, key=lambda row: row.line))
        for row in rows:
            row.refusals.append(
                Problem(
                    f"Anak ini punya beberapa catatan pada {format_date(_day(row))} dengan angka berbeda "
                    f"(baris {lines}). Hapus yang salah, lalu impor lagi.",
                    "conflict_in_file",
                )
            )
        made.refused += rows
        return
    first, *others = sorted(rows, key=lambda row: (not row.position, row.line))
    for row in others:
        row.remarks.append(Problem(f"Sama dengan baris {first.line}; diambil satu kali.", "repeated"))
    made.repeated += others
    same = [standing for standing in there if _says_the_same(first, standing)]
    if same:
        made.known.append((first, same[0].id))
    elif there:
        first.refusals.append(
            Problem(
                f"Berbeda dengan catatan yang ada pada {format_date(_day(first))} ({_spoken(there[0].values)}). "
                "Bila berkas yang benar, perbaiki lewat halaman anak.",
                "differs",
            )
        )
        made.refused.append(first)
    else:
        made.take.append(first)


def _day(row: FileRow) -> date:
    assert row.measured_on is not None
    return row.measured_on


def _says_the_same(row: FileRow, standing: Standing) -> bool:
    """Whether everything that the row says is there already; the registry may know more (a head, a position)."""
    if any(
        said is not None and said != known for said, known in zip(row.values, standing.values, strict=True)
    ):
        return False
    return row.lenhei_cm is None or not row.position or standing.position in ("", row.position)


def _spoken(values: Values) -> str:
    """ "Berat 8,5 kg, panjang/tinggi 72,5 cm"."""
    parts = [
        f"{label} {format_decimal(value)} {unit}"
        for (label, unit), value in zip(MEASURES.values(), values, strict=True)
        if value is not None
    ]
    return ", ".join([*parts[:1], *(part[0].lower() + part[1:] for part in parts[1:])]).replace(
        " liLA", " LiLA"
    )


def _plan_registration(made: ChildPlan) -> None:
    if made.child is not None:
        made.known += [(row, None) for row in made.enrol]
        made.enrol = []
    elif made.take or made.enrol:
        made.draft = _draft(made.source)


def _learn_nik(made: ChildPlan) -> None:
    """A registered child without a NIK gets the one of the file: matched without it, and it is nobody else's."""
    if made.child is None or made.child.nik_hash or not made.source.nik:
        return
    accepted = (*made.take, *(row for row, _ in made.known), *made.repeated)
    numbered = [row for row in accepted if row.full_nik == made.source.nik]
    if numbered:
        made.learned_nik = min(numbered, key=lambda row: row.line)
        made.learned_nik.remarks.insert(
            0,
            Problem(
                f"NIK …{made.source.nik[-4:]} ditambahkan ke {made.child.name}, yang belum punya NIK.",
                "learned_nik",
            ),
        )


def _draft(each: FileChild) -> ChildDraft:
    said = each.said
    parent = str(said("parent"))
    return ChildDraft(
        name=each.last.name,
        sex=each.sex,
        birth_date=each.birth_date,
        mother=CaregiverDraft(parent, nik=str(said("parent_nik")), phone=str(said("phone")))
        if parent
        else None,
        nik=each.nik,
        kk=str(said("kk")),
        rw=str(said("rw")),
        rt=str(said("rt")),
        address=str(said("address")),
        birth_weight_kg=_decimal(said("birth_weight_kg")),
        birth_length_cm=_decimal(said("birth_length_cm")),
        has_kia_book=each.last.has_kia_book,
    )


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _remark_implausible(plans: Iterable[ChildPlan]) -> None:
    """Values that WHO flags go in, are named here, and come back on the list of children to measure again."""
    rows = [(each, row) for each in plans for row in each.take]
    if not rows:
        return
    scores = zscores(
        sex=np.array([each.source.sex for each, _ in rows], dtype=np.int8),
        age_days=np.array([(_day(row) - each.source.birth_date).days for each, row in rows], dtype=float),
        weight=_column([row.weight_kg for _, row in rows]),
        lenhei=_column([row.lenhei_cm for _, row in rows]),
        measure=np.array([row.position for _, row in rows], dtype="U1"),
        headc=_column([row.head_cm for _, row in rows]),
        armc=_column([row.muac_cm for _, row in rows]),
        threads=1,
    )
    flags = np.nan_to_num(
        np.array([scores[name] for name in ("fwei", "flen", "fwfl", "fhc", "fac")], dtype=float)
    )
    for place in np.flatnonzero(flags.max(axis=0) == 1).tolist():
        each, row = rows[place]
        row.remarks.append(
            Problem(
                f"{_spoken(row.values)} jauh dari biasanya pada umur {format_age(each.source.birth_date, _day(row))}. "
                "Baris diambil dan ditandai; periksa salah ketik atau ukur ulang anaknya.",
                "implausible",
            )
        )


def _column(values: Sequence[Decimal | None]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([np.nan if value is None else float(value) for value in values], dtype=float)
