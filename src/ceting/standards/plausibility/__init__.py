"""Questions about a measurement while the child is still there: in words, with the number that was probably
meant.

A warning never hides or changes a number; only a value that can't be a child's at all is `hard` (not saved).
"Implausible" is what the WHO flags; the other limits are `tables/project_values.csv`.
"""

from ceting.standards.expected_weight import expected_weight_range
from ceting.standards.plausibility.checks import check_measurement
from ceting.standards.plausibility.measures import MeasurementWarning, Measures

__all__ = ["MeasurementWarning", "Measures", "check_measurement", "expected_weight_range"]
