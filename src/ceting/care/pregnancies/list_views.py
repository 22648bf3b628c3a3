"""Pages with several women: those who are pregnant, those who gave birth of late."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.pregnancies import list_presenters, lists
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires

PAGE = 50
LONGEST_QUERY = 120


@requires("pregnancies.read")
@require_http_methods(["GET", "HEAD", "POST"])
def pregnancies(request: StaffRequest) -> HttpResponse:
    """Women who are pregnant, those who should be seen first at the top; `?pilih=` and `?posyandu=` narrow it.

    Searched by POST: a name is personal, and URLs stand in logs.
    """
    today, posts, chosen = _common(request)
    found = lists.going_on(request.user)
    if chosen is not None:
        found = found.filter(posyandu=chosen)
    code = request.GET.get("pilih", "")
    code = code if code in lists.CHOICES else ""
    query = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    shown = lists.chosen(lists.named(found, query) if query else found, code, today)
    page = Paginator(shown.with_woman(), PAGE).get_page(request.GET.get("page"))
    lines = list_presenters.lines(page, request.user, today)
    audit.record_read("pregnancy", [line.pregnancy.pk for line in lines], by=request.user, purpose="women")
    context = {
        "page": page,
        "lines": lines,
        "posts": posts,
        "chosen": chosen,
        "query": query,
        "code": code,
        "filters": list_presenters.choices(lists.counts(found, today), code, chosen),
    }
    whole = "pregnancies/results.html" if request.headers.get("HX-Request") else "pregnancies/list.html"
    return render(request, whole, context)


@requires("pregnancies.read")
@require_safe
def afterwards(request: StaffRequest) -> HttpResponse:
    """Women in the six weeks after a birth or a loss."""
    today, posts, chosen = _common(request)
    found = lists.afterwards(request.user, today)
    if chosen is not None:
        found = found.filter(posyandu=chosen)
    page = Paginator(found.with_woman(), PAGE).get_page(request.GET.get("page"))
    lines = list_presenters.after_lines(page, today)
    audit.record_read("pregnancy", [line.pregnancy.pk for line in lines], by=request.user, purpose="women")
    context = {"page": page, "lines": lines, "posts": posts, "chosen": chosen}
    return render(request, "pregnancies/afterwards.html", context)


def _common(request: StaffRequest) -> tuple[Any, list[Any], Any]:
    posts = list(posyandu_of(request.user, may="pregnancies.read"))
    chosen = next((post for post in posts if str(post.pk) == request.GET.get("posyandu")), None)
    return request.user.today(), posts, chosen
