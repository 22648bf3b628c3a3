"""Files as people send them, and the command as they type it."""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ceting.survey.command import add_arguments, run

HEADER = ("id", "sex", "age_days", "weight", "lenhei", "measure", "oedema")
# Weights and lengths near the WHO median, so that every z is plausible.
CHILDREN = (
    ("1", "1", "365", "9.6", "75.7", "l", "n"),
    ("2", "2", "365", "8.9", "74.0", "l", "n"),
    ("3", "1", "1000", "13.5", "92.0", "h", "n"),
    ("4", "2", "1000", "11.0", "80.1", "h", "n"),
)


def text_file(
    path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return path


def survey(*arguments: str | Path) -> int:
    """Run the command with these arguments."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(argument) for argument in arguments]))


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What the command says on stderr when it refuses: one line, exit code 2, nothing on stdout."""
    assert survey(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err
