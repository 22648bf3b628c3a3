"""Pages of the yearly targets: every puskesmas' figures, one puskesmas' grid, a change of what was sealed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.families import target_operations, target_presenters
from ceting.registry.families.models import SealedTarget, TargetEntry
from ceting.registry.families.target_forms import TargetChangeForm, TargetGridForm, year_choices, year_of
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.numbers import DateError, parse_date

PERMISSION = "targets.seal"


@requires(PERMISSION)
@require_safe
def targets_choice(request: StaffRequest) -> HttpResponse:
    """Straight to the only puskesmas that she runs; Dinas reads the sums of all."""
    mine = list(puskesmas_of(request.user, may=PERMISSION))
    if len(mine) == 1:
        return redirect("families:targets", mine[0].pk)
    year = year_of(request.GET.get("tahun", ""), request.user.today())
    standing = SealedTarget.objects.standing().filter(puskesmas__in=mine, year=year, posyandu__closure=None)
    sums = standing.values_list("puskesmas").annotate(Count("pk"), Sum("children"))
    posts = Posyandu.objects.filter(puskesmas__in=mine, closure=None)
    numbers = dict(posts.order_by().values_list("puskesmas").annotate(Count("pk")))
    lines = target_presenters.figures(mine, {key: (count, total) for key, count, total in sums}, numbers)
    context = {
        "lines": lines,
        "year": year,
        "years": year_choices(request.user.today()),
        "total": sum(line.children for line in lines),
    }
    return render(request, "families/targets_choice.html", context)


@requires(PERMISSION)
@require_http_methods(["GET", "POST"])
def targets(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """All posyandu of a puskesmas in one grid; `?tahun=` and `?pada=` (the day on which the register is counted)."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may=PERMISSION), pk=puskesmas_id)
    today = puskesmas.today()
    year = year_of(request.GET.get("tahun", ""), today)
    try:
        counted_on = parse_date(request.GET.get("pada", ""), today=today)
    except DateError:
        counted_on = today
    posts = list(Posyandu.objects.filter(puskesmas=puskesmas, closure=None).select_related("village"))
    entries = {row.posyandu_id: row for row in TargetEntry.objects.filter(puskesmas=puskesmas, year=year)}
    standing = SealedTarget.objects.standing().filter(puskesmas=puskesmas, year=year).select_related("by")
    sealed = {row.posyandu_id: row for row in standing}
    registered = target_operations.registered_on(puskesmas, counted_on)
    form = TargetGridForm(
        request.POST or None,
        posts=[post for post in posts if post.pk not in sealed],
        entries=entries,
        registered=registered,
    )
    here = f"{reverse('families:targets', args=[puskesmas.pk])}?tahun={year}"
    if request.method == "POST" and form.is_valid():
        try:
            number = target_operations.enter_targets(
                form.drafts(), puskesmas=puskesmas, year=year, by=request.user, seal="seal" in request.POST
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(
                request,
                f"Sasaran {number} posyandu ditetapkan."
                if number
                else "Sasaran tersimpan, belum ditetapkan.",
            )
            return redirect(here)
    context = {
        "puskesmas": puskesmas,
        "year": year,
        "years": year_choices(today),
        "counted_on": counted_on,
        "form": form,
        "rows": target_presenters.rows(posts, form, registered, entries, sealed, puskesmas.timezone),
        "open": len(form.posts),
        "total": sum(row.children for row in sealed.values()),
        "sealed": len(sealed),
    }
    return render(request, "families/targets.html", context, status=422 if form.errors else 200)


@requires(PERMISSION)
@require_http_methods(["GET", "POST"])
def target_change(request: StaffRequest, posyandu_id: UUID) -> HttpResponse:
    """What was sealed for a posyandu in `?tahun=`, all its changes, and another number with its reason."""
    mine = puskesmas_of(request.user, may=PERMISSION)
    posts = Posyandu.objects.filter(puskesmas__in=mine).select_related("village", "puskesmas")
    post = get_object_or_404(posts, pk=posyandu_id)
    year = year_of(request.GET.get("tahun", ""), post.puskesmas.today())
    rows = SealedTarget.objects.filter(posyandu=post, year=year).select_related("by").order_by("-revision")
    history = list(rows)
    if not history:
        raise Http404
    form = TargetChangeForm(request.POST or None, standing=history[0])
    if request.method == "POST" and form.is_valid():
        try:
            target_operations.change_target(post, year, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, f"Sasaran {post} tahun {year} sudah diubah.")
            return redirect(_grid(post.puskesmas, year))
    context: dict[str, Any] = {
        "posyandu": post,
        "year": year,
        "grid": _grid(post.puskesmas, year),
        "history": [target_presenters.sealed_line(row, post.puskesmas.timezone) for row in history],
        "form": form,
    }
    return render(request, "families/target_change.html", context, status=422 if form.errors else 200)


def _grid(puskesmas: Puskesmas, year: int) -> str:
    return f"{reverse('families:targets', args=[puskesmas.pk])}?tahun={year}"
