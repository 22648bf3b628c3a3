"""Writes the index of names. Whoever changes a name, a household or a puskesmas calls it in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from ceting.registry.families.looking_again import look_again
from ceting.registry.families.models import (
    Caregiver,
    Child,
    ChildWord,
    Merge,
    MistakenRegistration,
    WordKey,
    those_who_became,
)
from ceting.registry.families.name_words import keys_to_find, words_of

AT_ONCE = 500
KeyT = TypeVar("KeyT", UUID, str)


@transaction.atomic
def index_names(child_ids: Iterable[UUID]) -> None:
    """Write again by which words these children, and whoever shares their households, are found.

    A child who was merged into another one isn't found herself: her names lead to the one who stands for her. Nor is
    one who was registered by mistake.
    """
    households = set(Child.objects.filter(pk__in=list(child_ids)).values_list("household", flat=True))
    for some in _batches(households):
        _index(list(Child.objects.filter(household__in=some)))


def _batches(keys: Iterable[KeyT]) -> Iterable[list[KeyT]]:
    ordered = list(keys)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _index(children: list[Child]) -> None:
    keys = [child.pk for child in children]
    absorbed = Merge.objects.standing().filter(absorbed__in=keys).values_list("absorbed_id", flat=True)
    mistaken = MistakenRegistration.objects.filter(child__in=keys).values_list("child_id", flat=True)
    not_found = {*absorbed, *mistaken}
    names = _names(children)
    rows = [
        ChildWord(puskesmas_id=child.puskesmas_id, child=child, word=word, is_own=is_own)
        for child in children
        if child.pk not in not_found
        for word, is_own in names[child.pk].items()
    ]
    ChildWord.objects.filter(child__in=keys).delete()
    ChildWord.objects.bulk_create(rows, batch_size=1000)
    _remember({row.word for row in rows})
    look_again(children)


def _names(children: list[Child]) -> dict[UUID, dict[str, bool]]:
    """Child -> word -> whether it is of her own name; names of those who became her count as hers."""
    became = {child.pk: {child.pk} for child in children}
    absorbing = Merge.objects.standing().filter(kept__in=list(became)).values_list("kept_id", flat=True)
    for kept in set(absorbing):
        became[kept] = those_who_became([kept])
    everybody = {child_id for group in became.values() for child_id in group}
    keys = {child.pk: (child.name_key, child.household_id, child.mother_id) for child in children}
    for row in Child.objects.filter(pk__in=everybody - set(keys)):
        keys[row.pk] = (row.name_key, row.household_id, row.mother_id)
    caregivers: dict[UUID | None, list[str]] = defaultdict(list)
    homes = {home for _, home, _ in keys.values()}
    for caregiver in Caregiver.objects.filter(household__in=homes):
        caregivers[caregiver.household_id].append(caregiver.name_key)
    mothers = {mother for _, _, mother in keys.values() if mother}
    for caregiver in Caregiver.objects.filter(pk__in=mothers).exclude(household__in=homes):
        caregivers[caregiver.pk].append(caregiver.name_key)
    found: dict[UUID, dict[str, bool]] = {}
    for child_id, group in became.items():
        words: dict[str, bool] = {}
        for name_key, home, mother in (keys[each] for each in group):
            for others in (*caregivers.get(home, ()), *caregivers.get(mother, ())):
                words.update({word: words.get(word, False) for word in words_of(others)})
            words.update(dict.fromkeys(words_of(name_key), True))
        found[child_id] = words
    return found


def _remember(words: set[str]) -> None:
    """Store the keys of words that nobody had until now."""
    known: set[str] = set()
    for some in _batches(sorted(words)):
        known |= set(
            WordKey.objects.filter(key__in=[f"-{word}" for word in some]).values_list("word", flat=True)
        )
    keys = [
        WordKey(key=key, word=word) for word in sorted(words - known) for key in sorted(keys_to_find(word))
    ]
    # Two transactions may learn the same word at the same moment.
    WordKey.objects.bulk_create(keys, batch_size=1000, ignore_conflicts=True)
