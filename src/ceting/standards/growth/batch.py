"""Growth of many children at once, on numpy columns."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from queue import SimpleQueue
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ceting.standards.growth.buffers import Buffers
from ceting.standards.growth.chunk import Outputs, score_chunk
from ceting.standards.growth.columns import Columns, numbers, position_codes, truths
from ceting.standards.growth.indicators import INDICES

CHUNK: Final = 131_072
"""The most rows in one go. With fewer, two threads spend their time handing Python's lock to each other; with more,
the buffers leave the processor's cache (measured: `python -m benchmarks.growth`)."""


def zscores(
    *,
    sex: ArrayLike,
    age_days: ArrayLike,
    weight: ArrayLike | None = None,
    lenhei: ArrayLike | None = None,
    measure: ArrayLike | None = None,
    headc: ArrayLike | None = None,
    armc: ArrayLike | None = None,
    triskin: ArrayLike | None = None,
    subskin: ArrayLike | None = None,
    oedema: ArrayLike | None = None,
    threads: int | None = None,
) -> dict[str, NDArray[Any]]:
    """Return z-scores (float64, 2 decimals, NaN missing) and flags (int8: 1 implausible, 0 not, -1 z is missing).

    All columns have shape (n,). sex: 1 boy, 2 girl, NaN unknown. age_days: unrounded (months times 30.4375), NaN
    unknown. weight in kg; lenhei, headc, armc in cm; triskin, subskin in mm; NaN and what isn't a positive number are
    missing. measure: "l" lying, "h" standing, "" unknown, as text or bytes or their character codes. oedema: bool.
    threads: all cores by default.

    The keys are zlen zwei zwfl zbmi zhc zac zts zss and flen fwei fwfl fbmi fhc fac fts fss, those whose measures
    were given (zwfl and zbmi need weight and lenhei). A row with a sex, age or position that can't be is empty in
    every index, and never an error of the batch: `row_problems` names it. Raises ValueError for columns of different
    length, TypeError or ValueError for a column that isn't numbers.
    """
    given = Columns(
        sex=numbers(sex),
        age_days=numbers(age_days),
        weight=None if weight is None else numbers(weight),
        lenhei=None if lenhei is None else numbers(lenhei),
        measure=None if measure is None else position_codes(measure),
        headc=None if headc is None else numbers(headc),
        armc=None if armc is None else numbers(armc),
        triskin=None if triskin is None else numbers(triskin),
        subskin=None if subskin is None else numbers(subskin),
        oedema=None if oedema is None else truths(oedema),
    )
    out = empty_outputs(given)
    if threads is None:
        threads = os.cpu_count() or 1
    elif threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    score_in_chunks(given, out, threads)
    return out


def empty_outputs(given: Columns) -> dict[str, NDArray[Any]]:
    """Return the columns, not filled, of each index whose measures are given."""
    out: dict[str, NDArray[Any]] = {}
    for index in INDICES:
        if all(getattr(given, name) is not None for name in index.needs):
            out[index.z] = np.empty(len(given), dtype=np.float64)
            out[index.flag] = np.empty(len(given), dtype=np.int8)
    return out


def score_in_chunks(given: Columns, out: Outputs, threads: int) -> None:
    """Fill the output columns chunk by chunk, in several threads where there is more than one chunk."""
    rows = len(given)
    if rows <= CHUNK:
        threads = 1
    # As many chunks for each thread, all of about one size, so that no thread waits long for the last one.
    chunks = threads * -(-rows // (threads * CHUNK))
    size = -(-rows // max(chunks, 1))
    bounds = list(pairwise([*range(0, rows, max(size, 1)), rows]))
    idle: SimpleQueue[Buffers] = SimpleQueue()
    for _ in range(threads):
        idle.put(Buffers(size))

    def score(bound: tuple[int, int]) -> None:
        start, stop = bound
        buffers = idle.get()
        fitting = buffers if stop - start == size else Buffers(stop - start)
        try:
            with np.errstate(all="ignore"):
                here = {name: column[start:stop] for name, column in out.items()}
                score_chunk(given.part(start, stop), here, fitting)
        finally:
            idle.put(buffers)

    if threads == 1:
        for bound in bounds:
            score(bound)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(score, bounds))
