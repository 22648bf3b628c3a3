"""The page that says who may do what."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.office import role_words


@requires("roles.read")
@require_safe
def roles(request: StaffRequest) -> HttpResponse:
    """Roles by what they may do, what they read and how far they see; her own first in words."""
    held = {role.code for role in request.user.roles}
    lines = role_words.role_lines()
    context = {
        "lines": sorted(lines, key=lambda line: line.role.code not in held),
        "held": held,
        "deeds": role_words.deeds(),
        "fields": role_words.fields(),
    }
    return render(request, "office/roles.html", context)
