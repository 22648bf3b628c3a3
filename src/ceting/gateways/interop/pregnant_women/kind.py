"""What is the pregnant women's own in an import of files."""

from pathlib import Path

from ceting.gateways.interop.kinds import ImportKind
from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.models import RUN, WRITE, WomenColumns, WomenDecision, WomenFile
from ceting.gateways.interop.reading import Table, open_table
from ceting.gateways.interop.reading.table import Columns, Folded

MAX_ROWS = 20_000
"""A puskesmas has some two thousand pregnant women a year."""


def _opened(path: Path, columns_of: Columns) -> Table[Folded]:
    """Its `lines` raise RefusedError for more than MAX_ROWS."""
    return open_table(path, VOCABULARY, columns_of, most=MAX_ROWS)


def _forget(file: WomenFile) -> None:
    WomenDecision.objects.filter(row__file=file).delete()


KIND = ImportKind(
    name="pregnant_women",
    jobs="women",
    subject="women_import",
    row_subject="women_row",
    may=(RUN, WRITE),
    files=WomenFile,
    meanings=WomenColumns,
    words=VOCABULARY,
    open_table=_opened,
    verdict="verdict",
    person="woman",
    people="women",
    forget=_forget,
)
