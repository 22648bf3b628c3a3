"""The public front page, and the answer that tells a watchdog that the server lives."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ceting.registry.places.models import Puskesmas


@login_not_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """What the programme is, for everybody; the way in for staff."""
    served = Puskesmas.objects.select_related("district").prefetch_related("work_areas__village")[:30]
    return render(request, "places/welcome.html", {"puskesmas": served})


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the server can reach its database; tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "sehat"})
