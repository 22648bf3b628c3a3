"""What the scripts share that write a sheet of docs/ from the code: write it, or check the committed one."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def run(description: str | None, sheet: Path, render: Callable[[], str]) -> int:
    """Read the command line, write or check the sheet; the exit code."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when the sheet is out of date"
    )
    parser.add_argument("--sheet", type=Path, default=sheet, help="another place for the sheet")
    options = parser.parse_args()
    return _check(options.sheet, render()) if options.check else _write(options.sheet, render())


def _check(sheet: Path, wanted: str) -> int:
    if not sheet.exists() or sheet.read_text(encoding="utf-8") != wanted:
        print(f"{sheet} is out of date: run python scripts/{Path(sys.argv[0]).name}", file=sys.stderr)
        return 1
    print(f"{sheet} is current")
    return 0


def _write(sheet: Path, wanted: str) -> int:
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text(wanted, encoding="utf-8")
    print(f"wrote {sheet}")
    return 0
