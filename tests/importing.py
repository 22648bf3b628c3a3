"""`ceting import` for tests: a file, and the command in this process."""

import argparse
from pathlib import Path

from ceting.config.commands import import_files
from ceting.config.imports import running

ADDRESS = "https://ceting.example.id"


def written(folder: Path, text: str, name: str = "berkas.csv") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def ceting(*words: str) -> int:
    """`ceting import ...` in this process, with the test's database."""
    parser = argparse.ArgumentParser()
    import_files.add_arguments(parser)
    return running.run(parser.parse_args(words))
