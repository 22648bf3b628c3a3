"""The one formula of the WHO 2006 standard, its inverse, and the rounding of the reference, for one value.

Written to be read; the batch is faster and is tested against these functions.
Source: WHO Child Growth Standards, Methods and development (2006), chapter 7 (LMS and restricted LMS).
"""

from math import ceil, copysign, floor, inf, isfinite

from ceting.standards.growth.tables import Parameters


def z_score(y: float, at: Parameters, *, restricted: bool) -> float:
    """Return the unrounded z of a measure y > 0; `restricted` straightens the scale beyond +-3."""
    z = (power(y / at.m, at.l) - 1) / (at.s * at.l)
    if restricted and z > 3:
        three = measure_at(3, at)
        return 3 + (y - three) / (three - measure_at(2, at))
    if restricted and z < -3:
        three = measure_at(-3, at)
        return -3 + (y - three) / (measure_at(-2, at) - three)
    return z


def value(z: float, at: Parameters, *, restricted: bool) -> float:
    """Return the measure whose z-score is z: the inverse of `z_score`, in the unit of the measure."""
    if restricted and z > 3:
        three = measure_at(3, at)
        return three + (z - 3) * (three - measure_at(2, at))
    if restricted and z < -3:
        three = measure_at(-3, at)
        return three + (z + 3) * (measure_at(-2, at) - three)
    return measure_at(z, at)


def measure_at(z: float, at: Parameters) -> float:
    """Return the measure at z by the power alone: M (1 + L S z)^(1/L)."""
    return at.m * power(1 + at.l * at.s * z, 1 / at.l)


def power(base: float, exponent: float) -> float:
    """Return base ** exponent; infinite where the result is too large, as in C (Python would raise)."""
    try:
        result: float = base**exponent
    except (OverflowError, ZeroDivisionError):
        return inf
    return result


def round2(z: float) -> float:
    """Return z rounded to 2 decimals as R >= 4.0 does it: to the nearer of the two decimals, on a tie the even one.

    Multiplying by 100 and rounding, as numpy does, decides some ties by the rounding error of the product.
    There is no minus zero in the result.
    """
    if not isfinite(z):
        return z
    size = abs(z)
    below, above = floor(size * 100), ceil(size * 100)
    down, up = size - below / 100, above / 100 - size
    nearest = below if down < up or (down == up and below % 2 == 0) else above
    return copysign(nearest / 100, z) + 0.0
