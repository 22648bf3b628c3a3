"""Posyandu with their village and RW."""

from collections import defaultdict
from pathlib import Path

from django.db import transaction

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, LineProblem, Outcome, read
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, Puskesmas
from ceting.standards.place_names import place_key, place_name

PERMISSION = "places.manage"
COLUMNS = {
    "puskesmas": ("nama puskesmas", "pkm"),
    "kelurahan": ("desa", "nagari", "desa kelurahan", "kelurahan desa", "desa kel"),
    "posyandu": ("nama", "nama posyandu"),
    "rw": (),
}


@transaction.atomic
def take(path: Path, *, by: User) -> Outcome:
    """All or nothing; those that are there already are passed over. Raises BadFileError."""
    rows = read(path, COLUMNS, required=("kelurahan", "posyandu"))
    mine = people.those_run_by(by, may=PERMISSION)
    grounds = {each.pk: _Ground(each) for each in mine}
    problems: list[LineProblem] = []
    new: dict[Puskesmas, list[tuple[str, Area, str]]] = defaultdict(list)
    known = 0
    for row in rows:
        home = people.named(row["puskesmas"], mine)
        name = place_name(row["posyandu"])[:100]
        if isinstance(home, str):
            problems.append(LineProblem(row.line, home))
            continue
        ground = grounds[home.pk]
        village = ground.villages.get(place_key(row["kelurahan"]))
        if village is None or not name:
            sentence = (
                "Nama posyandu kosong." if village else f"“{row['kelurahan']}” bukan wilayah kerja {home}."
            )
            problems.append(LineProblem(row.line, sentence))
        elif (village.pk, place_key(name)) in ground.taken:
            known += 1
        else:
            ground.taken.add((village.pk, place_key(name)))
            new[home].append((name, village, row["rw"][:5]))
    if problems:
        raise BadFileError(*problems)
    for home, posts in new.items():
        try:
            places.open_posyandu(posts, puskesmas=home, by=by)
        except RefusedError as refusal:
            raise BadFileError(*(LineProblem(0, each.sentence) for each in refusal.problems)) from refusal
    return Outcome(sum(map(len, new.values())), known)


class _Ground:
    """A puskesmas' villages and posyandu by the keys under which names are compared."""

    def __init__(self, puskesmas: Puskesmas) -> None:
        villages = Area.objects.filter(work_areas__puskesmas=puskesmas)
        self.villages = {place_key(village.name): village for village in villages}
        self.taken = {(each.village_id, place_key(each.name)) for each in puskesmas.posyandu.all()}
