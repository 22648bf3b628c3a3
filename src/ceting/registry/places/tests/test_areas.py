"""The state's areas: read from a file, again and again, and equal to the reference list."""

import csv
from pathlib import Path

import pytest

from ceting.registry.places import operations
from ceting.registry.places.models import Area, AreaLevel
from ceting.registry.places.operations import AreaFileError

pytestmark = pytest.mark.django_db


def area_file(folder: Path, *lines: str) -> Path:
    path = folder / "areas.csv"
    path.write_text("\n".join(("code,level,name,parent", *lines)), encoding="utf-8")
    return path


def test_padang_has_eleven_districts_and_104_villages() -> None:
    rows = operations.import_areas(by=None)
    assert rows == Area.objects.count() == 1 + 1 + 11 + 104
    assert Area.objects.filter(level=AreaLevel.VILLAGE).count() == 104
    assert Area.objects.get(code="13.71.02.1007").name == "Andalas"
    assert Area.objects.get(code="13.71.02.1007").parent == Area.objects.get(code="13.71.02")


def test_a_second_import_changes_nothing() -> None:
    operations.import_areas(by=None)
    before = list(Area.objects.values_list("id", "code", "name"))
    operations.import_areas(by=None)
    assert list(Area.objects.values_list("id", "code", "name")) == before


def test_a_renamed_village_keeps_its_key(tmp_path: Path) -> None:
    operations.import_areas(by=None)
    jati = Area.objects.get(code="13.71.02.1003")
    operations.import_areas(area_file(tmp_path, "13.71.02.1003,village,Jati Indah,13.71.02"), by=None)
    jati.refresh_from_db()
    assert jati.name == "Jati Indah"


@pytest.mark.parametrize("line", ["99.01,district,Entah,99", "13,kingdom,Sumatera Barat,"])
def test_a_file_that_makes_no_tree_writes_nothing(tmp_path: Path, line: str) -> None:
    with pytest.raises(AreaFileError):
        operations.import_areas(area_file(tmp_path, "12,province,Sumatera Utara,", line), by=None)
    assert not Area.objects.exists()


@pytest.mark.shared
def test_padang_equals_the_reference_list(shared: Path) -> None:
    operations.import_areas(by=None)
    ours = dict(Area.objects.filter(level=AreaLevel.VILLAGE).values_list("code", "name"))
    with (shared / "data/national/wilayah_padang.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    theirs = {row["kode_kemendagri"]: row["nama"] for row in rows if row["level"] == "kelurahan"}
    assert len(theirs) == 104
    assert ours == theirs
