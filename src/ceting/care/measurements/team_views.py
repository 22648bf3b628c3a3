"""Naming who measures: once a session, so that typing isn't slowed by it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.measurements import grid, teams
from ceting.care.measurements.team_forms import TeamForm
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires

CONFIRMED = "supaya hasilnya tercatat sebagai hasil ukur petugas; sampai itu tercatat sebagai hasil kader."


@requires("measurements.record")
@require_http_methods(["GET", "HEAD", "POST"])
def session_team(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """The two who measure from now on; what was typed before keeps its own."""
    session = get_object_or_404(grid.visible_sessions(request.user, may="measurements.record"), pk=session_id)
    form = TeamForm(request.POST or None, session=session, team=teams.team_of(session), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            team = teams.name_team(
                session, measurer=form.measures(), assistant=form.assists(), by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, f"Pengukur: {team.words}. Berlaku untuk yang dicatat mulai sekarang.")
            if teams.waits_for_her_word(team):
                messages.info(request, f"{team.measurer_words} perlu mengisi halaman ini sendiri {CONFIRMED}")
            return redirect("measurements:session", session.pk)
    context = {"session": session, "form": form}
    return render(request, "measurements/session_team.html", context, status=422 if form.errors else 200)
