"""Who of the file's children is registered already. Rules: rules.md, section 7; a doubt is told, never settled by us.

From certain to doubtful, each step only among children whom no surer step has taken, so that neither the order of
the rows nor a worker that was killed half-way changes the answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.eppgbm.children import FileChild, same_name
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas
from ceting.standards.identity import SAME_NAME, MaskedNik, Nik
from ceting.standards.numbers import format_date

UNNAMED = ("by ", "by.", "bayi ")


@dataclass(frozen=True)
class Registry:
    """What is registered and can matter for some children of a file: by NIK anywhere, else in the puskesmas."""

    puskesmas: Puskesmas
    by_nik: Mapping[str, Sequence[Child]]
    by_birth: Mapping[date, Sequence[Child]]

    @classmethod
    def around(cls, children: Iterable[FileChild], puskesmas: Puskesmas) -> "Registry":
        """Two queries, however many children."""
        children = list(children)
        hashes = [keyed_hash(child.nik) for child in children if child.nik]
        births = {child.birth_date for child in children}
        by_nik: dict[str, list[Child]] = defaultdict(list)
        by_birth: dict[date, list[Child]] = defaultdict(list)
        rows = (
            Child.objects.registered()
            .select_related("mother", "posyandu")
            .defer("mother__nik", "mother__phone")
        )
        if hashes:
            for child in rows.filter(nik_hash__in=hashes):
                by_nik[child.nik_hash].append(child)
        for child in rows.filter(puskesmas=puskesmas, birth_date__in=births):
            by_birth[child.birth_date].append(child)
        return cls(puskesmas, by_nik, by_birth)


@dataclass
class Match:
    """Either the registered child, or why nobody can say, or neither: she is new."""

    child: Child | None = None
    refusal: Problem | None = None


def match(children: Sequence[FileChild], registry: Registry) -> dict[FileChild, Match]:
    """Every child of the file with her match. Give all children of a birth date at once."""
    found = {each: Match(refusal=each.refusal) for each in children}
    taken: set[UUID] = set()
    for each in children:
        if each.nik and each.refusal is None:
            _by_nik(each, registry, found[each])
    # A sure answer for two children of the file is no answer.
    _refuse_shared(found, found, taken)
    for fits in (_same_masked_nik, _same_posyandu, _moved):
        open_ones = [each for each in children if _is_open(found[each])]
        for each in open_ones:
            _decide(found[each], [child for child in _near(each, registry, taken) if fits(each, child)])
        _refuse_shared(found, open_ones, taken)
    for each in children:
        if _is_open(found[each]):
            found[each].refusal = _doubt(each, _near(each, registry, taken))
    return found


def _is_open(found: Match) -> bool:
    return found.child is None and found.refusal is None


def _near(each: FileChild, registry: Registry, taken: set[UUID]) -> list[Child]:
    return [
        child
        for child in registry.by_birth.get(each.birth_date, ())
        if child.sex == each.sex and child.pk not in taken
    ]


def _by_nik(each: FileChild, registry: Registry, found: Match) -> None:
    registered = registry.by_nik.get(keyed_hash(each.nik), ())
    ours = [child for child in registered if child.puskesmas_id == registry.puskesmas.pk]
    if registered and not ours:
        # Nothing about a child whom she may not see, not even the name.
        found.refusal = Problem(
            "Anak dengan NIK ini sudah tercatat di puskesmas lain. Hubungi bidan agar datanya dipindahkan.",
            "nik_elsewhere",
        )
    elif len(ours) > 1:
        found.refusal = _several()
    elif ours:
        (child,) = ours
        agrees = child.birth_date == each.birth_date and child.sex == each.sex
        if agrees and any(same_name(name, child.name_key) for name in each.names | _unnamed_key(each, child)):
            found.child = child
        else:
            found.refusal = Problem(
                f"NIK ini sudah dipakai {child.name}, lahir {format_date(child.birth_date)}, "
                f"{child.posyandu}. Periksa NIK, nama, tanggal lahir dan jenis kelamin.",
                "nik_of_other",
            )


def _unnamed_key(each: FileChild, child: Child) -> frozenset[str]:
    """A newborn "By. Ny. Sari" who has got her name keeps her NIK: then any name agrees."""
    return (
        frozenset({child.name_key}) if _is_unnamed(child.name) or _is_unnamed(each.last.name) else frozenset()
    )


def _decide(found: Match, candidates: Sequence[Child]) -> None:
    if len(candidates) == 1:
        found.child = candidates[0]
    elif candidates:
        found.refusal = _several()


def _refuse_shared(
    found: Mapping[FileChild, Match], just_decided: Iterable[FileChild], taken: set[UUID]
) -> None:
    claims: dict[UUID, list[FileChild]] = defaultdict(list)
    for each in just_decided:
        child = found[each].child
        if child is not None:
            claims[child.pk].append(each)
    for pk, claimants in claims.items():
        taken.add(pk)
        if len(claimants) > 1:
            for each in claimants:
                found[each].child, found[each].refusal = None, _several()


def _several() -> Problem:
    return Problem(
        "Lebih dari satu anak cocok dengan nama, tanggal lahir dan jenis kelamin ini. "
        "Isi NIK lengkap di berkas, lalu impor lagi.",
        "ambiguous",
    )


def _contradicts(each: FileChild, child: Child) -> bool:
    """Two different NIKs: whatever else agrees, nobody can say that it is the same child."""
    if not child.nik_hash:
        return False
    if each.nik:
        return keyed_hash(each.nik) != child.nik_hash
    return each.mask is not None and not each.mask.matches(Nik(child.nik))


def _agrees(each: FileChild, child: Child) -> bool:
    return child.name_key in each.names and not _contradicts(each, child)


def _same_masked_nik(each: FileChild, child: Child) -> bool:
    mask: MaskedNik | None = each.mask
    return mask is not None and bool(child.nik_hash) and _agrees(each, child)


def _same_posyandu(each: FileChild, child: Child) -> bool:
    return child.posyandu_id == each.place and _agrees(each, child)


def _moved(each: FileChild, child: Child) -> bool:
    """Same name, birth date, sex and mother at another posyandu of the puskesmas."""
    return _agrees(each, child) and _same_mother(each, child)


def _same_mother(each: FileChild, child: Child) -> bool:
    parent = str(each.said("parent_key"))
    return bool(parent) and child.mother is not None and same_name(parent, child.mother.name_key)


def _doubt(each: FileChild, candidates: Sequence[Child]) -> Problem | None:
    """Why a child who seems new may be registered already; None when she is new."""
    tests: tuple[tuple[Callable[[FileChild, Child], bool], str, str], ...] = (
        (
            _other_nik,
            "nik_differs",
            "Nama dan tanggal lahirnya sama, tetapi NIK berbeda. Periksa NIK di keduanya.",
        ),
        (
            _other_posyandu,
            "other_posyandu",
            "Nama dan tanggal lahirnya sama, tetapi posyandu berbeda. Isi NIK lengkap atau nama ibu di berkas.",
        ),
        (
            _alike,
            "alike",
            "Bila anak yang sama, samakan ejaan namanya di berkas. Bila anak lain, daftarkan lewat menu Anak.",
        ),
    )
    for test, code, advice in tests:
        for child in sorted(candidates, key=lambda child: child.pk.bytes):
            if test(each, child):
                return Problem(
                    f"Mungkin sudah terdaftar sebagai {child.name}, lahir {format_date(child.birth_date)}, "
                    f"{child.posyandu}. {advice}",
                    code,
                )
    return None


def _other_nik(each: FileChild, child: Child) -> bool:
    near = child.posyandu_id == each.place or _same_mother(each, child)
    return near and child.name_key in each.names and _contradicts(each, child)


def _other_posyandu(each: FileChild, child: Child) -> bool:
    mother_unknown = child.mother is None or not each.said("parent_key")
    return mother_unknown and _agrees(each, child)


def _alike(each: FileChild, child: Child) -> bool:
    if _contradicts(each, child):
        return False
    similar = any(fuzz.ratio(name, child.name_key) >= SAME_NAME for name in each.names)
    unnamed = _is_unnamed(child.name) or _is_unnamed(each.last.name)
    if _same_mother(each, child):
        return similar or unnamed
    return similar and child.posyandu_id == each.place and child.name_key not in each.names


def _is_unnamed(name: str) -> bool:
    """A newborn written as "By. Ny. Sari": any name may follow later."""
    return name.casefold().strip().startswith(UNNAMED)
