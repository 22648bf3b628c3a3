"""A child's immunisations: the table by age with the plan, and the form for what was given today."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.child_health import immunisation_presenters as presenters
from ceting.care.child_health import operations
from ceting.care.child_health.health_record import of_child
from ceting.care.child_health.immunisation_forms import BookForm, ImmunisationForm
from ceting.care.child_health.views import child_context, visible_child
from ceting.foundation.ui.one_form import done
from ceting.foundation.ui.wording import sentence_list
from ceting.registry.accounts.access import StaffRequest, requires


@requires("child_health.read")
@require_safe
def immunisation(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Every dose by age, and the visits still to come."""
    found = visible_child(request, child_id)
    record = of_child(found, found.puskesmas.today())
    context = child_context(request, record) | {
        "standing": presenters.standing(record) if record.lives else None,
        "groups": presenters.age_groups(record),
        "plan": presenters.plan_lines(record),
    }
    return render(request, "child_health/immunisation.html", context)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def immunise(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Write down what was given: what is due is ticked first."""
    found = visible_child(request, child_id, may="child_health.treat")
    record = of_child(found, found.puskesmas.today())
    context = child_context(request, record)
    form = ImmunisationForm(request.POST or None, child=found, by=request.user, record=record)

    def deed() -> str:
        entries = operations.record(form.drafts(), by=request.user)
        labels = [presenters.label_of(entry) for entry in entries]
        return f"{sentence_list(labels)} sudah dicatat."

    if done(request, form, deed):
        return redirect("child_health:immunisation", found.pk)
    context |= {"form": form, "standing": presenters.standing(record) if record.lives else None}
    return render(request, "child_health/immunise.html", context, status=422 if form.errors else 200)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def immunisation_book(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Type in the page of the Buku KIA: a day for each dose that she had before."""
    found = visible_child(request, child_id, may="child_health.treat")
    record = of_child(found, found.puskesmas.today())
    context = child_context(request, record)
    form = BookForm(request.POST or None, record=record)

    def deed() -> str:
        entries = operations.record(form.drafts(), by=request.user)
        return f"{len(entries)} imunisasi dari Buku KIA sudah dicatat."

    if done(request, form, deed):
        return redirect("child_health:immunisation", found.pk)
    context |= {"form": form}
    return render(request, "child_health/immunisation_book.html", context, status=422 if form.errors else 200)
