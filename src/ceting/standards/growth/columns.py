"""The columns of a batch: what may be given, and which rows can't be a child's."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ceting.standards.growth.errors import Refusal

LYING: Final = ord("l")
STANDING: Final = ord("h")
NO_POSITION: Final = 0
LOWER_CASE: Final = 0x20
"""The bit that makes an ASCII capital a small letter."""
NOT_A_POSITION: Final = ord("?")

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The given columns, each of shape (n,): numbers of any type, `measure` as character codes (0 unknown)."""

    sex: Column
    age_days: Column
    weight: Column | None = None
    lenhei: Column | None = None
    measure: Column | None = None
    headc: Column | None = None
    armc: Column | None = None
    triskin: Column | None = None
    subskin: Column | None = None
    oedema: Column | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            column = getattr(self, field.name)
            if column is not None and column.shape != (len(self),):
                raise ValueError(
                    f"{field.name}: {len(self)} values are needed, as in sex, not {column.shape}"
                )

    def __len__(self) -> int:
        return len(self.sex)

    def given(self, name: str) -> Column:
        """Return a column that is known to be given."""
        column: Column | None = getattr(self, name)
        if column is None:
            raise KeyError(name)
        return column

    def part(self, start: int, stop: int) -> "Columns":
        """Return the rows from start to stop, without a copy."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        given = {name: column[start:stop] for name, column in columns.items() if column is not None}
        return Columns(**given)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a batch that is left empty, and the value that is the reason."""

    row: int
    field: str
    reason: Refusal
    value: object


def numbers(values: ArrayLike) -> Column:
    """Return the values as an array of numbers, without a copy where they are; None among objects becomes NaN."""
    array = np.asarray(values)
    return array if array.dtype.kind in "fiu" else array.astype(np.float64)


def truths(values: ArrayLike) -> NDArray[np.bool_]:
    """Return the values as truths; NaN (missing) isn't true."""
    array = np.asarray(values)
    if array.dtype.kind == "f":
        array = np.nan_to_num(array)
    return array.astype(np.bool_, copy=False)


def position_codes(values: ArrayLike) -> Column:
    """Return "l", "h" and "" (text, bytes, or the letters' codes, small or capital) as an array of codes.

    None and NaN among objects are unknown positions; a text of several letters gets the code of no position.
    """
    array = np.asarray(values)
    if array.dtype.kind == "O":
        array = np.array([_text(value) for value in array], dtype=np.str_)
    if array.dtype.kind in "iu":
        return array
    if array.dtype.kind not in "US":
        raise TypeError(f"measure: text or character codes are needed, not {array.dtype}")
    code_type = np.dtype(np.uint32 if array.dtype.kind == "U" else np.uint8)
    letters = np.ascontiguousarray(array).view(code_type).reshape(len(array), -1)
    if letters.shape[1] == 1:
        return letters[:, 0]
    return np.where(letters[:, 1:].any(axis=1), NOT_A_POSITION, letters[:, 0]).astype(code_type)


def _text(value: object) -> str:
    missing = value is None or value != value
    return "" if missing else str(value)


def row_problems(
    *, sex: ArrayLike, age_days: ArrayLike, measure: ArrayLike | None = None
) -> list[RowProblem]:
    """Return the rows that `zscores` leaves empty because a value can't be a child's, by row, with the reasons.

    sex other than 1, 2 and NaN; a negative or endless age; a measure other than "l", "h" and "". A missing sex or age
    is no problem, such a row just has fewer results; and a weight, length or skinfold that is NaN, endless, zero or
    less is a missing one.
    """
    problems = [
        *_wrong("sex", "invalid_sex", sex, _wrong_sex(numbers(sex))),
        *_wrong("age_days", "invalid_age", age_days, _wrong_age(numbers(age_days))),
    ]
    if measure is not None:
        problems += _wrong("measure", "invalid_measure", measure, _wrong_position(position_codes(measure)))
    return sorted(problems, key=lambda problem: problem.row)


def _wrong(field: str, reason: Refusal, values: ArrayLike, wrong: NDArray[np.bool_]) -> Iterator[RowProblem]:
    rows = np.flatnonzero(wrong).tolist()
    originals = np.asarray(values, dtype=object) if rows else ()
    for row in rows:
        yield RowProblem(row, field, reason, originals[row])


def _wrong_sex(sex: Column) -> NDArray[np.bool_]:
    return ~(np.isin(sex, (1, 2)) | np.isnan(sex))


def _wrong_age(age: Column) -> NDArray[np.bool_]:
    return np.less(age, 0) | np.isinf(age)


def _wrong_position(codes: Column) -> NDArray[np.bool_]:
    return ~(np.isin(codes | LOWER_CASE, (LYING, STANDING)) | np.equal(codes, NO_POSITION))
