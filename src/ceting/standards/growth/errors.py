"""What a growth calculation refuses, in a form that upper floors turn into words for the user."""

from typing import Literal

Refusal = Literal["invalid_sex", "invalid_age", "invalid_measure"]


class GrowthInputError(ValueError):
    """A value that can't be a child's: `field` is the argument's name, `reason` a stable code for the message."""

    def __init__(self, field: str, reason: Refusal, value: object) -> None:
        super().__init__(f"{field}: {reason} ({value!r})")
        self.field = field
        self.reason = reason
        self.value = value


class OutOfRangeError(ValueError):
    """An x (day or cm) that the table doesn't have."""

    def __init__(self, table: str, x: float, first: float, last: float) -> None:
        super().__init__(f"{table}: x must be {first} to {last}, not {x}")
        self.table = table
        self.x = x
