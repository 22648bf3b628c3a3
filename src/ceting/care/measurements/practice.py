"""Verbs of a practice: hold one, write down what each read off. And its values, ready to be judged."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db import transaction

from ceting.care.measurements.practice_models import Practice, PracticeValue, Practitioner
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from ceting.standards.standardisation import MEASURES, Measure, Pair

FEWEST, MOST = 5, 20
MOST_PEOPLE = 20
LONGEST_NAME = 60
TURNS = (1, 2)

Cell = tuple[Measure, int, int]
"""Measure, number of the child, first or second time."""


@transaction.atomic
def hold_practice(
    posyandu: Posyandu,
    held_on: date,
    *,
    expert: str,
    others: Sequence[str],
    children: int,
    measures: Collection[Measure],
    by: User,
) -> Practice:
    """A new practice with its people. Refuses one without an expert, without others, or of an impossible size."""
    names = [" ".join(name.split()) for name in (expert, *others)]
    problems = _impossible(names, children, measures)
    if held_on > posyandu.puskesmas.today():
        problems.append(
            Problem("Latihan belum berlangsung. Pilih hari ini atau sebelumnya.", "future", "held_on")
        )
    if problems:
        raise RefusedError(*problems)
    practice = Practice.objects.create(
        puskesmas_id=posyandu.puskesmas_id,
        posyandu=posyandu,
        held_on=held_on,
        children=children,
        measures=" ".join(measure for measure in MEASURES if measure in measures),
        opened_by=by,
    )
    Practitioner.objects.bulk_create(
        Practitioner(practice=practice, number=number, name=name, expert=number == 1)
        for number, name in enumerate(names, start=1)
    )
    audit.record("practice.hold", "practice", [practice.pk], by=by, puskesmas_id=practice.puskesmas_id)
    return practice


def _impossible(names: Sequence[str], children: int, measures: Collection[Measure]) -> list[Problem]:
    problems = []
    if not names[0]:
        problems.append(Problem("Isi nama pelatih.", "no_expert", "expert"))
    if not names[1:] or not all(names[1:]):
        problems.append(Problem("Isi paling sedikit satu nama peserta.", "nobody", "others"))
    if len(names) > MOST_PEOPLE + 1:
        problems.append(Problem(f"Paling banyak {MOST_PEOPLE} peserta satu latihan.", "crowd", "others"))
    for field, group in (("expert", names[:1]), ("others", names[1:])):
        if any(len(name) > LONGEST_NAME for name in group):
            sentence = f"Nama terlalu panjang. Singkat sampai {LONGEST_NAME} huruf."
            problems.append(Problem(sentence, "long_name", field))
    if len({name.casefold() for name in names if name}) < len([name for name in names if name]):
        problems.append(Problem("Ada nama yang ditulis dua kali.", "twice", "others"))
    if not FEWEST <= children <= MOST:
        problems.append(Problem(f"Anak yang diukur {FEWEST} sampai {MOST}.", "size", "children"))
    if not measures or not set(measures) <= set(MEASURES):
        problems.append(Problem("Pilih paling sedikit satu ukuran.", "no_measure", "measures"))
    return problems


@transaction.atomic
def write_down(person: Practitioner, values: Mapping[Cell, Decimal | None], *, by: User) -> None:
    """What she read off. Typed again it is replaced: practice is nobody's record, and who did it is in the audit."""
    Practitioner.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
    known = set(person.values.values_list("measure", "child_number", "turn"))
    rows = [
        PracticeValue(person=person, measure=measure, child_number=child, turn=turn, value=value)
        for (measure, child, turn), value in values.items()
        if value is not None or (measure, child, turn) in known
    ]
    PracticeValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "child_number", "measure", "turn"],
        update_fields=["value"],
    )
    practice = person.practice
    audit.record("practice.write", "practice", [practice.pk], by=by, puskesmas_id=practice.puskesmas_id)


def measures_of(practice: Practice) -> list[Measure]:
    chosen = practice.measures.split()
    return [measure for measure in MEASURES if measure in chosen]


def pairs_of(practice: Practice) -> dict[UUID, dict[Measure, dict[int, Pair]]]:
    """Person -> measure -> number of the child -> both values, where both are there. One query."""
    read: dict[tuple[UUID, Measure, int], dict[int, float]] = defaultdict(dict)
    for row in PracticeValue.objects.filter(person__practice=practice):
        if row.value is not None:
            measure = cast(Measure, row.measure)
            read[row.person_id, measure, row.child_number][row.turn] = float(row.value)
    found: dict[UUID, dict[Measure, dict[int, Pair]]] = defaultdict(lambda: defaultdict(dict))
    for (person, measure, child), turns in read.items():
        if len(turns) == len(TURNS):
            found[person][measure][child] = (turns[1], turns[2])
    return found
