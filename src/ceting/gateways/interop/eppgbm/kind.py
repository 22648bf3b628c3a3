"""What is the children's own in an import of files."""

from pathlib import Path
from typing import Any

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.eppgbm.columns import VOCABULARY
from ceting.gateways.interop.eppgbm.models import ColumnMapping, ImportFile
from ceting.gateways.interop.eppgbm.reading import Table, open_table
from ceting.gateways.interop.kinds import ImportKind
from ceting.gateways.interop.reading.table import Columns

PERMISSION = "imports.run"


def _opened(path: Path, columns_of: Columns) -> Table:
    return open_table(path, columns_of)


def _sheet(table: Any) -> dict[str, object]:
    """Of a monthly sheet: its months, and whether it says of which year they are."""
    if table.wide is None:
        return {"sheet": {}}
    return {
        "sheet": {"months": [month.label for month in table.wide.months], "needs_year": table.wide.needs_year}
    }


def _unready(file: ImportFile) -> Problem | None:
    if not file.asks_year:
        return None
    return Problem("Pilih dulu tahun lembar ini, lalu mulai impor.", "year", "year")


KIND = ImportKind(
    name="eppgbm",
    jobs="eppgbm",
    subject="import",
    row_subject="import_row",
    may=(PERMISSION,),
    files=ImportFile,
    meanings=ColumnMapping,
    words=VOCABULARY,
    open_table=_opened,
    verdict="outcome",
    person="child",
    people="children",
    opens_posyandu=True,
    has_parts=True,
    learn=_sheet,
    unready=_unready,
)
