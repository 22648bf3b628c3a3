"""`ceting keys new|status|rotate`: fresh keys, which keys are in use, and writing everything under a newer one."""

import argparse
import os
import sys
from pathlib import Path

from django.db import DatabaseError
from django.utils.module_loading import import_string

from ceting.config import key_file, keys, readiness
from ceting.foundation.core.ciphers import UnreadableValueError, fingerprint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="new|status|rotate")
    new = deeds.add_parser("new", help="tulis berkas kunci baru; yang ada tidak pernah ditimpa")
    new.add_argument("file", type=Path, help="berkas yang akan dibuat")
    deeds.add_parser("status", help="kunci mana yang dipakai berapa nilai")
    rotate = deeds.add_parser("rotate", help="tulis ulang data pribadi dengan kunci terbaru")
    how = rotate.add_mutually_exclusive_group()
    how.add_argument("--prepare", action="store_true", help="langkah 1: tambahkan kunci baru ke berkas kunci")
    how.add_argument(
        "--finish", action="store_true", help="langkah 3: buang kunci lama yang tidak dipakai lagi"
    )
    how.add_argument("--lookup", action="store_true", help="ganti kunci pencarian; hentikan server dahulu")


def run(args: argparse.Namespace) -> int:
    """0; 1 with a sentence when something must be done first."""
    try:
        return {"new": _new, "status": _status, "rotate": _rotate}[args.deed](args)
    except (keys.KeyFileError, readiness.NotReadyError) as error:
        print(error, file=sys.stderr)
    except UnreadableValueError as error:
        print(f"Ada nilai yang tidak terbuka dengan kunci mana pun: {error}", file=sys.stderr)
    except DatabaseError as error:
        print(f"Basis data tidak bisa ditulisi ({type(error).__name__}).", file=sys.stderr)
    return 1


def _new(args: argparse.Namespace) -> int:
    try:
        keys.write_new(args.file)
    except FileExistsError:
        raise keys.KeyFileError(f"{args.file} sudah ada; kunci tidak pernah ditimpa.") from None
    except OSError as error:
        raise keys.KeyFileError(f"{args.file} tidak bisa ditulis: {error.strerror}.") from error
    print(f"Kunci baru: {args.file}. Simpan salinannya di tempat lain yang terkunci (docs/how-to/keys.md).")
    return 0


def _status(_: argparse.Namespace) -> int:
    readiness.set_up()
    readiness.check_database_exists()
    # By name: they are made of models, which can't be imported before set_up().
    used: dict[str, int] = import_string("ceting.config.rotation.counts")()
    writing, *others = [name for name, _ in import_string("django.conf.settings").DATA_KEYS]
    print(f"Sidik kunci: {fingerprint()}")
    print(f"{writing}  menulis  {used.pop(writing, 0)} nilai")
    for name in others:
        print(f"{name}  membaca  {used.pop(name, 0)} nilai")
    for name, number in sorted(used.items()):
        print(f"{name}  TIDAK ADA  {number} nilai tidak bisa dibaca")
    return 1 if used else 0


def _rotate(args: argparse.Namespace) -> int:
    if args.prepare:
        name = key_file.add_data_key(_file())
        print(
            f"Kunci {name} ditambahkan. Simpan salinan berkas kunci, jalankan ulang ceting-web dan ceting-work, "
            "lalu: ceting keys rotate"
        )
        return 0
    readiness.set_up()
    readiness.check_database_exists()
    if args.lookup:
        return _rotate_lookup()
    if args.finish:
        return _finish()
    changed = import_string("ceting.config.rotation.rotate_data")()
    print(
        f"{changed} nilai ditulis ulang dengan kunci terbaru. Membuang kunci lama: ceting keys rotate --finish"
    )
    return 0


def _rotate_lookup() -> int:
    file = _file()
    changed = import_string("ceting.config.rotation.rotate_lookup")(key_file.next_lookup_key(file))
    key_file.take_next_lookup_key(file)
    # Its proof is made with the key that is gone; the next sealing makes another.
    import_string("ceting.config.anchor.keep")(import_string("django.conf.settings").HOME, None)
    print(f"{changed} sidik pencarian dihitung ulang. Sekarang jalankan lagi server, dan buat cadangan baru.")
    return 0


def _finish() -> int:
    used: dict[str, int] = import_string("ceting.config.rotation.counts")()
    writing = import_string("django.conf.settings").DATA_KEYS[0][0]
    old = sum(number for name, number in used.items() if name != writing)
    if old:
        raise keys.KeyFileError(
            f"Masih ada {old} nilai dengan kunci lama. Jalankan dahulu: ceting keys rotate"
        )
    key_file.keep_first_data_key(_file())
    print(
        "Kunci lama dibuang dari berkas kunci. Simpan amplop kunci lama selama masih ada cadangan dari masanya, "
        "jalankan ulang server, dan buat cadangan baru."
    )
    return 0


def _file() -> Path:
    file = os.environ.get("CETING_ENV_FILE")
    if not file:
        raise keys.KeyFileError("CETING_ENV_FILE belum diisi, jadi berkas kunci tidak diketahui.")
    return Path(file)
