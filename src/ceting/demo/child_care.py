"""What the demo's children were given and asked beside the scale, on the mornings of their posyandu."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from ceting.care.child_health import operations
from ceting.care.child_health.drafts import (
    BreastfeedingDraft,
    DevelopmentDraft,
    Draft,
    FeedingDraft,
    ImmunisationDraft,
    SupplementDraft,
)
from ceting.care.child_health.models import Item, Place
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.standards.ages import full_months
from ceting.standards.child import immunisation, supplementation
from ceting.standards.child.development import questionnaire_for
from ceting.standards.child.doses import schedule
from ceting.standards.child.feeding import LAST_MONTH, of_feeding_age
from ceting.standards.child.immunisation import Given

NINE = time(9, 30)
HERE = schedule(endemic=False, rotavirus_until=7)
COMES, NEVER, EXCLUSIVE = 0.8, 0.06, 0.7
"""How often a child comes who is due; who never comes for vaccines; who is fed on breast milk alone."""


def care_for(
    children: Sequence[Child],
    mornings: Sequence[date],
    source: random.Random,
    *,
    midwife: User,
    volunteer: User,
) -> None:
    """Write it all by the verb that people use: vaccines by the midwife, the rest by the kader."""
    vaccines: list[Draft] = []
    others: list[Draft] = []
    for child in children:
        hers = sorted(on for on in mornings if on >= child.birth_date)
        vaccines += _vaccines(child, hers, source)
        others += _capsules(child, hers, source)
        if hers and source.random() < COMES:
            others += _asked(child, hers[-1], source)
    operations.record(vaccines, by=midwife)
    operations.record(others, by=volunteer)


def _vaccines(child: Child, mornings: Sequence[date], source: random.Random) -> Iterator[Draft]:
    """At birth, then whatever can be given on each morning she comes; those born before the first come with a past."""
    if source.random() < NEVER:
        return
    given = [Given("HB0", child.birth_date)]
    yield _dose(child, given[0], Place.HOSPITAL)
    if mornings and (mornings[0] - child.birth_date).days > 60:
        for visit in immunisation.plan(child.birth_date, given, child.birth_date, HERE):
            if visit.on < mornings[0]:
                past = [Given(dose.code, visit.on) for dose in visit.doses]
                given += past
                yield from (_dose(child, each, Place.PUSKESMAS) for each in past)
    for on in mornings:
        if source.random() < COMES:
            ready = [
                each for each in immunisation.standing(child.birth_date, given, on, HERE) if each.can_be_given
            ]
            today = [Given(each.dose.code, on) for each in ready]
            given += today
            yield from (_dose(child, each, Place.POSYANDU) for each in today)


def _dose(child: Child, given: Given, place: str) -> Draft:
    return ImmunisationDraft(
        child=child, on=given.on, dose=given.code, place=place, written_at=_moment(child, given.on)
    )


def _capsules(child: Child, mornings: Sequence[date], source: random.Random) -> Iterator[Draft]:
    had: set[tuple[Item, date]] = set()
    for on in mornings:
        due = (
            (Item.VITAMIN_A, supplementation.vitamin_a_round(on), on.month in (2, 8)),
            (
                Item.DEWORMING,
                supplementation.deworming_round(on),
                supplementation.may_be_dewormed(child.birth_date, on),
            ),
        )
        for item, begun, is_due in due:
            old_enough = (
                item is Item.DEWORMING or supplementation.capsule_at(child.birth_date, on) is not None
            )
            if is_due and old_enough and (item, begun) not in had and source.random() < COMES:
                had.add((item, begun))
                yield SupplementDraft(
                    child=child, on=on, item=item, place=Place.POSYANDU, written_at=_moment(child, on)
                )


def _asked(child: Child, on: date, source: random.Random) -> Iterator[Draft]:
    """On the last morning: breast milk or meals by her age, and KPSP."""
    months = full_months(child.birth_date, on)
    if months <= LAST_MONTH:
        exclusive = source.random() < EXCLUSIVE
        for month in range(months + 1):
            answer = "yes" if exclusive or month < 2 else "no"
            yield BreastfeedingDraft(
                child=child, on=on, month=month, answer=answer, written_at=_moment(child, on)
            )
    if of_feeding_age(months):
        eaten = frozenset(source.sample((2, 3, 4, 5, 6, 7, 8), source.randint(2, 6)))
        yield FeedingDraft(
            child=child,
            on=on,
            groups=eaten,
            meals=source.randint(2, 4),
            breastfed=source.random() < 0.8,
            milk_feeds=source.randint(0, 2),
            written_at=_moment(child, on),
        )
    age = questionnaire_for(child.birth_date, on)
    if age is not None:
        yes = source.choices((10, 9, 8, 7, 6), (60, 22, 10, 5, 3))[0]
        yield DevelopmentDraft(child=child, on=on, age_month=age, yes=yes, written_at=_moment(child, on))


def _moment(child: Child, on: date) -> datetime:
    return datetime.combine(on, NINE, tzinfo=child.puskesmas.timezone)
