"""One survey from its file to all its outputs: everything or nothing is written."""

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from ceting.survey.columns import GROUP_HEADINGS, Columns, resolve
from ceting.survey.errors import SurveyError
from ceting.survey.listing import ProblemList
from ceting.survey.pipeline import Listener, PrevalenceListener, run
from ceting.survey.prevalence import PrevalenceTable
from ceting.survey.quality import QualityCounts, QualityTally
from ceting.survey.report import SurveyFacts, render
from ceting.survey.scoring import AgeUnit, Scorer
from ceting.survey.sources import Source, open_source
from ceting.survey.writers import open_writer
from ceting.survey.writers.part import PartFile

_ENOUGH_ROWS_TO_DOUBT_THE_UNIT = 20


@dataclass(frozen=True)
class Request:
    """What the user asked for. mapping: role -> column; by: columns to group by."""

    file: Path
    out: Path | None = None
    prevalence: Path | None = None
    report: Path | None = None
    problems: Path | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    by: Sequence[str] = ()
    age_unit: AgeUnit | None = None
    need_age: bool = True
    sheet: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came out of it. notices: sentences that the reader should know."""

    rows: int
    table: PrevalenceTable
    counts: QualityCounts
    problems: ProblemList
    notices: tuple[str, ...]


class Output(Protocol):
    """A file under construction."""

    def finish(self) -> None:
        """Complete it."""

    def abandon(self) -> None:
        """Remove it."""


def conduct(request: Request, *, today: date, show: Callable[[float, int], None]) -> Outcome:
    """Read, score, count and write. Raises SurveyError, after which no output has been touched."""
    _refuse_clashes(request)
    source = open_source(request.file, sheet=request.sheet)
    columns = resolve(source.names, mapping=request.mapping, by=request.by, need_age=request.need_age)
    scorer = Scorer(columns, age_unit=request.age_unit, today=today)
    outputs: list[Output] = []
    try:
        outcome = _conduct(request, source, scorer, outputs, today=today, show=show)
        for output in outputs:
            output.finish()
    except OSError as error:
        _abandon(outputs)
        raise SurveyError(
            f"Hasil tidak bisa ditulis ({error.strerror}). Periksa ruang dan izin folder."
        ) from None
    except BaseException:
        _abandon(outputs)
        raise
    return outcome


def _conduct(
    request: Request,
    source: Source,
    scorer: Scorer,
    outputs: list[Output],
    *,
    today: date,
    show: Callable[[float, int], None],
) -> Outcome:
    detailed = request.prevalence is not None or request.report is not None
    columns = scorer.columns
    headings = [heading for role, heading in GROUP_HEADINGS.items() if columns.has(role)] + list(columns.by)
    prevalence = PrevalenceListener(headings if detailed else (), by_age_and_sex=detailed)
    quality = QualityTally()
    problems = ProblemList(request.problems)
    outputs.append(problems)
    listeners: list[Listener] = [problems, prevalence, quality]
    if request.out is not None:
        writer = open_writer(request.out, source, columns, scorer.indexes)
        outputs.append(writer)
        listeners.append(writer)
    table_file = _started(request.prevalence, outputs)
    report_file = _started(request.report, outputs)
    rows = run(source, scorer, listeners, show)
    if rows == 0:
        raise SurveyError(f"{request.file} hanya berisi judul kolom, belum ada barisnya.")
    table, counts = prevalence.tally.table(), quality.counts()
    notices = (*source.remarks, *_notices(columns, scorer, counts, problems))
    if table_file is not None:
        _write_table(table_file.path, table)
    if report_file is not None:
        facts = SurveyFacts(
            title=request.file.name,
            made_on=today,
            table=table,
            counts=counts,
            notices=notices,
            weighted=columns.has("sw"),
            stratified=columns.has("strata"),
        )
        report_file.path.write_text(render(facts), encoding="utf-8")
    return Outcome(rows, table, counts, problems, notices)


def _started(path: Path | None, outputs: list[Output]) -> PartFile | None:
    if path is None:
        return None
    part = PartFile(path)
    outputs.append(part)
    return part


def _abandon(outputs: Sequence[Output]) -> None:
    for output in outputs:
        output.abandon()


def _refuse_clashes(request: Request) -> None:
    """No output may overwrite the data or another output."""
    wanted = [path for path in (request.out, request.prevalence, request.report, request.problems) if path]
    places = [path.resolve() for path in wanted]
    if request.file.resolve() in places:
        raise SurveyError(f"Hasil tidak boleh menimpa {request.file}. Pilih nama berkas lain.")
    if len(set(places)) < len(places):
        raise SurveyError("Dua hasil memakai nama berkas yang sama. Pilih nama yang berbeda.")


def _write_table(path: Path, table: PrevalenceTable) -> None:
    rows = table.rows()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow(
                "NA" if isinstance(value, float) and math.isnan(value) else value for value in row.values()
            )


def _notices(columns: Columns, scorer: Scorer, counts: QualityCounts, problems: ProblemList) -> list[str]:
    notices = []
    if columns.has_dates:
        notices.append(f"Umur dihitung dari {columns.name('birth_date')} dan {columns.name('visit_date')}.")
    elif columns.has("age_months"):
        notices.append(
            f"Umur diambil dari {columns.name('age_months')} (bulan × 30,4375). Tanggal lahir lebih teliti."
        )
    few_days_old = counts.months[2:].sum() == 0 and counts.months.sum() >= _ENOUGH_ROWS_TO_DOUBT_THE_UNIT
    if few_days_old and not columns.has_dates:
        notices.append(
            "Semua anak berumur di bawah 61 hari. Bila kolom umur berisi bulan, pakai --age-unit months."
        )
    if not columns.has("measure") and columns.has("lenhei"):
        notices.append("Tanpa cara ukur: di bawah 24 bulan dianggap terlentang, selebihnya berdiri.")
    elif scorer.position_letters:
        notices.append(f"Pada kolom {columns.name('measure')}, T dibaca Terlentang dan B dibaca Berdiri.")
    if not columns.has("oedema"):
        notices.append("Tanpa kolom edema: semua anak dianggap tidak edema.")
    if problems.emptied_rows:
        notices.append(f"{problems.emptied_rows} baris tidak bisa dibaca dan tidak dihitung.")
    return notices
