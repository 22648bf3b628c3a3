"""The runner of the tests counts what was run, and says what wasn't."""

from pathlib import Path

import pytest

from tests import run
from tests.run import Asked, Outcome

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"><error/></testcase>
<testsuite><testcase name="d"><skipped/></testcase><testcase name="e"/></testsuite>
</testsuite></testsuites>"""


def test_passed_failed_and_skipped_are_counted_in_nested_suites(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    assert run.count(report) == (2, 2, 1)
    assert run.count(tmp_path / "never-written.xml") == (0, 0, 0)


def test_the_last_line_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run._conclude([Outcome("sqlite", 1.0, passed=3), Outcome("js", 1.0, passed=2)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed"


def test_what_could_not_run_fails_in_ci_and_is_said_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = [Outcome("sqlite", 1.0, passed=3), Outcome("browser", 0.0, trouble="no chromium")]
    monkeypatch.setattr(run, "IN_CI", True)
    assert run._conclude(outcomes) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed"
    monkeypatch.setattr(run, "IN_CI", False)
    assert run._conclude(outcomes) == 0
    assert "! no chromium" in capsys.readouterr().out


def test_a_part_without_a_test_is_trouble_unless_somebody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_js", lambda asked, report: run.subprocess.CompletedProcess([], 5))
    assert run._run_part("js", Asked(1, "", ())).trouble == "no test was found"
    assert run._run_part("js", Asked(1, "wati", ())).trouble == ""


def test_a_crash_without_a_failed_test_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_js", lambda asked, report: run.subprocess.CompletedProcess([], 3))
    assert run._run_part("js", Asked(1, "", ())).failed == 1


def test_without_root_a_missing_server_is_said_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    with pytest.raises(run.CannotRunError, match="apt install postgresql"):
        run.install("postgresql")


def test_as_root_postgresql_comes_without_a_cluster_of_debians_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, ...]] = []
    settings = tmp_path / "createcluster.conf"
    settings.write_text("#create_main_cluster = true\nssl = on\n", encoding="utf-8")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run, "CLUSTER_SETTINGS", settings)
    monkeypatch.setattr(run, "_apt", lambda *words: asked.append(words))
    run.install("postgresql")
    assert [words[0] for words in asked] == ["update", "install", "install"]
    assert asked[-1][-1] == "postgresql"
    assert settings.read_text(encoding="utf-8") == "ssl = on\ncreate_main_cluster = false\n"
