"""`ceting <command>`: one table of commands; each command's module is loaded only when it is asked for.

A command module has `add_arguments(parser)` and `run(args) -> int`, the exit code. Loading only the one that was
asked for keeps `ceting survey` free of Django and quick to start.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ceting.config import keys


@dataclass(frozen=True)
class Command:
    """`module` is loaded by name; `summary` is the line in the help."""

    module: str
    summary: str


COMMANDS = {
    "demo": Command("ceting.config.commands.demo", "Coba Ayo Ceting dengan data contoh di komputer ini"),
    "demo-data": Command("ceting.config.commands.demo_data", "Siapkan data contoh saja, tanpa server"),
    "serve": Command("ceting.config.commands.serve", "Jalankan server web"),
    "work": Command("ceting.config.commands.work", "Jalankan pekerjaan di latar belakang"),
    "migrate": Command("ceting.config.commands.migrate", "Siapkan atau perbarui basis data"),
    "first-account": Command(
        "ceting.config.commands.first_account", "Buat akun pertama di instalasi yang baru"
    ),
    "import": Command(
        "ceting.config.commands.import_files",
        "Masukkan wilayah, posyandu, anak, ibu hamil dan petugas dari berkas",
    ),
    "survey": Command("ceting.survey.command", "Hitung z-score dan prevalensi dari berkas survei"),
    "backup": Command("ceting.config.commands.backup", "Buat cadangan dan periksa dengan membacanya kembali"),
    "restore": Command("ceting.config.commands.restore", "Pulihkan dari cadangan"),
    "rehearse": Command(
        "ceting.config.commands.rehearse", "Latih pemulihan cadangan terakhir, di samping data"
    ),
    "keys": Command("ceting.config.commands.keys", "Buat, periksa dan ganti kunci data pribadi"),
    "health": Command(
        "ceting.config.commands.health", "Periksa keadaan server: disk, cadangan, antrean, jam"
    ),
    "audit": Command("ceting.config.commands.audit", "Periksa bahwa jejak audit tidak diubah"),
    "bench": Command("ceting.config.commands.bench", "Ukur kecepatan (untuk pengembang)"),
    "test": Command("ceting.config.commands.test", "Jalankan semua pengujian (untuk pengembang)"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Without a known command: the list of commands and 2."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] not in COMMANDS:
        asked_for_help = bool(words) and words[0] in ("-h", "--help", "help")
        print(_overview(), file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    if file := os.environ.get("CETING_ENV_FILE"):
        try:
            keys.load(Path(file))
        except keys.KeyFileError as error:
            print(error, file=sys.stderr)
            return 2
    command = COMMANDS[words[0]]
    module = import_module(command.module)
    parser = argparse.ArgumentParser(prog=f"ceting {words[0]}", description=command.summary)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words[1:])))


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Ayo Ceting. Pakai: ceting <perintah> [pilihan]", "", *lines])


if __name__ == "__main__":
    sys.exit(main())
