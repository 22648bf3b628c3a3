"""Who is invited: the same person never twice, and a name to sign in with for whoever has none."""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.models import RoleAssignment, User

Place = tuple[str, UUID | None, UUID | None, str]
"""Role, puskesmas, posyandu and name: by these somebody is the same person."""
LONGEST = 60
PREFIXES = {"petugas_gizi": "gizi", "dokter": "dr", "pengurus_rumah_gizi": "rumah-gizi"}
TITLES = {"dr", "drg", "hj", "h", "bd", "ns", "prof", "ibu", "bu", "pak", "bapak", "bidan", "kader"}
NAMELESS = "petugas"


def place_of(draft: InvitationDraft) -> Place:
    puskesmas = draft.puskesmas.pk if draft.puskesmas and not draft.posyandu else None
    posyandu = draft.posyandu.pk if draft.posyandu else None
    return draft.role, puskesmas, posyandu, draft.name.casefold()


def standing(drafts: Iterable[InvitationDraft]) -> dict[Place, list[User]]:
    """Those who hold a role already where the drafts are to get one."""
    given = list(drafts)
    puskesmas = {draft.puskesmas.pk for draft in given if draft.puskesmas}
    posyandu = {draft.posyandu.pk for draft in given if draft.posyandu}
    found: dict[Place, list[User]] = {}
    roles = RoleAssignment.objects.filter(
        Q(puskesmas__in=puskesmas) | Q(posyandu__in=posyandu), ended_at=None, user__is_active=True
    )
    for each in roles.select_related("user").order_by("id"):
        key = (each.role, each.puskesmas_id, each.posyandu_id, each.user.name.casefold())
        found.setdefault(key, []).append(each.user)
    return found


def username_for(draft: InvitationDraft) -> str:
    """`kader.wati`; with a number when somebody has that already."""
    base = f"{PREFIXES.get(draft.role, draft.role)}.{_first_word(draft.name)}"[: LONGEST - 5]
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    if base not in taken:
        return base
    return next(name for number in range(2, len(taken) + 3) if (name := f"{base}{number}") not in taken)


def _first_word(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain)
    return next((word for word in words if word not in TITLES and len(word) > 1), NAMELESS)
