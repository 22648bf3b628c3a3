"""Verbs that write places: areas from a file, puskesmas, posyandu."""

import csv
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.registry.places.models import Area, AreaLevel, Posyandu, Puskesmas, WorkArea

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
    known = {area.code: area for area in Area.objects.all()}
    added, renamed, rows = [], [], list(csv.DictReader(text.splitlines()))
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
    return len(rows)


@transaction.atomic
def open_puskesmas(
    name: str, *, district: Area, villages: Iterable[Area], confirmed: bool, by: audit.Actor | None
) -> Puskesmas:
    """A new puskesmas with the villages that it answers for. A puskesmas joins by data, never by code."""
    puskesmas = Puskesmas.objects.create(name=name, district=district)
    WorkArea.objects.bulk_create(
        WorkArea(puskesmas=puskesmas, village=village, confirmed=confirmed) for village in villages
    )
    audit.record("puskesmas.open", "puskesmas", [puskesmas.pk], by=by, puskesmas_id=puskesmas.pk)
    return puskesmas


@transaction.atomic
def open_posyandu(
    posts: Iterable[tuple[str, Area, str]], *, puskesmas: Puskesmas, by: audit.Actor | None
) -> list[Posyandu]:
    """New posyandu as (name, village, RW) of one puskesmas."""
    opened = Posyandu.objects.bulk_create(
        Posyandu(puskesmas=puskesmas, name=name, village=village, rw=rw) for name, village, rw in posts
    )
    audit.record("posyandu.open", "posyandu", [post.pk for post in opened], by=by, puskesmas_id=puskesmas.pk)
    return opened
