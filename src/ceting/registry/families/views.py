"""Pages about families: the list and its search, registering a child, changing one."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, RefusedError
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires
from ceting.registry.families import operations, presenters
from ceting.registry.families.forms import ChangeForm, RegisterForm
from ceting.registry.families.models import Child
from ceting.registry.families.presenters import ChildLine
from ceting.registry.families.search import find

PAGE = 50


@requires("children.read")
@require_safe
def children(request: StaffRequest) -> HttpResponse:
    """All children under five whom she may see, by name; `?posyandu=` narrows it."""
    posts = list(posyandu_of(request.user, may="children.read"))
    mine = (
        Child.objects.visible_to(request.user, may="children.read")
        .here()
        .under_five(request.user.today())
        .with_family()
    )
    chosen = next((post for post in posts if str(post.pk) == request.GET.get("posyandu")), None)
    if chosen:
        mine = mine.of_posyandu(chosen)
    page = Paginator(mine.order_by("name_key", "id"), PAGE).get_page(request.GET.get("page"))
    lines = _lines(request, page, "list")
    context = {"page": page, "lines": lines, "posts": posts, "chosen": chosen}
    return render(request, "families/children.html", context)


@requires("children.read")
@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Children by name, mother, NIK or phone. By POST: what is searched for is personal, and URLs stand in logs."""
    query = request.POST.get("q", "").strip()[:120]
    lines = _lines(request, find(query, user=request.user, limit=PAGE), "search")
    context = {"lines": lines, "query": query, "full": len(lines) == PAGE, "posts": [], "chosen": None}
    whole = "families/results.html" if request.headers.get("HX-Request") else "families/children.html"
    return render(request, whole, context)


def _lines(request: StaffRequest, found: Any, purpose: str) -> list[ChildLine]:
    today = request.user.today()
    lines = [ChildLine.of(child, today) for child in found]
    audit.record_read("child", [line.child.pk for line in lines], by=request.user, purpose=purpose)
    return lines


@requires("children.write")
@require_http_methods(["GET", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """A new child; `?sesi=` leads back to the session's grid."""
    form = RegisterForm(request.POST or None, user=request.user, today=request.user.today())
    likenesses: list[ChildLine] = []
    if request.method == "POST" and form.is_valid():
        try:
            child = operations.register_child(
                form.draft(),
                posyandu=form.cleaned_data["posyandu"],
                by=request.user,
                despite_likeness=form.cleaned_data["despite_likeness"],
            )
        except operations.DuplicateChildError as refusal:
            likenesses = presenters.likeness_lines(refusal.likenesses, request.user.today())
            form.show(refusal)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, f"{child.name} sudah terdaftar di {child.posyandu}.")
            return redirect(_back(request) or reverse("measurements:child", args=[child.pk]))
    context = {"form": form, "likenesses": likenesses, "back": _back(request)}
    return render(request, "families/register.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest) -> str:
    """The session's grid that sent her here; a key that isn't one leads nowhere."""
    try:
        return reverse("measurements:session", args=[UUID(request.GET.get("sesi", ""))])
    except ValueError:
        return ""


@requires("children.write")
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Change a child. When somebody else was faster, both values are shown and nothing is overwritten."""
    child = get_object_or_404(
        Child.objects.visible_to(request.user, may="children.write")
        .with_family()
        .select_related("puskesmas"),
        pk=child_id,
    )
    form = ChangeForm(request.POST or None, user=request.user, child=child)
    conflict: list[presenters.Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_child(
                child, form.changes(), base_version=form.cleaned_data["version"], by=request.user
            )
        except EditConflictError as refusal:
            conflict = presenters.differences(refusal.theirs, form.changes())
            form = _typed_again(request, child, refusal)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Data anak sudah disimpan.")
            return redirect("measurements:child", child.pk)
    audit.record_read("child", [child.pk], by=request.user, purpose="change")
    context = {"form": form, "child": child, "conflict": conflict}
    return render(request, "families/change.html", context, status=422 if form.errors or conflict else 200)


def _typed_again(request: StaffRequest, child: Child, refusal: EditConflictError) -> ChangeForm:
    """Her own typing, on top of what stands now: saving again is her decision after she saw both."""
    data = cast(Any, request.POST.copy())
    data["version"] = refusal.version
    return ChangeForm(data, user=request.user, child=child)
