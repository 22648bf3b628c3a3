"""A file that nobody can hold in her head is two files."""

from pathlib import Path

from tests.architecture import house

LONGEST = 500
HAND_WRITTEN = (".py", ".js", ".mjs", ".css", ".html")
NOT_OURS = {"vendor", "migrations", "node_modules"}


def test_no_hand_written_file_is_over_500_lines() -> None:
    too_long = {str(path.relative_to(house.ROOT)): lines for path, lines in sizes() if lines > LONGEST}
    assert too_long == {}


def sizes() -> list[tuple[Path, int]]:
    """Hand-written files with their number of lines."""
    return [
        (path, len(path.read_text(encoding="utf-8").splitlines()))
        for folder in ("src", "tests", "scripts", "benchmarks")
        for path in sorted((house.ROOT / folder).rglob("*"))
        if path.suffix in HAND_WRITTEN and not NOT_OURS & {*path.parts}
    ]
