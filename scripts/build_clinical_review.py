"""Write docs/clinical-review.md, the sheet that a doctor signs, from the tables of the standards.

python scripts/build_clinical_review.py            write it
python scripts/build_clinical_review.py --check    exit 1 when the committed sheet isn't current
"""

from _generated import DOCS, run

from ceting.standards.clinical_review import render

if __name__ == "__main__":
    raise SystemExit(run(__doc__, DOCS / "clinical-review.md", render))
