"""Staff with their roles: each gets a one-time link, which goes into one file that only its owner reads."""

import csv
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, LineProblem, Outcome, Row, read
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui.spreadsheets import harmless
from ceting.registry.accounts import link_operations
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES, Reach
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.identity import IdentityError, parse_phone

PERMISSION = "staff.manage"
COLUMNS = {
    "nama": ("nama lengkap", "nama petugas"),
    "nama masuk": ("username", "akun", "nama akun"),
    "peran": ("role", "tugas", "jabatan"),
    "puskesmas": ("nama puskesmas", "pkm"),
    "kelurahan": ("desa", "nagari", "desa kelurahan"),
    "posyandu": ("nama posyandu",),
    "hp": ("no hp", "nomor hp", "telepon", "no telp"),
}
ROLE_OF = {word.casefold(): code for code, role in ROLES.items() for word in (code, role.label)} | {
    "kader": "kader",
    "petugas gizi": "petugas_gizi",
    "kepala": "kepala",
    "admin": "admin",
}
LINE_ENDS = "\r\n"


@transaction.atomic
def take(path: Path, *, by: User, address: str, links: Path | None) -> Outcome:
    """All or nothing. `links` None: a try, whose transaction the caller takes back. Raises BadFileError.

    Who has an account under that name is passed over; her roles are changed on her page.
    """
    rows = read(path, COLUMNS, required=("nama", "nama masuk", "peran"))
    mine = people.those_run_by(by, may=PERMISSION)
    known = set(User.objects.values_list("username", flat=True))
    problems: list[LineProblem] = []
    invited: list[tuple[User, str]] = []
    seen: set[str] = set()
    for row in rows:
        username = row["nama masuk"].lower()
        if username in seen:
            problems.append(LineProblem(row.line, f"Nama masuk “{username}” ada dua kali di berkas."))
        elif username not in known:
            try:
                with transaction.atomic():
                    invited.append(_invite(row, username, mine, by))
            except RefusedError as refusal:
                problems += [LineProblem(row.line, each.sentence) for each in refusal.problems]
            except BadFileError as bad:
                problems += bad.problems
        seen.add(username)
    if problems:
        raise BadFileError(*problems)
    if links is not None and invited:
        _write(links, invited, address)
    return Outcome(len(invited), len(seen & known))


def _invite(row: Row, username: str, mine: list[Puskesmas], by: User) -> tuple[User, str]:
    role = ROLE_OF.get(row["peran"].casefold())
    if role is None:
        raise _bad(row, f"Peran “{row['peran']}” tidak dikenal. Pakai misalnya: kader, bidan, petugas gizi.")
    if not row["nama"] or not username or not username.isascii() or " " in username or len(username) > 60:
        raise _bad(row, "Isi nama, dan nama masuk tanpa spasi.")
    home = people.named(row["puskesmas"], mine)
    if isinstance(home, str):
        raise _bad(row, home)
    post: Posyandu | None = None
    if ROLES[role].reach is Reach.POSYANDU:
        found = people.posyandu_named(row["posyandu"], row["kelurahan"], home)
        if isinstance(found, str):
            raise _bad(row, found)
        post = found
    try:
        phone = parse_phone(row["hp"]) if row["hp"] else ""
    except IdentityError as error:
        raise _bad(row, error.sentence) from error
    return link_operations.invite(
        name=row["nama"][:120],
        username=username,
        phone=phone,
        role=role,
        puskesmas=None if post else home,
        posyandu=post,
        by=by,
    )


def _bad(row: Row, sentence: str) -> BadFileError:
    return BadFileError(LineProblem(row.line, sentence))


def _write(path: Path, invited: list[tuple[User, str]], address: str) -> None:
    """A new file of mode 0600: it is never there for others, not for a moment. Raises BadFileError."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadFileError(LineProblem(0, f"{path} sudah ada; pilih berkas lain untuk tautan.")) from None
    except OSError as error:
        raise BadFileError(LineProblem(0, f"{path} tidak bisa ditulis: {error.strerror}.")) from error
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator=LINE_ENDS)
        writer.writerow(
            ["Nama", "Nama masuk", f"Tautan (berlaku {settings.LINK_DAYS} hari, satu kali pakai)"]
        )
        for user, token in invited:
            link = f"{address.rstrip('/')}{reverse('accounts:key')}?k={token}"
            writer.writerow([*map(harmless, (user.name, user.username, link))])
