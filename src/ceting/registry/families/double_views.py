"""Pages about children who are registered twice: who may be, who else it could be, and a merge with its undoing.

The page that compares two children shows their weighings: it is measurements' (`measurements:compare`).
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import double_presenters, merging
from ceting.registry.families import doubles as looking
from ceting.registry.families.double_presenters import PairLine
from ceting.registry.families.models import Child, LikelyPair, Merge, MergeUndoing
from ceting.registry.families.models.pairs import LikelyPairQuerySet
from ceting.registry.families.presenters import ChildLine
from ceting.registry.families.search import find

PAGE = 30
FOUND = 20
# Encrypted columns that these pages never show: not read, not decrypted.
UNREAD = ("nik", "mother__nik", "mother__phone")


@requires("children.merge")
@require_safe
def doubles(request: StaffRequest) -> HttpResponse:
    """The pairs that the nightly look found, the likeliest first."""
    page = Paginator(_pairs(request).strongest_first(), PAGE).get_page(request.GET.get("page"))
    lines = [PairLine.of(pair) for pair in page]
    ids = [key for line in lines for key in (line.pair.first_id, line.pair.second_id)]
    audit.record_read("child", ids, by=request.user, purpose="doubles")
    return render(request, "families/doubles.html", {"page": page, "lines": lines})


def _pairs(request: StaffRequest) -> LikelyPairQuerySet:
    family = [f"{who}__{what}" for who in ("first", "second") for what in ("mother", "posyandu")]
    unread = [f"{who}__{what}" for who in ("first", "second") for what in UNREAD]
    pairs = LikelyPair.objects.visible_to(request.user, may="children.merge").waiting()
    return pairs.select_related(*family).defer(*unread)


@requires("children.merge")
@require_http_methods(["GET", "POST"])
def same_as(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Which other child could she be: the pairs that are known, and a search. By POST, as every search."""
    child = _child(request, child_id)
    query = request.POST.get("q", "").strip()[:120]
    if query:
        keys = [found.pk for found in find(query, user=request.user, limit=FOUND) if found.pk != child_id]
    else:
        pairs = _pairs(request).filter(Q(first=child) | Q(second=child)).strongest_first()[:FOUND]
        keys = [pair.second_id if pair.first_id == child_id else pair.first_id for pair in pairs]
    rows = _children(request).in_bulk(keys)
    lines = [ChildLine.of(rows[key], request.user.today()) for key in keys if key in rows]
    audit.record_read("child", [child_id, *rows], by=request.user, purpose="same as")
    return render(request, "families/same_as.html", {"child": child, "query": query, "lines": lines})


@requires("children.merge")
@require_POST
def two_children(request: StaffRequest, child_id: UUID, other_id: UUID) -> HttpResponse:
    """ "Memang dua anak"."""
    both = _children(request).in_bulk([child_id, other_id])
    if len(both) != 2:
        raise Http404
    looking.say_two_children(both[child_id], both[other_id], by=request.user)
    names = f"{both[child_id].name} dan {both[other_id].name}"
    messages.success(request, f"Dicatat: {names} memang dua anak. Pasangan ini tidak ditanyakan lagi.")
    return redirect("families:doubles")


@requires("children.merge")
@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, merge_id: UUID) -> HttpResponse:
    """A merge: what was done, with its undoing one tap away; afterwards, what stayed as it was changed."""
    found = get_object_or_404(
        Merge.objects.filter(kept__in=_children(request)).select_related(
            "kept", "absorbed", "by", "puskesmas"
        ),
        pk=merge_id,
    )
    refusal = ""
    if request.method == "POST":
        try:
            merging.undo_merge(found, by=request.user)
        except RefusedError as refused:
            refusal = refused.problems[0].sentence
        else:
            return redirect("families:merge", merge_id)
    undoing = MergeUndoing.objects.filter(merge=found).select_related("by").first()
    audit.record_read("child", [found.kept_id, found.absorbed_id], by=request.user, purpose="merge")
    words = double_presenters.merge_words(found, undoing)
    context = {"merge": found, "words": words, "refusal": refusal, "waiting": _pairs(request).count()}
    return render(request, "families/merge.html", context, status=422 if refusal else 200)


def _children(request: StaffRequest) -> QuerySet[Child]:
    mine = Child.objects.visible_to(request.user, may="children.merge")
    return mine.with_family().defer(*UNREAD, "household__kk", "household__address")


def _child(request: StaffRequest, child_id: UUID) -> Child:
    return get_object_or_404(_children(request), pk=child_id)
