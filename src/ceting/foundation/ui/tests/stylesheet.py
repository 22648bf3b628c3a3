"""Reads the tokens out of tokens.css, and computes contrast as WCAG 2.2 defines it."""

import re
from pathlib import Path

STATIC = Path(__file__).parent.parent / "static" / "ui"
_BLOCK = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")


def blocks(css: str) -> list[tuple[str, dict[str, str]]]:
    """(selector, tokens) of every innermost block, in the order of the file."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return [
        (found["selector"].strip(), dict(_TOKEN.findall(found["body"]))) for found in _BLOCK.finditer(bare)
    ]


def themes() -> dict[str, dict[str, str]]:
    """`light`, `device dark` and `chosen dark`: token -> value as somebody sees it."""
    light: dict[str, str] = {}
    dark: dict[str, dict[str, str]] = {}
    for selector, tokens in blocks((STATIC / "tokens.css").read_text(encoding="utf-8")):
        if selector.endswith(':root:not([data-theme="light"])'):
            dark["device dark"] = tokens
        elif selector.endswith(':root[data-theme="dark"]'):
            dark["chosen dark"] = tokens
        elif selector.endswith(":root") and not light:
            light = tokens
    return {"light": light} | {name: light | tokens for name, tokens in dark.items()}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
