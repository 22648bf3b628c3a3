"""The sex of a child as the WHO tables number it."""

from enum import IntEnum


class Sex(IntEnum):
    """1 and 2 as in the WHO tables, so that a value goes straight into arrays and table look-ups."""

    BOY = 1
    GIRL = 2

    @property
    def letter(self) -> str:
        """L (laki-laki) or P (perempuan), as on every Indonesian form."""
        return "L" if self is Sex.BOY else "P"
