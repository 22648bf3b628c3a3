"""Women of the demo who are pregnant, in all weeks, with risks, births and two losses. No real person is meant."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from ceting.care.pregnancies import operations, outcome_operations, support_operations
from ceting.care.pregnancies.drafts import ContactDraft, PregnancyDraft
from ceting.care.pregnancies.models import Card, Pregnancy
from ceting.care.pregnancies.operations import PregnancyRegistration
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.demo import people
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu

DAY, WEEK = timedelta(days=1), timedelta(days=7)
TERM = 280
BORN_SHARE = 0.2
LOSSES = (("miscarriage", 11, 20), ("stillbirth", 31, 9))
"""Of the first two whose pregnancy is over: what happened, in which week, and how many days ago."""
KNOWN_FROM = (5, 14)
"""Weeks in which a woman tells somebody."""


@dataclass(frozen=True)
class Course:
    """One pregnancy as it goes: gaining slowly, thin, pale, under pressure, or well."""

    woman: Caregiver
    posyandu: Posyandu
    draft: PregnancyDraft
    ended_after: int | None
    thin: bool
    pale: bool
    pressed: bool


def expect(posts: Sequence[Posyandu], midwife: User, number: int, source: random.Random, today: date) -> None:
    """So many pregnancies over the posyandu, those that end included."""
    drafts = [(_woman(source, today), posts[place % len(posts)]) for place in range(number)]
    women = woman_operations.register_women(drafts, by=midwife)
    courses = [_course(woman, post, source, today) for woman, (_, post) in zip(women, drafts, strict=True)]
    _lose(courses, today)
    pregnancies = operations.register_many(
        [PregnancyRegistration(each.draft, each.woman, each.posyandu) for each in courses], by=midwife
    )
    told = [
        (pregnancy, contact)
        for pregnancy, course in zip(pregnancies, courses, strict=True)
        for contact in _contacts(pregnancy, course, source, today)
    ]
    operations.record_contacts(told, by=midwife)
    over = [pair for pair in zip(pregnancies, courses, strict=True) if pair[1].ended_after is not None]
    for place, (pregnancy, course) in enumerate(over):
        _end(pregnancy, course, place, midwife, source)
    for pregnancy, course in zip(pregnancies, courses, strict=True):
        _stand_by(pregnancy, course, midwife, source, today)


def _woman(source: random.Random, today: date) -> WomanDraft:
    born = today - timedelta(days=source.randint(17 * 365, 41 * 365))
    return WomanDraft(
        source.choice(people.MOTHERS),
        birth_date=born,
        nik=people.nik(source, birth_date=born, woman=True),
        phone=people.phone(source),
        rw=f"{source.randint(1, 9):02d}",
        rt=f"{source.randint(1, 5):02d}",
        address=f"{source.choice(people.STREETS)} No. {source.randint(1, 90)}",
    )


def _course(woman: Caregiver, post: Posyandu, source: random.Random, today: date) -> Course:
    over = source.random() < BORN_SHARE
    length = source.choice((252, 259, 266, 273, 276, 280, 284)) if over else None
    days = (length or 0) + source.randint(3, 60) if over else source.randint(35, 286)
    births = source.choice((0, 0, 1, 1, 1, 2, 3))
    thin = source.random() < 0.18
    height = Decimal(source.choice((144, 148, 151, 153, 155, 157, 160, 163)))
    bmi = source.uniform(16.8, 18.4) if thin else source.choice((19.5, 21.0, 22.5, 24.0, 26.5, 31.0))
    draft = PregnancyDraft(
        lmp=today - timedelta(days=days),
        gravida=births + 1,
        para=births,
        abortions=0,
        living_children=births,
        height_cm=height,
        pre_weight_kg=Decimal(str(round(bmi * float(height / 100) ** 2, 1))),
        blood_group=source.choice(("A", "B", "O", "O", "AB", "")),
    )
    return Course(woman, post, draft, length, thin, source.random() < 0.25, source.random() < 0.06)


def _lose(courses: list[Course], today: date) -> None:
    """The first two that are over ended early, and of late: nobody came for a check afterwards."""
    over = [place for place, course in enumerate(courses) if course.ended_after is not None]
    for place, (_, week, days_ago) in zip(over, LOSSES, strict=False):
        course, days = courses[place], week * WEEK.days
        draft = replace(course.draft, lmp=today - timedelta(days=days + days_ago))
        courses[place] = replace(course, draft=draft, ended_after=days)


def _contacts(
    pregnancy: Pregnancy, course: Course, source: random.Random, today: date
) -> Iterator[ContactDraft]:
    """About every five weeks, more often towards the end; some come late or rarely."""
    last = course.ended_after or (today - pregnancy.started_on).days
    day = source.randint(*KNOWN_FROM) * 7
    number = 0
    while day < min(last, TERM):
        number += 1
        yield _contact(pregnancy, course, day, number, source)
        day += source.choice((28, 35, 35, 42, 70)) if day < 28 * 7 else source.choice((14, 21, 21, 28))


def _contact(
    pregnancy: Pregnancy, course: Course, day: int, number: int, source: random.Random
) -> ContactDraft:
    weeks = day / 7
    pre = float(pregnancy.pre_weight_kg or 50)
    gain = max(weeks - 13, 0) * (0.28 if course.thin else 0.44) + min(weeks, 13) * 0.08
    pressure = (
        (source.randint(138, 150), source.randint(88, 96))
        if course.pressed and weeks > 24
        else (source.randint(98, 124), source.randint(62, 80))
    )
    clinical: dict[str, Any] = {}
    if number == 1 or weeks > 28:
        clinical["hb_g_dl"] = Decimal(
            str(round(source.uniform(8.6, 10.8) if course.pale else source.uniform(11.1, 13.2), 1))
        )
    if weeks >= 20:
        clinical["fundal_cm"] = Decimal(round(weeks + source.choice((-3, -1, -1, 0, 0, 0, 1, 1))))
    if weeks >= 16:
        clinical["fetal_heart"] = source.randint(128, 152)
    if weeks >= 30:
        clinical["presentation"] = source.choice(("head",) * 12 + ("breech",))
    doctor = number == 1 or weeks > 32
    on = pregnancy.started_on + timedelta(days=day)
    return ContactDraft(
        on=on,
        place=source.choice(("puskesmas", "puskesmas", "posyandu", "private")),
        attendant="doctor" if doctor and source.random() < 0.7 else "midwife",
        weight_kg=Decimal(str(round(pre + gain + source.uniform(-0.6, 0.6), 1))),
        muac_cm=Decimal(
            str(round(source.uniform(21.4, 23.3) if course.thin else source.uniform(23.8, 29.5), 1))
        ),
        systolic=pressure[0],
        diastolic=pressure[1],
        product="ttd",
        tablets_given=30,
        tablets_taken=source.choice((30, 30, 26, 20, 12)) if number > 1 else 0,
        scan_done=doctor,
        fetuses=1 if doctor else None,
        counselled=True,
        tetanus_dose=2 if number == 1 else None,
        urine_protein="0" if weeks > 20 else "",
        written_at=datetime.combine(on, time(10), tzinfo=pregnancy.puskesmas.timezone),
        **clinical,
    )


def _end(pregnancy: Pregnancy, course: Course, place: int, midwife: User, source: random.Random) -> None:
    """The first two end in a loss, the others with a child."""
    if place < len(LOSSES):
        kind, week, _ = LOSSES[place]
        on = pregnancy.started_on + week * WEEK
        outcome_operations.end(pregnancy, EndDraft(kind, on, place="hospital"), by=midwife)
        return
    length = course.ended_after or TERM
    weight = Decimal(
        str(round(source.uniform(2.2, 2.7) if length < 259 or course.thin else source.uniform(2.6, 3.7), 2))
    )
    child = NewbornDraft(
        source.choice((1, 2)),
        birth_weight_kg=weight,
        birth_length_cm=Decimal(round(44 + float(weight) * 1.5)),
        early_breastfeeding=source.random() < 0.8,
        cried=True,
        vitamin_k=True,
    )
    on = pregnancy.started_on + timedelta(days=length)
    told = EndDraft(
        "birth",
        on,
        place=source.choice(("puskesmas", "private", "hospital")),
        attendant="midwife",
        children=(child,),
    )
    outcome_operations.end(pregnancy, told, by=midwife)


def _stand_by(
    pregnancy: Pregnancy, course: Course, midwife: User, source: random.Random, today: date
) -> None:
    """Extra food for whoever is thin, a plan for whoever is near, a visit for whoever gave birth."""
    pregnancy.refresh_from_db()
    if pregnancy.ended_on is not None:
        if pregnancy.ended_on + 2 * DAY <= today:
            visit = PostnatalDraft(pregnancy.ended_on + DAY, "home", "midwife", vitamin_a=2)
            outcome_operations.record_postnatal_visit(pregnancy, visit, by=midwife)
        return
    weeks = pregnancy.age_days(today) / 7
    if course.thin and weeks > 14:
        for month in range(source.randint(1, 3)):
            given_on = today - month * 30 * DAY
            if given_on >= pregnancy.started_on:
                support_operations.give_food(pregnancy, given_on=given_on, days=30, by=midwife)
    if weeks > 28 and source.random() < 0.6:
        plan = support_operations.PlanDraft(
            attendant="Bidan Rina",
            place="Puskesmas Andalas",
            companion="Suami",
            transport="Mobil tetangga",
            funding="BPJS",
        )
        support_operations.plan_birth(pregnancy, plan, by=midwife)
    if weeks > 18 and source.random() < 0.5:
        support_operations.attend_class(
            pregnancy, on=today - source.randint(1, 20) * DAY, with_partner=source.random() < 0.4, by=midwife
        )
    if source.random() < 0.05:
        support_operations.state_risks(pregnancy, Card.KSPR, {"10"}, by=midwife)
