"""What is out of hand now, in a pregnancy and in the 42 days after it: shown with what to do, never just stored.

A blood pressure that is high and no emergency yet is told among what is to be done today.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from ceting.care.pregnancies.models import Contact, PostnatalVisit
from ceting.standards import words
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy import danger_signs, pressure

NEWS = timedelta(days=7)
"""So long after it was seen, or after somebody wrote it down, it is shown as something to act on."""


REPEAT = "Ukur ulang setelah Ibu beristirahat"
FOR_HEALTH_WORKERS = f"{REPEAT}, periksa protein urin, dan bawa ke dokter hari ini."
FOR_KADERS = f"{REPEAT}, dan hubungi bidan sekarang: Ibu perlu diperiksa dokter hari ini."
"""What to do about a high pressure (rules.md 6); protein in urine is looked for by health workers."""


@dataclass(frozen=True)
class Emergency:
    """Danger signs of the last days, shown with what to do now."""

    signs: tuple[str, ...]
    action: str


def of_contacts(rows: Sequence[Contact], today: date, *, clinical: bool) -> Emergency | None:
    """Of every contact that is news: one that was written down late isn't hidden by a later one.

    What only a laboratory or a stethoscope says is for health workers.
    """
    news = [row for row in rows if _is_news(row, today)]
    return _told([(row.on, [*_measured(row, clinical), *_signs(row.signs)], row.signs) for row in news])


def of_visits(rows: Sequence[PostnatalVisit], today: date, *, clinical: bool) -> Emergency | None:
    """Of every postnatal visit that is news. Blood pressure is for health workers, as on the page."""
    news = [row for row in rows if _is_news(row, today)]
    told = []
    for row in news:
        codes = row.danger_signs.split()
        high = clinical and pressure_level(row) == pressure.PressureLevel.EMERGENCY
        labels = [f"Tekanan darah {row.systolic}/{row.diastolic}"] if high else []
        told.append((row.on, [*labels, *_signs(codes)], codes))
    return _told(told)


def high_pressures(rows: Sequence[Contact], today: date, *, clinical: bool) -> list[str]:
    """Of every contact that is news, the newest first: the reading and what to do about it, a sentence each.

    A kader measures it too: she calls the midwife.
    """
    news = [row for row in rows if row.pressure == pressure.PressureLevel.HIGH and _is_news(row, today)]
    return _high(news, FOR_HEALTH_WORKERS if clinical else FOR_KADERS)


def high_pressures_after(rows: Sequence[PostnatalVisit], today: date) -> list[str]:
    """The same of postnatal visits, for health workers: nobody else reads her blood pressure there."""
    news = [row for row in rows if _is_news(row, today)]
    high = [row for row in news if pressure_level(row) == pressure.PressureLevel.HIGH]
    return _high(high, FOR_HEALTH_WORKERS)


def _high(rows: Sequence[Contact | PostnatalVisit], action: str) -> list[str]:
    newest = sorted(rows, key=lambda row: (row.on, row.pk), reverse=True)
    return [
        f"Tekanan darah tinggi: {row.systolic}/{row.diastolic} ({format_date(row.on)}). {action}"
        for row in newest
    ]


def pressure_level(row: PostnatalVisit) -> pressure.PressureLevel | None:
    """Judged as in pregnancy until the 42nd day (rules.md 6); None where it wasn't measured."""
    if row.systolic is None or row.diastolic is None:
        return None
    severe = danger_signs.makes_high_pressure_severe(row.danger_signs.split())
    return pressure.judge(row.systolic, row.diastolic, severe_sign=severe).level


def _is_news(row: Contact | PostnatalVisit, today: date) -> bool:
    return today - max(row.on, localtime(row.created_at).date()) <= NEWS


def _measured(row: Contact, clinical: bool) -> Iterator[str]:
    if row.pressure == pressure.PressureLevel.EMERGENCY:
        yield f"Tekanan darah {row.systolic}/{row.diastolic}"
    if clinical and row.heart and words.tone_of(row.heart) == "danger":
        yield f"Denyut jantung janin {row.fetal_heart} kali per menit"
    if clinical and row.hb_g_dl is not None and row.anaemia and words.tone_of(row.anaemia) == "danger":
        yield f"Hb {format_decimal(row.hb_g_dl)} g/dL"


def _signs(codes: Iterable[str]) -> list[str]:
    return [sign.label for sign in danger_signs.emergencies(codes)]


def _told(found: Sequence[tuple[date, list[str], Sequence[str]]]) -> Emergency | None:
    """The newest first; what wasn't seen on the newest of these days says when it was."""
    newest = max((on for on, _, _ in found), default=None)
    labels: list[str] = []
    codes: list[str] = []
    for on, said, signs in sorted(found, key=lambda each: each[0], reverse=True):
        labels += [label if on == newest else f"{label} ({format_date(on)})" for label in said]
        codes += signs
    if not labels:
        return None
    urgent = danger_signs.emergencies(codes)
    default = danger_signs.danger_sign("pregnant.bleeding").action
    return Emergency(tuple(labels), urgent[0].action if urgent else default)
