"""Pages for what goes wrong outside any view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or in two windows: nothing was written, and the form says how to go on."""
    return render(request, "csrf_failure.html", status=403)
