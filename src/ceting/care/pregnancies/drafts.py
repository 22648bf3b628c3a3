"""What a person or a file says about a pregnancy, before it is a row. Checked without a database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ceting.foundation.core.errors import Problem
from ceting.standards.pregnancy import danger_signs, dating, nutrition, pressure, weight_gain
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.values import Measure, PregnancyValueError, check_bounds

MOST_TABLETS = 300
"""More than a pregnancy has days is a slip of the pen."""
GLUCOSE = (20, 800)
"""mg/dL; outside is a slip of the pen."""
MOST_FETUSES = 6
OF_STANDARDS: tuple[tuple[str, Measure], ...] = (
    *(("weight_kg", "weight"), ("muac_cm", "muac"), ("hb_g_dl", "hb")),
    *(("fundal_cm", "fundal"), ("fetal_heart", "heart")),
)
"""Fields whose bounds the standards know."""
ONE_DECIMAL = frozenset({"muac_cm", "hb_g_dl", "fundal_cm"})
"""Kept with one decimal: a second one would be rounded, and 10,95 g/dL isn't 11,0."""
TETANUS_DOSES = 5
MOST_PREGNANCIES = 25
"""Of one woman; more is a slip of the pen."""


def told(check: Callable[[], object], field: str) -> Iterator[Problem]:
    """What a standard refuses, as a problem of the form's field."""
    try:
        check()
    except PregnancyValueError as refused:
        yield Problem(refused.sentence, refused.code, field)


@dataclass(frozen=True)
class PregnancyDraft:
    """Dating and history as told. cm, kg; one of `lmp` and the scan must be known."""

    lmp: date | None = None
    scan_on: date | None = None
    scan_age_days: int | None = None
    gravida: int | None = None
    para: int | None = None
    abortions: int | None = None
    living_children: int | None = None
    last_birth_on: date | None = None
    married_on: date | None = None
    height_cm: Decimal | None = None
    pre_weight_kg: Decimal | None = None
    blood_group: str = ""
    has_kia_book: bool = True

    @property
    def started_on(self) -> date | None:
        """The day from which gestation counts: by ultrasound where there is one. Raises PregnancyValueError."""
        if self.scan_on is not None and self.scan_age_days is not None:
            return dating.start_from_scan(self.scan_on, self.scan_age_days)
        return self.lmp

    @property
    def due_on(self) -> date | None:
        """Raises PregnancyValueError."""
        if self.scan_on is not None and self.scan_age_days is not None:
            return dating.due_date_from_scan(self.scan_on, self.scan_age_days)
        return dating.due_date(self.lmp) if self.lmp else None

    def problems(self, today: date, *, open_today: bool = True) -> list[Problem]:
        """Everything that makes it impossible; `open_today`: a pregnancy that should go on now."""
        found = [*self._dating(today, open_today), *self._history(today)]
        for name, measure in (("height_cm", "height"), ("pre_weight_kg", "weight")):
            value = getattr(self, name)
            if value is not None:
                found += told(lambda m=measure, v=value: check_bounds(m, float(v)), name)  # type: ignore[misc]
        if not found and self.height_cm is not None and self.pre_weight_kg is not None:
            weight, height = float(self.pre_weight_kg), float(self.height_cm)
            found += told(
                lambda: weight_gain.bmi_class(nutrition.body_mass_index(weight, height)), "pre_weight_kg"
            )
        return found

    def _dating(self, today: date, open_today: bool) -> Iterator[Problem]:
        if (self.scan_on is None) != (self.scan_age_days is None):
            yield Problem("Isi tanggal USG dan umur kehamilannya bersama-sama.", "scan_pair", "scan_on")
            return
        if self.scan_on is not None and self.scan_on > today:
            yield Problem("Tanggal USG belum terjadi. Periksa lagi.", "scan_future", "scan_on")
            return
        field = "lmp" if self.scan_on is None else "scan_age_days"
        try:
            started = self.started_on
        except PregnancyValueError as refused:
            yield Problem(refused.sentence, refused.code, field)
            return
        if started is None:
            yield Problem("Isi HPHT, atau tanggal dan hasil USG.", "undated", "lmp")
        elif open_today:
            yield from told(lambda: dating.check_start(started, today), field)

    def _history(self, today: date) -> Iterator[Problem]:
        gravida, para, lost = self.gravida, self.para or 0, self.abortions or 0
        if gravida is not None and not 1 <= gravida <= MOST_PREGNANCIES:
            yield Problem("Kehamilan keberapa? Isi 1 untuk kehamilan pertama.", "gravida", "gravida")
        elif gravida is not None and para + lost > gravida - 1:
            sentence = (
                "Persalinan dan keguguran sebelumnya tidak bisa lebih banyak daripada kehamilan sebelum ini."
            )
            yield Problem(sentence, "parity", "para")
        for name in ("last_birth_on", "married_on"):
            day = getattr(self, name)
            if day is not None and day > today:
                yield Problem("Tanggal ini belum terjadi. Periksa lagi.", "future", name)


@dataclass(frozen=True)
class ContactDraft:
    """One antenatal contact as told; None and "" are "not done". Units as in models.Contact."""

    on: date
    place: str
    attendant: str
    weight_kg: Decimal | None = None
    muac_cm: Decimal | None = None
    systolic: int | None = None
    diastolic: int | None = None
    hb_g_dl: Decimal | None = None
    fundal_cm: Decimal | None = None
    fetal_heart: int | None = None
    presentation: str = ""
    fetuses: int | None = None
    urine_protein: str = ""
    glucose_mg_dl: int | None = None
    product: str = ""
    tablets_given: int | None = None
    tablets_taken: int | None = None
    tetanus_dose: int | None = None
    scan_done: bool = False
    lab_done: bool = False
    mental_screened: bool = False
    counselled: bool = False
    treated: bool = False
    danger_signs: tuple[str, ...] = ()
    note: str = ""
    written_at: datetime | None = None
    """When it was written down, if not now: the demo and imports know."""

    def problems(self, *, started_on: date, ended_on: date | None, today: date) -> list[Problem]:
        return [*self._day(started_on, ended_on, today), *self.value_problems()]

    def value_problems(self) -> list[Problem]:
        """What is wrong with the values, whatever the day."""
        return [
            *self._measures(),
            *self._pressure(),
            *self._counts(),
            *self._signs(),
        ]

    def _day(self, started_on: date, ended_on: date | None, today: date) -> Iterator[Problem]:
        if self.on > today:
            yield Problem("Tanggal periksa belum terjadi. Periksa lagi.", "future", "on")
        elif self.on < started_on:
            yield Problem(
                "Tanggal periksa sebelum hari pertama haid terakhir. Periksa tanggal atau HPHT-nya.",
                "before_start",
                "on",
            )
        elif dating.is_beyond_last_day(GestationalAge((self.on - started_on).days)):
            sentence = (
                "Umur kehamilan pada tanggal itu lebih dari 44 minggu. Periksa tanggalnya; bila benar, perbaiki "
                "HPHT, atau catat persalinannya."
            )
            yield Problem(sentence, "too_long", "on")
        elif ended_on is not None and self.on > ended_on:
            sentence = (
                "Kehamilan ini sudah berakhir sebelum tanggal periksa itu. Catat sebagai kunjungan nifas."
            )
            yield Problem(sentence, "after_end", "on")

    def _measures(self) -> Iterator[Problem]:
        for name, measure in OF_STANDARDS:
            value = getattr(self, name)
            if name in ONE_DECIMAL and value is not None and value != round(value, 1):
                sentence = "Tulis satu angka di belakang koma, seperti yang terbaca pada alat."
                yield Problem(sentence, "decimals", name)
            elif value is not None:
                yield from told(lambda m=measure, v=value: check_bounds(m, float(v)), name)  # type: ignore[misc]
        ranges = (
            ("fetuses", (1, MOST_FETUSES), "Jumlah janin {} sampai {}."),
            ("glucose_mg_dl", GLUCOSE, "Gula darah antara {} dan {} mg/dL. Periksa lagi."),
            ("tetanus_dose", (1, TETANUS_DOSES), "Imunisasi tetanus ditulis {0} sampai {1} (T{0}-T{1})."),
        )
        for name, (low, high), sentence in ranges:
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                yield Problem(sentence.format(low, high), "range", name)

    def _pressure(self) -> Iterator[Problem]:
        top, bottom = self.systolic, self.diastolic
        if (top is None) != (bottom is None):
            yield Problem("Tulis kedua angka tekanan darah, misalnya 110/70.", "pair", "systolic")
        elif top is not None and bottom is not None:
            yield from told(lambda: pressure.judge(top, bottom), "systolic")

    def _signs(self) -> Iterator[Problem]:
        """What is told in confidence isn't kept where a kader reads: it is a named result."""
        for code in self.danger_signs:
            if danger_signs.danger_sign(code).confidential:
                sentence = "Keluhan ini dicatat sebagai hasil rahasia, hanya untuk petugas yang merawat."
                yield Problem(sentence, "confidential", "danger_signs")

    def _counts(self) -> Iterator[Problem]:
        for name in ("tablets_given", "tablets_taken"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= MOST_TABLETS:
                yield Problem(f"Jumlah tablet antara 0 dan {MOST_TABLETS}. Hitung lagi.", "tablets", name)

    def values(self) -> dict[str, Any]:
        """Columns of models.Contact."""
        columns = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "written_at"}
        return columns | {"danger_signs": " ".join(self.danger_signs)}
