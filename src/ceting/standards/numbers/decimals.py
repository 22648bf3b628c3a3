"""Decimal numbers: comma or point, and the trap that the Indonesian locale reads "8.500" as 8500.

Decision `numbers.decimal`: in kg, cm, z-scores and the like one comma or point is always the decimal mark, so
8.500 and 8,500 are 8.5; in grams, where decimals make no sense, a mark followed by exactly three digits
separates thousands, so 3.200 is 3200. A number with both marks is plain: the last one is the decimal mark.
Whether a value is plausible (85 for 8.5 kg) is asked elsewhere (`plausibility`).
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from ceting.standards.typed_values import TypedValueError

Unit = Literal["kg", "g", "cm", "mm", "SD", "g/dL", ""]

_EXAMPLES: Final[dict[Unit, str]] = {
    "kg": "8,5",
    "g": "3200",
    "cm": "71,5",
    "mm": "9,5",
    "SD": "-1,73",
    "g/dL": "11,2",
    "": "8,5",
}
# How people write each unit behind the number, in lower case and without a full stop.
_SPELLINGS: Final[dict[str, Unit]] = {
    "kg": "kg",
    "kilo": "kg",
    "kilogram": "kg",
    "g": "g",
    "gr": "g",
    "gram": "g",
    "cm": "cm",
    "senti": "cm",
    "sentimeter": "cm",
    "mm": "mm",
    "milimeter": "mm",
    "sd": "SD",
    "g/dl": "g/dL",
    "gr/dl": "g/dL",
}
_WHOLE_UNITS: Final[frozenset[Unit]] = frozenset({"g"})
_LONGEST = 20
_PARTS = re.compile(r"(?P<number>[+-]?[0-9.,]*[0-9])\s*(?P<unit>[a-z/]*)\.?")
_PLAIN = re.compile(r"[+-]?[0-9]+")
_ONE_MARK = re.compile(r"(?P<whole>[+-]?[0-9]*)[.,](?P<rest>[0-9]+)")
_THOUSANDS = re.compile(
    r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
)


class NumberError(TypedValueError):
    """A typed number that can't be read."""


def parse_decimal(text: str, *, unit: Unit) -> Decimal:
    """Return the number in a typed text such as "8,5", "8.5", "8.500", "8,5 kg", in `unit`.

    Raises NumberError: number.empty, number.unreadable, number.other_unit (the text names another unit).
    """
    typed = _plain(text)
    example = _EXAMPLES[unit]
    if not typed:
        raise NumberError(
            "number.empty", f"Angkanya masih kosong. Tulis misalnya {_with_unit(example, unit)}."
        )
    parts = _PARTS.fullmatch(typed) if len(typed) <= _LONGEST else None
    if parts is None:
        raise _unreadable(unit)
    named = parts["unit"]
    if named and _SPELLINGS.get(named) != unit:
        if named in _SPELLINGS and unit:
            raise NumberError(
                "number.other_unit",
                f"Angka ini harus dalam {unit}. Tulis misalnya {_with_unit(example, unit)}.",
            )
        raise _unreadable(unit)
    return _read(parts["number"], unit)


def format_decimal(value: Decimal | float, places: int | None = None) -> str:
    """Return a number with a decimal comma: 8,5. `places` rounds half up; None keeps what the number has.

    Raises ValueError for a number that isn't finite.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not number.is_finite():
        raise ValueError(f"{value} can't be shown as a number")
    if places is None:
        shown = f"{number.normalize():f}"
    else:
        shown = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    # A tiny negative number rounds to -0, which reads like a mistake.
    if not shown.strip("-0."):
        shown = shown.removeprefix("-")
    return shown.replace(".", ",")


def _plain(text: str) -> str:
    # U+2212 is the minus of typeset tables; NBSP comes along with pasted numbers.
    return text.replace("\u2212", "-").replace("\u00a0", " ").strip().strip("'’").strip().lower()


def _read(number: str, unit: Unit) -> Decimal:
    if _PLAIN.fullmatch(number):
        return Decimal(number)
    one_mark = _ONE_MARK.fullmatch(number)
    if one_mark is not None:
        thousands = unit in _WHOLE_UNITS and len(one_mark["rest"]) == 3
        return Decimal(one_mark["whole"] + ("" if thousands else ".") + one_mark["rest"])
    if _THOUSANDS.fullmatch(number):
        separator = "." if number.rfind(".") < number.rfind(",") else ","
        if "." not in number or "," not in number:
            separator = "." if "." in number else ","
        return Decimal(number.replace(separator, "").replace(",", "."))
    raise _unreadable(unit)


def _unreadable(unit: Unit) -> NumberError:
    return NumberError(
        "number.unreadable",
        f"Angka ini tidak terbaca. Tulis angka saja, misalnya {_with_unit(_EXAMPLES[unit], unit)}.",
    )


def _with_unit(example: str, unit: Unit) -> str:
    return f"{example} {unit}".strip()
