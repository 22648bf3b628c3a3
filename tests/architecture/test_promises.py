"""What docs/reference/what-shows-what.md names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "docs" / "reference" / "what-shows-what.md"
NAMED = sorted(set(re.findall(r"`((?:src|tests|docs)/[^`]+)`", SHEET.read_text(encoding="utf-8"))))


def test_the_sheet_names_something() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize("named", NAMED)
def test_what_is_named_exists(named: str) -> None:
    path, _, test = named.partition("::")
    assert (ROOT / path).exists()
    if test:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")
