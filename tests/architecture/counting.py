"""How many rows tables hold: asked before and after everything that must not write."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, models


def count_rows(of: Iterable[type[models.Model]]) -> Counter[str]:
    """Rows by table, in one query; models without a table of ours are left out."""
    tables = [model._meta.db_table for model in of if model._meta.managed]
    quoted = connection.ops.quote_name
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {quoted(table)}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return Counter(dict(cursor.fetchall()))
