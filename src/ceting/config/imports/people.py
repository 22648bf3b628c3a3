"""In whose name a command writes, and the places that a file names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ceting.config.imports.sheets import BadFileError, LineProblem
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.registry.office.batches import Batch, UnclearError, every_posyandu_of, posyandu_called
from ceting.registry.office.pasted import Column, ListLine
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.place_names import place_key

PUSKESMAS = Column("puskesmas", ("puskesmas", "namapuskesmas", "pkm"))


def acting(username: str, *, may: str) -> User:
    """The person who answers for what is written. Raises BadFileError."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        raise BadFileError(
            LineProblem(0, f"Tidak ada akun “{username}” yang aktif. Isi --oleh dengan nama masuknya.")
        )
    if not any(assignment.allows(may) for assignment in user.assignments):
        raise BadFileError(
            LineProblem(0, f"Akun “{username}” tidak berwenang untuk ini. Pilih --oleh yang lain.")
        )
    return user


def those_run_by(user: User, *, may: str) -> list[Puskesmas]:
    """The puskesmas for which she may write; all of them for whoever runs every one."""
    scope = Scope.managed(user, may=may)
    found = Puskesmas.objects.all() if scope is None else Puskesmas.objects.filter(pk__in=scope.puskesmas)
    return list(found.order_by("name"))


def named(name: str, puskesmas: list[Puskesmas]) -> Puskesmas | str:
    """The one of that name, the only one when the file names none; else a sentence."""
    found = [each for each in puskesmas if not name or place_key(each.name) == place_key(name)]
    if len(found) == 1:
        return found[0]
    if not name:
        return "Isi kolom puskesmas, karena ada lebih dari satu."
    return f"Puskesmas “{name}” tidak dikenal, atau bukan wewenang akun ini."


def by_puskesmas(
    lines: Iterable[ListLine], puskesmas: list[Puskesmas]
) -> tuple[dict[Puskesmas, list[ListLine]], list[LineProblem]]:
    """The lines of each puskesmas by their own column, and what is wrong with those that name none of them."""
    found: dict[Puskesmas, list[ListLine]] = defaultdict(list)
    problems = []
    for line in lines:
        home = named(line.cells[PUSKESMAS.name], puskesmas)
        if isinstance(home, str):
            problems.append(LineProblem(line.number, home))
        else:
            found[home].append(line)
    return found, problems


def problems_of(batches: Iterable[Batch[Any]]) -> list[LineProblem]:
    return [LineProblem(line.number, sentence) for batch in batches for line, sentence in batch.problems]


def posyandu_named(name: str, puskesmas: Puskesmas) -> Posyandu:
    """The open one of that name, as a list of the office names it. Raises BadFileError."""
    try:
        return posyandu_called(name, every_posyandu_of(puskesmas))
    except UnclearError as unclear:
        raise BadFileError(LineProblem(0, str(unclear))) from unclear
