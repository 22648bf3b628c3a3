"""Getting started: the table of all puskesmas, the steps of one, a step left out, and the end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.office import operations, start_presenters
from ceting.registry.office.answering import answer, told
from ceting.registry.office.choosing import may_here
from ceting.registry.office.models import MAY_START
from ceting.registry.office.start import Start, ask, figures_of, starts
from ceting.registry.office.start_forms import SkipForm
from ceting.registry.office.steps import Step, all_figures, step_of
from ceting.registry.places.models import Puskesmas

READ = "start.read"


@requires(READ)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Every puskesmas that is hers to see, in figures; straight to the only one."""
    mine = puskesmas_of(request.user, may=READ)
    if not request.user.may("puskesmas.open") and len(found := list(mine[:2])) == 1:
        return redirect("office:start", found[0].pk)
    many = ask(mine)
    standing, figures = starts(many), figures_of(many)
    titles = [figure.title for figure in all_figures()]
    context = {
        "lines": [
            start_presenters.overview_line(each, figures[each.puskesmas.pk], titles) for each in standing
        ],
        "titles": titles,
        "summary": start_presenters.summary(standing),
        "may_open": request.user.may("puskesmas.open"),
    }
    return render(request, "office/starts.html", context)


@requires(READ)
@require_safe
def start(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """The steps of one puskesmas, in the order that makes sense. The address that one comes back to."""
    standing = _start(request, puskesmas_id)
    context = {
        "start": standing,
        "puskesmas": standing.puskesmas,
        "detail": start_presenters.detail(standing),
        "lines": start_presenters.step_lines(standing, request.user),
        "may_run": may_here(request.user, standing.puskesmas, MAY_START),
        "many": request.user.may("puskesmas.open"),
    }
    return render(request, "office/start.html", context)


@requires(READ)
@require_safe
def start_card(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """How far it is, for the card at home: fetched by itself, so that home stays as quick as it is."""
    standing = _start(request, puskesmas_id)
    context = {"start": standing, "detail": start_presenters.detail(standing)}
    return render(request, "office/start_progress.html", context)


@requires(MAY_START)
@require_http_methods(["GET", "POST"])
def step_skip(request: StaffRequest, puskesmas_id: UUID, step_code: str) -> HttpResponse:
    """Leave a step out, and say why."""
    puskesmas, step = _puskesmas(request, puskesmas_id), _step(step_code)
    form = SkipForm(request.POST or None)

    def deed() -> HttpResponse:
        operations.skip_step(puskesmas, step.code, reason=form.cleaned_data["reason"], by=request.user)
        sentence = f"{step.title} dilewati. Bisa dikerjakan lagi kapan saja."
        return told(request, sentence, "office:start", puskesmas.pk)

    context = {"puskesmas": puskesmas, "step": step}
    return answer(request, form, deed, "office/step_skip.html", context)


@requires(MAY_START)
@require_POST
def step_resume(request: StaffRequest, puskesmas_id: UUID, step_code: str) -> HttpResponse:
    """It is to be done after all."""
    puskesmas, step = _puskesmas(request, puskesmas_id), _step(step_code)
    operations.resume_step(puskesmas, step.code, by=request.user)
    return told(request, f"{step.title} ada lagi di daftar.", "office:start", puskesmas.pk)


@requires(MAY_START)
@require_POST
def start_finish(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """All steps are settled: the card at home goes."""
    puskesmas = _puskesmas(request, puskesmas_id)
    try:
        operations.finish_start(puskesmas, by=request.user)
    except RefusedError as refusal:
        messages.warning(request, refusal.problems[0].sentence)
    else:
        messages.success(request, f"{puskesmas} sudah berjalan. Selamat bekerja!")
    return redirect("office:start", puskesmas_id)


def _start(request: StaffRequest, puskesmas_id: UUID) -> Start:
    found = starts(ask(puskesmas_of(request.user, may=READ).filter(pk=puskesmas_id)))
    if not found:
        raise Http404
    return found[0]


def _puskesmas(request: StaffRequest, puskesmas_id: UUID) -> Puskesmas:
    return get_object_or_404(puskesmas_of(request.user, may=MAY_START), pk=puskesmas_id)


def _step(code: str) -> Step:
    found = step_of(code)
    if found is None:
        raise Http404
    return found
