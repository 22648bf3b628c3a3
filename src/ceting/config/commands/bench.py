"""`ceting bench`: the measurements that CHANGELOG and docs quote, from benchmarks/."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "benchmarks"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="growth, survey, ...; tanpa nama: semua")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="pilihan dari pengukuran itu sendiri")


def run(args: argparse.Namespace) -> int:
    """Run `main()` of one script or of all; 2 for a name that doesn't exist."""
    scripts = {path.stem: path for path in sorted(FOLDER.glob("[a-z]*.py"))}
    wanted = [args.name] if args.name else list(scripts)
    if not wanted or not set(wanted) <= set(scripts):
        print(f"Pilihan yang ada: {', '.join(scripts) or 'belum ada'}", file=sys.stderr)
        return 2
    return max(_measure(scripts[name], args.words) for name in wanted)


def _measure(script: Path, words: list[str]) -> int:
    print(f"== {script.stem} ==", flush=True)
    # The scripts are a package beside src/: they share how they name the machine.
    root = str(FOLDER.parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    main = import_module(f"benchmarks.{script.stem}").main
    return int((main(words) if words else main()) or 0)
