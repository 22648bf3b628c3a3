"""`ceting test`: hands over to tests/run.py, which stays with the tests and isn't installed."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
RUNNER = ROOT / "tests" / "run.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=("sqlite", "postgresql", "browser", "js"), help="hanya satu bagian")
    parser.add_argument("-k", default="", metavar="EXPRESSION", help="hanya pengujian dengan nama ini")
    parser.add_argument("--jobs", type=int, help="banyaknya proses (bawaan: banyaknya inti prosesor)")
    parser.add_argument("paths", nargs="*", help="hanya berkas atau folder ini")


def run(args: argparse.Namespace) -> int:
    """The runner's exit code; 2 where there are no tests to run (an installation without its source)."""
    if not RUNNER.exists():
        print("Pengujian hanya ada di folder sumber Ayo Ceting (git clone).", file=sys.stderr)
        return 2
    words = [*args.paths]
    if args.only:
        words += ["--only", args.only]
    if args.k:
        words += ["-k", args.k]
    if args.jobs:
        words += ["--jobs", str(args.jobs)]
    return subprocess.run([sys.executable, str(RUNNER), *words], check=False).returncode  # noqa: S603
