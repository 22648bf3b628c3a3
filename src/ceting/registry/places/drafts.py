"""The arguments of the verbs about places, as somebody typed them."""

from dataclasses import dataclass
from datetime import date, time

from ceting.registry.places.models import Area, PosyanduKind


@dataclass(frozen=True)
class OfficeDraft:
    """How a puskesmas is reached, and where one goes when nobody is on duty."""

    name: str
    zone: str = "Asia/Jakarta"
    office_address: str = ""
    office_phone: str = ""
    after_hours_facility: str = ""
    after_hours_phone: str = ""
    emergency_phone: str = ""
    code: str = ""


@dataclass(frozen=True)
class PosyanduDraft:
    """What may be changed about a posyandu."""

    name: str
    village: Area
    rw: str = ""
    kind: str = PosyanduKind.CHILDREN.value


@dataclass(frozen=True)
class PustuDraft:
    name: str
    village: Area


@dataclass(frozen=True)
class ServiceDraft:
    """`weekdays` are digits, 0 is Monday; `quota` None is without a limit."""

    name: str
    weekdays: str
    starts: time
    ends: time
    quota: int | None = None


@dataclass(frozen=True)
class ClosureDraft:
    closed_on: date
    reason: str
