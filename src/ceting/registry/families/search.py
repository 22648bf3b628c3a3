"""Finds children by what people remember: a name however it is spelt, a mother's name, a NIK, a phone number.

Numbers and names may stand together ("1371************ aisyah 17-8-2025"). Words are found through the index of
names (name_words.py says how), so that the work grows with the answer and not with the city.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.access import Scope, readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, ChildQuerySet, ChildWord, WordKey, roots
from ceting.registry.families.name_words import closeness, keys_to_ask, words_of
from ceting.standards.identity import (
    IdentityError,
    MaskedNik,
    normalise_name,
    parse_nik,
    parse_nik_or_masked,
    parse_phone,
)
from ceting.standards.numbers import DateError, parse_date

PERMISSION = "children.read"
CANDIDATES = 300
MOST_WORDS = 6
SPELLINGS = 60
_DAY = re.compile(r"\b(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2})\b")
_MASK = re.compile(r"(?<!\S)[\d*]{16}(?!\S)")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{6,}\d")


@dataclass(frozen=True)
class Asked:
    """What somebody typed, read."""

    words: tuple[str, ...] = ()
    number: str = ""
    mask: MaskedNik | None = None
    birth_date: date | None = None

    @classmethod
    def of(cls, query: str, *, today: date) -> "Asked":
        """Read it; what makes no sense as a number is left out."""
        mask = number = birth_date = None
        if (found := _MASK.search(query)) and "*" in found[0]:
            mask, query = _mask(found[0]), query.replace(found[0], " ")
        if found := _DAY.search(query):
            birth_date, query = _day(found[0], today), query.replace(found[0], " ")
        if found := _NUMBER.search(query):
            number, query = found[0], query.replace(found[0], " ")
        letters = normalise_name(re.sub(r"[\d*]", " ", query))
        words = tuple(dict.fromkeys(words_of(letters)))[:MOST_WORDS]
        return cls(words, number or "", mask, birth_date)

    @property
    def names_anybody(self) -> bool:
        return sum(map(len, self.words)) > 1


def _mask(typed: str) -> MaskedNik | None:
    try:
        found = parse_nik_or_masked(typed)
    except IdentityError:
        return None
    return found if isinstance(found, MaskedNik) else None


def _day(typed: str, today: date) -> date | None:
    try:
        return parse_date(typed, today=today)
    except DateError:
        return None


def find(query: str, *, user: User, limit: int) -> list[Child]:
    """The children whom she may see and may mean, the likeliest first.

    NIK and phone answer only those who may read them; a number that she may not read finds nobody.
    """
    asked = Asked.of(query, today=user.today())
    if asked.number:
        ranked = _by_number(asked.number) if user.may_read(FieldClass.FAMILY) else []
    elif asked.names_anybody:
        ranked = _by_name(asked, Scope.of(user, may=PERMISSION))
    elif asked.birth_date:
        born = Child.objects.visible_to(user, may=PERMISSION).filter(birth_date=asked.birth_date)
        standing = born.filter(Exists(ChildWord.objects.filter(child=OuterRef("pk"))))
        ranked = list(standing.order_by("name_key", "pk").values_list("pk", flat=True)[:CANDIDATES])
    else:
        ranked = []
    visible = Child.objects.visible_to(user, may=PERMISSION)
    if asked.mask and user.may_read(FieldClass.FAMILY):
        ranked = _matching(asked.mask, _in_order(visible.only("nik", "puskesmas"), ranked), user)
    elif asked.number:
        # Where she is only kader a number finds nobody, whatever she is elsewhere.
        seen = _in_order(visible.only("puskesmas"), ranked)
        ranked = [child.pk for child in seen if readable(user, child, "nik")]
    return _in_order(visible.with_family(), ranked[:limit])


def _in_order(children: ChildQuerySet, wanted: Sequence[UUID]) -> list[Child]:
    """Those of them who are among `children`."""
    rows = children.in_bulk(wanted)
    return [rows[child_id] for child_id in wanted if child_id in rows]


def _matching(mask: MaskedNik, found: Sequence[Child], user: User) -> list[UUID]:
    """Those whose NIK can be the masked one, then those without a NIK; a NIK that contradicts it rules out.

    Only their NIK was read so far: hundreds may be called so, and a page shows few.
    """
    told = [child for child in found if readable(user, child, "nik")]
    same = [child.pk for child in told if child.nik and _may_be(mask, child.nik)]
    return same + [child.pk for child in told if not child.nik]


def _may_be(mask: MaskedNik, nik: str) -> bool:
    try:
        return mask.matches(parse_nik(nik))
    except IdentityError:
        return False


def _by_number(number: str) -> list[UUID]:
    digits = ""
    try:
        digits = parse_nik(number).digits
        who = Q(nik_hash=keyed_hash(digits))
    except IdentityError:
        try:
            who = Q(phone_hash=keyed_hash(parse_phone(number)))
        except IdentityError:
            return []
    homes = list(Caregiver.objects.filter(who).values_list("household", flat=True)[:CANDIDATES])
    found = list(
        Child.objects.registered()
        .filter(household__in=homes)
        .order_by("birth_date", "pk")
        .values_list("pk", flat=True)
    )
    if digits:
        own = Child.objects.registered().filter(nik_hash=keyed_hash(digits)).values_list("pk", flat=True)
        found = [*own, *found]
    standing = roots(found)
    return list(dict.fromkeys(standing[child_id] for child_id in found))


# ---- Names


@dataclass
class _Spellings:
    """A typed word and the stored words that it may be, with how close they are."""

    typed: str
    exact: list[str] = field(default_factory=list)
    """The word itself, and what begins with it."""
    all: dict[str, float] = field(default_factory=dict)


def _by_name(asked: Asked, scope: Scope) -> list[UUID]:
    spellings = _rarest_first(_spellings(asked.words), scope)
    found: set[UUID] = set()
    for exact in (True, False):
        words = [each.exact if exact else list(each.all) for each in spellings]
        found |= _candidates(words, asked.birth_date, scope)
        # Misspelt names stand below well spelt ones: when these fill the page nobody misses them.
        if len(found) >= CANDIDATES // 3:
            break
    if not found and len(spellings) > 1:
        for left_out in range(len(spellings)):
            words = [list(each.all) for place, each in enumerate(spellings) if place != left_out]
            found |= _candidates(words, asked.birth_date, scope)
    return _ranked(spellings, found)


def _spellings(words: Sequence[str]) -> list[_Spellings]:
    keys = {key: word for word in words for key in keys_to_ask(word)}
    stored = set(WordKey.objects.filter(key__in=keys).values_list("word", flat=True).distinct())
    found = []
    for typed in words:
        close = {word: score for word in stored if (score := closeness(typed, word))}
        best = sorted(close, key=lambda word: (-close[word], len(word), word))[:SPELLINGS]
        exact = [word for word in best if word.startswith(typed)]
        found.append(_Spellings(typed, exact, {word: close[word] for word in best}))
    return found


def _rarest_first(spellings: list[_Spellings], scope: Scope) -> list[_Spellings]:
    """In a city thousands are called Muhammad; whoever is called Hara too is found from Hara's side."""
    if len(spellings) < 2:
        return spellings
    words = {word for each in spellings for word in each.all}
    rows = _here(scope).filter(word__in=words).order_by().values_list("word").annotate(number=Count("pk"))
    times = dict(rows)
    return sorted(spellings, key=lambda each: sum(times.get(word, 0) for word in each.all))


def _here(scope: Scope) -> QuerySet[ChildWord]:
    here = Q(puskesmas__in=scope.puskesmas)
    if scope.posyandu:
        here |= Q(child__posyandu__in=scope.posyandu)
    return ChildWord.objects.filter(here)


def _candidates(words: Sequence[list[str]], birth_date: date | None, scope: Scope) -> set[UUID]:
    """Children named by one word of each list."""
    if not all(words):
        return set()
    rows = _here(scope).filter(word__in=words[0])
    for others in words[1:]:
        rows = rows.filter(Exists(ChildWord.objects.filter(child=OuterRef("child"), word__in=others)))
    if birth_date:
        rows = rows.filter(child__birth_date=birth_date)
    return set(rows.values_list("child", flat=True)[:CANDIDATES])


def _ranked(spellings: Sequence[_Spellings], found: set[UUID]) -> list[UUID]:
    words: dict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    for child_id, word, is_own in ChildWord.objects.filter(child__in=found).values_list(
        "child", "word", "is_own"
    ):
        words[child_id].append((word, is_own))
    scores = {child_id: _score(spellings, words[child_id]) for child_id in found}
    return sorted(found, key=lambda child_id: (-scores[child_id], child_id))


def _score(spellings: Sequence[_Spellings], words: Sequence[tuple[str, bool]]) -> float:
    """How well these words of a child and her family answer what was typed; her own name counts a little more."""
    score = sum(
        max((each.all.get(word, 0.0) + (2 if is_own else 0) for word, is_own in words), default=0.0)
        for each in spellings
    )
    # "Putri" alone is Putri before it is Putri Ayu Lestari.
    return score - 0.1 * len(words)
