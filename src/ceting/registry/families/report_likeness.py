"""Who may be known already: a report told before, or a family on the register. A hint to people, never a verdict."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rapidfuzz import fuzz

from ceting.foundation.core import clock
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import ReportDraft
from ceting.registry.families.models import Child, FamilyReport, ReportKind
from ceting.registry.families.models.reports import ReportQuerySet
from ceting.registry.families.search import find
from ceting.standards.identity import SAME_NAME, normalise_name

WINDOW = {ReportKind.PREGNANCY: timedelta(days=300), ReportKind.BIRTH: timedelta(days=90)}
"""How long the same woman's next report is the same news: a pregnancy, and a birth until everybody has told."""
BIRTH_DATES = timedelta(days=7)
"""A neighbour knows the week, not the day."""
SHOWN = 5
LOOKED_AT = 20


def told_before(draft: ReportDraft, reports: ReportQuerySet) -> list[FamilyReport]:
    """Those of `reports` that tell the same, the newest first."""
    since = clock.now() - WINDOW[ReportKind(draft.kind)]
    alike = reports.filter(kind=draft.kind, village=draft.village, created_at__gte=since)
    return _of_name(draft.name, alike.select_related("village", "outcome").order_by("-id"))[:SHOWN]


def same_news(report: FamilyReport, reports: ReportQuerySet) -> list[FamilyReport]:
    """The other ones of `reports` about the same woman, told before or after it; the oldest first."""
    window = WINDOW[ReportKind(report.kind)]
    others = reports.filter(
        kind=report.kind,
        village=report.village_id,
        created_at__range=(report.created_at - window, report.created_at + window),
    ).exclude(pk=report.pk)
    return _of_name(report.name, others.order_by("id"))[:SHOWN]


def known_children(report: FamilyReport, user: User) -> list[Child]:
    """For a birth, the child who may be meant; for a pregnancy, the children of a mother who may be meant."""
    found = [child for child in find(report.name, user=user, limit=LOOKED_AT) if _is_hers(report, child)]
    if report.kind == ReportKind.PREGNANCY:
        return found[:SHOWN]
    return [child for child in found if _is_newborn(report, child)][:SHOWN]


def _is_hers(report: FamilyReport, child: Child) -> bool:
    return child.puskesmas_id == report.puskesmas_id and (
        child.mother is not None and _same(normalise_name(report.name), child.mother.name_key)
    )


def _is_newborn(report: FamilyReport, child: Child) -> bool:
    if report.day is not None:
        return abs(child.birth_date - report.day) <= BIRTH_DATES
    told = report.created_at.date()
    return told - WINDOW[ReportKind.BIRTH] <= child.birth_date


def _of_name(name: str, reports: Iterable[FamilyReport]) -> list[FamilyReport]:
    key = normalise_name(name)
    return [report for report in reports if _same(key, normalise_name(report.name))]


def doubles(reports: Sequence[FamilyReport]) -> dict[object, int]:
    """Key of a report -> how many of these tell the same, itself included."""
    named = [(report, normalise_name(report.name)) for report in reports]
    return {
        report.pk: sum(
            (other.kind, other.village_id) == (report.kind, report.village_id) and _same(key, other_key)
            for other, other_key in named
        )
        for report, key in named
    }


def _same(one: str, other: str) -> bool:
    """A neighbour says "Nur" where the register says "Nurhayati Kamil": a name within the other one counts too."""
    return bool(one and other) and fuzz.token_set_ratio(one, other) >= SAME_NAME
