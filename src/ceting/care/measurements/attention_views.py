"""*Perlu perhatian*: the children whom somebody should see, and those whom nobody has seen for long."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ceting.care.measurements import attention_lists, attention_presenters
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires

PAGE = 50


@requires("attention.read")
@require_safe
def attention(request: StaffRequest) -> HttpResponse:
    """Children with a reason; `?tingkat=` and `?posyandu=` narrow it."""
    context = _common(request)
    found = attention_lists.needing_attention(request.user, context["today"], context["chosen"])
    counts = attention_lists.by_level(found)
    level = attention_lists.chosen_level(request.GET.get("tingkat", ""))
    number = counts.get(level, 0) if level else sum(counts.values())
    if level:
        found = found.filter(attention=level)
    page = _page(request, attention_lists.with_children(found), number)
    lines = attention_presenters.attention_lines(list(page), context["today"])
    unseen = attention_lists.unseen(request.user, context["today"], context["chosen"]).number
    context |= {
        "page": page,
        "lines": lines,
        "level": level,
        "filters": attention_presenters.level_filters(counts, level, context["chosen"]),
        "tabs": _tabs(request, sum(counts.values()), unseen),
    }
    return _listed(request, context)


@requires("attention.read")
@require_safe
def attention_unseen(request: StaffRequest) -> HttpResponse:
    """Children whom nobody weighed for two months or ever; `?posyandu=` narrows it."""
    context = _common(request)
    unseen = attention_lists.unseen(request.user, context["today"], context["chosen"])
    page = _page(request, attention_lists.with_families(unseen.found), unseen.number)
    lines = attention_presenters.unseen_lines(list(page), context["today"])
    needing = attention_lists.needing_attention(request.user, context["today"], context["chosen"]).count()
    context |= {"page": page, "lines": lines, "tabs": _tabs(request, needing, unseen.number)}
    return _listed(request, context)


def _page(request: StaffRequest, found: Any, number: int) -> Page[Any]:
    """The page that was asked for of `number` rows, which somebody has counted already."""
    paginator = Paginator(found, PAGE)
    paginator.count = number
    return paginator.get_page(request.GET.get("page"))


def _common(request: StaffRequest) -> dict[str, Any]:
    posts = list(posyandu_of(request.user, may="attention.read"))
    return {
        "today": request.user.today(),
        "posts": posts,
        "chosen": attention_lists.chosen_posyandu(posts, request.GET.get("posyandu", "")),
    }


def _tabs(request: StaffRequest, needing: int, unseen: int) -> list[dict[str, Any]]:
    addresses = (
        ("measurements:attention", "Perlu dilihat", needing),
        ("measurements:attention-unseen", "Belum ditimbang 2 bulan", unseen),
    )
    return [
        {"url": reverse(name), "label": label, "count": number, "current": request.path == reverse(name)}
        for name, label, number in addresses
    ]


def _listed(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    """One entry for the whole page with the children on it."""
    ids = [line.child.pk for line in context["lines"]]
    audit.record_read("child", ids, by=request.user, purpose="attention")
    return render(request, "measurements/attention.html", context)
