"""What a cell of an e-PPGBM file means: sex, position, yes and no, measures. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ceting.care.measurements.models import Position
from ceting.gateways.interop.cells import text as text
from ceting.registry.families.models import Sex
from ceting.standards.numbers import parse_decimal
from ceting.standards.numbers.decimals import Unit

_SEXES = {
    **dict.fromkeys(
        ("l", "lk", "laki", "laki-laki", "laki laki", "lakilaki", "pria", "1", "m", "male", "boy"),
        Sex.BOY.value,
    ),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "2", "f", "female", "girl"), Sex.GIRL.value),
}
_POSITIONS = {
    **dict.fromkeys(
        ("terlentang", "telentang", "tidur", "berbaring", "baring", "rebah", "lying", "l", "t", "panjang"),
        Position.LYING.value,
    ),
    **dict.fromkeys(("berdiri", "standing", "b", "h", "diri", "tinggi"), Position.STANDING.value),
}
_NO = frozenset({"tidak", "tdk", "t", "n", "no", "0", "belum"})
# 1.000 and 0.10: what the columns of Measurement keep.
_STEPS = {"kg": Decimal("0.001"), "cm": Decimal("0.01")}
HEAVIEST_IN_KG = 100


def sex(cell: str) -> int | None:
    """1 or 2, however it is written; None for anything else."""
    return _SEXES.get(cell.casefold().strip(" ."))


def position(cell: str) -> str | None:
    """ "l" or "h"; None for a word that says neither."""
    return _POSITIONS.get(cell.casefold().strip(" ."))


def has_book(cell: str) -> bool:
    """Whether there is a Buku KIA; silence means yes, as at registration."""
    return cell.casefold() not in _NO


# Measures stand in steps of 0.1: a file of 50,000 rows has a few hundred different ones.
@lru_cache(maxsize=1 << 14)
def measure(cell: str, unit: Unit) -> Decimal | None:
    """A weight or length to the digits that we keep; None for an empty cell and for 0, which is "not measured".

    Raises NumberError.
    """
    if not cell:
        return None
    number = parse_decimal(cell, unit=unit).quantize(_STEPS[unit], ROUND_HALF_UP)
    return number or None


def birth_weight(cell: str) -> Decimal | None:
    """Kilograms; a birth weight of 3100 is grams. Raises NumberError."""
    number = measure(cell, "kg")
    if number is not None and number >= HEAVIEST_IN_KG:
        return (number / 1000).quantize(_STEPS["kg"], ROUND_HALF_UP)
    return number
