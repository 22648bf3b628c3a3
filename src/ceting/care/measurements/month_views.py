"""*Perubahan SKDN*: every sealed month that counts otherwise than it was reported, and why."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ceting.care.measurements import attention_lists, month_presenters
from ceting.care.measurements.models import MonthCount, MonthCountChange
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

PAGE = 50


@requires("children.read")
@require_safe
def count_changes(request: StaffRequest) -> HttpResponse:
    """Changes of the months that she may see, the newest first; `?bulan=` and `?posyandu=` narrow it."""
    changes = MonthCountChange.objects.visible_to(request.user, may="children.read").select_related(
        "count__posyandu__village", "changed_by"
    )
    months = set(changes.order_by().values_list("count__month", flat=True).distinct())
    posts = list(posyandu_of(request.user, may="children.read"))
    chosen = attention_lists.chosen_posyandu(posts, request.GET.get("posyandu", ""))
    month = _chosen_month(request.GET.get("bulan", ""))
    if chosen:
        changes = changes.filter(count__posyandu=chosen)
    if month:
        changes = changes.filter(count__month=month)
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": month_presenters.change_lines(page, _children(request.user, list(page))),
        "posts": posts,
        "chosen": chosen,
        "months": month_presenters.month_choices(months),
        "month": f"{month:%Y-%m}" if month else "",
    }
    return render(request, "measurements/count_changes.html", context)


def _chosen_month(asked: str) -> date | None:
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None


def _children(user: User, changes: list[MonthCountChange]) -> dict[UUID, Child]:
    """The names that the page shows; that they were read is written down."""
    keys = month_presenters.concerned(changes)
    found = Child.objects.visible_to(user, may="children.read").only("name").in_bulk(keys)
    audit.record_read("child", found, by=user, purpose="count changes")
    return found


def seal_of(posyandu_id: UUID, held_on: date) -> month_presenters.SealWords | None:
    """What the summary of a session says of its month. Two queries."""
    count = (
        MonthCount.objects.filter(posyandu=posyandu_id, month=held_on.replace(day=1))
        .select_related("sealed_by")
        .first()
    )
    return month_presenters.seal_words(count, count.changes.count()) if count else None
