"""Words about where a child lived; no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ceting.registry.families.models import Arrival, Child, Departure, Move, MoveKind, Stay
from ceting.standards.numbers import format_age, format_date

ARRIVALS = {
    Arrival.BORN: "Terdaftar sejak lahir",
    Arrival.MOVED_IN: "Pindah masuk",
    Arrival.POSYANDU: "Pindah dari posyandu lain",
    Arrival.ACCEPTED: "Diterima dari puskesmas lain",
    Arrival.RETURNED: "Kembali tinggal di sini",
}
ENDINGS = {
    Departure.POSYANDU: "sampai pindah posyandu",
    Departure.HANDED_OVER: "sampai pindah ke puskesmas lain",
    Departure.LEFT: "sampai pindah ke luar daerah",
    Departure.DIED: "sampai meninggal",
    Departure.MISTAKE: "pendaftaran ditarik",
}


@dataclass(frozen=True)
class StayLine:
    """One entry of the timeline."""

    title: str
    place: str
    since: date
    words: str
    icon: str
    tone: str


def stay_lines(stays: Iterable[Stay]) -> list[StayLine]:
    """The newest first."""
    return [
        StayLine(
            title=ARRIVALS[Arrival(stay.arrival)],
            place=f"{stay.posyandu.with_village} · {stay.puskesmas}",
            since=stay.since,
            words=_ending(stay),
            icon="place" if stay.until is None else "history",
            tone="good" if stay.until is None else "neutral",
        )
        for stay in stays
    ]


def _ending(stay: Stay) -> str:
    if stay.until is None:
        return "sampai sekarang"
    if stay.departure == Departure.MISTAKE:
        return ENDINGS[Departure.MISTAKE]
    return f"{ENDINGS[Departure(stay.departure)]}, {format_date(stay.until)}"


def standing(child: Child, waiting: Move | None) -> tuple[str, str]:
    """(tone, sentence) that says where she is; careful where she died."""
    if child.died_on is not None:
        return "info", f"{child.name} meninggal pada {format_date(child.died_on)}. Kami turut berduka."
    if waiting is not None:
        return "info", f"{child.name} menunggu diterima di {waiting.to_puskesmas}."
    if not child.is_here and hasattr(child, "mistake"):
        return "info", f"Pendaftaran {child.name} ditarik karena keliru: {child.mistake.reason}"
    if not child.is_here:
        return "info", f"{child.name} sudah tidak tinggal di sini."
    return "good", f"{child.name} terdaftar di {child.posyandu.with_village}."


def last_entry(child: Child, move: Move | None) -> str:
    """What undoing takes back, so that nobody undoes another entry than she means."""
    if child.died_on is not None:
        return f"Meninggal, {format_date(child.died_on)}"
    if move is None:
        return ""
    to = move.to_posyandu.with_village if move.to_posyandu else str(move.to_puskesmas or "")
    words = f"{MoveKind(move.kind).label}, {format_date(move.on)}"
    return f"{words}, ke {to}" if to else words


@dataclass(frozen=True)
class MoveLine:
    """One row of the lists of moves. No more than name, birth date and mother."""

    move: Move
    name: str
    birth: str
    mother: str
    origin: str
    destination: str
    day: str


def move_line(move: Move, on: date) -> MoveLine:
    child = move.child
    return MoveLine(
        move=move,
        name=child.name,
        birth=f"{format_date(child.birth_date)} ({format_age(child.birth_date, on)})",
        mother=child.mother.name if child.mother else "",
        origin=str(move.from_posyandu.puskesmas) if move.from_posyandu else "",
        destination=str(move.to_puskesmas) if move.to_puskesmas else "luar daerah",
        day=format_date(move.on),
    )
