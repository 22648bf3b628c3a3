"""How a page of the office answers a form: it acts on what is valid, otherwise shows it with what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest
from ceting.registry.accounts.invitations import slips
from ceting.registry.accounts.link_operations import Invited
from ceting.registry.places.models import Puskesmas


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


@sensitive_variables("invited", "context")
def handed_over(
    request: StaffRequest, puskesmas: Puskesmas, invited: Sequence[Invited], *, opened: bool = False
) -> HttpResponse:
    """The slips of those who got a link, shown this once. `opened`: the puskesmas is new, and this is who runs it."""
    context = {
        "puskesmas": puskesmas,
        "slips": slips(invited, request),
        "known": [each.user for each in invited if not each.token],
        "days": settings.LINK_DAYS,
        "opened": opened,
    }
    return render(request, "office/invitations.html", context)
