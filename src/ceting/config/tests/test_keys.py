"""The key file: made once, read by its owner only, never overwritten."""

import os
from pathlib import Path

import pytest

from ceting.config import environment, keys
from ceting.config.keys import KeyFileError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.env"
    keys.write_new(path)
    return path


def test_fresh_keys_are_what_the_settings_ask_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in keys.read(file).items():
        monkeypatch.setenv(name, value)
    assert len(environment.required("CETING_SECRET_KEY")) >= 50
    ((name, key),) = environment.data_keys()
    assert name == "k1"
    assert len(key) == len(environment.lookup_key()) == 32


def test_no_two_installations_share_a_key() -> None:
    first, second = keys.generate(), keys.generate()
    values = [line.partition("=")[2] for line in (first + second).splitlines() if line.startswith("CETING_")]
    assert len(values) == len(set(values)) == 6


def test_only_the_owner_reads_it(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_is_never_overwritten(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        keys.write_new(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        keys.read(file)


def test_what_the_environment_says_wins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CETING_SECRET_KEY", "mine")
    monkeypatch.delenv("CETING_LOOKUP_KEY")
    keys.load(file)
    assert os.environ["CETING_SECRET_KEY"] == "mine"
    assert os.environ["CETING_LOOKUP_KEY"] == keys.read(file)["CETING_LOOKUP_KEY"]


def test_a_broken_line_is_named_by_its_number_and_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "keys.env"
    path.write_text("# kunci\n\nrahasia sekali\n", encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="baris 3") as refused:
        keys.read(path)
    assert "rahasia" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="tidak bisa dibaca"):
        keys.read(tmp_path / "nowhere.env")
