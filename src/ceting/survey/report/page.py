"""The report page, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib import resources
from string import Template

from ceting.standards.numbers import format_date
from ceting.survey.estimates import GroupEstimates
from ceting.survey.grade import Grade, grade
from ceting.survey.prevalence import PrevalenceTable
from ceting.survey.quality import QualityCounts
from ceting.survey.report import words
from ceting.survey.report.charts import digit_chart, distribution_chart, month_chart
from ceting.survey.report.forest import forest
from ceting.survey.report.method import method_text
from ceting.survey.report.tables import deviations_table, prevalence_tables, quality_table

_MARK = (
    '<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="M3 6c3 6 8 8 13 8s10-2 13-8"/>'
    '<path d="M16 28v-9"/><path d="M16 22c-4 0-6-2-6-5 4 0 6 2 6 5z" fill="currentColor"/>'
    '<path d="M16 20c4 0 6-2 6-5-4 0-6 2-6 5z" fill="currentColor"/></svg>'
)
_GRADE_TONES = {"A": "good", "B": "good", "C": "care", "D": "bad"}
_DIGIT_PANELS = (
    ("weight", "berat"),
    ("lenhei", "panjang/tinggi"),
    ("headc", "lingkar kepala"),
    ("armc", "LiLA"),
)


@dataclass(frozen=True)
class SurveyFacts:
    """All that a report tells. notices: sentences for the reader; weighted, clustered, stratified: the design."""

    title: str
    made_on: date
    table: PrevalenceTable
    counts: QualityCounts
    notices: Sequence[str] = ()
    weighted: bool = False
    stratified: bool = False


def render(facts: SurveyFacts) -> str:
    """The whole page as HTML."""
    files = resources.files("ceting.survey.report")
    page = Template(files.joinpath("page.html").read_text(encoding="utf-8"))
    verdict = grade(facts.counts)
    groups = facts.table.groups
    return page.substitute(
        title=escape(facts.title),
        style=files.joinpath("style.css").read_text(encoding="utf-8"),
        mark=_MARK,
        lead=f"Berkas: {escape(facts.title)}",
        facts=_facts(facts),
        notices=_notices(facts.notices),
        cards="".join(_card(indicator, groups[0]) for indicator in words.INDICATORS),
        forests="".join(_forest_panel(indicator, groups) for indicator in words.INDICATORS),
        distributions=_distributions(facts.counts),
        grade_tone=_GRADE_TONES.get(verdict.letter or "", "care"),
        grade_letter=verdict.letter or "–",
        grade_word=_grade_word(verdict),
        grade_text=_grade_text(verdict),
        quality_table=quality_table(verdict),
        digit_charts=_digit_panels(facts.counts),
        deviations=deviations_table(facts.counts),
        tables=prevalence_tables(groups),
        method=method_text(facts.table, facts.counts, weighted=facts.weighted, stratified=facts.stratified),
        made_on=format_date(facts.made_on),
    )


def _facts(facts: SurveyFacts) -> str:
    design = facts.table.design
    named = [
        f"{words.count(design.units_in_stratum.sum())} klaster" if design.clustered else "",
        f"{words.count(design.rows_in_stratum.size)} strata" if facts.stratified else "",
        "bobot sampel" if facts.weighted else "",
    ]
    pairs = (
        ("Baris data", words.count(facts.counts.rows)),
        ("Anak 0–59 bulan", words.count(facts.counts.eligible - facts.counts.bad_rows)),
        ("Laki-laki / perempuan", f"{words.count(facts.counts.boys)} / {words.count(facts.counts.girls)}"),
        ("Rancangan", ", ".join(filter(None, named)) or "acak sederhana"),
    )
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs)


def _notices(notices: Sequence[str]) -> str:
    if not notices:
        return ""
    items = "".join(f"<li>{escape(notice)}</li>" for notice in notices)
    return f'<div class="notice"><strong>Perlu diketahui</strong><ul>{items}</ul></div>'


def _card(indicator: words.Indicator, everybody: GroupEstimates) -> str:
    estimate = everybody.estimates[indicator.prefix]
    children = everybody.children_by[indicator.population]
    return (
        f'<article class="card"><h3>{indicator.title}</h3><p class="meaning">{indicator.meaning}</p>'
        f'<p class="big">{words.percent(estimate.value)}</p>'
        f'<p class="range">{words.interval(estimate)} · {words.count(children)} anak</p>'
        f"{_level(indicator, estimate.value)}</article>"
    )


def _level(indicator: words.Indicator, percent: float) -> str:
    position = words.level(indicator, percent)
    if position is None:
        return '<p class="level"><span class="hint">Tanpa batas dari WHO</span></p>'
    tone = "good" if position < 2 else "bad" if position == len(words.LEVELS) - 1 else "care"
    pips = "".join(f"<i{' class=on' if step <= position else ''}></i>" for step in range(len(words.LEVELS)))
    return (
        f'<p class="level {tone}"><span class="pips" aria-hidden="true">{pips}</span>'
        f"<span>Menurut WHO: <b>{words.LEVELS[position]}</b></span></p>"
    )


def _forest_panel(indicator: words.Indicator, groups: Sequence[GroupEstimates]) -> str:
    return (
        f'<article class="panel"><h3>{indicator.title}</h3><p class="note">{indicator.meaning}</p>'
        f"{forest(indicator, groups)}</article>"
    )


def _distributions(counts: QualityCounts) -> str:
    panels = [
        f'<article class="panel"><h3>{words.INDEX_TITLES[index]}</h3>'
        f'<p class="note">{words.count(found.children)} anak, rata-rata {words.decimal(found.mean, 2)}, '
        f"simpang baku {words.decimal(found.deviation, 2)}</p>"
        f"{distribution_chart(words.INDEX_TITLES[index], found)}</article>"
        for index, found in counts.indexes.items()
        if found.children > 1
    ]
    return "".join(panels) or '<p class="note">Belum ada z-score yang bisa digambar.</p>'


def _digit_panels(counts: QualityCounts) -> str:
    panels = [
        f'<article class="panel"><h3>Angka terakhir {title}</h3>'
        '<p class="note">Setiap angka seharusnya muncul sama sering (garis putus). '
        f"0 dan 5 yang menonjol berarti pembulatan.</p>{digit_chart(title, counts.digits[role])}</article>"
        for role, title in _DIGIT_PANELS
        if role in counts.digits and counts.digits[role].sum() > 0
    ]
    if counts.months.sum() > 0:
        panels.append(
            '<article class="panel"><h3>Umur dalam bulan</h3><p class="note">Puncak di 12, 24, 36 dan 48 bulan '
            f"berarti umur dikira-kira.</p>{month_chart(counts.months)}</article>"
        )
    return "".join(panels)


def _grade_word(verdict: Grade) -> str:
    return f"Nilai {verdict.letter}: {verdict.word}" if verdict.letter else verdict.word


def _grade_text(verdict: Grade) -> str:
    if verdict.letter is None:
        return verdict.reason
    advice = {
        "A": "Data ini layak dipakai.",
        "B": "Data ini layak dipakai.",
        "C": "Data ini bisa dipakai dengan hati-hati; sebutkan kelemahannya.",
        "D": "Periksa cara mengukur sebelum angka ini dipakai untuk keputusan.",
    }[verdict.letter]
    return (
        f"{verdict.points} poin buruk dari {verdict.most}. {advice} "
        "0–9 sangat baik, 10–14 baik, 15–24 cukup, 25 ke atas bermasalah."
    )
