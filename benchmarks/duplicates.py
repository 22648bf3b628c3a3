"""How long the nightly look for doubles takes among a city's 175,000 children, on SQLite and PostgreSQL.

Run by `ceting bench duplicates`, or directly. One child in fifty is registered a second time, spelt a little otherwise.
Timed: the first night, which looks at everybody, and a later one, after which some children were changed.
"""

import argparse
import sys
from collections.abc import Sequence

from benchmarks._running import in_both


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="ceting bench duplicates", description=__doc__)
    parser.add_argument("--children", type=int, default=175_000)
    parser.add_argument("--changed", type=int, default=500)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args(words)
    return in_both("_nights", [str(asked.children), str(asked.changed)], only=asked.only)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
