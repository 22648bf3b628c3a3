"""Before the day: who is expected, those due first."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ceting.care.measurements import expected, expected_presenters, grid
from ceting.care.measurements.models import Session
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, requires


@requires("children.read")
@require_safe
def session_expected(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Who is expected in a session that is open, and who is due for vitamin A."""
    session = get_object_or_404(grid.visible_sessions(request.user, may="children.read"), pk=session_id)
    return expected_page(request, session)


def expected_page(request: StaffRequest, session: Session) -> HttpResponse:
    """The page; that the children were read is written down."""
    found, two_t = expected.entries(session, request.user)
    audit.record_read("child", [entry.child.pk for entry in found], by=request.user, purpose="expected")
    context = {
        "session": session,
        "expected": expected_presenters.present(found, two_t, session.held_on),
        "may_record": request.user.may("measurements.record"),
    }
    return render(request, "measurements/expected.html", context)
