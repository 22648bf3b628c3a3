"""Changing keys in the key file: rewritten whole or not at all, with the owner and mode that it has."""

import base64
import os
from pathlib import Path

from ceting.config import keys

DATA, LOOKUP, NEXT_LOOKUP = "CETING_DATA_KEYS", "CETING_LOOKUP_KEY", "CETING_LOOKUP_KEY_NEXT"


def add_data_key(path: Path) -> str:
    """Put a fresh key before the others; its name. It writes as soon as the services are restarted."""
    held = keys.read(path)[DATA]
    names = {part.strip().partition(":")[0] for part in held.split(",")}
    name = next(f"k{number}" for number in range(1, len(names) + 2) if f"k{number}" not in names)
    rewrite(path, {DATA: f"{name}:{keys.new_key()},{held}"})
    return name


def keep_first_data_key(path: Path) -> None:
    """Take every key but the one that writes out of the file."""
    rewrite(path, {DATA: keys.read(path)[DATA].split(",")[0].strip()})


def next_lookup_key(path: Path) -> bytes:
    """The lookup key to come. Written down before it is used: a power cut must not lose it."""
    held = keys.read(path).get(NEXT_LOOKUP)
    if not held:
        held = keys.new_key()
        rewrite(path, {NEXT_LOOKUP: held})
    return base64.b64decode(held)


def take_next_lookup_key(path: Path) -> None:
    """The key to come is the key now."""
    rewrite(path, {LOOKUP: keys.read(path)[NEXT_LOOKUP], NEXT_LOOKUP: ""})


def rewrite(path: Path, changes: dict[str, str]) -> None:
    """Change or add lines, keep all others; an empty value takes the line out."""
    # What can't be read must not be written either.
    keys.read(path)
    waiting, lines = dict(changes), []
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.partition("=")[0].strip()
        if name in changes:
            value = waiting.pop(name, "")
            lines += [f"{name}={value}"] if value else []
        else:
            lines.append(line)
    lines += [f"{name}={value}" for name, value in waiting.items() if value]
    found, draft = path.stat(), path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, keys.ONLY_OWNER)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        if os.geteuid() == 0:
            os.fchown(file.fileno(), found.st_uid, found.st_gid)
        file.write("\n".join([*lines, ""]))
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
