"""Write docs/reference/roles.md, who may do what, from the roles.

python scripts/build_roles.py            write it
python scripts/build_roles.py --check    exit 1 when the committed sheet isn't current
"""

from _generated import DOCS, run

from ceting.registry.office.role_words import render

if __name__ == "__main__":
    raise SystemExit(run(__doc__, DOCS / "reference" / "roles.md", render))
