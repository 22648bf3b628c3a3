"""The kept rows of a list, understood and put together as women."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ceting.gateways.interop.naming import unsettled
from ceting.gateways.interop.pregnant_women.models import WomenFile
from ceting.gateways.interop.pregnant_women.rows import WomanRow, read_row
from ceting.gateways.interop.pregnant_women.women import FileWoman, women_of

WOMEN_IN_CHUNK = 100
"""Each brings a household, a pregnancy and a message: few enough that nobody's "Simpan" waits long."""


@dataclass(frozen=True)
class Contents:
    """A whole list: rows of posyandu that are left out, rows that can't be taken, and the women of the others."""

    skipped: list[WomanRow]
    loose: list[WomanRow]
    women: list[FileWoman]

    @classmethod
    def of(cls, file: WomenFile, today: date) -> "Contents":
        """Read every kept row; one query for the rows and one for the places."""
        places = {place.key: place for place in file.places.select_related("posyandu__closure")}
        skipped: list[WomanRow] = []
        loose: list[WomanRow] = []
        good: list[WomanRow] = []
        for row in _rows(file, today):
            place = places[row.place]
            if place.skipped:
                skipped.append(row)
                continue
            if place.posyandu_id is None:
                row.refusals.append(unsettled(place))
            elif hasattr(place.posyandu, "closure"):
                row.refuse("closed", f"Posyandu {place.posyandu} sudah ditutup. Pilih posyandu lain di atas.")
            (loose if row.refusals else good).append(row)
        homes = {key: place.posyandu_id for key, place in places.items() if place.posyandu_id}
        return cls(skipped, loose, women_of(good, homes))

    def chunks(self) -> Iterator[list[FileWoman]]:
        """In an order that doesn't depend on the file's."""
        women = iter(self.women)
        while chunk := list(islice(women, WOMEN_IN_CHUNK)):
            yield chunk


def _rows(file: WomenFile, today: date) -> Iterator[WomanRow]:
    stored = file.rows.order_by("line").values_list("id", "line", "raw")
    for key, line, raw in stored.iterator(chunk_size=2000):
        yield read_row(key, line, json.loads(raw), file.columns, today)
