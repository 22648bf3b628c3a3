"""A chart that brings its own ink, for readers that know no style sheet of ours: typst, a file by itself."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from ceting.foundation.ui.drawing import Drawing

_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")


def standalone_svg(drawing: Drawing, title: str, *sheets: str) -> str:
    """The drawing as SVG with ui/chart_ink.css and an app's `sheets` (static paths) in it, in the light colours."""
    svg = render_to_string("ui/chart_svg.html", {"drawing": drawing, "title": title, "summary": ""})
    head, rest = svg.split(">", 1)
    return f"{head}><style>{ink(*sheets)}</style>{rest}"


@cache
def ink(*sheets: str) -> str:
    """The sheets with the colours of the light tokens put in: one home for both."""
    tokens = _sheet("ui/tokens.css").split("@media", 1)[0]
    colours = {name: value.strip() for name, value in _TOKEN.findall(tokens)}
    rules = "\n".join(map(_sheet, ("ui/chart_ink.css", *sheets)))
    found = _USE.sub(lambda use: colours[use[1]], rules)
    return f'{found} text {{ font-family: "Libertinus Serif"; }}'


def _sheet(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
