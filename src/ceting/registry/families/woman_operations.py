"""The verb that registers a woman who has no child here yet, and who may be the same woman.

Whoever has a child here is known as a mother already; care for a pregnancy begins before that. That she died is in
`caregiver_deaths`, and found here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from rapidfuzz import fuzz

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.caregiver_deaths import record_caregiver_death as record_caregiver_death
from ceting.registry.families.caregiver_deaths import undo_caregiver_death as undo_caregiver_death
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver, Child, Household, Relation
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.identity import SAME_NAME, normalise_name

AT_ONCE = 200
MOST_ALIKE = 50
UNSEEN = "Ibu dengan nama atau nomor ini sudah tercatat. Minta bidan membukakan datanya."
"""Of a woman who is beyond who asks: that she is known, and nothing else of her."""
MARKS = ("name_key", "birth_date", "nik_hash", "phone_hash")


@dataclass(frozen=True)
class WomanLikeness:
    """A woman of this puskesmas who may be the same, and why ("nik", "phone", "name")."""

    woman: Caregiver
    reason: str


class KnownWomanError(RefusedError):
    """She may be known already. `likenesses` are women of whom the asker may see a child, or of her puskesmas."""

    def __init__(self, problem: Problem, likenesses: tuple[WomanLikeness, ...]) -> None:
        super().__init__(problem)
        self.likenesses = likenesses


@transaction.atomic
def register_woman(
    draft: WomanDraft, *, posyandu: Posyandu, by: User, despite_likeness: bool = False
) -> Caregiver:
    """Register a woman with her household. Raises RefusedError, or KnownWomanError when she may be known.

    `despite_likeness` is the answer "memang ibu lain"; an equal NIK is refused all the same.
    """
    problems = draft.problems(posyandu.puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    # "Simpan" pressed twice: the second one waits here, and then finds the first one's woman.
    Puskesmas.objects.select_for_update(no_key=True).get(pk=posyandu.puskesmas_id)
    likenesses = women_alike(draft, posyandu)
    same_nik = [each for each in likenesses if each.reason == "nik"]
    if same_nik or (likenesses and not despite_likeness):
        raise _known(same_nik or likenesses, by)
    (woman,) = register_women([(draft, posyandu)], by=by)
    return woman


def _known(likenesses: list[WomanLikeness], by: User) -> KnownWomanError:
    seen = set(
        Caregiver.objects.visible_to(by)
        .filter(pk__in=[each.woman.pk for each in likenesses])
        .values_list("pk", flat=True)
    )
    visible = tuple(each for each in likenesses if each.woman.pk in seen)
    sentence = (
        "Ibu ini mungkin sudah tercatat. Lihat dulu daftar di bawah sebelum menyimpan." if visible else UNSEEN
    )
    field = "nik" if likenesses[0].reason == "nik" else ""
    return KnownWomanError(Problem(sentence, "known_woman", field), visible)


@transaction.atomic
def register_women(drafts: Iterable[tuple[WomanDraft, Posyandu]], *, by: User | None) -> list[Caregiver]:
    """Register women whose drafts are already checked (a form, an import, the demo): one row of audit for all.

    A household with the same family card is hers, unless a child there is beyond who asks.
    """
    women, households = [], []
    by_card: dict[str, Household] = {}
    for draft, posyandu in drafts:
        household = by_card.get(draft.kk) or _household_of(draft, posyandu, by)
        if household is None:
            household = _household(draft, posyandu)
            households.append(household)
        if draft.kk:
            by_card[draft.kk] = household
        women.append(_woman(draft, household))
    Household.objects.bulk_create(households, batch_size=500)
    Caregiver.objects.bulk_create(women, batch_size=500)
    if women:
        audit.record(
            "woman.register",
            "caregiver",
            [woman.pk for woman in women],
            by=by,
            puskesmas_id=women[0].puskesmas_id,
        )
    return women


def women_alike(draft: WomanDraft, posyandu: Posyandu) -> list[WomanLikeness]:
    """Mothers of this puskesmas who may be she: by NIK, by phone and first name, by name and birth date or RW."""
    return women_like([draft], posyandu.puskesmas_id)[0]


def women_like(drafts: Sequence[WomanDraft], puskesmas_id: UUID) -> list[list[WomanLikeness]]:
    """The same for many drafts, in their order: a query for each AT_ONCE of them."""
    found: list[list[WomanLikeness]] = []
    for start in range(0, len(drafts), AT_ONCE):
        part = drafts[start : start + AT_ONCE]
        by_mark: dict[object, list[Caregiver]] = defaultdict(list)
        for woman in _candidates(part, puskesmas_id):
            for mark in _marks(woman.name_key, woman.birth_date, woman.nik_hash, woman.phone_hash):
                by_mark[mark].append(woman)
        found += [_alike(draft, by_mark) for draft in part]
    return found


def _alike(draft: WomanDraft, by_mark: Mapping[object, Sequence[Caregiver]]) -> list[WomanLikeness]:
    key = normalise_name(draft.name)
    near = {woman.pk: woman for mark in _marks_of(draft) for woman in by_mark.get(mark, ())}
    likenesses = []
    for woman in sorted(near.values(), key=lambda each: each.pk.bytes):
        reason = _reason(draft, key, woman)
        if reason:
            likenesses.append(WomanLikeness(woman, reason))
    return likenesses[:MOST_ALIKE]


def _candidates(drafts: Sequence[WomanDraft], puskesmas_id: UUID) -> Iterator[Caregiver]:
    marks = {mark for draft in drafts for mark in _marks_of(draft)}
    of = {name: {value for kind, value in marks if kind == name} for name in MARKS}
    wanted = Q()
    for name, values in of.items():
        if values:
            wanted |= Q(**{f"{name}__in": values})
    mothers = Caregiver.objects.filter(wanted, puskesmas=puskesmas_id, relation=Relation.MOTHER, ending=None)
    yield from mothers.select_related("household")


def _marks_of(draft: WomanDraft) -> Iterator[tuple[str, object]]:
    nik, phone = (keyed_hash(number) if number else "" for number in (draft.nik, draft.phone))
    return _marks(normalise_name(draft.name), draft.birth_date, nik, phone)


def _marks(name_key: str, birth_date: date | None, nik: str, phone: str) -> Iterator[tuple[str, object]]:
    """By what somebody may be found: (field, value)."""
    told = zip(MARKS, (name_key, birth_date, nik, phone), strict=True)
    return ((name, value) for name, value in told if value)


def _reason(draft: WomanDraft, key: str, woman: Caregiver) -> str:
    """Why this woman may be the one of the draft; "" when she can't be, or nothing says so."""
    if draft.nik and woman.nik_hash:
        return "nik" if woman.nik_hash == keyed_hash(draft.nik) else ""
    if draft.birth_date and woman.birth_date and draft.birth_date != woman.birth_date:
        return ""
    alike = fuzz.ratio(key, woman.name_key) >= SAME_NAME
    if draft.phone and woman.phone_hash == keyed_hash(draft.phone):
        # A phone is often the husband's, and a sister-in-law's too: the name decides.
        return "phone" if alike else ""
    return "name" if alike else ""


def _household_of(draft: WomanDraft, posyandu: Posyandu, by: User | None) -> Household | None:
    if not draft.kk:
        return None
    known = Household.objects.lived_in().filter(puskesmas=posyandu.puskesmas_id, kk_hash=keyed_hash(draft.kk))
    household = known.order_by("pk").first()
    if household is None or by is None:
        return household
    children = Child.objects.registered().filter(household=household)
    hidden = children.exists() and not children.visible_to(by).exists()
    return None if hidden else household


def _household(draft: WomanDraft, posyandu: Posyandu) -> Household:
    return Household(
        puskesmas_id=posyandu.puskesmas_id,
        village_id=draft.village.pk if draft.village else posyandu.village_id,
        rw=draft.rw or posyandu.rw,
        rt=draft.rt,
        address=draft.address,
        kk=draft.kk,
        kk_hash=keyed_hash(draft.kk) if draft.kk else "",
    )


def _woman(draft: WomanDraft, household: Household) -> Caregiver:
    return Caregiver(
        puskesmas_id=household.puskesmas_id,
        household=household,
        relation=Relation.MOTHER,
        name=draft.name.strip(),
        name_key=normalise_name(draft.name),
        birth_date=draft.birth_date,
        nik=draft.nik,
        nik_hash=keyed_hash(draft.nik) if draft.nik else "",
        phone=draft.phone,
        phone_hash=keyed_hash(draft.phone) if draft.phone else "",
    )
