"""Who may be registered already: same NIK; same mother and birth date; similar name, birth date and posyandu.

Rules: rules.md, section 7. Twins aren't duplicates: same mother and birth date with clearly different names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from ceting.foundation.core.ciphers import keyed_hash
from ceting.registry.families.drafts import ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu
from ceting.standards.identity import SAME_NAME, normalise_name


@dataclass(frozen=True)
class Likeness:
    """An earlier child who may be the same, and why ("nik", "mother", "name")."""

    child: Child
    reason: str


def alike(draft: ChildDraft, posyandu: Posyandu) -> list[Likeness]:
    """Children already registered who may be this one. The NIK is compared everywhere, the rest in the puskesmas."""
    found: dict[object, Likeness] = {}
    if draft.nik:
        for child in Child.objects.registered().filter(nik_hash=keyed_hash(draft.nik)).with_family()[:5]:
            found[child.pk] = Likeness(child, "nik")
    same_birth = Child.objects.registered().filter(
        puskesmas_id=posyandu.puskesmas_id, birth_date=draft.birth_date
    )
    for child, reason in _same_day(draft, posyandu, same_birth.with_family()):
        found.setdefault(child.pk, Likeness(child, reason))
    return list(found.values())


def _same_day(
    draft: ChildDraft, posyandu: Posyandu, candidates: Iterable[Child]
) -> Iterable[tuple[Child, str]]:
    name_key = normalise_name(draft.name)
    mother_key = normalise_name(draft.mother.name) if draft.mother else ""
    for child in candidates:
        same_mother = bool(mother_key) and child.mother is not None and child.mother.name_key == mother_key
        same_name = fuzz.ratio(name_key, child.name_key) >= SAME_NAME
        if same_mother and (same_name or _is_unnamed(draft.name) or _is_unnamed(child.name)):
            if child.sex == draft.sex:
                yield child, "mother"
        elif same_name and child.sex == draft.sex and child.posyandu_id == posyandu.pk:
            yield child, "name"


def _is_unnamed(name: str) -> bool:
    """A newborn written as "By. Ny. Sari": any name may follow later."""
    return name.strip().lower().replace(".", " ").split()[:1] in (["by"], ["bayi"])
