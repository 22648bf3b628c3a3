"""Looks for children who may be registered twice, and keeps the answer that two are two. Merging is merging.py's.

The nightly look takes only whoever changed since the last one (`Unlooked`) and fetches, through indexes, only whoever
may stand beside them: its work grows with the day's changes, not with the register.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import digest
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, LikelyPair, TwoChildren, Unlooked
from ceting.registry.families.pairing import Face, Judgement, pairs_of

PERMISSION = "children.merge"
AT_ONCE = 2000
Pair = tuple[UUID, UUID]


def look_for_doubles() -> int:
    """Look at everybody who changed since the last look; the number of children looked at."""
    looked = 0
    while some := _look_at_some():
        looked += some
    return looked


@transaction.atomic
def _look_at_some() -> int:
    """One batch, of one puskesmas: a night that is cut short goes on where it stopped."""
    oldest = Unlooked.objects.order_by("id").first()
    if oldest is None:
        return 0
    rows = list(Unlooked.objects.filter(puskesmas=oldest.puskesmas_id).order_by("id")[:AT_ONCE])
    changed = {row.child_id for row in rows}
    _settle(changed, _found(oldest.puskesmas_id, changed), oldest.puskesmas_id)
    Unlooked.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _found(puskesmas_id: UUID, changed: Collection[UUID]) -> dict[Pair, Judgement]:
    """Whoever left the puskesmas meanwhile is looked at there: her move was noted too."""
    here = Child.objects.here().filter(puskesmas=puskesmas_id)
    asked = _faces(here.filter(pk__in=changed))
    mothers = Caregiver.objects.filter(
        puskesmas=puskesmas_id, name_key__in={face.mother_key for face in asked if face.mother_key}
    )
    beside = (
        Q(birth_date__in={face.birth_date for face in asked}),
        Q(nik_hash__in={face.nik_hash for face in asked if face.nik_hash}),
        Q(mother__in=mothers),
    )
    # Three questions with an index each; as one, joined by OR, they would read the whole puskesmas.
    others = {face.child_id: face for question in beside for face in _faces(here.filter(question))}
    return pairs_of(asked, others.values())


FACE = (
    "pk",
    "name",
    "name_key",
    "sex",
    "birth_date",
    "nik_hash",
    "posyandu",
    "mother__name_key",
    "created_at",
)


def _faces(children: QuerySet[Child]) -> list[Face]:
    return [
        Face(key, name, name_key, sex, birth_date, nik_hash, posyandu, mother or "", created.date())
        for key, name, name_key, sex, birth_date, nik_hash, posyandu, mother, created in children.values_list(
            *FACE
        ).iterator()
    ]


def _settle(changed: Collection[UUID], found: dict[Pair, Judgement], puskesmas_id: UUID) -> None:
    """Write the pairs of the changed children as they are now; what was answered stays away."""
    standing = {
        (pair.first_id, pair.second_id): pair
        for pair in LikelyPair.objects.filter(Q(first__in=changed) | Q(second__in=changed))
    }
    answered = _answered(found)
    wanted = {pair: judgement for pair, judgement in found.items() if pair not in answered}
    gone = [pair.pk for keys, pair in standing.items() if keys not in wanted]
    LikelyPair.objects.filter(pk__in=gone).delete()
    rows, other = [], []
    for (first, second), judgement in wanted.items():
        pair = standing.get((first, second))
        told = {
            "puskesmas_id": puskesmas_id,
            "reason": judgement.reason.value,
            "strength": judgement.strength.value,
        }
        if pair is None:
            rows.append(LikelyPair(first_id=first, second_id=second, **told))
        elif any(getattr(pair, name) != value for name, value in told.items()):
            other.append(pair)
            for name, value in told.items():
                setattr(pair, name, value)
    # Two workers may look at once.
    LikelyPair.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    LikelyPair.objects.bulk_update(other, ["puskesmas", "reason", "strength"], batch_size=200)


def _answered(pairs: Collection[Pair]) -> set[Pair]:
    """Those of whom somebody said that they are two, as long as they are called and born as they were then."""
    said: dict[Pair, set[str]] = {}
    for first, second, seen in TwoChildren.objects.filter(
        first__in={first for first, _ in pairs}
    ).values_list("first_id", "second_id", "seen"):
        said.setdefault((first, second), set()).add(seen)
    asked = [pair for pair in pairs if pair in said]
    children = Child.objects.in_bulk({key for pair in asked for key in pair})
    return {
        (first, second)
        for first, second in asked
        if _as_seen(children[first], children[second]) in said[first, second]
    }


def _as_seen(*children: Child) -> str:
    """What of two children an answer was about. Hashed: the answer needn't tell their names again."""
    words: Iterable[str] = (f"{child.name_key}|{child.birth_date}" for child in children)
    return digest("||".join(words))


@transaction.atomic
def say_two_children(one: Child, other: Child, *, by: User) -> TwoChildren:
    """ "Memang dua anak": the pair leaves the queue until one is called or born otherwise. Harmless to repeat."""
    mine = Child.objects.visible_to(by, may=PERMISSION).filter(pk__in={one.pk, other.pk})
    here = list(mine.select_for_update(of=("self",)).order_by("pk"))
    if len(here) != 2:
        raise RefusedError(
            Problem("Pilih dua anak yang terdaftar di puskesmas Ibu/Bapak.", "not_yours"),
        )
    first, second = here
    answer, new = TwoChildren.objects.get_or_create(
        first=first,
        second=second,
        seen=_as_seen(first, second),
        defaults={"puskesmas_id": first.puskesmas_id, "by": by},
    )
    LikelyPair.objects.filter(first=first, second=second).delete()
    if new:
        audit.record(
            "child.two_children", "child", [first.pk, second.pk], by=by, puskesmas_id=first.puskesmas_id
        )
    return answer
