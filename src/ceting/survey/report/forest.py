"""Prevalence with its interval, group under group, as positioned boxes that fit any width."""

import math
from collections.abc import Sequence
from html import escape
from itertools import groupby

from ceting.survey.estimates import GroupEstimates
from ceting.survey.report.words import (
    Indicator,
    count,
    few,
    group_words,
    heading_words,
    interval,
    percent,
)

_ENDS = (5, 10, 20, 30, 40, 50, 60, 80, 100)
_NOT_DRAWN = frozenset(("Age + sex",))


def forest(indicator: Indicator, groups: Sequence[GroupEstimates]) -> str:
    """The chart of one indicator over all groups."""
    drawn = [group for group in groups if group.heading not in _NOT_DRAWN]
    highest = [
        limit
        for group in drawn
        for limit in (group.estimates[indicator.prefix].high, group.estimates[indicator.prefix].value)
        if not math.isnan(limit)
    ]
    end = next(end for end in _ENDS if end >= max(highest, default=0))
    blocks = []
    for heading, members in groupby(drawn, key=lambda group: group.heading):
        rows = "".join(_row(indicator, group, end) for group in members)
        title = f'<h4 class="forest-heading">{escape(heading_words(heading))}</h4>' if heading else ""
        blocks.append(f'<div class="forest-group">{title}<ul class="forest">{rows}</ul></div>')
    everybody = groups[0].estimates[indicator.prefix].value
    line = _share(0 if math.isnan(everybody) else everybody, end)
    return (
        f'<div style="--all:{line}">{"".join(blocks)}'
        f'<div class="forest-axis" aria-hidden="true">{_axis(end)}</div></div>'
    )


def _row(indicator: Indicator, group: GroupEstimates, end: float) -> str:
    estimate = group.estimates[indicator.prefix]
    children = group.children_by[f"{indicator.population}"]
    note = ' <span class="few" title="Kurang dari 30 anak">(sedikit)</span>' if few(children) else ""
    marks = ""
    if not math.isnan(estimate.value):
        if estimate.low < estimate.high:
            left, width = _share(estimate.low, end), _share(estimate.high - estimate.low, end)
            marks += f'<span class="ci" style="left:{left};width:{width}"></span>'
        marks += f'<span class="dot" style="left:{_share(estimate.value, end)}"></span>'
    kind = "forest-row forest-all" if not group.heading else "forest-row"
    return (
        f'<li class="{kind}"><span class="forest-label">{escape(group_words(group))}'
        f'<span class="n">{count(children)} anak{note}</span></span>'
        f'<span class="track" aria-hidden="true">{marks}</span>'
        f'<span class="figure"><b>{percent(estimate.value)}</b> '
        f'<span class="range">{interval(estimate)}</span></span></li>'
    )


def _axis(end: int) -> str:
    ticks = (0, end / 2, end)
    inner = "".join(
        f'<span style="left:{_share(tick, end)}">{tick:g} %</span>'.replace(".5 %", ",5 %") for tick in ticks
    )
    return f'<span class="forest-ticks">{inner}</span>'


def _share(value: float, end: float) -> str:
    return f"{min(max(value / end * 100, 0), 100):.2f}%"
