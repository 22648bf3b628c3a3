"""The WHO Child Growth Standards (2006), exactly as the reference implementation computes them.

`assess` one child, `zscores` of many, `value_at` and `curve` for charts.
"""

from ceting.standards.growth.assessment import Assessment, assess
from ceting.standards.growth.batch import zscores
from ceting.standards.growth.chunk import FLAG_MISSING
from ceting.standards.growth.columns import RowProblem, row_problems
from ceting.standards.growth.curves import curve, value_at, x_range
from ceting.standards.growth.errors import GrowthInputError, OutOfRangeError

__all__ = [
    "FLAG_MISSING",
    "Assessment",
    "GrowthInputError",
    "OutOfRangeError",
    "RowProblem",
    "assess",
    "curve",
    "row_problems",
    "value_at",
    "x_range",
    "zscores",
]
