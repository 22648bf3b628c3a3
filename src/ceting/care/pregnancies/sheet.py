"""What stands on a pregnancy's sheet, in her words and in the order of her Buku KIA.

No rows and no requests: plain facts in, words out. Families read other words than staff, so no score, no KRT and none
of `standards.words.FORBIDDEN_FOR_FAMILIES`. Named results (HIV, syphilis, HBsAg, mental health, violence) have no place
here for any reader. The sheet that she takes home has no clinical field either, because it lies on a table at home; the
one that goes with her to a hospital has them, and says for whom it is.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ceting.care.pregnancies.charts.series import NOT_CHARTED, ONE_BABY, Reading
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.numbers.dates import MONTHS_SHORT
from ceting.standards.pregnancy.contacts import SlotState, SlotStatus
from ceting.standards.pregnancy.danger_signs import Target, danger_signs
from ceting.standards.pregnancy.dating import gestational_age, trimester
from ceting.standards.words import FamilyWords, family_words, severity_of, staff_words

LINES, MESSAGES = 6, 2
CLINICAL_RESULTS = ("ANEMIA_", "PE_", "TFU_", "DJJ_")
"""Codes of results that rest on what only health workers read."""
ALL_WELL = FamilyWords(
    "Mari jaga Ibu dan janin tetap sehat",
    "Belum ada yang perlu perhatian khusus",
    "Mari minum tablet tambah darah setiap hari dan datang pada jadwal berikutnya",
)
CHART_LATER = (
    "Grafiknya menyusul bila berat sebelum hamil dan tinggi badan Ibu sudah dicatat. "
    "Mari tanyakan kepada bidan."
)


@dataclass(frozen=True)
class Clinical:
    """The values of a contact that only health workers read: Hb in g/dL, fundal height in cm, beats a minute."""

    hb: float | None = None
    fundal_cm: float | None = None
    fetal_heart: int | None = None


@dataclass(frozen=True)
class SheetContact:
    """One contact, known to the slots by its `key`; `clinical` is None on the sheet that she takes home."""

    key: Hashable
    on: date
    where: str
    weight_kg: float | None = None
    muac_cm: float | None = None
    systolic: int | None = None
    diastolic: int | None = None
    tablets: int | None = None
    clinical: Clinical | None = None


@dataclass(frozen=True)
class Sheet:
    """All facts of the sheet. `pregnancy_number` is None on the sheet that she takes home, and
    `history` (her obstetric history, blood group, scores) isn't printed there.

    `results` are codes with words, `slots` the six contacts today, `plan` the birth plan as (label, answer),
    `clinical` whether it is the one for health workers, `unjudged` whether no chart holds for her.
    """

    name: str
    posyandu: str
    puskesmas: str
    phone: str
    today: date
    started_on: date
    due_on: date
    by_scan: bool
    tablets_taken: int
    tablets_target: int
    clinical: bool
    pregnancy_number: int | None = None
    history: tuple[str, ...] = ()
    unjudged: bool = False
    results: tuple[str, ...] = ()
    slots: tuple[SlotState, ...] = ()
    contacts: tuple[SheetContact, ...] = ()
    weights: tuple[Reading, ...] = ()
    plan: tuple[tuple[str, str], ...] = ()


def words(sheet: Sheet) -> dict[str, object]:
    """Everything that is written on the sheet, as `typeset/pregnancy_sheet.typ` names it."""
    age = gestational_age(sheet.started_on, sheet.today)
    newest = sorted(sheet.contacts, key=lambda each: each.on, reverse=True)
    return {
        "name": sheet.name,
        "posyandu": sheet.posyandu,
        "puskesmas": sheet.puskesmas,
        "phone": sheet.phone,
        "printed": format_date(sheet.today),
        "age": age.in_words,
        "trimester": trimester(age),
        "started": format_date(sheet.started_on),
        "dated_by": "menurut USG" if sheet.by_scan else "HPHT",
        "due": format_date(sheet.due_on),
        "number": sheet.pregnancy_number if sheet.clinical else None,
        "messages": [{"what": each.what, "why": each.why, "today": each.today} for each in messages(sheet)],
        "history": " · ".join(sheet.history) if sheet.clinical else "",
        "findings": findings(sheet) if sheet.clinical else [],
        "slots": [_slot(state, sheet) for state in sheet.slots],
        "tablets": f"{sheet.tablets_taken} dari {sheet.tablets_target} tablet",
        "clinical": sheet.clinical,
        "uncharted": _uncharted(sheet),
        "rows": [_row(each, sheet) for each in newest[:LINES]],
        "older": max(len(newest) - LINES, 0),
        "plan": [{"label": label, "answer": answer} for label, answer in sheet.plan],
        "signs": [sign.label for sign in danger_signs(Target.PREGNANT)],
        "action": next(sign.action for sign in danger_signs(Target.PREGNANT) if sign.emergency),
    }


def _uncharted(sheet: Sheet) -> str:
    """In the place of the chart when there is none; the sheet for home doesn't say how many there are."""
    if not sheet.unjudged:
        return CHART_LATER
    return ONE_BABY if sheet.clinical else NOT_CHARTED


def messages(sheet: Sheet) -> list[FamilyWords]:
    """What, why and what to do today: of the most urgent results that this sheet may tell, or that all is well."""
    told = sorted(_readable(sheet.results, clinical=sheet.clinical), key=lambda code: -severity_of(code))
    found = list(dict.fromkeys(family_words(code) for code in told if severity_of(code)))
    return found[:MESSAGES] or [ALL_WELL]


def findings(sheet: Sheet) -> list[str]:
    """What stands out, in the words of staff, the gravest first: why somebody sends her."""
    told = sorted(
        {code for code in sheet.results if severity_of(code)}, key=lambda code: (-severity_of(code), code)
    )
    return [staff_words(code) for code in told]


def _readable(codes: Iterable[str], *, clinical: bool) -> Sequence[str]:
    return [code for code in codes if clinical or not code.startswith(CLINICAL_RESULTS)]


def _slot(state: SlotState, sheet: Sheet) -> dict[str, object]:
    done_on = next((each.on for each in sheet.contacts if each.key == state.filled_by), None)
    return {
        "code": state.slot.code,
        "trimester": state.slot.trimester,
        "with": "dokter dan USG" if state.slot.doctor and state.slot.ultrasound else "",
        "done": state.status in (SlotStatus.DONE, SlotStatus.LATE),
        "due": state.status is SlotStatus.DUE,
        "words": _when(state, sheet, done_on),
    }


def _when(state: SlotState, sheet: Sheet, done_on: date | None) -> str:
    if state.status in (SlotStatus.DONE, SlotStatus.LATE):
        return f"sudah {_short(done_on)}" if done_on else "sudah"
    if state.status is SlotStatus.MISSED:
        return "belum, mari tetap periksa"
    until = sheet.started_on + timedelta(days=state.slot.advised_until_day)
    if state.status is SlotStatus.DUE:
        return "mari sekarang" if state.overdue else f"mari sebelum {_short(until)}"
    return f"{_short(sheet.started_on + timedelta(days=state.slot.advised_from_day))} – {_short(until)}"


def _row(contact: SheetContact, sheet: Sheet) -> dict[str, str]:
    pressure = f"{contact.systolic}/{contact.diastolic}" if contact.systolic and contact.diastolic else ""
    row = {
        "day": _short(contact.on),
        "age": gestational_age(sheet.started_on, contact.on)
        .in_words.replace(" minggu", " mg")
        .replace(" hari", " hr"),
        "weight": _number(contact.weight_kg),
        "muac": _number(contact.muac_cm),
        "pressure": pressure,
        "tablets": _number(contact.tablets),
        "where": contact.where,
    }
    if not sheet.clinical:
        return row
    seen = contact.clinical or Clinical()
    return row | {
        "hb": _number(seen.hb),
        "fundal": _number(seen.fundal_cm),
        "heart": _number(seen.fetal_heart),
    }


def _number(value: float | None) -> str:
    return "" if value is None else format_decimal(value)


def _short(day: date) -> str:
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"
