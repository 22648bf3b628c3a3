"""Pages that stand above every app: what else there is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ceting.config.navigation import tools_of
from ceting.registry.accounts.access import StaffRequest, requires


@requires("home.read")
@require_safe
def more(request: StaffRequest) -> HttpResponse:
    """Everything that she may open and doesn't need every day."""
    return render(request, "config/more.html", {"groups": tools_of(request.user)})
