"""The rows of a file of e-PPGBM or of a kader: the reading that imports share, and monthly sheets unfolded."""

from pathlib import Path

from ceting.gateways.interop import reading
from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.reading.wide import WideSheet, recognise
from ceting.gateways.interop.reading.table import Columns, Line

__all__ = ["Line", "Table", "open_table"]
Table = reading.Table[WideSheet]


def open_table(path: Path, columns_of: Columns = columns.detect) -> Table:
    """As reading.open_table does, in the words of e-PPGBM. Raises RefusedError."""
    return reading.open_table(path, columns.VOCABULARY, columns_of, recognise)
