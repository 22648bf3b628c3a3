"""The six antenatal contacts (K1 to K6): when each is due, which are done, and what the indicators count.

Sources: `tables/anc_visits.csv` (Permenkes 21/2021 or Buku KIA 2020, a setting), `tables/pregnancy_thresholds.csv`
(contacts.*), `tables/project_decisions.csv` (contacts.*). Days are days of gestation (`GestationalAge.days`).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from itertools import groupby
from typing import Literal, cast

from ceting.standards import sources
from ceting.standards.pregnancy.dating import (
    DAYS_PER_WEEK,
    GestationalAge,
    Trimester,
    trimester,
    trimester_days,
)
from ceting.standards.pregnancy.values import PregnancyValueError, whole

Pattern = Literal["1-2-3", "2-1-3"]


@dataclass(frozen=True)
class Slot:
    """One contact that a woman should have. All days are inclusive.

    It counts anywhere in its trimester (`from_day` to `until_day`); `advised_from_day` to `advised_until_day` spread
    the contacts of a trimester. `doctor` and `ultrasound`: this contact should have them.
    """

    code: str
    trimester: Trimester
    from_day: int
    until_day: int
    advised_from_day: int
    advised_until_day: int
    doctor: bool
    ultrasound: bool


@dataclass(frozen=True)
class Contact:
    """What the rules need of one antenatal contact. `key` is the caller's own."""

    key: Hashable
    day: int
    doctor: bool
    ultrasound: bool


class SlotStatus(Enum):
    """How a slot stands. LATE is filled after its window, EARLY has an extra contact before it and stays needed."""

    DONE = "done"
    LATE = "late"
    EARLY = "early"
    DUE = "due"
    MISSED = "missed"
    UPCOMING = "upcoming"


@dataclass(frozen=True)
class SlotState:
    """A slot today. `filled_by` is the key of its contact; `overdue`: due, and the advised weeks are over."""

    slot: Slot
    status: SlotStatus
    filled_by: Hashable | None = None
    overdue: bool = False


class FirstContact(StrEnum):
    """Whether the first contact came in the first trimester; the value is the code of SATUSEHAT."""

    PURE = "K1M"
    ACCESS = "K1A"


@dataclass(frozen=True)
class DoctorAndScan:
    """A doctor and an ultrasound in the first and the third trimester (SIGIZI KESGA)."""

    doctor_first: bool
    scan_first: bool
    doctor_third: bool
    scan_third: bool


@cache
def slots(pattern: Pattern = "1-2-3") -> tuple[Slot, ...]:
    """The six slots of a pattern. Raises TableError for a pattern that the table doesn't have."""
    found = tuple(_slot(row) for row in sources.rows("anc_visits") if row["pattern"] == pattern)
    if not found:
        raise sources.TableError(f"anc_visits.csv has no pattern {pattern!r}")
    return found


def states(wanted: Sequence[Slot], contacts: Iterable[Contact], today: int) -> list[SlotState]:
    """How each slot stands on day `today`; contacts in any order, several on one day are one.

    The first contact is K1, whenever it came; every other fills the next slot of its own trimester, because an
    indicator asks for its contacts trimester by trimester. A contact too many fills an older gap as LATE, or shows
    a coming slot as EARLY. Raises PregnancyValueError: contacts.before_start for a negative day.
    """
    days = _merged(contacts)
    done = _filled(wanted, days)
    extra = [each for each in days if each not in done.values()]
    late = _assigned([slot for slot in wanted if slot.code not in done], extra, _is_past)
    extra = [each for each in extra if each not in late.values()]
    early = _assigned([slot for slot in wanted if slot.from_day > today], extra, _is_ahead)
    return [_state(slot, done | late, early, today) for slot in wanted]


def first_contact(contacts: Iterable[Contact]) -> FirstContact | None:
    """K1 murni or K1 akses; None before any contact."""
    days = _merged(contacts)
    if not days:
        return None
    return FirstContact.PURE if _trimester(days[0].day) == 1 else FirstContact.ACCESS


def k4_reached(contacts: Iterable[Contact]) -> bool:
    """K4: at least 1, 1 and 2 contacts in the three trimesters."""
    wanted = {1: whole("contacts.k4_first"), 2: whole("contacts.k4_second"), 3: whole("contacts.k4_third")}
    return _reached(wanted, contacts)


def k6_reached(pattern: Pattern, contacts: Iterable[Contact]) -> bool:
    """K6: at least as many contacts in each trimester as the pattern asks for."""
    return _reached(Counter(slot.trimester for slot in slots(pattern)), contacts)


def doctor_and_scan(contacts: Iterable[Contact]) -> DoctorAndScan:
    """Who has seen a doctor and an ultrasound when."""
    seen = {(_trimester(each.day), what) for each in contacts for what in _had(each)}
    return DoctorAndScan(
        (1, "doctor") in seen, (1, "ultrasound") in seen, (3, "doctor") in seen, (3, "ultrasound") in seen
    )


def _slot(row: sources.Row) -> Slot:
    number = cast(Trimester, int(row["trimester"]))
    from_day, until_day = trimester_days(number)
    return Slot(
        code=row["code"],
        trimester=number,
        from_day=from_day,
        until_day=until_day,
        advised_from_day=int(row["advised_from_week"]) * DAYS_PER_WEEK,
        advised_until_day=(int(row["advised_until_week"]) + 1) * DAYS_PER_WEEK - 1,
        doctor=row["doctor"] == "1",
        ultrasound=row["ultrasound"] == "1",
    )


def _merged(contacts: Iterable[Contact]) -> list[Contact]:
    given = sorted(contacts, key=lambda each: each.day)
    if given and given[0].day < 0:
        raise PregnancyValueError(
            "contacts.before_start", "Pemeriksaan ini sebelum kehamilan dimulai. Periksa lagi tanggalnya."
        )
    days = [list(group) for _, group in groupby(given, key=lambda each: each.day)]
    return [
        Contact(
            each[0].key, each[0].day, any(one.doctor for one in each), any(one.ultrasound for one in each)
        )
        for each in days
    ]


def _filled(wanted: Sequence[Slot], days: list[Contact]) -> dict[str, Contact]:
    if not days:
        return {}
    filled = {wanted[0].code: days[0]}
    for contact in days[1:]:
        slot = next(
            (
                each
                for each in wanted
                if each.code not in filled and each.from_day <= contact.day <= each.until_day
            ),
            None,
        )
        if slot is not None:
            filled[slot.code] = contact
    return filled


def _assigned(
    open_slots: Sequence[Slot], extra: Sequence[Contact], fits: Callable[[Slot, Contact], bool]
) -> dict[str, Contact]:
    """Each extra contact to the first open slot that it fits, one contact a slot."""
    found: dict[str, Contact] = {}
    for contact in extra:
        slot = next((each for each in open_slots if each.code not in found and fits(each, contact)), None)
        if slot is not None:
            found[slot.code] = contact
    return found


def _is_past(slot: Slot, contact: Contact) -> bool:
    return slot.until_day < contact.day


def _is_ahead(slot: Slot, contact: Contact) -> bool:
    # Only of the trimester that follows: more would promise too much.
    return slot.trimester - _trimester(contact.day) == 1


def _state(slot: Slot, filled: Mapping[str, Contact], early: Mapping[str, Contact], today: int) -> SlotState:
    contact = filled.get(slot.code)
    if contact is not None:
        status = SlotStatus.DONE if slot.from_day <= contact.day <= slot.until_day else SlotStatus.LATE
        return SlotState(slot, status, contact.key)
    if today > slot.until_day:
        return SlotState(slot, SlotStatus.MISSED)
    if today >= slot.advised_from_day:
        return SlotState(slot, SlotStatus.DUE, overdue=today > slot.advised_until_day)
    if slot.code in early:
        return SlotState(slot, SlotStatus.EARLY, early[slot.code].key)
    return SlotState(slot, SlotStatus.UPCOMING)


def _reached(wanted: Mapping[int, int], contacts: Iterable[Contact]) -> bool:
    counted: Counter[int] = Counter(_trimester(each.day) for each in _merged(contacts))
    return all(counted[number] >= least for number, least in wanted.items())


def _trimester(day: int) -> Trimester:
    return trimester(GestationalAge(day))


def _had(contact: Contact) -> list[str]:
    return [what for what in ("doctor", "ultrasound") if getattr(contact, what)]
