"""The rows of an uploaded file, whatever it is called: HTML named .xls, real .xls and .xlsx, CSV."""

from ceting.gateways.interop.reading.table import Line, Table, open_table

__all__ = ["Line", "Table", "open_table"]
