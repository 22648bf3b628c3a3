"""Which column of a file holds what, by the names that WHO Anthro, R `anthro` and puskesmas use."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ceting.survey.errors import SurveyError

# Role -> how people name the column. Compared after `normalised`, so case, dots, brackets, underscores
# and units of kg, cm and mm don't matter. English names: WHO Anthro 3.2.2, WHO Anthro Survey Analyser,
# R anthro 1.1. Indonesian names: e-PPGBM / Sigizi exports and posyandu registers.
ALIASES: Mapping[str, tuple[str, ...]] = {
    role: tuple(names.split(" | "))
    for role, names in {
        "sex": ("sex | gender | jk | jenis kelamin | kelamin | l/p | lp | j k | jns kelamin | seks"),
        "age": "age | umur | usia | umur anak | usia anak",
        "age_days": "age days | agedays | age in days | umur hari | usia hari | umur dalam hari",
        "age_months": (
            "age months | agemons | age mo | age in months | agemonths | umur bulan | "
            "usia bulan | umur bln | usia bln | umur dalam bulan | usia dalam bulan"
        ),
        "age_text": "usia saat ukur | umur saat ukur | usia saat pengukuran | umur saat pengukuran",
        "birth_date": (
            "birth date | date of birth | dateofbirth | dob | birthdate | datebirth | "
            "birthdat | birthday | tgl lahir | tanggal lahir | tgllahir | tanggallahir | "
            "tgl lhr"
        ),
        "visit_date": (
            "visit date | date of visit | dateofvisit | dov | visitdate | visitdat | "
            "date of measurement | dom | datevisit | measurement date | survey date | "
            "tgl ukur | tanggal ukur | tgl pengukuran | tanggal pengukuran | tgl timbang | "
            "tanggal timbang | tgl penimbangan | tanggal penimbangan | tanggal kunjungan | "
            "tgl kunjungan | tglukur | tanggalukur"
        ),
        "weight": "weight | wt | bb | berat | berat badan | bb anak | berat badan anak",
        "lenhei": (
            "lenhei | length | height | length height | lengthheight | ht | tb | pb | "
            "pb tb | tb pb | tinggi | panjang | tinggi badan | panjang badan | "
            "panjang tinggi | tinggi panjang | panjang tinggi badan | tinggi panjang badan | "
            "panjang badan tinggi badan | tinggi badan panjang badan"
        ),
        "measure": (
            "measure | measured | lorh | cara ukur | caraukur | posisi | posisi ukur | cara pengukuran"
        ),
        "headc": "headc | head circumference | hc | lk | lika | lingkar kepala | lingkarkepala",
        "armc": (
            "armc | muac | arm circumference | lila | lingkar lengan | lingkar lengan atas | "
            "lingkarlengan | lingkarlenganatas"
        ),
        "triskin": "triskin | triceps | triceps skinfold | tsf | lipatan trisep",
        "subskin": "subskin | subscapular | subscapular skinfold | ssf | lipatan subskapula",
        "oedema": "oedema | edema | odema | bengkak | edema bilateral | pitting edema",
        "cluster": "cluster | psu | klaster | kluster | blok sensus | nomor klaster | nks",
        "strata": "strata | stratum",
        "sw": (
            "sw | sample weight | sampling weight | weights | penimbang | bobot | bobot sampel | faktor bobot"
        ),
        "typeres": (
            "typeres | type of residence | area | residence | wilayah tempat tinggal | kota desa | desa kota"
        ),
        "gregion": "gregion | region | geographical region",
        "wealthq": "wealthq | wealth quintile | wealth | kuintil kekayaan | kuintil",
        "mothered": "mothered | maternal education | mother education | pendidikan ibu",
        "othergr": "othergr | other grouping | other group",
    }.items()
}

_MEASURES = ("weight", "lenhei", "headc", "armc", "triskin", "subskin")
_AGES = ("age", "age_days", "age_months", "age_text")
# Two columns for one of these is a question to the user; a second grouping column is simply not used.
_FIRST_ONE_WINS = frozenset(("typeres", "gregion", "wealthq", "mothered", "othergr"))
# In Indonesian registers `umur` is months as often as days: the unit must be said.
UNITLESS_AGES = frozenset(("umur", "usia", "umur anak", "usia anak"))
# Grouping roles -> heading in the prevalence table of the reference.
GROUP_HEADINGS: Mapping[str, str] = {
    "typeres": "Area",
    "gregion": "Geographical region",
    "wealthq": "Wealth quintile",
    "mothered": "Maternal education",
    "othergr": "Other grouping",
}

_UNITS = re.compile(r"\b(kg|cm|mm)\b")
_SIGNS = re.compile(r"[^a-z0-9]+")


def normalised(name: str) -> str:
    """A column name without case, signs, and units of weight and length: `BB (kg)` -> `bb`."""
    plain = _SIGNS.sub(" ", name.casefold()).strip()
    without_unit = _SIGNS.sub(" ", _UNITS.sub(" ", plain)).strip()
    return without_unit or plain


_ROLE_OF = {normalised(alias): role for role, aliases in ALIASES.items() for alias in aliases}


@dataclass(frozen=True)
class Columns:
    """The columns of a file by role: names in file order, positions by role, and the --by columns."""

    names: tuple[str, ...]
    positions: Mapping[str, int]
    by: Mapping[str, int]

    def has(self, *roles: str) -> bool:
        """Whether every one of the roles has a column."""
        return all(role in self.positions for role in roles)

    def name(self, role: str) -> str:
        """The file's own name of a role's column."""
        return self.names[self.positions[role]]

    @property
    def has_dates(self) -> bool:
        """Whether age can come from birth and measurement dates."""
        return self.has("birth_date", "visit_date")


def header_score(names: Sequence[str]) -> int:
    """How many different roles a row of cells names: the header is the row with the most."""
    return len({_ROLE_OF[name] for name in map(normalised, names) if name in _ROLE_OF})


def resolve(
    names: Sequence[str], *, mapping: Mapping[str, str], by: Sequence[str] = (), need_age: bool = True
) -> Columns:
    """Find the column of every role. Raises SurveyError where one is missing, doubtful or unknown.

    mapping: role -> column name given by the user, which overrides the known names.
    """
    positions = {role: _find(names, column, f"--map {role}") for role, column in mapping.items()}
    unknown = [role for role in mapping if role not in ALIASES]
    if unknown:
        raise SurveyError(f"--map tidak mengenal {_quoted(unknown)}. Yang dikenal: {', '.join(ALIASES)}.")
    claimed = set(positions.values())
    found: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        role = _ROLE_OF.get(normalised(name))
        if role is not None and role not in mapping and position not in claimed:
            found.setdefault(role, []).append(position)
    for role, candidates in found.items():
        if len(candidates) > 1 and role not in _FIRST_ONE_WINS:
            doubtful = _quoted(names[position] for position in candidates)
            raise SurveyError(
                f"Kolom {doubtful} sama-sama cocok untuk {role}. Pilih satu, misalnya "
                f"--map {role}={names[candidates[0]]!r}."
            )
        positions[role] = candidates[0]
    _require(names, positions, need_age=need_age)
    return Columns(tuple(names), positions, {name: _find(names, name, "--by") for name in by})


def _require(names: Sequence[str], positions: Mapping[str, int], *, need_age: bool) -> None:
    wanted: list[tuple[str, tuple[str, ...]]] = []
    if "sex" not in positions:
        wanted.append(("jenis kelamin", ("sex",)))
    if not any(role in positions for role in _MEASURES):
        wanted.append(("ukuran (berat, panjang/tinggi, lingkar)", _MEASURES[:4]))
    dated = "birth_date" in positions and "visit_date" in positions
    if need_age and not dated and not any(role in positions for role in _AGES):
        wanted.append(
            (
                "umur, atau tanggal lahir bersama tanggal ukur",
                ("age_days", "age_months", "birth_date", "visit_date"),
            )
        )
    if not wanted:
        return
    looked_for = "; ".join(
        f"{words}: dicari {_quoted(alias for role in roles for alias in ALIASES[role][:4])}"
        for words, roles in wanted
    )
    raise SurveyError(
        f"Kolom untuk {' dan '.join(words for words, _ in wanted)} tidak ditemukan. "
        f"Kolom di berkas: {_quoted(names)}. {looked_for}. "
        "Sebutkan sendiri dengan --map, misalnya --map sex=JK."
    )


def _find(names: Sequence[str], wanted: str, option: str) -> int:
    """Position of the column that the user named: exactly, or else up to case and signs."""
    if wanted in names:
        return list(names).index(wanted)
    alike = [position for position, name in enumerate(names) if normalised(name) == normalised(wanted)]
    if len(alike) == 1:
        return alike[0]
    raise SurveyError(f"{option}: kolom {wanted!r} tidak ada di berkas. Kolom di berkas: {_quoted(names)}.")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
