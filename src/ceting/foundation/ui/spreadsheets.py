"""Tables that people open in a spreadsheet. No database."""

import re

_RUN = ("=", "+", "@", "\t", "\r")
_NUMBER = re.compile(r"-(?:[0-9][0-9.,]*)?")


def harmless(cell: object) -> str:
    """A cell that a spreadsheet would run as a formula is kept as text; "-" and "-1.73" are none."""
    text = str(cell)
    risky = text.startswith(_RUN) or (text[:1] == "-" and not _NUMBER.fullmatch(text))
    return f"'{text}" if risky else text
