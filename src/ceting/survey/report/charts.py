"""Drawings of the report as inline SVG: z distributions, last digits, months of age."""

import math
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from ceting.survey.quality import BIN_WIDTH, HISTOGRAM_EDGE, Distribution
from ceting.survey.report.words import count, decimal

Ints = NDArray[np.int64]

_WIDTH = 360
_HEIGHT = 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 12, 24
_SHOWN_EDGE = 5.0
_NORMAL_PEAK = 1 / math.sqrt(2 * math.pi)


def distribution_chart(title: str, found: Distribution) -> str:
    """Histogram of z (as density) with the standard normal curve over it."""
    density = found.histogram / (found.children * BIN_WIDTH)
    top = max(float(density.max()), _NORMAL_PEAK) * 1.08
    plot_width, plot_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(z: float) -> float:
        return _LEFT + (z + _SHOWN_EDGE) / (2 * _SHOWN_EDGE) * plot_width

    def y(value: float) -> float:
        return _TOP + (1 - value / top) * plot_height

    bars = []
    for position, value in enumerate(density.tolist()):
        z = position * BIN_WIDTH - HISTOGRAM_EDGE
        if value == 0 or z < -_SHOWN_EDGE or z >= _SHOWN_EDGE:
            continue
        kind = "bar low" if z < -2 else "bar high" if z >= 2 else "bar"
        width = x(z + BIN_WIDTH) - x(z) - 0.8
        bars.append(
            f'<rect class="{kind}" x="{x(z):.1f}" y="{y(value):.1f}" width="{width:.1f}" '
            f'height="{y(0) - y(value):.1f}"/>'
        )
    curve = " ".join(
        f"{x(z):.1f},{y(_NORMAL_PEAK * math.exp(-z * z / 2)):.1f}" for z in np.linspace(-4, 4, 81).tolist()
    )
    ticks = "".join(
        f'<line class="grid" x1="{x(z):.1f}" x2="{x(z):.1f}" y1="{_TOP}" y2="{y(0):.1f}"/>'
        f'<text class="tick" x="{x(z):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{decimal(z, 0)}</text>'
        for z in (-4, -2, 0, 2, 4)
    )
    words = f"Sebaran z-score {title}: rata-rata {decimal(found.mean, 2)}, simpang baku {decimal(found.deviation, 2)}."
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(words)}">'
        f"{ticks}{''.join(bars)}"
        f'<polyline class="normal" points="{curve}"/>'
        f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(0):.1f}" y2="{y(0):.1f}"/></svg>'
    )


def digit_chart(title: str, digits: Ints) -> str:
    """Share of each last digit; a line marks the tenth that each should have."""
    shares = (digits / max(int(digits.sum()), 1)).tolist()
    words = f"Angka terakhir {title}: " + ", ".join(
        f"{digit} {decimal(share * 100, 0)} %" for digit, share in enumerate(shares)
    )
    labels = [str(digit) for digit in range(10)]
    return _bar_chart(words, shares, labels, expected=0.1, marked=(0, 5))


def month_chart(months: Ints) -> str:
    """Children by completed month of age; whole years are marked."""
    labels = [str(month) if month % 12 == 0 else "" for month in range(months.size)]
    words = "Jumlah anak menurut umur dalam bulan, 0 sampai 59. Bulan 12, 24, 36 dan 48: " + ", ".join(
        count(months[month]) for month in (12, 24, 36, 48)
    )
    return _bar_chart(words, months.tolist(), labels, expected=float(months.mean()), marked=(12, 24, 36, 48))


def _bar_chart(
    words: str, values: Sequence[float], labels: Sequence[str], *, expected: float, marked: Sequence[int]
) -> str:
    height, bottom = 130, 22
    top = max(*values, expected) * 1.1 or 1.0
    step = (_WIDTH - _LEFT - _RIGHT) / len(values)
    floor = height - bottom

    def y(value: float) -> float:
        return _TOP + (1 - value / top) * (floor - _TOP)

    gap = min(3.0, step * 0.2)
    bars = "".join(
        f'<rect class="{"bar marked" if position in marked else "bar"}" x="{_LEFT + position * step + gap / 2:.1f}" '
        f'y="{y(value):.1f}" width="{step - gap:.1f}" height="{floor - y(value):.1f}"/>'
        for position, value in enumerate(values)
    )
    ticks = "".join(
        f'<text class="tick" x="{_LEFT + (position + 0.5) * step:.1f}" y="{height - 6}" '
        f'text-anchor="middle">{label}</text>'
        for position, label in enumerate(labels)
        if label
    )
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(words)}">{bars}{ticks}'
        f'<line class="normal" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(expected):.1f}" y2="{y(expected):.1f}"/>'
        f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{floor}" y2="{floor}"/></svg>'
    )
