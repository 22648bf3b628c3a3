"""Pages about where a child lives: her history, moving, returning, a death, and who waits to be accepted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import life_operations, life_presenters
from ceting.registry.families.life_forms import (
    AcceptForm,
    DeathForm,
    MoveForm,
    RefusingForm,
    ReturnForm,
    UndoForm,
)
from ceting.registry.families.models import Child, Move, MoveKind

PAGE = 50


@requires("children.read")
@require_safe
def lives(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Where she lived, and what may be noted about it."""
    child = _child(request, child_id, may="children.read")
    audit.record_read("child", [child.pk], by=request.user, purpose="lives")
    stays = child.stays.select_related("posyandu__village", "puskesmas").order_by("-since", "-id")
    waiting = Move.objects.waiting().filter(child=child).select_related("to_puskesmas").first()
    tone, sentence = life_presenters.standing(child, waiting)
    context = {
        "child": child,
        "lines": life_presenters.stay_lines(stays),
        "tone": tone,
        "sentence": sentence,
        "mistaken": hasattr(child, "mistake"),
        "undoable": child.died_on is not None or child.moves.standing().exists(),
    }
    return render(request, "families/lives.html", context)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """She moves; for a child who is away, she returns."""
    child = _child(request, child_id, may="children.move")
    kind = MoveForm if child.is_here else ReturnForm
    form = kind(request.POST or None, child=child, today=child.puskesmas.today())
    title = "Catat pindah" if child.is_here else "Catat kembali"
    return _done(request, child, form, title, lambda: _moved(child, form.cleaned_data, request))


def _moved(child: Child, data: dict[str, Any], request: StaffRequest) -> str:
    on, reason, by = data["on"], data["reason"], request.user
    if "kind" not in data:
        life_operations.come_back(child, to=data["to"], on=on, reason=reason, by=by)
        return f"{child.name} tercatat kembali di {data['to']}."
    if data["kind"] == MoveKind.WITHIN:
        life_operations.move_within(child, to=data["to"], on=on, reason=reason, by=by)
        return f"{child.name} pindah ke {data['to']}."
    if data["kind"] == MoveKind.HANDED_OVER:
        life_operations.hand_over(child, to=data["puskesmas"], on=on, reason=reason, by=by)
        return f"{child.name} menunggu diterima di {data['puskesmas']}."
    life_operations.leave(child, on=on, reason=reason, by=by)
    return f"{child.name} tercatat pindah ke luar daerah."


@requires("children.move")
@require_http_methods(["GET", "POST"])
def death(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """A child died: a quiet page with two questions."""
    child = _child(request, child_id, may="children.move")
    form = DeathForm(request.POST or None, today=child.puskesmas.today())

    def deed() -> str:
        life_operations.record_death(child, by=request.user, **form.cleaned_data)
        return "Sudah dicatat. Anak ini tidak lagi muncul di daftar dan jadwal mana pun."

    return _done(request, child, form, "Catat meninggal", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def undo(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """The last entry was a mistake."""
    child = _child(request, child_id, may="children.move")
    places = ("from_posyandu__village", "to_posyandu__village", "to_puskesmas")
    last = child.moves.standing().select_related(*places).order_by("-id").first()
    form = UndoForm(request.POST or None, initial={"move": last.pk if last else None})

    def deed() -> str:
        reason = form.cleaned_data["reason"]
        if child.died_on is not None:
            life_operations.undo_death(child, reason=reason, by=request.user)
        else:
            seen = get_object_or_404(child.moves.all(), pk=form.cleaned_data["move"])
            life_operations.undo_last_move(child, move=seen, reason=reason, by=request.user)
        return "Catatan terakhir sudah dibatalkan."

    undoing = life_presenters.last_entry(child, last)
    return _done(request, child, form, "Batalkan catatan terakhir", deed, undoing=undoing)


@requires("children.move")
@require_safe
def moves(request: StaffRequest) -> HttpResponse:
    """Who waits to be accepted here, and who left."""
    today = request.user.today()
    family = ("child__mother", "from_posyandu__puskesmas", "to_puskesmas")
    unread = ("child__nik", "child__mother__nik", "child__mother__phone")
    waiting = Move.objects.waiting_for(request.user).select_related(*family).defer(*unread).order_by("id")
    away = Child.objects.visible_to(request.user, may="children.move").away()
    gone = Move.objects.last_departures(away).select_related(*family).defer(*unread)
    page = Paginator(gone.order_by("-on", "-id"), PAGE).get_page(request.GET.get("page"))
    arriving = [life_presenters.move_line(each, today) for each in waiting[:PAGE]]
    left = [life_presenters.move_line(each, today) for each in page]
    ids = [line.move.child_id for line in (*arriving, *left)]
    audit.record_read("child", ids, by=request.user, purpose="moves")
    context = {"waiting": arriving, "gone": left, "page": page}
    return render(request, "families/moves.html", context)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def accept(request: StaffRequest, move_id: UUID) -> HttpResponse:
    """Take in a child whom another puskesmas handed over."""
    waiting = Move.objects.waiting_for(request.user).select_related(
        "child__mother", "child__puskesmas", "from_posyandu__puskesmas", "to_puskesmas"
    )
    found = get_object_or_404(waiting, pk=move_id)
    form = AcceptForm(request.POST or None, puskesmas_id=found.to_puskesmas_id)
    audit.record_read("child", [found.child_id], by=request.user, purpose="accept")

    def deed() -> str:
        life_operations.accept(found, to=form.cleaned_data["to"], by=request.user)
        return f"{found.child.name} diterima di {form.cleaned_data['to']}."

    if done(request, form, deed):
        return redirect("measurements:child", found.child_id)
    context = {"form": form, "line": life_presenters.move_line(found, request.user.today())}
    return render(request, "families/accept.html", context, status=422 if form.errors else 200)


def _child(request: StaffRequest, child_id: UUID, *, may: str) -> Child:
    children = (
        Child.objects.visible_to(request.user, may=may).with_family().select_related("puskesmas", "mistake")
    )
    return get_object_or_404(children.defer("nik", "mother__nik", "mother__phone"), pk=child_id)


def _done(
    request: StaffRequest,
    child: Child,
    form: RefusingForm,
    title: str,
    deed: Callable[[], str],
    **more: object,
) -> HttpResponse:
    """One form about one child: done, it leads to her history; refused, it says why."""
    if done(request, form, deed):
        return redirect("families:lives", child.pk)
    audit.record_read("child", [child.pk], by=request.user, purpose="lives")
    context = {"form": form, "child": child, "title": title, **more}
    return render(request, "families/life_form.html", context, status=422 if form.errors else 200)
