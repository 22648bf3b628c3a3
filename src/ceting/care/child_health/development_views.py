"""KPSP of a child, and the questions that a puskesmas types in from its own official booklet."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.child_health import health_standing
from ceting.care.child_health.care_views import CarePage, answered
from ceting.care.child_health.development_forms import DevelopmentForm, QuestionsForm
from ceting.care.child_health.health_record import of_child
from ceting.care.child_health.models import QuestionSet
from ceting.care.child_health.question_operations import enter_questions, questions_of
from ceting.care.child_health.views import child_context, visible_child
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.places.models import Puskesmas
from ceting.standards.child.development import questionnaire_ages, rounded_months

TYPED = "Jawab ya bila anak bisa melakukannya, atau ibunya pernah melihatnya."
ON_PAPER = "Tanyakan sepuluh pertanyaan dari buku SDIDTK milik puskesmas, lalu isi banyaknya jawaban ya."


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def development(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """The questionnaire of her age; `?umur=` another one that she has reached."""
    found = visible_child(request, child_id, may="child_health.write")
    record = of_child(found, found.puskesmas.today())
    standing = health_standing.kpsp(record)
    reached = [age for age in questionnaire_ages() if age <= rounded_months(found.birth_date, record.today)]
    if standing.age_month is None:
        if not record.lives:
            raise Http404
        context = child_context(request, record) | {"next_on": standing.next_on}
        return render(request, "child_health/development_later.html", context)
    typed = request.GET.get("umur", "")
    age = int(typed) if typed.isdecimal() and int(typed) in reached else standing.age_month
    questions = questions_of(found.puskesmas, age)
    form = DevelopmentForm(
        request.POST or None, by=request.user, record=record, age_month=age, questions=questions
    )
    page = CarePage(f"KPSP umur {age} bulan", TYPED if questions else ON_PAPER)
    ages = [
        {
            "url": f"{reverse('child_health:development', args=[found.pk])}?umur={each}",
            "label": f"{each} bulan",
            "current": each == age,
        }
        for each in reached[-3:]
    ]
    return answered(request, record, form, page, ages=ages, questions=questions, without=questions is None)


@requires("settings.manage")
@require_safe
def questions_choice(request: StaffRequest) -> HttpResponse:
    """The puskesmas whose questions she may type in; straight on where it is one."""
    mine = list(puskesmas_of(request.user, may="settings.manage").select_related("district"))
    if len(mine) == 1:
        return redirect("child_health:questions", mine[0].pk)
    context = {"title": "Pertanyaan KPSP", "mine": mine, "url_name": "child_health:questions"}
    return render(request, "office/choose.html", context)


@requires("settings.manage")
@require_safe
def question_sets(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Which ages have their questions."""
    puskesmas = _own(request, puskesmas_id)
    typed = {each.age_month: each for each in QuestionSet.objects.filter(puskesmas=puskesmas).order_by("id")}
    lines = [(age, typed.get(age)) for age in questionnaire_ages()]
    return render(request, "child_health/questions.html", {"puskesmas": puskesmas, "lines": lines})


@requires("settings.manage")
@require_http_methods(["GET", "POST"])
def question_set(request: StaffRequest, puskesmas_id: UUID, age_month: int) -> HttpResponse:
    """Type in the ten questions of one age."""
    puskesmas = _own(request, puskesmas_id)
    if age_month not in questionnaire_ages():
        raise Http404
    standing = questions_of(puskesmas, age_month)
    form = QuestionsForm(request.POST or None, initial=_initial(standing))

    def deed() -> str:
        source = form.cleaned_data["source"]
        enter_questions(puskesmas, age_month, form.texts, source=source, by=request.user)
        return f"Pertanyaan KPSP umur {age_month} bulan sudah disimpan."

    if done(request, form, deed):
        return redirect("child_health:questions", puskesmas.pk)
    context = {"puskesmas": puskesmas, "age_month": age_month, "form": form, "standing": standing}
    return render(request, "child_health/question_set.html", context, status=422 if form.errors else 200)


def _own(request: StaffRequest, puskesmas_id: UUID) -> Puskesmas:
    return get_object_or_404(puskesmas_of(request.user, may="settings.manage"), pk=puskesmas_id)


def _initial(standing: QuestionSet | None) -> dict[str, str]:
    if standing is None:
        return {}
    rows = {f"text_{row.number}": row.text for row in standing.rows.all()}
    return rows | {"source": standing.source}
