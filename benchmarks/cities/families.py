"""Households, mothers and children of one posyandu, their stays, and the words by which they are found."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from benchmarks.cities import names
from benchmarks.cities.copying import Maker, key_at, write
from benchmarks.cities.places import Post
from benchmarks.cities.plan import FIVE_YEARS, CityPlan
from ceting.foundation.core.ciphers import keyed_hash
from ceting.registry.families.models import (
    Arrival,
    Caregiver,
    Child,
    ChildWord,
    Household,
    Relation,
    Stay,
    WordKey,
)
from ceting.registry.families.name_words import keys_to_find, words_of
from ceting.standards.ages import add_months

SIBLINGS = 0.12
PRETERM = 0.07
EIGHT = time(8)


@dataclass
class Families:
    """Rows of one posyandu, not written yet."""

    households: list[Household] = field(default_factory=list)
    mothers: list[Caregiver] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)


def settle(plan: CityPlan, post: Post) -> Families:
    """The families of one posyandu: children born in the last five years and in the months of history before."""
    chance, found = plan.chance(post.number, "families"), Families()
    first = add_months(plan.today, -(FIVE_YEARS + plan.months)) + timedelta(days=1)
    span = (plan.today - first).days
    births = sorted(first + timedelta(days=chance.randint(0, span)) for _ in range(plan.per_posyandu))
    make = Makers()
    for born in births:
        elder = found.children[-1] if found.children and chance.random() < SIBLINGS else None
        if elder is None or (born - elder.birth_date).days < 420:
            home, mother = household(make, post, born, chance)
            found.households.append(home)
            found.mothers.append(mother)
        child = _child(make, post, found.households[-1], found.mothers[-1], born, chance)
        found.children.append(child)
        found.stays.append(_stay(make, child, born, chance))
    return found


class Makers:
    def __init__(self) -> None:
        self.household, self.caregiver = Maker(Household), Maker(Caregiver)
        self.child, self.stay = Maker(Child), Maker(Stay)


def moment_of(on: date, post: Post, hour: time = EIGHT) -> datetime:
    return datetime.combine(on, hour, tzinfo=post.puskesmas.timezone)


def household(make: Makers, post: Post, on: date, chance: random.Random) -> tuple[Household, Caregiver]:
    """A home with a mother, registered on that day."""
    now = moment_of(on, post)
    home = make.household(
        id=key_at(now, chance),
        created_at=now,
        puskesmas_id=post.puskesmas.pk,
        village_id=post.posyandu.village_id,
        rw=post.posyandu.rw,
        rt=f"{chance.randint(1, 5):02}",
        address=f"Jalan Kota No. {chance.randint(1, 200)}",
    )
    told, phone = (
        names.name(chance),
        f"+628{chance.randint(10**9, 10**10 - 1)}" if chance.random() < 0.75 else "",
    )
    day = f"{chance.randint(41, 68):02}{chance.randint(1, 12):02}{chance.randint(80, 99)}"
    nik = f"137102{day}{chance.randint(1, 9999):04}"
    mother = make.caregiver(
        id=key_at(now, chance),
        created_at=now,
        puskesmas_id=post.puskesmas.pk,
        household_id=home.pk,
        relation=Relation.MOTHER.value,
        name=told,
        name_key=names.key_of(told),
        nik=nik,
        nik_hash=keyed_hash(nik),
        phone=phone,
        phone_hash=keyed_hash(phone) if phone else "",
        birth_date=on - timedelta(days=chance.randint(19 * 365, 40 * 365)),
    )
    return home, mother


def _child(
    make: Makers, post: Post, home: Household, mother: Caregiver, born: date, chance: random.Random
) -> Child:
    now = moment_of(born + timedelta(days=2), post)
    told, sex = names.name(chance), chance.choice((1, 2))
    day = born.day + (40 if sex == 2 else 0)
    nik = f"137102{day:02}{born:%m%y}{chance.randint(1, 9999):04}" if chance.random() < 0.8 else ""
    child: Child = make.child(
        id=key_at(now, chance),
        created_at=now,
        puskesmas_id=post.puskesmas.pk,
        posyandu_id=post.posyandu.pk,
        household_id=home.pk,
        mother_id=mother.pk,
        name=told,
        name_key=names.key_of(told),
        sex=sex,
        birth_date=born,
        nik=nik,
        nik_hash=keyed_hash(nik) if nik else "",
        birth_weight_kg=Decimal(f"{max(1.5, chance.gauss(3.05, 0.42)):.1f}"),
        birth_length_cm=Decimal(f"{chance.gauss(49, 1.8):.1f}"),
        gestation_days=chance.randint(224, 258) if chance.random() < PRETERM else None,
        has_kia_book=chance.random() < 0.93,
    )
    return child


def _stay(make: Makers, child: Child, born: date, chance: random.Random) -> Stay:
    stay: Stay = make.stay(
        id=key_at(child.created_at, chance),
        created_at=child.created_at,
        child_id=child.pk,
        posyandu_id=child.posyandu_id,
        puskesmas_id=child.puskesmas_id,
        since=born,
        arrival=Arrival.BORN.value,
    )
    return stay


def save(found: Families) -> None:
    write(Household, found.households)
    write(Caregiver, found.mothers)
    write(Child, found.children)
    write(Stay, found.stays)
    write(ChildWord, _words(found))


def _words(found: Families) -> list[ChildWord]:
    """As `indexing.index_names` writes them: a child's own words, and those of whoever cares for her household."""
    make, caring = Maker(ChildWord), {mother.household_id: mother.name_key for mother in found.mothers}
    rows = []
    for child in found.children:
        words = dict.fromkeys(words_of(caring[child.household_id]), False)
        words.update(dict.fromkeys(words_of(child.name_key), True))
        rows += [
            make(puskesmas_id=child.puskesmas_id, child_id=child.pk, word=word, is_own=is_own)
            for word, is_own in words.items()
        ]
    return rows


def save_word_keys() -> None:
    """How each word of the city may be typed."""
    make = Maker(WordKey)
    words = sorted(names.every_word())
    write(WordKey, [make(key=key, word=word) for word in words for key in sorted(keys_to_find(word))])
