"""Verbs by which places come to be: areas from a file, puskesmas, posyandu."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
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
    name: str,
    *,
    district: Area,
    villages: Iterable[Area],
    confirmed: bool,
    code: str = "",
    zone: str = clock.DEFAULT_ZONE,
    by: audit.Actor | None,
) -> Puskesmas:
    """A new puskesmas with the villages that it answers for. A puskesmas joins by data, never by code.

    Raises RefusedError for a name that the district has already, or a code that another one has.
    """
    if not name.strip():
        raise RefusedError(Problem("Isi nama puskesmas.", "name_missing", "name"))
    # Whoever presses twice finds at the second time what the first one wrote.
    Area.objects.select_for_update(of=("self",), no_key=True).get(pk=district.pk)
    if Puskesmas.objects.filter(district=district, name=name).exists():
        raise RefusedError(
            Problem("Di kecamatan ini sudah ada puskesmas dengan nama itu.", "name_taken", "name")
        )
    refuse_taken_code(code)
    puskesmas = Puskesmas.objects.create(name=name, code=code, district=district, zone=zone)
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
    _lock(puskesmas)
    _refuse_unclear(given, puskesmas)
    opened = Posyandu.objects.bulk_create(
        Posyandu(puskesmas=puskesmas, name=name, village=village, rw=rw) for name, village, rw in given
    )
    lines = [Line(post.pk, str(post), after=f"{post.village}, RW {post.rw or '-'}") for post in opened]
    leave("posyandu.open", "posyandu", lines, puskesmas=puskesmas, by=by)
    return opened


@transaction.atomic
def open_missing_posyandu(
    posts: Iterable[tuple[str, Area, str]], *, puskesmas: Puskesmas, by: audit.Actor | None
) -> list[Posyandu]:
    """Those of a list that don't stand yet: harmless to repeat, and a list that grew may be sent whole again."""
    _lock(puskesmas)
    standing = {(village, name.casefold()) for village, name in _standing(puskesmas)}
    missing = {
        (village.pk, name.casefold()): (name, village, rw)
        for name, village, rw in posts
        if (village.pk, name.casefold()) not in standing
    }
    return open_posyandu(missing.values(), puskesmas=puskesmas, by=by) if missing else []


def _lock(puskesmas: Puskesmas) -> None:
    """Two lists for one puskesmas come one after the other."""
    Puskesmas.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=puskesmas.pk)


def _standing(puskesmas: Puskesmas) -> Iterable[tuple[UUID, str]]:
    return Posyandu.objects.filter(puskesmas=puskesmas).values_list("village_id", "name")


def refuse_taken_code(code: str, *, but: Puskesmas | None = None) -> None:
    """Raises RefusedError for a code that another puskesmas has."""
    if not code:
        return
    others = Puskesmas.objects.filter(code=code)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        raise RefusedError(Problem(f"Kode ini sudah dipakai {other}. Periksa lagi.", "code_taken", "code"))


def _refuse_unclear(posts: list[tuple[str, Area, str]], puskesmas: Puskesmas) -> None:
    mine = {area.village_id for area in puskesmas.work_areas.all()}
    taken = set(_standing(puskesmas))
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
