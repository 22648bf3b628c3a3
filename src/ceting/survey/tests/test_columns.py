"""Column names as WHO, R, e-PPGBM and a posyandu's own register write them."""

import pytest

from ceting.survey.columns import ALIASES, resolve
from ceting.survey.errors import SurveyError

EPPGBM = (
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Posyandu", "Usia Saat Ukur",
    "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U",
    "BB/TB", "ZS BB/TB",
)  # fmt: skip


def roles(names: tuple[str, ...]) -> dict[str, str]:
    columns = resolve(names, mapping={})
    return {role: columns.name(role) for role in columns.positions}


def test_an_eppgbm_export_is_understood_without_any_map() -> None:
    assert roles(EPPGBM) == {
        "sex": "JK",
        "birth_date": "Tgl Lahir",
        "age_text": "Usia Saat Ukur",
        "visit_date": "Tanggal Pengukuran",
        "weight": "Berat",
        "lenhei": "Tinggi",
        "measure": "Cara Ukur",
        "armc": "LiLA",
    }


def test_the_names_of_r_anthro_are_understood() -> None:
    names = (
        "sex", "age", "weight", "lenhei", "measure", "headc", "armc", "triskin", "subskin", "oedema", "cluster",
        "strata", "sw", "typeres", "gregion", "wealthq", "mothered", "othergr",
    )  # fmt: skip
    assert roles(names) == {name: name for name in names}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Jenis Kelamin", "sex"),
        ("jenis_kelamin", "sex"),
        ("BB (kg)", "weight"),
        ("Berat_Badan", "weight"),
        ("PB/TB (cm)", "lenhei"),
        ("Tinggi badan", "lenhei"),
        ("Umur (bulan)", "age_months"),
        ("umur_hari", "age_days"),
        ("Lingkar Kepala (cm)", "headc"),
        ("LILA", "armc"),
        ("Edema", "oedema"),
        ("TANGGAL PENGUKURAN", "visit_date"),
    ],
)
def test_indonesian_names_are_understood_with_their_units(name: str, role: str) -> None:
    plain = {"sex": "sex", "age_days": "age_days", "weight": "weight"}
    plain.pop(role, None)
    columns = resolve((*plain, name), mapping={}, need_age=False)
    assert columns.name(role) == name


def test_birth_weight_and_the_categories_of_an_export_are_no_measures() -> None:
    with pytest.raises(SurveyError, match="ukuran"):
        resolve(("JK", "Tgl Lahir", "Tanggal Pengukuran", "BB Lahir", "BB/TB"), mapping={})


def test_no_name_stands_for_two_things() -> None:
    names = [name for aliases in ALIASES.values() for name in aliases]
    assert len(names) == len(set(names))


def test_what_is_missing_is_said_with_what_was_found_and_what_was_looked_for() -> None:
    with pytest.raises(SurveyError) as refused:
        resolve(("nama", "kelas"), mapping={})
    said = str(refused.value)
    for piece in ('"nama"', '"kelas"', "jenis kelamin", '"jk"', "umur", "ukuran", "--map"):
        assert piece in said


def test_two_columns_for_one_measure_are_asked_about() -> None:
    with pytest.raises(SurveyError, match=r'"BB", "Berat".*--map weight'):
        resolve(("sex", "age_days", "BB", "Berat"), mapping={})
    assert resolve(("sex", "age_days", "BB", "Berat"), mapping={"weight": "Berat"}).name("weight") == "Berat"


def test_a_mapped_column_is_no_longer_guessed_at() -> None:
    columns = resolve(("sex", "age_days", "weight", "bb2"), mapping={"weight": "bb2"})
    assert columns.name("weight") == "bb2"
    taken = resolve(("sex", "age_days", "weight", "tb"), mapping={"headc": "tb"})
    assert not taken.has("lenhei")


def test_a_map_to_nowhere_and_a_map_of_nothing_are_refused() -> None:
    with pytest.raises(SurveyError, match="tidak ada di berkas"):
        resolve(("sex", "age_days", "weight"), mapping={"weight": "bobot"})
    with pytest.raises(SurveyError, match="tidak mengenal"):
        resolve(("sex", "age_days", "weight"), mapping={"berat": "weight"})
