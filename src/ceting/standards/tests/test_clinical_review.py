"""The sheet that a doctor signs: whole, in the right order, and never older than the tables."""

import subprocess
import sys
from pathlib import Path

import pytest

from ceting.standards import sources
from ceting.standards.clinical_review import all_values, by_status, fingerprint, render
from ceting.standards.review.lines import ReviewedValue
from ceting.standards.sources import Status, TableError

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "scripts" / "build_clinical_review.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )


def test_every_value_has_a_key_a_meaning_a_source_and_a_status() -> None:
    values = all_values()
    assert len({value.key for value in values}) == len(values) > 100
    for value in values:
        assert value.meaning.strip()
        assert value.value.strip()
        assert value.source.strip()
        assert isinstance(value.status, Status)


def test_every_row_of_every_table_is_on_the_sheet() -> None:
    counted = {path.stem: len(sources.rows(path.stem)) for path in sources.TABLES.glob("*.csv")}
    listed = {table: sum(value.key.startswith(f"{table}:") for value in all_values()) for table in counted}
    ages = sum(
        int(last or first) - int(first) + 1
        for first, _, last in (
            value.key.rsplit(":", 1)[1].partition("-")
            for value in all_values()
            if value.key.startswith("kbm:")
        )
    )
    assert listed | {"kbm": ages} == counted


def test_a_table_that_no_section_reads_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "unread.csv").write_text("key,value\na,1\n", encoding="utf-8")
    monkeypatch.setattr(sources, "TABLES", tmp_path)
    with pytest.raises(TableError, match="unread"):
        all_values()


def test_conflicts_come_first_then_background_then_our_own_decisions_then_the_verified() -> None:
    sheet = render()
    places = [sheet.index(f"\n## {status}:") for status in ("CONFLICT", "background", "project", "verified")]
    assert places == sorted(places)
    assert list(by_status(all_values())) == [
        Status.CONFLICT,
        Status.BACKGROUND,
        Status.PROJECT,
        Status.VERIFIED,
    ]


def test_both_denominators_of_n_over_d_stand_among_the_conflicts() -> None:
    conflicts = {value.key for value in by_status(all_values())[Status.CONFLICT]}
    assert {"skdn:N/D", "skdn:N/(D-O-B)", "project_decisions:kms.gain_rule"} <= conflicts


def test_every_value_has_a_blank_for_the_decision() -> None:
    rows = [line for line in render().splitlines() if line.startswith("| `")]
    assert len(rows) == len(all_values())
    for row in rows:
        assert row.count("|") == 6, row
        assert row.endswith("| |")


def test_the_fingerprint_changes_with_any_value_source_or_status() -> None:
    value = ReviewedValue("t:a", "arti", "1", "sumber", Status.VERIFIED)
    others = [
        ReviewedValue("t:b", "arti", "1", "sumber", Status.VERIFIED),
        ReviewedValue("t:a", "lain", "1", "sumber", Status.VERIFIED),
        ReviewedValue("t:a", "arti", "2", "sumber", Status.VERIFIED),
        ReviewedValue("t:a", "arti", "1", "lain", Status.VERIFIED),
        ReviewedValue("t:a", "arti", "1", "sumber", Status.CONFLICT),
    ]
    assert len({fingerprint([one]) for one in (value, *others)}) == 6
    assert fingerprint(all_values()) in render()


def test_the_committed_sheet_is_current() -> None:
    checked = run("--check")
    assert checked.returncode == 0, checked.stderr


def test_the_check_fails_on_a_sheet_that_is_old_or_missing_and_changes_nothing(tmp_path: Path) -> None:
    sheet = tmp_path / "docs" / "clinical-review.md"
    assert run("--check", "--sheet", str(sheet)).returncode == 1
    assert not sheet.exists()
    assert run("--sheet", str(sheet)).returncode == 0
    assert run("--check", "--sheet", str(sheet)).returncode == 0
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("800 gram", "700 gram"), encoding="utf-8")
    changed = sheet.read_text(encoding="utf-8")
    checked = run("--check", "--sheet", str(sheet))
    assert checked.returncode == 1
    assert "out of date" in checked.stderr
    assert sheet.read_text(encoding="utf-8") == changed
