"""How a page of the office answers a form: it acts on what is valid, otherwise shows it with what is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest


def answer(
    request: StaffRequest,
    form: Any,
    deed: Callable[[], HttpResponse],
    template: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """What the deed answers; what it refuses stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return deed()
        except RefusedError as refusal:
            form.show(refusal)
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def told(request: StaffRequest, sentence: str, to: str, *arguments: object) -> HttpResponse:
    """It is done: on to that page, which says so."""
    messages.success(request, sentence)
    return redirect(to, *arguments)
