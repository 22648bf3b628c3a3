"""What the pages of every import show, decided without requests: figures, columns, places, rows to mend."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ceting.foundation.ui import numerals
from ceting.foundation.ui.spreadsheets import harmless
from ceting.gateways.interop.forms import Place
from ceting.gateways.interop.vocabulary import Vocabulary
from ceting.standards.numbers import format_date, parse_date
from ceting.standards.typed_values import TypedValueError


@dataclass(frozen=True)
class Figure:
    """A number with its words, for {% stat %}."""

    label: str
    number: int
    hint: str = ""


def known(totals: Mapping[str, int]) -> Figure:
    """Rows that say what is there, or what another row says."""
    number = totals.get("known", 0) + totals.get("repeated", 0)
    return Figure("Sudah ada", number, "baris yang tidak mengubah apa pun")


def refused(totals: Mapping[str, int]) -> Figure:
    """Rows that aren't taken, with those that somebody chose to leave out."""
    skipped = totals.get("skipped", 0)
    hint = f"dan {numerals.decimal(skipped)} dilewati karena posyandunya" if skipped else ""
    return Figure("Tidak diambil", totals.get("refused", 0), hint)


def staying(number: int) -> Figure:
    """Rows of which something stays when an import is taken back."""
    return Figure("Baris yang tetap", number, "karena dipakai catatan lain" if number else "")


def places_summary(places: Iterable[Place]) -> str:
    """ "5 dikenal, 3 dibuat baru, 1 belum dipilih"."""
    number = {"dikenal": 0, "dibuat baru": 0, "dilewati": 0, "belum dipilih": 0}
    for place in places:
        if place.posyandu_id:
            number["dikenal"] += 1
        elif place.village_id:
            number["dibuat baru"] += 1
        else:
            number["dilewati" if place.skipped else "belum dipilih"] += 1
    return ", ".join(f"{count} {words}" for words, count in number.items() if count)


def column_lines(words: Vocabulary, file: Any) -> list[tuple[str, str]]:
    """(what was read, the column it was read from), in the order of our own list."""
    return [
        (label, f"“{file.header[file.columns[role]]}”")
        for role, label in words.labels.items()
        if role in file.columns
    ]


def mapping_words(words: Vocabulary, mapping: Any) -> str:
    """ "Nama anak: “Nm Balita”, Berat: “Timbangan”": only what the headers don't say by themselves."""
    by_itself = words.detect(mapping.header)
    said = [
        f"{label}: “{mapping.header[mapping.columns[role]]}”"
        for role, label in words.labels.items()
        if role in mapping.columns and by_itself.get(role) != mapping.columns[role]
    ]
    left_out = [
        f"“{mapping.header[position]}” tidak diambil"
        for role, position in by_itself.items()
        if position not in mapping.columns.values()
    ]
    return "; ".join([*said, *left_out]) or "seperti judul kolomnya"


@dataclass(frozen=True)
class ProblemGroup:
    """Problems of one sort: its part of the address, what people call it, beginnings of their codes."""

    slug: str
    label: str
    starts: tuple[str, ...]


@dataclass(frozen=True)
class FoundGroup:
    """A group that a file has, for the list of links above its problems."""

    slug: str
    label: str
    codes: tuple[str, ...]
    number: int


def groups(known_ones: Sequence[ProblemGroup], numbers: Iterable[tuple[str, int]]) -> list[FoundGroup]:
    """(code, rows) -> groups, the most frequent first. A code is of the first group that fits."""
    found: dict[str, list[tuple[str, int]]] = {}
    for code, number in numbers:
        slug = next((each.slug for each in known_ones if code.startswith(each.starts)), "")
        found.setdefault(slug, []).append((code, number))
    made = [
        FoundGroup(each.slug, each.label, tuple(code for code, _ in told), sum(number for _, number in told))
        for each in known_ones
        if (told := found.get(each.slug))
    ]
    return sorted(made, key=lambda group: -group.number)


@dataclass(frozen=True)
class RowLine:
    """A row of a list: where it stands, whose it is, the date that tells it apart, what to do or why it stays."""

    line: int
    name: str
    dated: str
    sentence: str


def row_lines(file: Any, told: Iterable[Any], dated: Callable[[Any, Any], str]) -> list[RowLine]:
    """`told`: problems, or rows that were taken back; they need their `row`."""
    return [
        RowLine(
            each.row.line,
            cell(file, each.row, "name") or "(tanpa nama)",
            dated(file, each.row),
            each.sentence,
        )
        for each in told
    ]


def cell(file: Any, row: Any, role: str) -> str:
    """As it stood in the file; "" without such a column."""
    position = file.columns.get(role)
    return "" if position is None else str(json.loads(row.raw)[position])


def day(typed: str, file: Any, *, ahead: bool = False) -> str:
    """A date of a file as we write dates, or as it was typed. `ahead`: it may lie in the future."""
    today = file.puskesmas.today()
    try:
        return format_date(parse_date(typed, today=today.replace(year=2100, day=1) if ahead else today))
    except TypedValueError:
        return typed


def problems_csv(file: Any, problems: Iterable[Any]) -> str:
    """The rows that weren't taken as they stood, with their line and what is wrong: to mend and upload again.

    `problems` need their `row`. Semicolons and a byte order mark, so that an Indonesian Excel opens it as a table.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Baris di berkas", "Masalah", *map(harmless, file.header)])
    for problem in problems:
        writer.writerow([problem.line, problem.sentence, *map(harmless, json.loads(problem.row.raw))])
    return "\ufeff" + out.getvalue()
