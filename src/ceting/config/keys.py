"""The keys of an installation, in a file that only its owner may read.

No Django here: the file is read before the settings are.
"""

import base64
import os
import secrets
import stat
from pathlib import Path

ONLY_OWNER = 0o600


class KeyFileError(Exception):
    """The file can't be used; the sentence is Indonesian and says what to do."""


def generate(name: str = "k1") -> str:
    """The text of a fresh key file: `NAME=value` lines with a new secret, a new data key and a new lookup key.

    A real server refuses a data key that is named demo: the demo's keys lie beside its passwords.
    """
    return (
        "# Kunci Ayo Ceting. Tanpa berkas ini data pribadi tidak bisa dibaca lagi, juga dari cadangan.\n"
        "# Simpan salinannya di tempat lain yang terkunci, jangan bersama cadangan.\n"
        f"CETING_SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"CETING_DATA_KEYS={name}:{new_key()}\n"
        f"CETING_LOOKUP_KEY={new_key()}\n"
    )


def new_key() -> str:
    """32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def write_new(path: Path, *, name: str = "k1") -> None:
    """Write a fresh key file, readable by its owner only. Raises FileExistsError: keys are never overwritten."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(generate(name))
        file.flush()
        os.fsync(file.fileno())


def load(path: Path) -> None:
    """Put the file's lines into the environment; what is set there already wins. Raises KeyFileError."""
    for name, value in read(path).items():
        os.environ.setdefault(name, value)


def read(path: Path) -> dict[str, str]:
    """`NAME=value` lines; empty lines and `#` are skipped. Raises KeyFileError."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KeyFileError(f"Berkas kunci {path} tidak bisa dibaca: {error.strerror}.") from error
    if mode & 0o077:
        raise KeyFileError(f"Berkas kunci {path} bisa dibaca orang lain. Jalankan: chmod 600 {path}")
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip().isidentifier():
            # Never the line itself: it may hold a key.
            raise KeyFileError(f"Berkas kunci {path}, baris {number}: tulis NAMA=nilai.")
        found[name.strip()] = value.strip()
    return found
