"""Words about children who may be registered twice, and about merges; no database."""

from collections.abc import Iterable
from dataclasses import dataclass

from ceting.foundation.ui.numerals import day
from ceting.registry.families.models import Child, LikelyPair, Merge, MergeUndoing, PairReason, PairStrength
from ceting.standards.numbers import format_date

TONES = {PairStrength.STRONG: "attention", PairStrength.LIKELY: "info", PairStrength.WEAK: "neutral"}
FIELD_WORDS = {
    "name": "nama",
    "sex": "jenis kelamin",
    "birth_date": "tanggal lahir",
    "nik": "NIK",
    "mother_id": "ibu",
    "household_id": "keluarga",
    "birth_weight_kg": "berat lahir",
    "birth_length_cm": "panjang lahir",
    "gestation_days": "umur kehamilan saat lahir",
    "has_kia_book": "Buku KIA",
}


@dataclass(frozen=True)
class PairLine:
    """One pair of the queue. What both have in common is said once."""

    pair: LikelyPair
    names: tuple[str, ...]
    births: tuple[str, ...]
    mothers: tuple[str, ...]
    places: tuple[str, ...]
    reason: str
    strength: str
    tone: str

    @classmethod
    def of(cls, pair: LikelyPair) -> "PairLine":
        both = pair.first, pair.second
        strength = PairStrength(pair.strength)
        return cls(
            pair=pair,
            names=tuple(child.name for child in both),
            births=_once(format_date(child.birth_date) for child in both),
            mothers=_once(_mother(child) for child in both),
            places=_once(str(child.posyandu) for child in both),
            reason=str(PairReason(pair.reason).label),
            strength=str(strength.label),
            tone=TONES[strength],
        )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _mother(child: Child) -> str:
    return child.mother.name if child.mother else "belum diisi"


@dataclass(frozen=True)
class MergeWords:
    """What a merge's page says: what was done, and what became of it."""

    kept: str
    absorbed: str
    told: str
    reason: str
    undone: str = ""
    left: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return ("Digabungkan oleh", self.told), ("Alasan", self.reason)


def merge_words(merge: Merge, undoing: MergeUndoing | None) -> MergeWords:
    """Names as they are now; the fields that stayed as they were are named."""
    zone = merge.puskesmas.timezone
    return MergeWords(
        kept=merge.kept.name,
        absorbed=merge.absorbed.name,
        told=f"{merge.by.name}, {day(merge.created_at, zone)}",
        reason=merge.reason,
        undone=f"{undoing.by.name}, {day(undoing.created_at, zone)}" if undoing else "",
        left=_fields(undoing.left) if undoing else "",
    )


def _fields(names: str) -> str:
    words = [FIELD_WORDS[name] for name in names.split()]
    return " dan ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
