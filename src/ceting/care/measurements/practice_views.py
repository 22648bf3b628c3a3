"""Practising to measure: a list, a new one, what each read off, and who measures well."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.measurements import practice as practising
from ceting.care.measurements import practice_presenters
from ceting.care.measurements.practice_forms import PracticeForm, ReadingsForm
from ceting.care.measurements.practice_models import Practice
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.standardisation import least_children

NEWEST = 30


@requires("practice.run")
@require_safe
def practices(request: StaffRequest) -> HttpResponse:
    """The practices of her places, the newest first."""
    newest = _mine(request).annotate(taking_part=Count("people"))[:NEWEST]
    context = {"practices": newest, "least": least_children()}
    return render(request, "measurements/practices.html", context)


@requires("practice.run")
@require_http_methods(["GET", "HEAD", "POST"])
def practice_new(request: StaffRequest) -> HttpResponse:
    """Who takes part, and what is measured."""
    form = PracticeForm(request.POST or None, user=request.user, today=request.user.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            practice = practising.hold_practice(
                data["posyandu"],
                data["held_on"],
                expert=data["expert"],
                others=form.names(),
                children=data["children"],
                measures=data["measures"],
                by=request.user,
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("measurements:practice", practice.pk)
    status = 422 if form.errors else 200
    return render(request, "measurements/practice_new.html", {"form": form}, status=status)


@requires("practice.run")
@require_safe
def practice(request: StaffRequest, practice_id: UUID) -> HttpResponse:
    """Everybody's result in words, with the numbers behind it; printable."""
    found = get_object_or_404(_mine(request), pk=practice_id)
    people = list(found.people.all())
    measures = practising.measures_of(found)
    context = {
        "practice": found,
        "lead": practice_presenters.lead(found),
        "results": practice_presenters.results(found, people, measures, practising.pairs_of(found)),
    }
    return render(request, "measurements/practice.html", context)


@requires("practice.run")
@require_http_methods(["GET", "HEAD", "POST"])
def practice_type(request: StaffRequest, practice_id: UUID, person_number: int) -> HttpResponse:
    """What one person read off, typed from her sheet: downwards with Enter, a measure after the other."""
    found = get_object_or_404(_mine(request), pk=practice_id)
    person = get_object_or_404(found.people.select_related("practice"), number=person_number)
    form = ReadingsForm(request.POST if request.method == "POST" else None, of=found, person=person)
    if request.method == "POST" and form.is_valid():
        practising.write_down(person, form.readings(), by=request.user)
        messages.success(request, f"Hasil ukur {person.name} sudah disimpan.")
        return redirect("measurements:practice", found.pk)
    context = {
        "practice": found,
        "person": person,
        "lead": practice_presenters.lead(found),
        "form": form,
        "tables": practice_presenters.tables(form, practising.measures_of(found), found.children),
    }
    status = 422 if form.errors else 200
    return render(request, "measurements/practice_type.html", context, status=status)


def _mine(request: StaffRequest) -> QuerySet[Practice]:
    mine = Practice.objects.visible_to(request.user, may="practice.run")
    return mine.select_related("posyandu__village", "posyandu__puskesmas")
