"""The growth sheet: one A4 page that a mother takes home, typeset by typst from what the wheel itself carries.

Families read other words than staff: no z-score, none of the words in `standards.words.FORBIDDEN_FOR_FAMILIES`.
"""

from collections.abc import Sequence
from datetime import date

from ceting.care.measurements.charts import kms
from ceting.care.measurements.charts.observations import Range, age_in_months, range_for
from ceting.care.measurements.child_charts import counted_from, observations
from ceting.care.measurements.child_presenters import age_words, mother_words
from ceting.care.measurements.measurement_words import cm, kg
from ceting.care.measurements.models import LatestGrowth, Measurement, Source
from ceting.care.measurements.reason_words import words_for
from ceting.foundation.ui.chart_ink import standalone_svg
from ceting.foundation.ui.typesetting import typeset
from ceting.registry.families.models import Child, Sex
from ceting.standards.ages import add_months
from ceting.standards.numbers import format_date
from ceting.standards.words import FamilyWords, family_words

FILENAME = "kms.pdf"
LINES = 6
MESSAGES = 2


def growth_sheet(
    child: Child, rows: Sequence[Measurement], latest: LatestGrowth | None, today: date
) -> bytes:
    """The PDF of a child with these current rows. Raises typst.TypstError when the template is broken."""
    words = sheet_words(child, rows, latest, today)
    return typeset("ceting.care.measurements", "growth_sheet", words, chart=chart_svg(child, rows, today))


def sheet_words(
    child: Child, rows: Sequence[Measurement], latest: LatestGrowth | None, today: date
) -> dict[str, object]:
    """Everything that is written on the sheet, as the template names it."""
    ordered = sorted(rows, key=Measurement.chronology, reverse=True)
    return {
        "name": child.name,
        "girl": child.sex == Sex.GIRL,
        "sex": child.get_sex_display(),
        "age": age_words(child, today),
        "born": format_date(child.birth_date),
        "mother": mother_words(child),
        "posyandu": f"{child.posyandu}, {child.posyandu.village.name}",
        "puskesmas": str(child.puskesmas),
        "printed": format_date(today),
        "pages": _ages(child, rows, today).label,
        "messages": [
            {"what": each.what, "why": each.why, "today": each.today} for each in messages(ordered, latest)
        ],
        "rows": [_line(child, row) for row in ordered[:LINES]],
        "older": max(len(ordered) - LINES, 0),
    }


def messages(ordered: Sequence[Measurement], latest: LatestGrowth | None) -> list[FamilyWords]:
    """What, why and what to do today: of the most urgent reasons, or of the last weighing when all is well.

    `ordered`: the newest first.
    """
    reasons = [reason.family for reason in words_for(latest.reasons)] if latest else []
    if reasons:
        return list(dict.fromkeys(reasons))[:MESSAGES]
    if not ordered:
        return [
            FamilyWords(
                "Belum ada penimbangan yang tercatat",
                "Grafik dimulai dari penimbangan pertama",
                "Mari datang ke posyandu bulan ini",
            )
        ]
    status = next((row.status for row in ordered if row.status), "")
    return [family_words(status or "BBU_N")]


def _line(child: Child, row: Measurement) -> dict[str, str]:
    return {
        "day": format_date(row.measured_on),
        "age": age_words(child, row.measured_on),
        "weight": kg(row.weight_kg) if row.weight_kg is not None else "",
        "length": cm(row.lenhei_cm) if row.lenhei_cm is not None else "",
        "words": _result(row),
        "where": "di rumah" if row.source == Source.FAMILY else "posyandu/petugas",
    }


def _result(row: Measurement) -> str:
    if "w" in row.flags or "l" in row.flags:
        return "Mari ukur ulang"
    return family_words(row.status).what if row.status else ""


def _ages(child: Child, rows: Sequence[Measurement], today: date) -> Range:
    last = max((row.measured_on for row in rows), default=min(today, add_months(child.birth_date, 60)))
    return range_for("", age_in_months(child.growth_birth(last), last))


def chart_svg(child: Child, rows: Sequence[Measurement], today: date) -> str:
    """The KMS as a drawing that brings its own ink, because typst knows no style sheet of ours."""
    drawing = kms.draw(
        sex=child.sex,
        birth=counted_from(child, rows, today),
        observations=observations(child, rows),
        ages=_ages(child, rows, today),
    )
    return standalone_svg(drawing, "KMS", "measurements/chart_ink.css")
