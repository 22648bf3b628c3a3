"""News about families. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class GrowthBasisChanged:
    """Birth date, sex or length of pregnancy changed: whatever was derived from them is out of date."""

    child_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class RegisterChanged:
    """Who belongs to these posyandu from `since` on is another than before: whoever counted them counts again.

    `cause` is one of CAUSES; a child may belong to more than one of the posyandu (she moved).
    """

    child_ids: tuple[UUID, ...]
    posyandu_ids: tuple[UUID, ...]
    since: date
    cause: str
    by_id: UUID | None = None


CAUSES = {
    "registered": "anak didaftarkan",
    "changed": "tanggal lahir atau Buku KIA diperbaiki",
    "moved": "anak pindah",
    "left": "anak pindah keluar atau meninggal",
    "returned": "anak kembali terdaftar",
    "merged": "data ganda digabungkan",
    "unmerged": "penggabungan dibatalkan",
    "mistaken": "anak salah terdaftar",
}


@dataclass(frozen=True)
class ChildrenMerged:
    """`absorbed_id` was found to be `kept_id`: whoever keeps rows of a child carries them along."""

    merge_id: UUID
    kept_id: UUID
    absorbed_id: UUID


@dataclass(frozen=True)
class MergeUndone:
    """They are two children after all: the rows go back to whom they were written for."""

    merge_id: UUID
    kept_id: UUID
    absorbed_id: UUID


@dataclass(frozen=True)
class ChildDied:
    """A child died, or (`lives`) the record of it was a mistake: whoever writes to her family hears of it at once."""

    child_id: UUID
    puskesmas_id: UUID
    mother_id: UUID | None
    died_on: date
    lives: bool = False
    by_id: UUID | None = None


@dataclass(frozen=True)
class CaregiverDied:
    """A mother or another caregiver died, or (`lives`) the record of it was a mistake: who knows that it can't be
    recorded so refuses, and whoever plans anything with her stops."""

    caregiver_id: UUID
    puskesmas_id: UUID
    died_on: date
    lives: bool = False
    by_id: UUID | None = None


@dataclass(frozen=True)
class RegistrationWithdrawing:
    """These children are about to be withdrawn as registered by mistake: who keeps something of them refuses."""

    child_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class WomenWithdrawing:
    """These women are about to be withdrawn as registered by mistake: who keeps something of them refuses."""

    caregiver_ids: tuple[UUID, ...]


women_withdrawing = Signal()
registration_withdrawing = Signal()
child_died = Signal()
caregiver_died = Signal()
growth_basis_changed = Signal()
register_changed = Signal()
children_merged = Signal()
merge_undone = Signal()
