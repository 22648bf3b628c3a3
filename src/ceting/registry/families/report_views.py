"""Pages about reports: telling, one's own, the puskesmas' list, one report and the registration that ends it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import (
    operations,
    presenters,
    report_likeness,
    report_operations,
    report_presenters,
)
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportKind
from ceting.registry.families.models.reports import ReportQuerySet
from ceting.registry.families.presenters import ChildLine
from ceting.registry.families.report_forms import OutcomeForm, ReportedChildForm, ReportForm
from ceting.registry.families.report_presenters import ReportLine

PAGE = 50
ANSWERED = 20
"""Answered reports under those that wait: what was done of late."""


@requires("reports.write")
@require_http_methods(["GET", "POST"])
def report_new(request: StaffRequest) -> HttpResponse:
    """Tell of a pregnant woman or a newborn: one page, a minute."""
    form = ReportForm(request.POST or None, user=request.user, today=request.user.today())
    earlier: list[ReportLine] = []
    if request.method == "POST" and form.is_valid():
        try:
            told = report_operations.report(
                form.draft(),
                key=form.cleaned_data["key"],
                despite_likeness=form.cleaned_data["despite_likeness"],
                by=request.user,
            )
        except report_operations.ToldBeforeError as refusal:
            earlier = report_presenters.own_lines(refusal.earlier, request.user.now())
            form.show(refusal)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect(f"{reverse('families:reports-mine')}?terkirim={told.pk}")
    context = {"form": form, "earlier": earlier}
    return render(request, "families/report_new.html", context, status=422 if form.errors else 200)


@requires("reports.write")
@require_safe
def reports_mine(request: StaffRequest) -> HttpResponse:
    """What she told and the word on it; after telling, thanks and the way to tell more."""
    mine = FamilyReport.objects.told_by(request.user).select_related("village", "puskesmas", "outcome")
    page = Paginator(mine.order_by("-id"), PAGE).get_page(request.GET.get("page"))
    sent = next((each for each in page if str(each.pk) == request.GET.get("terkirim")), None)
    context = {
        "page": page,
        "lines": report_presenters.own_lines(page, request.user.now()),
        "thanks": report_presenters.thanks(sent) if sent else "",
    }
    return render(request, "families/reports_mine.html", context)


@requires("reports.handle")
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """Those that wait, the oldest first, then what was answered of late."""
    mine = _visible(request)
    page = Paginator(mine.waiting().order_by("id"), PAGE).get_page(request.GET.get("page"))
    waiting, answered = list(page), list(mine.answered().order_by("-outcome__id")[:ANSWERED])
    now = request.user.now()
    keys = [each.pk for each in (*waiting, *answered)]
    audit.record_read("family_report", keys, by=request.user, purpose="reports")
    context = {
        "page": page,
        "waiting": report_presenters.staff_lines(waiting, now, report_likeness.doubles(waiting)),
        "answered": report_presenters.staff_lines(answered, now),
    }
    return render(request, "families/reports.html", context)


@requires("reports.handle")
@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """One report: what was told, who may be known already, and what became of it."""
    found = get_object_or_404(_visible(request), pk=report_id)
    known = report_likeness.known_children(found, request.user)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_operations.answer(
                found,
                form.cleaned_data["kind"],
                child=_chosen(form, known),
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Hasilnya sudah disimpan. Pelapor bisa melihatnya.")
            return redirect("families:reports")
    _read(request, found, known)
    context = {
        "report": found,
        "line": report_presenters.staff_lines([found], request.user.now())[0],
        "facts": report_presenters.facts(found, request.user, reporter_role=found.by.role_label),
        "phone": report_presenters.call_url(found, request.user),
        "outcome": report_presenters.outcome_of(found),
        "known": report_presenters.known_lines(known, request.user.today()),
        "same": _same_lines(request, found),
        "is_birth": found.kind == ReportKind.BIRTH,
        "form": form,
    }
    return render(request, "families/report.html", context, status=422 if form.errors else 200)


def _chosen(form: OutcomeForm, known: list[Child]) -> Child | None:
    """The child whom the page offered: no other key opens anything, and only "known" has one."""
    if form.cleaned_data["kind"] != OutcomeKind.KNOWN:
        return None
    return next((child for child in known if child.pk == form.cleaned_data["child"]), None)


def _same_lines(request: StaffRequest, found: FamilyReport) -> list[ReportLine]:
    same = report_likeness.same_news(found, _visible(request))
    audit.record_read("family_report", [each.pk for each in same], by=request.user, purpose="same news")
    return report_presenters.staff_lines(same, request.user.now())


@requires("reports.handle")
@require_http_methods(["GET", "POST"])
def report_register(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """The registration form, filled from the report; saving it ends the report."""
    found = get_object_or_404(_visible(request).filter(kind=ReportKind.BIRTH), pk=report_id)
    form = ReportedChildForm(
        request.POST or None, report=found, user=request.user, today=request.user.today()
    )
    likenesses: list[ChildLine] = []
    if request.method == "POST" and form.is_valid():
        try:
            child = report_operations.register_reported(
                found,
                form.draft(),
                posyandu=form.cleaned_data["posyandu"],
                despite_likeness=form.cleaned_data["despite_likeness"],
                by=request.user,
            )
        except operations.DuplicateChildError as refusal:
            likenesses = presenters.likeness_lines(refusal.likenesses, request.user.today())
            form.show(refusal)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, f"{child.name} sudah terdaftar, dan laporannya sudah dijawab.")
            return redirect("measurements:child", child.pk)
    _read(request, found, [])
    context = {"form": form, "likenesses": likenesses, "report": found}
    return render(request, "families/report_register.html", context, status=422 if form.errors else 200)


def _visible(request: StaffRequest) -> ReportQuerySet:
    mine = FamilyReport.objects.visible_to(request.user, may="reports.handle")
    return mine.select_related("village", "puskesmas", "by", "outcome__by", "outcome__child")


def _read(request: StaffRequest, report: FamilyReport, children: list[Child]) -> None:
    audit.record_read("family_report", [report.pk], by=request.user, purpose="report")
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="report")
