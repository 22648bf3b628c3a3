"""Words and numbers of the report, in Indonesian."""

import math
from dataclasses import dataclass

from ceting.standards.numbers import format_decimal
from ceting.survey.estimates import Estimate, GroupEstimates


@dataclass(frozen=True)
class Indicator:
    """A prevalence that the report draws: its column prefix, title, meaning, and WHO's limits (percent)."""

    prefix: str
    population: str
    title: str
    meaning: str
    limits: tuple[float, ...]


# WHO/UNICEF limits of public-health importance: de Onis et al., Public Health Nutr. 2019;22(1):175-179.
# They have none for weight-for-age.
INDICATORS = (
    Indicator("HA_2", "HAZ", "TB/U < −2", "pendek dan sangat pendek", (2.5, 10, 20, 30)),
    Indicator("WH_2", "WHZ", "BB/TB < −2", "gizi kurang dan gizi buruk", (2.5, 5, 10, 15)),
    Indicator("WA_2", "WAZ", "BB/U < −2", "berat badan kurang dan sangat kurang", ()),
    Indicator("WH2", "WHZ", "BB/TB > +2", "gizi lebih dan obesitas", (2.5, 5, 10, 15)),
)
LEVELS = ("sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi")
INDEX_TITLES = {
    "len": "PB/U atau TB/U",
    "wei": "BB/U",
    "wfl": "BB/PB atau BB/TB",
    "bmi": "IMT/U",
    "hc": "LK/U",
    "ac": "LiLA/U",
    "ts": "Lipatan trisep/U",
    "ss": "Lipatan subskapula/U",
}
ROLE_WORDS = {
    "sex": "jenis kelamin",
    "age": "umur",
    "weight": "berat",
    "lenhei": "panjang/tinggi",
    "headc": "lingkar kepala",
    "armc": "LiLA",
}
HEADINGS = {
    "": "Semua",
    "Sex": "Jenis kelamin",
    "Age group": "Kelompok umur",
    "Age + sex": "Umur dan jenis kelamin",
    "Area": "Wilayah tempat tinggal",
    "Geographical region": "Daerah",
    "Wealth quintile": "Kuintil kekayaan",
    "Maternal education": "Pendidikan ibu",
    "Other grouping": "Kelompok lain",
}
_LABELS = {
    "All": "Semua anak",
    "Male": "Laki-laki",
    "Female": "Perempuan",
    "Q1: Poorest": "Q1 (termiskin)",
    "Q5: Richest": "Q5 (terkaya)",
    "Urban": "Perkotaan",
    "Rural": "Perdesaan",
}
_FEW_CHILDREN = 30


def heading_words(heading: str) -> str:
    """A heading of the prevalence table as the report shows it."""
    return HEADINGS.get(heading, heading)


def group_words(group: GroupEstimates) -> str:
    """A group's label as the report shows it: `00-05 mo.Female` -> `0–5 bulan, perempuan`."""
    if group.heading == "Age group":
        return _age_words(group.label)
    if group.heading == "Age + sex":
        age, _, sex = group.label.partition(".")
        return f"{_age_words(age)}, {_LABELS[sex].lower()}"
    return _LABELS.get(group.label, group.label)


def _age_words(label: str) -> str:
    first, _, last = label.removesuffix(" mo").partition("-")
    return f"{int(first)}–{int(last)} bulan"


def level(indicator: Indicator, percent: float) -> int | None:
    """Position in LEVELS; None where WHO has no limits or there is no estimate."""
    if not indicator.limits or math.isnan(percent):
        return None
    return sum(percent >= limit for limit in indicator.limits)


def percent(value: float, places: int = 1) -> str:
    """`30,7 %`, or a dash."""
    return "–" if math.isnan(value) else f"{decimal(value, places)} %"


def decimal(value: float, places: int) -> str:
    """A number with a decimal comma and a true minus, or a dash."""
    return "–" if not math.isfinite(value) else format_decimal(value, places).replace("-", "−")


def count(number: float) -> str:
    """`4.764`."""
    return f"{round(number):,}".replace(",", ".")


def interval(estimate: Estimate) -> str:
    """`28,8–32,7`, or a dash; nobody and everybody have no interval on the logit scale, which isn't certainty."""
    if math.isnan(estimate.low) or math.isnan(estimate.high):
        return "–"
    if estimate.low == estimate.high:
        return "tanpa selang"
    return f"{decimal(estimate.low, 1)}–{decimal(estimate.high, 1)}"


def few(children: int) -> bool:
    """Whether a group is too small to be read without care."""
    return children < _FEW_CHILDREN
