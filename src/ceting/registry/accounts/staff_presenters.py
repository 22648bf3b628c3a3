"""Words for the pages about the staff; no database."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import ROLES


@dataclass(frozen=True)
class PersonLine:
    """One row of the list of staff."""

    user: User
    roles: tuple[str, ...]
    state: str
    tone: str

    @classmethod
    def of(cls, user: User, assignments: list[RoleAssignment]) -> "PersonLine":
        state, tone = state_of(user)
        return cls(user, tuple(role_at(each) for each in assignments), state, tone)


def state_of(user: User) -> tuple[str, str]:
    """Word and tone: closed, invited, or at work."""
    if not user.is_active:
        return "Ditutup", "neutral"
    if not user.has_usable_password():
        return "Belum pernah masuk", "attention"
    return "Aktif", "good"


def role_at(assignment: RoleAssignment) -> str:
    place = assignment.posyandu or assignment.puskesmas
    label = ROLES[assignment.role].label
    return f"{label} · {place}" if place else label


def whatsapp_url(name: str, phone: str, url: str, days: int) -> str:
    """Click to chat: the sender reads the message in her own WhatsApp before it goes."""
    text = (
        f"Halo {name}, ini tautan untuk membuat kata sandi Ayo Ceting. Berlaku {days} hari dan hanya sekali pakai; "
        f"jangan diteruskan ke orang lain.\n{url}"
    )
    return f"https://wa.me/{phone.lstrip('+')}?{urlencode({'text': text})}"
