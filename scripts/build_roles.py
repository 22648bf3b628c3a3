"""Write docs/reference/roles.md, who may do what, from the roles.

python scripts/build_roles.py            write it
python scripts/build_roles.py --check    exit 1 when the committed sheet isn't current
"""

import argparse
import sys
from pathlib import Path

from ceting.registry.office.role_words import render

SHEET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "roles.md"


def main() -> int:
    """Write or check the sheet; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when the sheet is out of date"
    )
    parser.add_argument("--sheet", type=Path, default=SHEET, help="another place for the sheet")
    options = parser.parse_args()
    sheet: Path = options.sheet
    wanted = render()
    if options.check:
        if not sheet.exists() or sheet.read_text(encoding="utf-8") != wanted:
            print(f"{sheet} is out of date: run python scripts/build_roles.py", file=sys.stderr)
            return 1
        print(f"{sheet} is current")
        return 0
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text(wanted, encoding="utf-8")
    print(f"wrote {sheet}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
