"""News about pregnancies. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class PregnanciesRegistered:
    """Somebody told us of these pregnancies."""

    pregnancy_ids: tuple[UUID, ...]
    puskesmas_id: UUID


@dataclass(frozen=True)
class PregnancyRedated:
    """Her weeks are counted from another day than before."""

    pregnancy_id: UUID
    puskesmas_id: UUID


@dataclass(frozen=True)
class ContactRecorded:
    """A contact was written, corrected or struck out: what was derived of the pregnancy stands again."""

    pregnancy_id: UUID
    contact_id: UUID
    puskesmas_id: UUID


@dataclass(frozen=True)
class ChildrenBorn:
    """A pregnancy ended in a birth; the children are registered under their mother."""

    pregnancy_id: UUID
    outcome_id: UUID
    woman_id: UUID
    child_ids: tuple[UUID, ...]
    puskesmas_id: UUID


@dataclass(frozen=True)
class PregnancyLost:
    """Miscarriage, stillbirth, a twin who died, or her own death: whatever assumes a living pregnancy stops now."""

    pregnancy_id: UUID
    outcome_id: UUID
    woman_id: UUID
    puskesmas_id: UUID


@dataclass(frozen=True)
class PregnancyEnded:
    """No longer followed here: born, lost, moved away, or never there."""

    pregnancy_id: UUID
    woman_id: UUID
    puskesmas_id: UUID


@dataclass(frozen=True)
class EndUndone:
    """The outcome was a mistake: the pregnancy goes on."""

    pregnancy_id: UUID
    woman_id: UUID
    puskesmas_id: UUID


pregnancies_registered = Signal()
pregnancy_redated = Signal()
contact_recorded = Signal()
children_born = Signal()
pregnancy_lost = Signal()
pregnancy_ended = Signal()
end_undone = Signal()
