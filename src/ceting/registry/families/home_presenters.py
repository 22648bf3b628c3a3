"""Words about a family; no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.foundation.ui.wording import place_words
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import (
    Caregiver,
    Child,
    FamilyChange,
    Household,
    HouseholdMove,
    MainCaregiver,
    Relation,
)
from ceting.standards.identity import format_phone
from ceting.standards.numbers import format_age, format_date


def facts(household: Household, reader: User, at: Collection[UUID]) -> list[tuple[str, str]]:
    """What `reader` may read of the household of children at these puskesmas."""
    village = household.village.name if household.village else ""
    found = [("Tempat tinggal", place_words(village, household.rw, household.rt))]
    if readable(reader, household, "address", at=at):
        found += [("Alamat", household.address), ("Nomor KK", household.kk)]
    return found


def called(caregivers: Sequence[Caregiver], mains: Mapping[UUID, UUID]) -> str:
    """`Keluarga Rosmaini`: by who cares most, else by whoever cares; a family without either is just one."""
    living = [each for each in caregivers if each.lives]
    first = [each for each in living if each.pk in mains.values()]
    first += [each for each in living if not hasattr(each, "ending")]
    first += [each for each in caregivers if not each.lives]
    return f"Keluarga {first[0].name}" if first else "Keluarga"


@dataclass(frozen=True)
class CaregiverLine:
    caregiver: Caregiver
    relation: str
    phone: str
    """As people write it, "" for whom it isn't; `call` is where tapping it leads."""
    call: str
    main_for: str
    ended: str


def caregiver_lines(
    caregivers: Sequence[Caregiver],
    children: Sequence[Child],
    mains: Mapping[UUID, UUID],
    reader: User,
    at: Collection[UUID],
) -> list[CaregiverLine]:
    """Those who care now first. A phone only for whom it is."""
    with_phone = bool(caregivers) and readable(reader, caregivers[0], "phone", at=at)
    return [
        CaregiverLine(
            caregiver=each,
            relation=Relation(each.relation).label,
            phone=format_phone(each.phone) if with_phone and each.phone and each.lives else "",
            call=f"tel:{each.phone}" if with_phone and each.phone and each.lives else "",
            main_for=", ".join(
                child.name
                for child in children
                if each.lives and child.lives and mains.get(child.pk) == each.pk
            ),
            ended=_ended(each),
        )
        for each in sorted(caregivers, key=lambda each: (bool(_ended(each)), each.pk.bytes))
    ]


def mourning(
    caregivers: Sequence[Caregiver], children: Sequence[Child], mains: Mapping[UUID, UUID]
) -> tuple[str, ...]:
    """What to do where a mother or another caregiver died: for the children, and whoever looks after them now."""
    died = {each.pk: each for each in caregivers if not each.lives}
    if not died:
        return ()
    names = " dan ".join(each.name for each in died.values())
    told = [f"{names} meninggal. Temani keluarganya dengan lembut."]
    left = [child.name for child in children if child.lives and child.is_here]
    if left:
        told.append("Pelayanan anak tetap berjalan bersama keluarga yang mengasuh.")
    alone = [child.name for child in children if child.lives and mains.get(child.pk) in died]
    if alone:
        told.append(f"Pilih pengasuh utama yang sekarang untuk {' dan '.join(alone)}.")
    return tuple(told)


def _ended(caregiver: Caregiver) -> str:
    if caregiver.died_on is not None:
        return f"meninggal {format_date(caregiver.died_on)}"
    ending = getattr(caregiver, "ending", None)
    return f"berhenti {format_date(ending.ended_on)}: {ending.reason}" if ending else ""


@dataclass(frozen=True)
class FamilyChildLine:
    child: Child
    age: str
    where: str
    twin: bool
    came_from: bool
    """She came from another family, and may go back to it."""


def child_lines(
    children: Sequence[Child], today: date, changes: Sequence[FamilyChange] = ()
) -> list[FamilyChildLine]:
    """The eldest first. Twins say that they are. `changes`: of these children, the newest last."""
    last = {change.child_id: change.joined_id for change in changes}
    births = [(child.birth_date, child.mother_id) for child in children]
    return [
        FamilyChildLine(
            child=child,
            age=_age(child, today),
            where=_where(child),
            twin=child.mother_id is not None and births.count((child.birth_date, child.mother_id)) > 1,
            came_from=child.is_here and last.get(child.pk) == child.household_id,
        )
        for child in sorted(children, key=lambda child: (child.birth_date, child.pk.bytes))
    ]


def _age(child: Child, today: date) -> str:
    return "" if child.died_on else format_age(child.birth_date, today)


def _where(child: Child) -> str:
    if child.died_on:
        return f"meninggal {format_date(child.died_on)}"
    return str(child.posyandu) if child.is_here else "sudah pindah"


def history(
    moves: Sequence[HouseholdMove],
    mains: Sequence[MainCaregiver],
    changes: Sequence[FamilyChange],
    home: Household,
    reader: User,
    at: Collection[UUID],
) -> list[tuple[date, str]]:
    """(day, sentence) of what changed, the newest first."""
    told = []
    for move in moves:
        where = place_words(move.village.name if move.village else "", move.rw, move.rt)
        if move.address and readable(reader, move, "address", at=at):
            where = f"{where}, {move.address}" if where else move.address
        told.append(
            (move.created_at.date(), f"Sampai hari itu tercatat di {where or 'alamat yang belum diisi'}.")
        )
    for main in mains:
        reason = f" {main.reason[0].upper()}{main.reason[1:]}." if main.reason else ""
        told.append((main.since, f"{main.caregiver.name} pengasuh utama {main.child.name}.{reason}"))
    for change in changes:
        deed = "datang ke keluarga ini" if change.joined_id == home.pk else "pindah ke keluarga lain"
        told.append((change.since, f"{change.child.name} {deed}: {change.reason}."))
    return sorted(told, key=lambda each: each[0], reverse=True)
