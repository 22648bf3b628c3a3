"""The tables are WHO's, whole, and read only when somebody asks."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from ceting.standards.growth.tables import TABLE_CODES, table

ROOT = Path(__file__).parents[5]


def builder() -> ModuleType:
    specification = importlib.util.spec_from_file_location(
        "build_growth_tables", ROOT / "scripts" / "build_growth_tables.py"
    )
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_committed_file_is_what_the_script_makes(capsys: pytest.CaptureFixture[str]) -> None:
    module = builder()
    built = {code: module.build(*source) for code, *source in module.SOURCES}
    assert module.compare_with_committed(built) == []
    assert "9 tables compared" in capsys.readouterr().out


def test_the_check_sees_one_changed_digit() -> None:
    module = builder()
    built = {code: module.build(*source) for code, *source in module.SOURCES}
    built["wfa"][1, 700, 1] += 1
    problems = module.compare_with_committed(built)
    assert len(problems) == 1
    assert problems[0].startswith("wfa")


@pytest.mark.shared
def test_every_number_equals_the_second_copy() -> None:
    module = builder()
    built = {code: module.build(*source) for code, *source in module.SOURCES}
    assert module.compare_with_second_copy(built) == []
    built["hcfa"][0, 0, 0] += 1
    assert len(module.compare_with_second_copy(built)) == 1


def test_importing_reads_no_table_and_the_first_question_reads_them_once() -> None:
    program = (
        "from ceting.standards.growth import assess, tables\n"
        "assert tables.archive.cache_info().currsize == 0\n"
        "assess(sex=1, age_days=100, weight=6)\n"
        "assess(sex=2, age_days=100, weight=6)\n"
        "info = tables.archive.cache_info()\n"
        "assert (info.currsize, info.misses) == (1, 1), info\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)  # noqa: S603 -- our own program


def test_tables_cover_the_standard_and_no_more() -> None:
    for code in TABLE_CODES:
        found = table(code)
        assert np.all(found.rows[..., 1:] > 0)
        assert np.all(found.rows[..., 0] != 0)
        expected = {"wfl": (45, 110, 651), "wfh": (65, 120, 551)}.get(
            code, (91, 1826, 1736) if code in ("acfa", "tsfa", "ssfa") else (0, 1826, 1827)
        )
        assert (found.first, found.last, found.rows.shape[1]) == expected


def test_a_number_is_the_double_nearest_to_whos_decimal() -> None:
    assert table("lhfa").at(1, 0) == (1, 49.8842, 0.03795)
    assert table("ssfa").at(1, 91) == (-0.303, 7.692, 0.17019)


def test_nobody_can_change_a_table() -> None:
    with pytest.raises(ValueError, match="read-only"):
        table("wfa").rows[0, 0, 0] = 1
