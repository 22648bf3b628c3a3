"""Who read somebody's data: when, in which role, and what for. Asked of the audit's index, never of the whole trail."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.ui.numerals import moment
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import ROLES
from ceting.registry.families.models import Child, those_who_became
from ceting.registry.rights.purposes import PURPOSES

UNNAMED = "Keperluan lain"
"""For rows of a version that read for a purpose of which nobody knows any more; none today (test_purposes)."""


@dataclass(frozen=True)
class Reading:
    """One time that somebody looked. `others`: how many further people stood on the same list."""

    at: datetime
    when: str
    who: str
    role: str
    purpose: str
    others: int


def subjects_of_child(child: Child) -> set[UUID]:
    """Her own key, and those of the doubles that were merged into her: what was read of them was hers."""
    return those_who_became([child.pk])


def readings(entry_ids: Sequence[UUID], *, of: Collection[UUID], zone: str) -> list[Reading]:
    """The entries in words, in the given order, with three queries however many they are."""
    entries = AuditEntry.objects.in_bulk(list(entry_ids))
    actors = {entry.actor_id for entry in entries.values() if entry.actor_id}
    users = User.objects.defer("phone").in_bulk(list(actors))
    held = list(RoleAssignment.objects.filter(user__in=actors).order_by("id"))
    place, known = ZoneInfo(zone), {str(key) for key in of}
    found = []
    for entry in (entries[key] for key in entry_ids if key in entries):
        reader = users.get(entry.actor_id) if entry.actor_id else None
        found.append(
            Reading(
                at=entry.at,
                when=moment(entry.at, place),
                who=reader.name if reader else "Sistem",
                role=_roles(held, entry),
                purpose=PURPOSES.get(entry.purpose, UNNAMED),
                others=len(set(entry.subject_ids) - known),
            )
        )
    return found


def _roles(held: Iterable[RoleAssignment], entry: AuditEntry) -> str:
    """The roles that she held at that moment; whoever changed her role since isn't shown in the new one."""
    labels = [
        ROLES[each.role].label
        for each in held
        if each.user_id == entry.actor_id
        and each.created_at <= entry.at
        and (each.ended_at is None or each.ended_at > entry.at)
    ]
    return ", ".join(dict.fromkeys(labels))
