"""A pregnancy on one A4 page, for her or for whom she is sent to: typeset by typst from what the wheel carries."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst

from ceting.care.pregnancies import assessment
from ceting.care.pregnancies.cards import bmi_before
from ceting.care.pregnancies.charts import weight_gain
from ceting.care.pregnancies.contact_presenters import weights
from ceting.care.pregnancies.models import BirthPlan, Contact, Place, Pregnancy
from ceting.care.pregnancies.sheet import Clinical, Sheet, SheetContact, words
from ceting.foundation.ui.chart_ink import standalone_svg
from ceting.foundation.ui.typesetting import typeset
from ceting.standards.pregnancy.weight_gain import bmi_class

FILENAME, REFERRAL_FILENAME = "lembar-ibu-hamil.pdf", "ringkasan-kehamilan.pdf"
CHART_HEIGHT = 290
PLANNED = ("attendant", "place", "companion", "transport", "funding", "contraception")
"""Of the birth plan; the donors stay off a sheet that lies on the table, they are other people."""

LATEST = ("pressure", "gain", "fundal", "heart")
"""Results of contacts of which the last one stands."""


def pregnancy_sheet(
    pregnancy: Pregnancy, contacts: Sequence[Contact], plan: BirthPlan | None, *, clinical: bool, today: date
) -> bytes:
    """The PDF of an open pregnancy with its current contacts.

    `clinical`: for health workers, with the fields of theirs; neither sheet has a named one. Raises ValueError for
    a pregnancy that has ended, because the sheet speaks of a living one; typst.TypstError when the template is broken.
    """
    if not pregnancy.is_open:
        raise ValueError("the sheet is for a pregnancy that goes on")
    rows = sorted(contacts, key=Contact.chronology)
    facts = sheet_of(pregnancy, rows, plan, clinical=clinical, today=today)
    return typeset(
        "ceting.care.pregnancies",
        "pregnancy_sheet",
        words(facts),
        chart=chart_svg(pregnancy, rows, clinical=clinical),
    )


def sheet_of(
    pregnancy: Pregnancy, rows: Sequence[Contact], plan: BirthPlan | None, *, clinical: bool, today: date
) -> Sheet:
    """The facts of the sheet from the rows, the oldest contact first."""
    puskesmas, posyandu = pregnancy.puskesmas, pregnancy.posyandu
    return Sheet(
        name=pregnancy.woman.name,
        posyandu=f"{posyandu}, {posyandu.village.name}",
        puskesmas=str(puskesmas),
        phone=puskesmas.emergency_phone or puskesmas.after_hours_phone,
        today=today,
        started_on=pregnancy.started_on,
        due_on=pregnancy.due_on,
        by_scan=pregnancy.scan_on is not None,
        tablets_taken=pregnancy.tablets_taken,
        tablets_target=assessment.limits_on(pregnancy, today).iron_tablets,
        clinical=clinical,
        pregnancy_number=pregnancy.gravida if clinical else None,
        history=tuple(_history(pregnancy, rows)) if clinical else (),
        unjudged=assessment.is_unjudged(pregnancy, rows, clinical=clinical),
        results=tuple(_results(pregnancy, rows)),
        slots=tuple(assessment.slot_states(pregnancy, rows, today)),
        contacts=tuple(_contact(row, clinical=clinical) for row in rows),
        plan=tuple(_planned(plan)) if plan else (),
    )


def chart_svg(pregnancy: Pregnancy, rows: Sequence[Contact], *, clinical: bool) -> str:
    """The chart of weight gain with its own ink; "" while her weight before pregnancy or her height isn't known, and
    for more than one fetus, for whom its corridor doesn't hold."""
    bmi = bmi_before(pregnancy)
    if assessment.is_unjudged(pregnancy, rows, clinical=clinical):
        return ""
    if bmi is None or pregnancy.pre_weight_kg is None:
        return ""
    before = float(pregnancy.pre_weight_kg)
    drawing = weight_gain.draw(weights(rows), pre_weight_kg=before, of=bmi_class(bmi), tall=CHART_HEIGHT)
    return standalone_svg(drawing, "Kenaikan berat badan")


def _history(pregnancy: Pregnancy, rows: Sequence[Contact]) -> Iterator[str]:
    """What a hospital asks first, as far as it is known."""
    counted = (("G", pregnancy.gravida), ("P", pregnancy.para), ("A", pregnancy.abortions))
    if any(number is not None for _, number in counted):
        yield " ".join(f"{letter}{'?' if number is None else number}" for letter, number in counted)
    if pregnancy.blood_group:
        yield f"golongan darah {pregnancy.blood_group}"
    if (fetuses := next((row.fetuses for row in reversed(rows) if row.fetuses), None)) is not None:
        yield f"jumlah janin {fetuses}"
    if pregnancy.risk_score is not None:
        yield f"skor KSPR {pregnancy.risk_score} ({pregnancy.risk_group})"


def _results(pregnancy: Pregnancy, rows: Sequence[Contact]) -> Iterator[str]:
    """What stands today, as codes: of the pregnancy, and the last of each measurement."""
    if pregnancy.kek is not None:
        yield "KEK" if pregnancy.kek else "KEK_TIDAK"
    if pregnancy.pre_eclampsia:
        yield "PE_POSITIF"
    last = (next((value for row in reversed(rows) if (value := getattr(row, name))), "") for name in LATEST)
    yield from (code for code in (pregnancy.anaemia, pregnancy.risk_group, *last) if code)


def _contact(row: Contact, *, clinical: bool) -> SheetContact:
    return SheetContact(
        key=row.pk,
        on=row.on,
        where=Place(row.place).label,
        weight_kg=_number(row.weight_kg),
        muac_cm=_number(row.muac_cm),
        systolic=row.systolic,
        diastolic=row.diastolic,
        tablets=row.tablets_given,
        clinical=_clinical(row) if clinical else None,
    )


def _clinical(row: Contact) -> Clinical:
    return Clinical(_number(row.hb_g_dl), _number(row.fundal_cm), row.fetal_heart)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _planned(plan: BirthPlan) -> Iterator[tuple[str, str]]:
    for name in PLANNED:
        if answer := getattr(plan, name):
            yield capfirst(str(BirthPlan._meta.get_field(name).verbose_name)), answer  # type: ignore[union-attr]
