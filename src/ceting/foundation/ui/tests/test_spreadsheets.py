"""A cell is never a formula, and a number stays a number."""

import pytest

from ceting.foundation.ui.spreadsheets import harmless


@pytest.mark.parametrize("cell", ["=1", "+1", "@x", "-1+cmd|'/C calc'!A0", "-(1)+2", "\t=1", "\r=1", "-x"])
def test_what_a_spreadsheet_would_run_is_kept_as_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "-1.73", "-1,5", "abc", "1+1", "Siti @ Jati", 8.9, -2])
def test_everything_else_stays_as_it_is(cell: object) -> None:
    assert harmless(cell) == str(cell)
