"""The arguments of the verbs about people, as somebody typed them."""

from dataclasses import dataclass

from ceting.registry.places.models import Posyandu, Puskesmas


@dataclass(frozen=True)
class InvitationDraft:
    """Somebody who is to come in. Without a `username` one is made of her role and name."""

    name: str
    role: str
    puskesmas: Puskesmas | None = None
    posyandu: Posyandu | None = None
    phone: str = ""
    username: str = ""
