"""What a real server refuses to start with: weak keys, open files, no HTTPS. Each a sentence: what, why, how to mend.

No Django here: `serve` and `work` ask before anything listens, and tests ask without a server.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SHORTEST_SECRET = 50
FEWEST_LETTERS = 16
"""Different characters of a secret that nobody typed: 67 random ones have about 43."""
FEWEST_BYTES = 20
"""Different bytes among the 32 of a key: random ones have 30, fewer than 20 once in 10^12 keys."""
INVENTED = ("change", "ganti", "rahasia", "contoh", "example", "secret", "insecure", "password", "default")
NOT_REAL = ("demo", "test", "contoh", "example")
SWITCHES = ("DEBUG", "DJANGO_DEBUG", "CETING_DEBUG")
OFF = ("", "0", "false", "no", "off")
OTHERS = 0o077
NEW_KEYS = "Buat kunci baru: ceting keys new BERKAS"


@dataclass(frozen=True)
class Installation:
    """What is judged: the keys and addresses, and the files that hold people."""

    secret: str
    data_keys: Sequence[tuple[str, bytes]]
    lookup_key: bytes
    hosts: Sequence[str]
    origins: Sequence[str]
    debug: bool
    home: Path
    key_file: Path | None = None
    database: Path | None = None
    """None for PostgreSQL."""
    tls_key: Path | None = None


def debug_switch(environment: Mapping[str, str]) -> bool:
    """Whether somebody switched debugging on, in any of the usual words."""
    return any(environment.get(name, "").strip().lower() not in OFF for name in SWITCHES)


def refusals(it: Installation) -> list[str]:
    """Every reason not to start, in Indonesian; empty when it may."""
    return [*_keys(it), *_addresses(it), *_files(it)]


def _keys(it: Installation) -> Iterator[str]:
    if len(it.secret) < SHORTEST_SECRET or len(set(it.secret)) < FEWEST_LETTERS:
        yield (
            "CETING_SECRET_KEY terlalu pendek atau terlalu teratur, jadi tanda masuk bisa ditebak. "
            f"Pakai {SHORTEST_SECRET} huruf acak. {NEW_KEYS}"
        )
    elif any(word in it.secret.lower() for word in INVENTED) or _is_a_row(it.secret.encode()):
        yield f"CETING_SECRET_KEY diambil dari contoh, jadi orang lain mengenalnya. {NEW_KEYS}"
    for name, key in [*it.data_keys, ("CETING_LOOKUP_KEY", it.lookup_key)]:
        if any(word in name.lower().split("-") for word in NOT_REAL):
            yield f"Kunci data {name!r} adalah kunci contoh; data pribadi tidak aman dengannya. {NEW_KEYS}"
        elif is_weak(key):
            yield f"Kunci {name} tidak acak, jadi data pribadi bisa dibuka orang lain. {NEW_KEYS}"
    names = [name for name, _ in it.data_keys]
    if len(set(names)) < len(names):
        yield "CETING_DATA_KEYS memakai satu nama untuk dua kunci. Beri setiap kunci nama sendiri."
    if it.lookup_key in [key for _, key in it.data_keys]:
        yield f"CETING_LOOKUP_KEY sama dengan kunci data; satu yang bocor membuka dua-duanya. {NEW_KEYS}"


def is_weak(key: bytes) -> bool:
    """Whether 32 bytes look typed or counted instead of random."""
    return len(set(key)) < FEWEST_BYTES or key.isascii() or _is_a_row(key)


def _is_a_row(text: bytes) -> bool:
    """Counts up or down for most of its length, as examples do: 0123..., abcd..."""
    steps = [(after - before) % 256 for before, after in pairwise(text)]
    return sum(step in (1, 255) for step in steps) * 2 > len(text)


def _addresses(it: Installation) -> Iterator[str]:
    if it.debug:
        yield (
            "DEBUG menyala; halaman kesalahan akan memperlihatkan data anak. "
            f"Hapus {', '.join(SWITCHES)} dari pengaturan."
        )
    if not it.hosts or any("*" in host for host in it.hosts):
        yield (
            "CETING_HOSTS kosong atau berisi '*', jadi nama server bisa dipalsukan. "
            "Tulis nama server, misalnya CETING_HOSTS=ceting.padang.go.id"
        )
    if not it.origins or not all(origin.startswith("https://") for origin in it.origins):
        yield (
            "CETING_ORIGINS belum berisi alamat https://, jadi isian bisa dibaca di jalan. "
            "Tulis alamat lengkap, misalnya CETING_ORIGINS=https://ceting.padang.go.id"
        )


def _files(it: Installation) -> Iterator[str]:
    for what, path in (("Berkas kunci", it.key_file), ("Kunci TLS", it.tls_key)):
        if path is not None:
            yield from _private(what, path, it.home, owned=what == "Berkas kunci")
    if it.database is not None:
        for path in _with_companions(it.database):
            yield from _private("Basis data", path, it.home, owned=False)
    if it.home.is_dir() and stat.S_IMODE(it.home.stat().st_mode) & 0o007:
        yield f"Folder data {it.home} bisa dibuka semua orang di komputer ini. Jalankan: chmod 700 {it.home}"


def _private(what: str, path: Path, home: Path, *, owned: bool) -> Iterator[str]:
    try:
        found = path.stat()
    except OSError as error:
        yield f"{what} {path} tidak bisa dibaca: {error.strerror}. Periksa alamat dan pemiliknya."
        return
    if stat.S_IMODE(found.st_mode) & OTHERS:
        yield f"{what} {path} bisa dibaca orang lain di komputer ini. Jalankan: chmod 600 {path}"
    if owned and found.st_uid not in _owners(home):
        yield (
            f"{what} {path} milik pengguna lain, yang bisa menggantinya kapan saja. "
            f"Jalankan: chown {os.geteuid()} {path}"
        )


def _owners(home: Path) -> set[int]:
    """Root, whoever runs this, and whoever owns the data."""
    return {0, os.geteuid(), *([home.stat().st_uid] if home.is_dir() else [])}


def _with_companions(database: Path) -> Iterable[Path]:
    """SQLite's write-ahead log holds rows too."""
    beside = (database.with_name(database.name + end) for end in ("-wal", "-shm"))
    return [database, *(path for path in beside if path.exists())]
