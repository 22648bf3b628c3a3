"""Questions that only the child's last measurement can raise: a shrinking child, a weight that leaps."""

from collections.abc import Iterator

from ceting.standards.expected_weight import band
from ceting.standards.plausibility.measures import MeasurementWarning, Measures, limit, noun, shown


def against_previous(sex: int, now: Measures, previous: Measures) -> Iterator[MeasurementWarning]:
    """Compare what is trusted of a new measurement with the one before it."""
    yield from _weight_change(sex, now, previous)
    yield from _length_change(sex, now, previous)
    if now.headc_cm is not None and previous.headc_cm is not None:
        lost = round(previous.headc_cm - now.headc_cm, 3)
        if lost > limit("headc.shrink_cm"):
            sentence = f"Lingkar kepala berkurang {shown(lost)} cm sejak pengukuran terakhir. Ukur ulang."
            yield MeasurementWarning("headc.shrank", "headc_cm", sentence)


def _weight_change(sex: int, now: Measures, previous: Measures) -> Iterator[MeasurementWarning]:
    if now.weight_kg is None or previous.weight_kg is None:
        return
    usual = band(sex, previous.age_days, previous.weight_kg, now.age_days, limit("band.warning_sd"))
    if usual is None or usual[0] <= now.weight_kg <= usual[1]:
        return
    down = now.weight_kg < usual[0]
    yield MeasurementWarning(
        "weight.dropped" if down else "weight.jumped",
        "weight_kg",
        f"Berat {shown(now.weight_kg)} kg {_moved(now.weight_kg, previous.weight_kg, down=down)} dari penimbangan "
        f"terakhir ({shown(previous.weight_kg)} kg). Timbang ulang sekali lagi.",
    )


def _moved(now_kg: float, previous_kg: float, *, down: bool) -> str:
    change = round(now_kg - previous_kg, 3)
    if change == 0:
        return "belum naik"
    if change < 0:
        return f"turun {shown(-change)} kg"
    return f"hanya naik {shown(change)} kg" if down else f"naik {shown(change)} kg"


def _length_change(sex: int, now: Measures, previous: Measures) -> Iterator[MeasurementWarning]:
    if now.lenhei_cm is None or previous.lenhei_cm is None:
        return
    name = noun("lenhei_cm", now.age_days)
    lost = round(previous.length_as_lying - now.length_as_lying, 3)
    if lost > limit("length.shrink_cm"):
        sentence = (
            f"{name} {shown(now.lenhei_cm)} cm berkurang {shown(lost)} cm dari pengukuran terakhir "
            f"({shown(previous.lenhei_cm)} cm). Anak tidak menyusut: ukur ulang."
        )
        yield MeasurementWarning("lenhei.shrank", "lenhei_cm", sentence)
        return
    before, after = previous.assessed(sex), now.assessed(sex)
    if before.zlen is None or before.flen or after.zlen is None:
        return
    if round(after.zlen - before.zlen, 2) > limit("length.z_change"):
        sentence = (
            f"{name} {shown(now.lenhei_cm)} cm bertambah terlalu banyak dari pengukuran terakhir "
            f"({shown(previous.lenhei_cm)} cm). Ukur ulang."
        )
        yield MeasurementWarning("lenhei.jumped", "lenhei_cm", sentence)
