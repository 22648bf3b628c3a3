"""Pregnancies of one posyandu with their contacts, derived by the kernel that the verbs use."""

import random
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.cities.copying import Maker, key_at, write
from benchmarks.cities.families import Families, Makers, household, moment_of
from benchmarks.cities.places import Post
from benchmarks.cities.plan import CityPlan
from ceting.care.pregnancies import assessment
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.registry.families.models import Caregiver, Household
from ceting.standards.pregnancy import dating

LONGEST = 287
EVERY = 35
"""Days between two contacts."""


def save(plan: CityPlan, post: Post, families: Families) -> None:
    """Open pregnancies in every week; half of the women have a child here already."""
    chance, make = plan.chance(post.number, "pregnancies"), Makers()
    elders = [child for child in families.children if 400 < (plan.today - child.birth_date).days < 2000]
    mothers = {mother.pk: mother for mother in families.mothers}
    chance.shuffle(elders)
    homes: list[Household] = []
    women: list[Caregiver] = []
    pregnancies: list[Pregnancy] = []
    contacts: list[Contact] = []
    taken = set()
    for _ in range(plan.pregnancies_of(post.number)):
        started = plan.today - timedelta(days=chance.randint(40, LONGEST))
        elder = elders.pop() if elders and chance.random() < 0.5 else None
        if elder is not None and elder.mother_id not in taken:
            woman = mothers[elder.mother_id]
        else:
            elder = None
            home, woman = household(make, post, started + timedelta(days=30), chance)
            homes.append(home)
            women.append(woman)
        taken.add(woman.pk)
        pregnancy = _pregnancy(post, woman, started, elder.birth_date if elder else None, chance)
        rows = _contacts(plan, post, pregnancy, chance)
        assessment.derive(assessment.Facts(pregnancy, rows))
        pregnancies.append(pregnancy)
        contacts += rows
    write(Household, homes)
    write(Caregiver, women)
    write(Pregnancy, pregnancies)
    write(Contact, contacts)


def _pregnancy(
    post: Post, woman: Caregiver, started: date, last_birth: date | None, chance: random.Random
) -> Pregnancy:
    now = moment_of(started + timedelta(days=40), post)
    before = 1 if last_birth else 0
    height = Decimal(f"{chance.gauss(153, 5.5):.1f}")
    pregnancy: Pregnancy = Maker(Pregnancy)(
        id=key_at(now, chance),
        created_at=now,
        puskesmas_id=post.puskesmas.pk,
        posyandu_id=post.posyandu.pk,
        woman_id=woman.pk,
        lmp=started,
        started_on=started,
        due_on=dating.due_date(started),
        gravida=before + 1,
        para=before,
        abortions=0,
        living_children=before,
        last_birth_on=last_birth,
        height_cm=height,
        pre_weight_kg=Decimal(f"{max(36.0, chance.gauss(53, 8)):.1f}"),
        by_id=post.midwife,
    )
    # The kernel asks for both.
    pregnancy.puskesmas, pregnancy.woman = post.puskesmas, woman
    return pregnancy


def _contacts(plan: CityPlan, post: Post, pregnancy: Pregnancy, chance: random.Random) -> list[Contact]:
    make, rows = Maker(Contact), []
    on = pregnancy.started_on + timedelta(days=chance.randint(40, 75))
    weight = float(pregnancy.pre_weight_kg or 50)
    while on <= plan.today:
        weeks, now = (on - pregnancy.started_on).days / 7, moment_of(on, post)
        lab = chance.random() < 0.4
        rows.append(
            make(
                id=key_at(now, chance),
                created_at=now,
                pregnancy_id=pregnancy.pk,
                puskesmas_id=post.puskesmas.pk,
                on=on,
                place="posyandu" if chance.random() < 0.4 else "puskesmas",
                attendant="doctor" if chance.random() < 0.2 else "midwife",
                weight_kg=Decimal(f"{weight + max(weeks - 10, 0) * chance.gauss(0.38, 0.08):.1f}"),
                muac_cm=Decimal(f"{chance.gauss(26, 2.6):.1f}"),
                systolic=(systolic := round(chance.gauss(112, 11))),
                diastolic=min(round(chance.gauss(72, 8)), systolic - 10),
                hb_g_dl=Decimal(f"{chance.gauss(11.4, 1.1):.1f}") if lab else None,
                fundal_cm=Decimal(f"{weeks + chance.gauss(0, 1.5):.1f}") if weeks > 22 else None,
                fetal_heart=chance.randint(122, 158) if weeks > 16 else None,
                product="ttd",
                tablets_given=30,
                tablets_taken=chance.randint(8, 30),
                lab_done=lab,
                counselled=True,
                by_id=post.midwife,
            )
        )
        on += timedelta(days=EVERY + chance.randint(-7, 14))
    return rows
