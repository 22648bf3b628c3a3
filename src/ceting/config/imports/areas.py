"""Areas of the state: kode, nama, and nothing else needed, because the code says the level and the parent."""

import re
from pathlib import Path

from django.db import transaction

from ceting.config.imports.sheets import BadFileError, LineProblem, Outcome, read
from ceting.registry.accounts.models import User
from ceting.registry.office.pasted import Column
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel

COLUMNS = (
    Column("code", ("kode", "code", "kodewilayah", "kodekemendagri")),
    Column("name", ("nama", "name", "namawilayah", "wilayah")),
)
_CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
LEVELS = (AreaLevel.PROVINCE, AreaLevel.REGENCY, AreaLevel.DISTRICT, AreaLevel.VILLAGE)


@transaction.atomic
def take(path: Path, *, by: User | None) -> Outcome:
    """All or nothing. Raises BadFileError."""
    rows = read(path, COLUMNS, required={"code": "kode", "name": "nama"})
    problems: list[LineProblem] = []
    wanted: dict[str, dict[str, str]] = {}
    codes = {row.cells["code"] for row in rows} | set(Area.objects.values_list("code", flat=True))
    for row in rows:
        code, name = row.cells["code"], row.cells["name"]
        parent = code.rpartition(".")[0]
        if not _CODE.fullmatch(code):
            problems.append(
                LineProblem(row.number, f"Kode “{code[:20]}” bukan kode wilayah, misalnya 13.71.02.1001.")
            )
        elif not name:
            problems.append(LineProblem(row.number, "Nama wilayah kosong."))
        elif parent and parent not in codes:
            problems.append(
                LineProblem(row.number, f"Wilayah induk {parent} tidak ada di berkas dan belum dikenal.")
            )
        elif code in wanted and wanted[code]["name"] != name:
            problems.append(
                LineProblem(row.number, f"Kode {code} sudah dipakai baris lain dengan nama lain.")
            )
        else:
            level = LEVELS[code.count(".")].value
            wanted[code] = {"code": code, "level": level, "name": name, "parent": parent}
    if problems:
        raise BadFileError(*problems)
    # A parent's code is the beginning of its children's: so it comes before them.
    added, renamed, known = places.take_areas([wanted[code] for code in sorted(wanted)], by=by)
    notes = (f"{renamed} wilayah berganti nama.",) if renamed else ()
    return Outcome(added, known, notes)
