"""The tables of the report: every group with every cut-off, and the points of the quality grade."""

import math
from collections.abc import Sequence
from html import escape

from ceting.survey.estimates import Estimate, GroupEstimates
from ceting.survey.grade import Component, Grade
from ceting.survey.quality import QualityCounts
from ceting.survey.report.words import (
    INDEX_TITLES,
    ROLE_WORDS,
    count,
    decimal,
    group_words,
    heading_words,
    interval,
    percent,
)

_CUTS = {
    "HA": ("PB/U atau TB/U", ("_3", "_2", "3")),
    "WA": ("BB/U", ("_3", "_2", "1")),
    "WH": ("BB/PB atau BB/TB", ("_3", "_2", "1", "2", "3")),
    "BMI": ("IMT/U", ("_3", "_2", "1", "2", "3")),
}
_CUT_WORDS = {"_3": "< −3", "_2": "< −2", "_1": "< −1", "1": "> +1", "2": "> +2", "3": "> +3"}

_COMPONENT_WORDS = {
    "flagged": ("z-score yang tidak masuk akal (terburuk)", "di luar batas WHO; sebaiknya paling banyak 1 %"),
    "missing": ("Data kosong (terburuk)", "jenis kelamin, umur, berat, panjang/tinggi"),
    "spread": ("Simpang baku BB/TB", "sebaiknya 0,9–1,1; makin besar, makin banyak salah ukur"),
    "skewness": ("Kemencengan BB/TB", "sebaiknya antara −0,2 dan +0,2"),
    "kurtosis": ("Keruncingan BB/TB", "sebaiknya antara −0,2 dan +0,2"),
    "digits_weight": ("Angka terakhir berat", "skor kesukaan angka; 0–7 baik sekali"),
    "digits_lenhei": ("Angka terakhir panjang/tinggi", "skor kesukaan angka; 0–7 baik sekali"),
    "digits_armc": ("Angka terakhir LiLA", "skor kesukaan angka; 0–7 baik sekali"),
    "sex_ratio": ("Laki-laki per perempuan", "seharusnya dekat 1"),
    "age_ratio": ("Anak 6–29 bulan per 30–59 bulan", "seharusnya dekat 0,85"),
    "age_heaping": (
        "Penumpukan umur di tahun bulat",
        "skor kesukaan bulan, umur 12–59 bulan; 0–7 baik sekali",
    ),
}
_SHARES = frozenset(("flagged", "missing"))
_RATIOS = frozenset(("sex_ratio", "age_ratio", "spread", "skewness", "kurtosis"))


def quality_table(grade: Grade) -> str:
    """One row a component: what was found, how many points it cost, and of how many."""
    rows = "".join(_component_row(component) for component in grade.components)
    return (
        '<table class="quality"><thead><tr><th>Yang diperiksa</th><th class="num">Hasil</th>'
        '<th class="num">Poin buruk</th><th>Penilaian</th></tr></thead>'
        f"<tbody>{rows}</tbody><tfoot><tr><th>Jumlah</th><td></td>"
        f'<td class="num"><b>{grade.points}</b> dari {grade.most}</td><td></td></tr></tfoot></table>'
    )


def _component_row(component: Component) -> str:
    title, hint = _COMPONENT_WORDS[component.code]
    detail = component.detail
    if component.code in _SHARES and detail:
        detail = (INDEX_TITLES if component.code == "flagged" else ROLE_WORDS)[detail]
    value = "tidak bisa dihitung"
    if not math.isnan(component.value):
        if component.code in _SHARES:
            value = percent(component.value * 100)
        else:
            value = decimal(component.value, 2 if component.code in _RATIOS else 1)
    note = f'<br><span class="hint">{escape(detail)}</span>' if detail else ""
    tone, word = _judgement(component)
    points = (
        "–"
        if component.points is None
        else f"{component.points} <span class='hint'>/ {component.most}</span>"
    )
    return (
        f'<tr><th scope="row">{title}<br><span class="hint">{hint}</span></th>'
        f'<td class="num">{value}{note}</td><td class="num">{points}</td>'
        f'<td><span class="tag {tone}">{word}</span></td></tr>'
    )


def _judgement(component: Component) -> tuple[str, str]:
    """Tone and word: what costs nothing is good, what costs all is bad."""
    if component.points is None:
        return "none", "tidak dinilai"
    if component.points == 0:
        return "good", "baik"
    if component.points == component.most:
        return "bad", "buruk"
    return "care", "perhatikan"


def deviations_table(counts: QualityCounts) -> str:
    """Mean, standard deviation and implausible z of every index."""
    rows = "".join(
        f'<tr><th scope="row">{INDEX_TITLES[index]}</th><td class="num">{count(found.children)}</td>'
        f'<td class="num">{decimal(found.mean, 2)}</td><td class="num">{decimal(found.deviation, 2)}</td>'
        f'<td class="num">{count(found.flagged)} ({percent(found.flagged_share * 100, 2)})</td></tr>'
        for index, found in counts.indexes.items()
    )
    return (
        '<table><thead><tr><th>Indeks</th><th class="num">Anak</th><th class="num">Rata-rata z</th>'
        '<th class="num">Simpang baku</th><th class="num">Tidak masuk akal</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def prevalence_tables(groups: Sequence[GroupEstimates]) -> str:
    """One table an index with all groups and the cut-offs that Permenkes 2/2020 names."""
    return "".join(_prevalence_table(code, title, cuts, groups) for code, (title, cuts) in _CUTS.items())


def _prevalence_table(code: str, title: str, cuts: Sequence[str], groups: Sequence[GroupEstimates]) -> str:
    heads = "".join(f'<th class="num">{_CUT_WORDS[cut]}</th>' for cut in cuts)
    rows = []
    heading = ""
    for group in groups:
        if group.children_by[f"{code}Z"] == 0:
            continue
        if group.heading != heading:
            heading = group.heading
            rows.append(
                f'<tr class="section"><th colspan="{len(cuts) + 4}">{escape(heading_words(heading))}</th></tr>'
            )
        cells = "".join(f'<td class="num">{_cell(group.estimates[code + cut])}</td>' for cut in cuts)
        rows.append(
            f'<tr><th scope="row">{escape(group_words(group))}</th>'
            f'<td class="num">{count(group.children_by[f"{code}Z"])}</td>{cells}'
            f'<td class="num">{decimal(group.estimates[code].value, 2)}</td>'
            f'<td class="num">{decimal(group.deviations[code], 2)}</td></tr>'
        )
    if not rows:
        return ""
    return (
        f'<h3>{title}</h3><div class="scroll" tabindex="0" role="region" aria-label="Tabel {title}"><table>'
        f'<thead><tr><th>Kelompok</th><th class="num">Anak</th>{heads}'
        '<th class="num">Rata-rata z</th><th class="num">Simpang baku</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(estimate: Estimate) -> str:
    return f"{percent(estimate.value)}<br><span class='hint'>{interval(estimate)}</span>"
