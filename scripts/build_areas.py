"""Build an area file (areas.csv: code,level,name,parent) for part of the country from the npm package idn-area-data.

    npm pack idn-area-data && tar xzf idn-area-data-*.tgz
    python scripts/build_areas.py package/data 13.71 src/ceting/registry/places/data/padang_areas.csv

The data are under the ODbL: the notice beside the output travels with it.
"""

import csv
import sys
from pathlib import Path

FILES = (
    ("provinces.csv", "province", None),
    ("regencies.csv", "regency", "province_code"),
    ("districts.csv", "district", "regency_code"),
    ("villages.csv", "village", "district_code"),
)


def rows(source: Path, wanted: str) -> list[tuple[str, str, str, str]]:
    """Every area inside `wanted` (a Kemendagri code such as 13.71) and its ancestors, parents first."""
    found = []
    for name, level, parent_column in FILES:
        with (source / name).open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                code = row["code"]
                if code == wanted or code.startswith(wanted + ".") or wanted.startswith(code + "."):
                    title = row["name"].title() if row["name"].isupper() else row["name"]
                    found.append((code, level, title, row[parent_column] if parent_column else ""))
    return found


def main() -> None:
    source, wanted, target = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("code", "level", "name", "parent"))
        writer.writerows(rows(source, wanted))


if __name__ == "__main__":
    main()
