"""Which drawings the sprite holds."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static/ui/icons.svg"


@cache
def icon_names() -> tuple[str, ...]:
    """The ids of all symbols, in the order of the file."""
    return tuple(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
