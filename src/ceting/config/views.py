"""Pages that stand above every app: what else there is, and how the server is doing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ceting.config import health
from ceting.config.navigation import tools_of, waiting_at_tools
from ceting.foundation.core import clock
from ceting.registry.accounts.access import StaffRequest, requires


@requires("home.read")
@require_safe
def more(request: StaffRequest) -> HttpResponse:
    """Everything that she may open and doesn't need every day."""
    waiting = waiting_at_tools(request.user)
    groups = {
        group: [{**tool, "waiting": waiting.get(tool["url"], 0)} for tool in tools]
        for group, tools in tools_of(request.user).items()
    }
    return render(request, "config/more.html", {"groups": groups})


@requires("system.read")
@require_safe
def server(request: StaffRequest) -> HttpResponse:
    """Disk, queue, backup, clock and the rest, each with a word and what to do; no person is in it."""
    found = health.findings()
    tone = health.worst(found)
    headline, advice = health.SUMMARY[tone]
    context = {
        "findings": health.by_urgency(found),
        "tone": tone,
        "headline": headline,
        "advice": advice,
        "at": clock.now(),
    }
    return render(request, "config/server.html", context)
