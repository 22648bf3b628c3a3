"""Block by block from the source through the scorer to everything that listens."""

from collections.abc import Callable, Sequence
from typing import Protocol

from ceting.survey.block import Cell
from ceting.survey.prevalence import Children, PrevalenceTally
from ceting.survey.scoring import Scored, Scorer
from ceting.survey.sources import Source


class Listener(Protocol):
    """Takes the scored rows of each block, in order."""

    def add(self, scored: Scored) -> None:
        """Take one block."""


class PrevalenceListener:
    """Feeds the prevalence tally with the rows that have results."""

    def __init__(self, headings: Sequence[str], *, by_age_and_sex: bool = True) -> None:
        self.tally = PrevalenceTally(headings, by_age_and_sex=by_age_and_sex)

    def add(self, scored: Scored) -> None:
        """Take one block."""
        self.tally.add(children_of(scored))


def children_of(scored: Scored) -> Children:
    """The children of a block as prevalence needs them; rows that couldn't be read take no part."""
    kept = ~scored.bad_rows
    whole = bool(kept.all())

    def cells(column: Sequence[Cell] | None) -> Sequence[Cell] | None:
        if column is None or whole:
            return column
        return [cell for cell, keep in zip(column, kept.tolist(), strict=True) if keep]

    return Children(
        sex=scored.sex[kept],
        age_days=scored.age_days[kept],
        oedema=scored.oedema[kept],
        zscores={
            f"z{index}": scored.plausible(index)[kept]
            for index in ("len", "wei", "wfl", "bmi")
            if index in scored.zscores
        },
        weight=None if scored.sampling_weight is None else scored.sampling_weight[kept],
        cluster=cells(scored.cluster),
        strata=cells(scored.strata),
        groups={heading: cells(column) or () for heading, column in scored.groups.items()},
    )


def run(
    source: Source, scorer: Scorer, listeners: Sequence[Listener], show: Callable[[float, int], None]
) -> int:
    """Pass every row once; `show` gets the share done and the rows so far. Returns the number of rows."""
    rows = 0
    for block in source.blocks():
        scored = scorer.score(block)
        for listener in listeners:
            listener.add(scored)
        rows += len(block)
        show(source.done(), rows)
    return rows
