"""Which posyandu of ours a name in the file means: proposed by us, decided by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.cells import Cells
from ceting.registry.places.models import Area, Posyandu, Puskesmas
from ceting.standards.place_names import joined_place_key, place_key


@dataclass(frozen=True)
class Proposal:
    """At most one of them; none where a person has to say."""

    posyandu: Posyandu | None = None
    village: Area | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Ground:
    """What a puskesmas has: its posyandu, and the villages where it may open another."""

    puskesmas: Puskesmas
    posyandu: Sequence[Posyandu]
    villages: Sequence[Area]
    fallback: Posyandu | None = None
    """Where rows belong that name no posyandu: the person said so at the upload."""

    @classmethod
    def of(cls, puskesmas: Puskesmas, fallback: Posyandu | None = None) -> "Ground":
        posyandu = list(
            puskesmas.posyandu.select_related("village", "closure").order_by("village__name", "name")
        )
        villages = Area.objects.filter(work_areas__puskesmas=puskesmas).order_by("name")
        return cls(puskesmas, posyandu, list(villages), fallback)

    def propose(self, *, puskesmas_name: str, village_name: str, name: str) -> Proposal:
        """Ours by name (in the named village, if it is named), else a new one of that village.

        Rows of another puskesmas are left out; rows without a posyandu go to `fallback`.
        """
        other = place_key(puskesmas_name)
        if other and other != place_key(self.puskesmas.name):
            return Proposal(skipped=True)
        if not name.strip():
            return Proposal(posyandu=self.fallback)
        village = self._village(village_name)
        same_name = [each for each in self.posyandu if place_key(each.name) == place_key(name)]
        if village is not None:
            same_name = [each for each in same_name if each.village_id == village.pk]
        if len(same_name) == 1:
            return Proposal(posyandu=same_name[0])
        if same_name or village is None:
            return Proposal()
        return Proposal(village=village)

    def propose_for(self, place: Any) -> Proposal:
        """The same for a place of a file."""
        return self.propose(
            puskesmas_name=place.puskesmas_name, village_name=place.village_name, name=place.name
        )

    def _village(self, name: str) -> Area | None:
        key = joined_place_key(name)
        return next(
            (village for village in self.villages if key and joined_place_key(village.name) == key), None
        )


def identity_of_new(village: Area, name: str) -> tuple[str, str, str]:
    """Stands for a posyandu that isn't open yet, so that two spellings of its name open it once."""
    return ("new", str(village.pk), place_key(name))


def key_in_file(cells: Cells) -> str:
    """Tells the posyandu of a file apart: the same name in another village or puskesmas is another posyandu."""
    return _key_in_file(cells["puskesmas"], cells["village"], cells["posyandu"])


@lru_cache(maxsize=1 << 12)
def _key_in_file(*names: str) -> str:
    return "|".join(place_key(name)[:79] for name in names)


def unsettled(place: Any) -> Problem:
    """Why rows of a place can't be taken yet."""
    if not place.name:
        return Problem("Posyandu kosong. Pilih posyandu untuk baris tanpa posyandu, di atas.", "unsettled")
    return Problem(f"Posyandu “{place.name}” belum dipilih. Pilih posyandunya di atas.", "unsettled")
