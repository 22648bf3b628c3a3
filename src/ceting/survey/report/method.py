"""How the figures of the report came about, in words for the reader."""

from ceting.survey.prevalence import PrevalenceTable
from ceting.survey.quality import QualityCounts
from ceting.survey.report.words import INDEX_TITLES, count

_ZSCORES = (
    "z-score dihitung dengan Standar Pertumbuhan Anak WHO 2006, dibulatkan dua angka di belakang koma. "
    "Anak di bawah 24 bulan yang diukur berdiri ditambah 0,7 cm; anak 24 bulan ke atas yang diukur "
    "terlentang dikurangi 0,7 cm."
)
_LIMITS = "(BB/U di bawah −6 atau di atas 5; TB/U di luar ±6; lainnya di luar ±5)"
_OEDEMA = "Anak dengan edema dihitung di bawah −3 untuk BB/U, BB/TB dan IMT/U, dan tidak ikut rata-rata z."
_QUALITY = (
    "Mutu data dinilai dengan poin buruk menurut gagasan SMART plausibility check, tanpa bobot sampel. "
    "Perbedaannya: tanda tidak masuk akal memakai batas WHO dengan ambang lebih ketat (1 %, 2,5 %, 5 %), data "
    "kosong dinilai (2,5 %, 5 %, 10 %), dan penumpukan umur menggantikan uji Poisson antarklaster."
)
_DIGITS = (
    "Skor kesukaan angka = 100 × √(χ² / (derajat bebas × jumlah anak)): 0 bila semua angka sama sering, 100 bila "
    "hanya satu angka yang dipakai."
)
_DIAGNOSIS = (
    "TB/U di bawah −2 pada survei bukan diagnosis stunting pada seorang anak; diagnosis ditegakkan dokter."
)
_SOURCES = (
    "WHO dan UNICEF (2019), Recommendations for data collection, analysis and reporting on anthropometric "
    "indicators in children under 5 years old; Permenkes 2/2020; de Onis dkk. (2019), Public Health Nutrition "
    "22(1):175–179 (batas prevalensi); SMART Methodology 2.0 (2017); WHO Technical Report Series 854 (1995). "
    "Data standar: © WHO, CC BY-NC-SA 3.0 IGO."
)


def method_text(table: PrevalenceTable, counts: QualityCounts, *, weighted: bool, stratified: bool) -> str:
    """The paragraphs of the last section."""
    flagged = ", ".join(
        f"{INDEX_TITLES[index]} {count(found.flagged)}"
        for index, found in counts.indexes.items()
        if found.flagged
    )
    flagged_words = (
        f"z-score yang tidak masuk akal menurut WHO {_LIMITS} tetap ada di berkas hasil, tetapi tidak ikut "
        f"prevalensi. Jumlahnya: {flagged or 'tidak ada'}."
    )
    left_out = (
        f"Tidak ikut prevalensi: {count(counts.bad_rows)} baris yang tidak bisa dibaca, {count(table.over_age)} anak "
        f"60 bulan ke atas, {count(table.without_design)} anak tanpa klaster, strata atau bobot."
    )
    items = (
        _ZSCORES,
        flagged_words,
        _OEDEMA,
        left_out,
        _design_words(table, weighted=weighted, stratified=stratified),
        _QUALITY,
        _DIGITS,
        _DIAGNOSIS,
    )
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{listed}</ul><p><strong>Sumber.</strong> {_SOURCES}</p>"


def _design_words(table: PrevalenceTable, *, weighted: bool, stratified: bool) -> str:
    parts = [
        name
        for name, used in (
            ("klaster", table.design.clustered),
            ("strata", stratified),
            ("bobot sampel", weighted),
        )
        if used
    ]
    drawn = f"memperhitungkan {', '.join(parts)}" if parts else "seperti sampel acak sederhana"
    return (
        f"Prevalensi dan galat bakunya {drawn} (linearisasi Taylor); selang kepercayaan 95 % memakai skala logit "
        f"dengan {count(table.design.degrees)} derajat bebas, sama seperti anthro_prevalence dari WHO."
    )
