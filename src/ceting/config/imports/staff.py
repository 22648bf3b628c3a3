"""Staff with their roles: each gets a one-time link, which goes into one file that only its owner reads."""

import csv
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, LineProblem, Outcome, read
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui.spreadsheets import harmless
from ceting.registry.accounts import link_operations
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.link_operations import Invited
from ceting.registry.accounts.models import User
from ceting.registry.office.batches import STAFF, VILLAGE, Batch, invitations_of_lines
from ceting.registry.office.pasted import ListLine

PERMISSION = "staff.manage"
COLUMNS = (*STAFF, VILLAGE, people.PUSKESMAS)
REQUIRED = {"name": "nama", "username": "nama masuk", "role": "peran"}
LINE_ENDS = "\r\n"


@transaction.atomic
def take(path: Path, *, by: User, address: str, links: Path | None) -> Outcome:
    """All or nothing. `links` None: a try, whose transaction the caller takes back. Raises BadFileError.

    Who has an account under that name is passed over; her roles are changed on her page.
    """
    lines = read(path, COLUMNS, required=REQUIRED)
    known = set(User.objects.values_list("username", flat=True))
    fresh, problems = _without_account(lines, known)
    found, strange = people.by_puskesmas(fresh, people.those_run_by(by, may=PERMISSION))
    # Whether somebody may give Dinas' own role, the verb decides.
    batches = [invitations_of_lines(its_lines, home, but=()) for home, its_lines in found.items()]
    problems += [*strange, *people.problems_of(batches)]
    if problems:
        raise BadFileError(*sorted(problems))
    invited = _invite(batches, by)
    if links is not None and invited:
        _write(links, invited, address)
    return Outcome(len(invited), len(lines) - len(fresh))


def _without_account(
    lines: Iterable[ListLine], known: Collection[str]
) -> tuple[list[ListLine], list[LineProblem]]:
    """Those who are to get an account, and the lines that name none or one that another line names."""
    fresh, problems = [], []
    seen: set[str] = set()
    for line in lines:
        username = line.cells["username"].lower()
        if not username:
            problems.append(LineProblem(line.number, "Isi nama masuk."))
        elif username in seen:
            problems.append(LineProblem(line.number, f"Nama masuk “{username}” ada dua kali di berkas."))
        elif username not in known:
            fresh.append(line)
        seen.add(username)
    return fresh, problems


def _invite(batches: Iterable[Batch[InvitationDraft]], by: User) -> list[Invited]:
    """In the order of the file. Raises BadFileError."""
    pairs = [pair for batch in batches for pair in zip(batch.lines, batch.items, strict=True)]
    pairs.sort(key=lambda pair: pair[0].number)
    try:
        return link_operations.invite_many([draft for _, draft in pairs], by=by)
    except RefusedError as refusal:
        problems = [LineProblem(pairs[int(each.field)][0].number, each.sentence) for each in refusal.problems]
        raise BadFileError(*problems) from refusal


def _write(path: Path, invited: list[Invited], address: str) -> None:
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
        for each in invited:
            link = f"{address.rstrip('/')}{reverse('accounts:key')}?k={each.token}"
            writer.writerow([*map(harmless, (each.user.name, each.user.username, link))])
