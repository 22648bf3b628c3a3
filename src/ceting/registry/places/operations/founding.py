"""Verbs by which places come to be: areas from a file, puskesmas, posyandu."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.places.models import Area, AreaLevel, Posyandu, Puskesmas, WorkArea
from ceting.registry.places.operations.trace import Line, leave

PADANG_AREAS = "padang_areas.csv"


class AreaFileError(ValueError):
    """The area file has a row whose level is unknown or whose parent comes after it."""


@transaction.atomic
def import_areas(source: Path | None = None, *, by: audit.Actor | None) -> int:
    """Read an area file (scripts/build_areas.py; Padang when None) and add or rename areas. The number of rows.

    Harmless to repeat. Raises AreaFileError.
    """
    if source is None:
        text = (resources.files("ceting.registry.places") / "data" / PADANG_AREAS).read_text(encoding="utf-8")
    else:
        text = source.read_text(encoding="utf-8")
    return sum(take_areas(list(csv.DictReader(text.splitlines())), by=by))


@transaction.atomic
def take_areas(rows: Sequence[Mapping[str, str]], *, by: audit.Actor | None) -> tuple[int, int, int]:
    """Add or rename areas of rows with code, level, name and parent; how many are new, renamed, known.

    Parents come before their children. Raises AreaFileError.
    """
    known = {area.code: area for area in Area.objects.all()}
    added, renamed = [], []
    for row in rows:
        if row["level"] not in AreaLevel.values or (row["parent"] and row["parent"] not in known):
            raise AreaFileError(f"{row['code']}: unknown level or parent")
        area = known.get(row["code"])
        if area is None:
            parent = known.get(row["parent"])
            area = Area(code=row["code"], level=row["level"], name=row["name"], parent=parent)
            known[area.code] = area
            added.append(area)
        elif area.name != row["name"]:
            area.name = row["name"]
            renamed.append(area)
    Area.objects.bulk_create(added, batch_size=1000)
    Area.objects.bulk_update(renamed, ["name"], batch_size=1000)
    audit.record("areas.import", "area", [area.pk for area in added + renamed], by=by)
    return len(added), len(renamed), len(rows) - len(added) - len(renamed)


@transaction.atomic
def open_puskesmas(
    name: str, *, district: Area, villages: Iterable[Area], confirmed: bool, by: audit.Actor | None
) -> Puskesmas:
    """A new puskesmas with the villages that it answers for. A puskesmas joins by data, never by code.

    Raises RefusedError for a name that the district has already.
    """
    if not name.strip():
        raise RefusedError(Problem("Isi nama puskesmas.", "name_missing", "name"))
    if Puskesmas.objects.filter(district=district, name=name).exists():
        raise RefusedError(
            Problem("Di kecamatan ini sudah ada puskesmas dengan nama itu.", "name_taken", "name")
        )
    puskesmas = Puskesmas.objects.create(name=name, district=district)
    areas = WorkArea.objects.bulk_create(
        WorkArea(puskesmas=puskesmas, village=village, confirmed=confirmed) for village in villages
    )
    line = Line(puskesmas.pk, str(puskesmas), after=f"{len(areas)} kelurahan")
    leave("puskesmas.open", "puskesmas", [line], puskesmas=puskesmas, by=by)
    return puskesmas


@transaction.atomic
def open_posyandu(
    posts: Iterable[tuple[str, Area, str]], *, puskesmas: Puskesmas, by: audit.Actor | None
) -> list[Posyandu]:
    """New posyandu as (name, village, RW) of one puskesmas. Raises RefusedError for what can't be one."""
    given = list(posts)
    _refuse_unclear(given, puskesmas)
    opened = Posyandu.objects.bulk_create(
        Posyandu(puskesmas=puskesmas, name=name, village=village, rw=rw) for name, village, rw in given
    )
    lines = [Line(post.pk, str(post), after=f"{post.village}, RW {post.rw or '-'}") for post in opened]
    leave("posyandu.open", "posyandu", lines, puskesmas=puskesmas, by=by)
    return opened


def _refuse_unclear(posts: list[tuple[str, Area, str]], puskesmas: Puskesmas) -> None:
    mine = {area.village_id for area in puskesmas.work_areas.all()}
    taken = {(post.village_id, post.name) for post in puskesmas.posyandu.all()}
    problems = []
    for name, village, _ in posts:
        if not name.strip():
            problems.append(Problem("Isi nama posyandu.", "name_missing", "name"))
        if village.pk not in mine:
            sentence = f"{village} tidak termasuk wilayah kerja {puskesmas}."
            problems.append(Problem(sentence, "village_foreign", "village"))
        if (village.pk, name) in taken:
            sentence = f"Di {village} sudah ada Posyandu {name}. Pilih nama lain."
            problems.append(Problem(sentence, "name_taken", "name"))
        taken.add((village.pk, name))
    if problems:
        raise RefusedError(*problems)
