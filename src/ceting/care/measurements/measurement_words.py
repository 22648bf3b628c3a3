"""A measurement in words for staff: its status, its classes, what is out of the ordinary. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ceting.care.measurements.models import Measurement
from ceting.standards import categories, words
from ceting.standards.ages import DAYS_PER_MONTH
from ceting.standards.numbers import format_decimal

# standards.words.Tone -> tone of the chip.
TONES = {"danger": "danger", "attention": "attention", "normal": "good"}
HEAD_LIMIT = 2.0
GRAMS_PER_KG = 1000
# The official label with its remark is a sentence; a chip has room for what must be done.
SHORT = {
    "TBU_SP": "TB/U di bawah -3, perlu dipastikan",
    "TBU_P": "TB/U di bawah -2, perlu dipastikan",
}


@dataclass(frozen=True)
class Chip:
    """A word with its tone; the component adds shape and colour."""

    label: str
    tone: str


def status_chip(row: Measurement) -> Chip | None:
    """The month's status with the gain; None for a weighing that has none (no weight, implausible, over five)."""
    if row.status == "N":
        return Chip(f"N · Naik {grams(row.gain_g or 0)}", "good")
    if row.status == "T":
        label = "2T" if row.two_t else "T"
        return Chip(f"{label} · {_not_gained(row)}", "attention")
    if row.status == "O":
        return Chip("O · Bulan lalu tidak ditimbang", "info")
    if row.status == "B":
        return Chip("B · Baru pertama ditimbang", "info")
    return None


def _not_gained(row: Measurement) -> str:
    gain = row.gain_g or 0
    if gain < 0:
        return f"Turun {grams(-gain)}"
    return f"Naik {grams(gain)}, seharusnya {grams(row.minimum_gain_g or 0)}" if gain else "Berat tetap"


def grams(gain: int) -> str:
    """`300 g`; from a kilogram on `2,9 kg`."""
    return f"{gain} g" if gain < GRAMS_PER_KG else kg(Decimal(gain) / GRAMS_PER_KG)


def finding_chips(row: Measurement) -> list[Chip]:
    """Everything that isn't normal, the most urgent first; one good word when all that is known is normal."""
    codes = finding_codes(row)
    chips = [code_chip(code) for code in sorted(codes, key=lambda code: -words.severity_of(code))]
    if row.zhc is not None and "h" not in row.flags and abs(row.zhc) > HEAD_LIMIT:
        small = row.zhc < 0
        chips.append(Chip(f"Lingkar kepala {'kecil' if small else 'besar'}, perlu dipastikan", "attention"))
    if row.flags and "GB_UKUR_ULANG" not in codes:
        chips.append(Chip("Di luar kebiasaan, ukur ulang", "attention"))
    if not chips and row.wfa == "BBU_N":
        chips.append(Chip("Berat badan normal", "good"))
    return chips


def code_chip(code: str) -> Chip:
    """A class, status or line by its code."""
    return Chip(SHORT.get(code) or words.staff_words(code), TONES[words.tone_of(code)])


def chips(row: Measurement) -> list[Chip]:
    status = status_chip(row)
    return [*([status] if status else []), *finding_chips(row)]


def finding_codes(row: Measurement) -> list[str]:
    """The codes of every class and line of this row that isn't normal; implausible indices have none."""
    return list(_codes(row))


def _codes(row: Measurement) -> Iterator[str]:
    severe = categories.severe_wasting(
        whz=row.zwfl,
        muac=number(row.muac_cm),
        oedema=row.oedema,
        age_months=row.age_days / DAYS_PER_MONTH,
        whz_flagged="f" in row.flags,
    )
    yield from severe
    if row.below_red_line and "w" not in row.flags:
        yield "BGM"
    elif row.above_orange_line and "w" not in row.flags:
        yield "AGO"
    elif row.wfa and "w" not in row.flags and _matters(row.wfa):
        yield row.wfa
    if row.lfa and "l" not in row.flags and _matters(row.lfa):
        yield row.lfa
    named_by_wasting = categories.SevereWasting.WEIGHT_FOR_LENGTH in severe
    if row.wfl and "f" not in row.flags and _matters(row.wfl) and not named_by_wasting:
        yield row.wfl
    arm = categories.muac_category(number(row.muac_cm), row.age_days / DAYS_PER_MONTH)
    if arm is not None and _matters(arm.code) and categories.SevereWasting.MUAC not in severe:
        yield arm.code


def _matters(code: str) -> bool:
    return words.severity_of(code) > 0


def kg(value: Decimal | float) -> str:
    """`8,5 kg`."""
    return f"{format_decimal(value)} kg"


def cm(value: Decimal | float) -> str:
    """`71,5 cm`."""
    return f"{format_decimal(value)} cm"


def typed(value: Decimal | None) -> str:
    """A number as one would type it: `8,5`; "" for none."""
    return "" if value is None else format_decimal(value)


def number(value: Decimal | None) -> float | None:
    """A decimal column as the standards and the charts take it."""
    return None if value is None else float(value)
