"""*Jadwal layanan*: who is due for what at a posyandu this month or next, to read and to print."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires
from ceting.registry.families import due_list
from ceting.registry.families.due_list import DueGroup, Month
from ceting.registry.places.models import Posyandu
from ceting.standards.ages import add_months
from ceting.standards.numbers import format_month


@requires("child_health.read")
@require_safe
def due(request: StaffRequest) -> HttpResponse:
    """`?posyandu=` one of hers, `?bulan=depan` the next month."""
    posts = list(posyandu_of(request.user, may="child_health.read"))
    chosen = _chosen(posts, request.GET.get("posyandu", ""))
    today = request.user.today()
    following = request.GET.get("bulan") == "depan"
    month = month_of(add_months(today.replace(day=1), 1) if following else today, today)
    context: dict[str, Any] = {
        "posts": posts,
        "chosen": chosen,
        "month_words": format_month(month.first),
        "tabs": _tabs(chosen, today, following),
        "following": following,
    }
    return render(request, "child_health/due.html", context | _listed(request, chosen, month))


def month_of(day: date, today: date) -> Month:
    """The month in which the day lies."""
    first = day.replace(day=1)
    return Month(first, add_months(first, 1) - timedelta(days=1), today)


def _listed(request: StaffRequest, chosen: Posyandu | None, month: Month) -> dict[str, Any]:
    """What the page says of the chosen posyandu; that these people were read is written down."""
    if chosen is None:
        return {"groups": []}
    found = due_list.groups(chosen, month, request.user)
    for subject_type, ids in _subjects(found).items():
        audit.record_read(subject_type, ids, by=request.user, purpose="due list")
    return {"groups": found, "total": sum(len(group.lines) for group in found)}


def _subjects(groups: list[DueGroup]) -> dict[str, list[UUID]]:
    found: dict[str, dict[UUID, None]] = {}
    for group in groups:
        for line in group.lines:
            found.setdefault(line.subject_type, {})[line.subject] = None
    return {kind: list(ids) for kind, ids in found.items()}


def _chosen(posts: list[Posyandu], asked: str) -> Posyandu | None:
    """The posyandu that she asked for, if it is one of hers; the only one without asking."""
    if len(posts) == 1:
        return posts[0]
    return next((post for post in posts if str(post.pk) == asked), None)


def _tabs(chosen: Posyandu | None, today: date, following: bool) -> list[dict[str, Any]]:
    here = {"posyandu": str(chosen.pk)} if chosen else {}
    months = (("Bulan ini", here, not following), ("Bulan depan", here | {"bulan": "depan"}, following))
    return [
        {"label": label, "url": f"{reverse('child_health:due')}?{urlencode(query)}", "current": current}
        for label, query, current in months
    ]
