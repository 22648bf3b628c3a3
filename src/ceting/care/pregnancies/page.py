"""What a pregnancy's page asks the database, and puts before its template."""

from datetime import date
from typing import Any

from ceting.care.pregnancies import (
    assessment,
    contact_presenters,
    emergencies,
    ended_presenters,
    page_presenters,
)
from ceting.care.pregnancies.cards import bmi_before
from ceting.care.pregnancies.charts import fundal_height, weight_gain
from ceting.care.pregnancies.charts.series import NOT_CHARTED, ONE_BABY, ChartPage
from ceting.care.pregnancies.contact_presenters import fundal_heights, weights
from ceting.care.pregnancies.models import Born, Contact, NamedResult, Outcome, PostnatalVisit, Pregnancy
from ceting.care.pregnancies.words import woman_name
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, roots
from ceting.standards.pregnancy import weight_gain as gain

KADER_FACTS = frozenset({"weight_kg", "muac_cm", "blood_pressure", "iron_tablets"})
"""What a kader checks at the posyandu."""


def context(found: Pregnancy, reader: User, today: date) -> dict[str, Any]:
    """Everything of the page; clinical parts only for whoever may read them where she lives."""
    clinical = readable(reader, found, "risk_score")
    rows = list(Contact.objects.current().filter(pregnancy=found))
    plan = found.birth_plans.order_by("-id").first()
    told: dict[str, Any] = {
        "pregnancy": found,
        "called": woman_name(found),
        "clinical": clinical,
        "facts": page_presenters.facts(found, reader),
        "contacts": contact_presenters.contact_lines(rows, clinical=clinical),
        "plan": page_presenters.plan_facts(plan, reader, found.puskesmas_id) if plan else [],
    }
    return told | (
        _going_on(found, rows, today, reader, planned=plan is not None)
        if found.is_open
        else _ended(found, today, reader)
    )


def _going_on(
    found: Pregnancy, rows: list[Contact], today: date, reader: User, *, planned: bool
) -> dict[str, Any]:
    clinical = readable(reader, found, "risk_score")
    facts = wanted_by(reader, found, rows, today)
    urgent = emergencies.high_pressures(rows, today, clinical=clinical)
    food, classes = list(found.extra_food.all()), list(found.class_attendances.all())
    told: dict[str, Any] = {
        "lead": page_presenters.lead(found, reader, today),
        "emergency": emergencies.of_contacts(rows, today, clinical=clinical),
        "todos": page_presenters.todos(found, today, urgent=urgent, planned=planned, facts=facts),
        "slots": page_presenters.slots(found, rows, today),
        "chips": page_presenters.state_chips(found, clinical=clinical),
        "charts": charts(found, rows, clinical=clinical),
        "uncharted": _uncharted(found, rows, clinical=clinical),
        "nutrition": page_presenters.nutrition_words(
            found,
            food,
            len(classes),
            sum(each.with_partner for each in classes),
            assessment.limits_on(found, today),
        ),
    }
    if clinical:
        stated = list(found.stated_risks.standing())
        told["cards"] = page_presenters.score_cards(assessment.cards(assessment.Facts(found, rows, stated)))
        undone = found.outcomes.exclude(undoing=None).select_related("undoing__by").order_by("id")
        told["undone"] = ended_presenters.undone_words(undone)
    return told


def _ended(found: Pregnancy, today: date, reader: User) -> dict[str, Any]:
    clinical = readable(reader, found, "risk_score")
    outcome = Outcome.objects.standing().filter(pregnancy=found).first()
    visits = list(PostnatalVisit.objects.standing().filter(pregnancy=found).order_by("on"))
    born, lives = born_of(outcome), found.woman.lives
    birth = ended_presenters.told_as_birth(outcome, born, clinical=clinical)
    urgent = emergencies.high_pressures_after(visits, today) if clinical and lives else []
    return {
        "lead": ended_presenters.lead(found, outcome, birth=birth),
        "emergency": emergencies.of_visits(visits, today, clinical=clinical) if lives else None,
        "todos": page_presenters.urgent_todos(urgent),
        "outcome": outcome if clinical else None,
        "end_card": ended_presenters.end_card(outcome, born, reader, found.puskesmas_id, birth=birth),
        "comfort": ended_presenters.comfort(
            found, outcome, leaves_children=not lives and _leaves_children(found), clinical=clinical
        ),
        "visiting": ended_presenters.visiting(found, outcome, today),
        "born": ended_presenters.born_lines(born, clinical=clinical),
        "visits": ended_presenters.visit_lines(visits, clinical=clinical),
    }


def _leaves_children(found: Pregnancy) -> bool:
    return Child.objects.registered().filter(mother=found.woman_id, died_on=None).exists()


def born_of(outcome: Outcome | None) -> list[Born]:
    """The children of that end, each as the row that stands for her in the register by now."""
    rows = list(Born.objects.filter(outcome=outcome).order_by("order")) if outcome else []
    standing = roots([row.child_id for row in rows])
    children = Child.objects.select_related("posyandu").in_bulk(standing.values())
    for row in rows:
        row.child = children[standing[row.child_id]]
    return rows


def wanted_by(reader: User, found: Pregnancy, rows: list[Contact], today: date) -> list[str]:
    """The facts that she may record herself at a contact today."""
    if not readable(reader, found, "risk_score"):
        return [fact for fact in assessment.wanted(found, rows, today) if fact in KADER_FACTS]
    named = set(found.named_clinicians.standing().values_list("clinician", flat=True))
    if named and reader.pk not in named:
        # Somebody sees to them; that they were done isn't hers to know.
        return list(assessment.wanted(found, rows, today))
    told = NamedResult.objects.visible_to(reader, may="named.record").filter(pregnancy=found)
    return list(assessment.wanted(found, rows, today, besides=told.values_list("kind", flat=True)))


def _uncharted(found: Pregnancy, rows: list[Contact], *, clinical: bool) -> str:
    if not assessment.is_unjudged(found, rows, clinical=clinical):
        return ""
    return ONE_BABY if clinical else NOT_CHARTED


def charts(found: Pregnancy, rows: list[Contact], *, clinical: bool) -> list[tuple[str, ChartPage]]:
    """(key, chart): weight against her corridor where her BMI is known, fundal height for health workers.

    None of several fetuses, for whom neither holds.
    """
    if assessment.is_unjudged(found, rows, clinical=clinical):
        return []
    drawn = []
    bmi = bmi_before(found)
    weighed = weights(rows)
    if bmi is not None and found.pre_weight_kg is not None and weighed:
        of = gain.bmi_class(bmi)
        drawn.append(("berat", weight_gain.page(weighed, pre_weight_kg=float(found.pre_weight_kg), of=of)))
    measured = fundal_heights(rows)
    if clinical and measured:
        drawn.append(("fundus", fundal_height.page(measured)))
    return drawn
