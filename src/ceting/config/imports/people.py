"""In whose name a command writes, and the places that a file names."""

from ceting.config.imports.sheets import BadFileError, LineProblem
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.place_names import place_key


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


def posyandu_named(name: str, village: str, puskesmas: Puskesmas) -> Posyandu | str:
    """The one of that name, in that village if it is said; else a sentence."""
    found = [
        each
        for each in puskesmas.posyandu.select_related("village", "puskesmas")
        if place_key(each.name) == place_key(name)
        and (not village or place_key(each.village.name) == place_key(village))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        return f"Ada beberapa Posyandu {name}. Isi kolom kelurahan."
    return f"Posyandu “{name}” tidak dikenal di {puskesmas}."
