"""From the cells of a block to z-scores, flags and everything else that is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth import zscores
from ceting.standards.numbers import Unit
from ceting.survey.block import Block, Cell
from ceting.survey.columns import GROUP_HEADINGS, UNITLESS_AGES, Columns, normalised
from ceting.survey.errors import SurveyError
from ceting.survey.prevalence import DAYS_OF_MONTH
from ceting.survey.problems import Problem, ProblemFinder
from ceting.survey.values import (
    LYING,
    STANDING,
    Remembered,
    age_text_reader,
    day_reader,
    number_reader,
    oedema_reader,
    position_letters,
    position_reader,
    read_column,
    sex_reader,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
AgeUnit = Literal["days", "months"]

MEASURES: Mapping[str, Unit] = {
    "weight": "kg",
    "lenhei": "cm",
    "headc": "cm",
    "armc": "cm",
    "triskin": "mm",
    "subskin": "mm",
}
# WHO's names of the position column; its letters there are L and H only.
_WHO_POSITION_NAMES = frozenset(("measure", "measured", "lorh"))
# Index -> the measures that it needs, in the order of R anthro's columns.
INDEX_MEASURES: Mapping[str, tuple[str, ...]] = {
    "len": ("lenhei",),
    "wei": ("weight",),
    "wfl": ("weight", "lenhei"),
    "bmi": ("weight", "lenhei"),
    "hc": ("headc",),
    "ac": ("armc",),
    "ts": ("triskin",),
    "ss": ("subskin",),
}


@dataclass(frozen=True)
class Scored:
    """n rows with their results.

    sex 1/2/NaN; age_days unrounded, NaN where missing; measures by role, NaN where missing; position LYING,
    STANDING or NaN; oedema; sampling weight, cluster and stratum cells where the file has them; groups by
    heading of the prevalence table; zscores and flags by index ("len", "wei", ...): z (n,) with NaN, flag
    1 implausible, 0 plausible, -1 no z. bad_rows: rows without any result because a cell can't be read.
    """

    block: Block
    sex: Floats
    age_days: Floats
    measures: Mapping[str, Floats]
    position: Floats
    oedema: Flags
    sampling_weight: Floats | None
    cluster: Sequence[Cell] | None
    strata: Sequence[Cell] | None
    groups: Mapping[str, Sequence[Cell]]
    zscores: Mapping[str, Floats]
    flags: Mapping[str, NDArray[np.int8]]
    bad_rows: Flags
    problems: Sequence[Problem]

    def plausible(self, index: str) -> Floats:
        """The z of an index with NaN also where it is flagged: (n,)."""
        return np.where(self.flags[index] == 1, np.nan, self.zscores[index])


class Scorer:
    """Reads and scores block after block of one file."""

    def __init__(self, columns: Columns, *, age_unit: AgeUnit | None = None, today: date) -> None:
        self.columns = columns
        self.indexes = tuple(index for index, needs in INDEX_MEASURES.items() if columns.has(*needs))
        self._today = today
        self._age_unit = self._chosen_age_unit(age_unit)
        self._numbers = {role: number_reader(unit) for role, unit in MEASURES.items()}
        self._plain = number_reader("")
        self._sex = sex_reader()
        self._oedema = oedema_reader()
        self._day = day_reader(today)
        self._age_text = age_text_reader()
        asks_how = columns.has("measure") and normalised(columns.name("measure")) not in _WHO_POSITION_NAMES
        self._position = position_reader(asks_how=asks_how)

    def _chosen_age_unit(self, age_unit: AgeUnit | None) -> AgeUnit:
        columns = self.columns
        if age_unit is not None or columns.has_dates or not columns.has("age"):
            return age_unit or "days"
        if normalised(columns.name("age")) in UNITLESS_AGES and not columns.has("age_days"):
            raise SurveyError(
                f'Kolom "{columns.name("age")}" tidak menyebut satuan. '
                "Tambahkan --age-unit months (bulan) atau --age-unit days (hari)."
            )
        return "days"

    @property
    def position_letters(self) -> set[str]:
        """Whether T or B occurred among the positions, which the notices explain."""
        return position_letters(self._position)

    def score(self, block: Block) -> Scored:
        """Score one block."""
        finder = ProblemFinder(block, self.columns, self._today)
        sex = self._read("sex", block, self._sex, finder)
        missing = np.isnan(sex) & ~finder.bad_rows
        finder.note(
            "sex", missing, lambda _: "Jenis kelamin kosong, jadi tidak ada z-score.", empties_row=False
        )
        age_days = self._ages(block, finder)
        measures = {role: self._measure(role, block, finder) for role in MEASURES if self.columns.has(role)}
        position = self._read("measure", block, self._position, finder)
        oedema = self._read("oedema", block, self._oedema, finder)
        weight = self._sampling_weight(block, finder)
        bad = finder.bad_rows
        if bad.any():
            for values in (sex, age_days, position, oedema, *measures.values()):
                values[bad] = np.nan
        results = self._results(sex, age_days, measures, position, oedema == 1)
        return Scored(
            block=block,
            sex=sex,
            age_days=age_days,
            measures=measures,
            position=position,
            oedema=oedema == 1,
            sampling_weight=weight,
            cluster=self._cells("cluster", block),
            strata=self._cells("strata", block),
            groups=self._groups(block),
            zscores={index: results[f"z{index}"].astype(np.float64, copy=False) for index in self.indexes},
            flags={index: results[f"f{index}"].astype(np.int8, copy=False) for index in self.indexes},
            bad_rows=bad,
            problems=tuple(finder.problems()),
        )

    def _results(
        self, sex: Floats, age_days: Floats, measures: Mapping[str, Floats], position: Floats, oedema: Flags
    ) -> Mapping[str, NDArray[np.float64] | NDArray[np.int8]]:
        letters = np.zeros(sex.size, dtype=np.uint8)
        letters[position == LYING] = ord("l")
        letters[position == STANDING] = ord("h")
        return zscores(
            sex=sex,
            age_days=age_days,
            weight=measures.get("weight"),
            lenhei=measures.get("lenhei"),
            measure=letters,
            headc=measures.get("headc"),
            armc=measures.get("armc"),
            triskin=measures.get("triskin"),
            subskin=measures.get("subskin"),
            oedema=oedema,
        )

    def _read(self, role: str, block: Block, reader: Remembered[float], finder: ProblemFinder) -> Floats:
        """Values of a role, NaN throughout where the file hasn't got it; unreadable cells are noted."""
        if not self.columns.has(role):
            return np.full(len(block), np.nan)
        values = read_column(block.columns[self.columns.positions[role]], reader, len(block))
        finder.unreadable(role, values)
        return values

    def _measure(self, role: str, block: Block, finder: ProblemFinder) -> Floats:
        values = self._read(role, block, self._numbers[role], finder)
        nothing = values <= 0
        finder.note(role, nothing, lambda _: "Nol atau kurang dianggap tidak diukur.", empties_row=False)
        values[nothing] = np.nan
        return values

    def _ages(self, block: Block, finder: ProblemFinder) -> Floats:
        """Age in days: from the dates where both are there, else from the columns that state an age."""
        age_days = np.full(len(block), np.nan)
        if self.columns.has_dates:
            birth = self._read("birth_date", block, self._day, finder)
            visit = self._read("visit_date", block, self._day, finder)
            readable = np.isfinite(birth) & np.isfinite(visit)
            np.subtract(visit, birth, out=age_days, where=readable)
            finder.note(
                "visit_date", age_days < 0, lambda _: "Tanggal ukur lebih awal daripada tanggal lahir."
            )
        for role, reader, factor in (
            ("age_days", self._plain, 1.0),
            ("age_months", self._plain, DAYS_OF_MONTH),
            ("age", self._plain, DAYS_OF_MONTH if self._age_unit == "months" else 1.0),
            ("age_text", self._age_text, 1.0),
        ):
            unknown = np.isnan(age_days)
            if not self.columns.has(role) or not unknown.any():
                continue
            stated = read_column(block.columns[self.columns.positions[role]], reader, len(block)) * factor
            stated[~unknown] = np.nan
            finder.unreadable(role, stated)
            finder.note(role, stated < 0, lambda _: "Umur tidak bisa kurang dari nol.")
            age_days[unknown] = stated[unknown]
        return age_days

    def _sampling_weight(self, block: Block, finder: ProblemFinder) -> Floats | None:
        if not self.columns.has("sw"):
            return None
        weight = self._read("sw", block, self._plain, finder)
        finder.note("sw", weight < 0, lambda _: "Bobot sampel tidak bisa kurang dari nol.")
        return np.nan_to_num(weight, nan=0.0, posinf=0.0)

    def _cells(self, role: str, block: Block) -> Sequence[Cell] | None:
        return block.columns[self.columns.positions[role]] if self.columns.has(role) else None

    def _groups(self, block: Block) -> dict[str, Sequence[Cell]]:
        groups = {
            heading: block.columns[self.columns.positions[role]]
            for role, heading in GROUP_HEADINGS.items()
            if self.columns.has(role)
        }
        return groups | {name: block.columns[position] for name, position in self.columns.by.items()}
