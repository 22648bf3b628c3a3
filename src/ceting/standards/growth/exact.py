"""The exact z-scores on columns: the one formula in double precision, as the reference computes it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth import formula
from ceting.standards.growth.layouts import exact_by_length
from ceting.standards.growth.tables import Parameters

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

TIE: Final = 1e-7
"""Distance from a rounding boundary, in hundredths, within which the last bit of a power could decide."""


def parameters_by_length(rows: NDArray[np.intp], clenhei: Floats) -> Floats:
    """Return L, M, S, shape (n, 3), interpolated inside the millimetre of each length (cm); NaN out of range.

    In floating point exactly as the reference does it, otherwise the last digit of some z differs.
    """
    tenths = clenhei * 10
    millimetre = np.trunc(tenths)
    weight = ((clenhei - millimetre / 10) / 0.1)[:, np.newaxis]
    to_next = (np.trunc(tenths + 1) - millimetre).astype(np.intp)
    low = exact_by_length().take(rows, axis=0)
    high = exact_by_length().take(rows + to_next, axis=0, mode="clip")
    return np.where(weight > 0, low + weight * (high - low), low)


def z_scores(y: Floats, parameters: Floats, restricted: Truths) -> Floats:
    """Return the unrounded z of measures, shape (n,), with parameters of shape (n, 3); see `formula.z_score`.

    NaN where a measure isn't a positive number.
    """
    l, m, s = parameters.T  # noqa: E741
    z: Floats = (np.power(y / m, l) - 1) / (s * l)
    beyond = np.flatnonzero((np.abs(z) > 3) & restricted)
    z[beyond] = straight_scores(y[beyond], parameters[beyond], np.sign(z[beyond]))
    z[~((y > 0) & (y < np.inf))] = np.nan
    return z


def straight_scores(y: Floats, parameters: Floats, sign: Floats) -> Floats:
    """Return the unrounded z of measures beyond +3 (sign 1) or -3 (sign -1), in steps of the distance 2..3."""
    l, m, s = parameters.T  # noqa: E741
    three = m * np.power(1 + l * s * (3 * sign), 1 / l)
    two = m * np.power(1 + l * s * (2 * sign), 1 / l)
    z: Floats = 3 * sign + (y - three) / (sign * (three - two))
    return z


def rounded_scores(y: Floats, parameters: Floats, restricted: Truths) -> Floats:
    """Return the z as `z_scores`, rounded to 2 decimals, without minus zero."""
    z = z_scores(y, parameters, restricted)
    hundredths = z * 100
    nearest = np.rint(hundredths)
    rounded: Floats = nearest / 100 + 0.0
    # Vector instructions may end in another bit than the C library, and numpy rounds ties otherwise than R:
    # on a boundary the plain formula decides.
    near_tie = np.abs(hundredths - nearest) > 0.5 - TIE - 1e-14 * np.abs(hundredths)
    for row in np.flatnonzero(near_tie):
        at = Parameters(*parameters[row].tolist())
        rounded[row] = formula.round2(formula.z_score(y[row].item(), at, restricted=bool(restricted[row])))
    return rounded
