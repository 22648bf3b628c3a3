"""The list of rows and cells that couldn't be used."""

import csv
from pathlib import Path
from typing import TextIO

from ceting.survey.problems import Problem
from ceting.survey.scoring import Scored
from ceting.survey.writers.part import PartFile

SHOWN = 20
_HEADER = ("baris", "kolom", "isi", "alasan", "akibat")


class ProblemList:
    """Keeps the first problems for the screen and writes all of them to a file where one is wanted."""

    def __init__(self, path: Path | None = None) -> None:
        self.first: list[Problem] = []
        self.emptied_rows = 0
        self.cells = 0
        self._part: PartFile | None = None
        self._file: TextIO | None = None
        if path is not None:
            self._part = PartFile(path)
            self._file = self._part.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow(_HEADER)

    def add(self, scored: Scored) -> None:
        """Take the problems of one block."""
        self.emptied_rows += int(scored.bad_rows.sum())
        self.cells += len(scored.problems)
        self.first += scored.problems[: max(SHOWN - len(self.first), 0)]
        if self._file is not None:
            csv.writer(self._file).writerows(
                (problem.line, problem.column, problem.text, problem.reason, consequence(problem))
                for problem in scored.problems
            )

    def finish(self) -> None:
        """Complete the file and give it its name."""
        if self._file is not None and self._part is not None:
            self._file.close()
            self._part.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        if self._file is not None and self._part is not None:
            self._file.close()
            self._part.abandon()


def consequence(problem: Problem) -> str:
    """What the problem means for the row."""
    return "baris tidak dihitung" if problem.empties_row else "isi dianggap kosong"


def sentence(problem: Problem) -> str:
    """One line for the screen."""
    place = f'baris {problem.line}, kolom "{problem.column}"' if problem.column else f"baris {problem.line}"
    text = f' "{problem.text}"' if problem.text.strip() else ""
    return f"{place}{text}: {problem.reason} ({consequence(problem)})"
