"""What families ask of their data: the list with its clocks, one request, a new one."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Caregiver, Child, Household, Relation
from ceting.registry.rights import copying, request_operations, request_presenters
from ceting.registry.rights.models import DataRequest, RequestKind
from ceting.registry.rights.request_forms import About, AnswerForm, RequestForm

MAY = "rights.handle"
PAGE = 50


@requires(MAY)
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """Unanswered first, the one that is due first in front."""
    mine = DataRequest.objects.visible_to(request.user, may=MAY).with_people()
    now = clock.now()
    waiting = [request_presenters.line(each, now) for each in mine.open()[:PAGE]]
    page = Paginator(mine.answered(), PAGE).get_page(request.GET.get("page"))
    answered = [request_presenters.line(each, now) for each in page]
    shown = [line.request for line in (*waiting, *answered)]
    for subject, keys in (
        ("child", [each.child_id for each in shown if each.child_id]),
        ("caregiver", [each.caregiver_id for each in shown if each.caregiver_id]),
    ):
        audit.record_read(subject, dict.fromkeys(keys), by=request.user, purpose="rights")
    return render(request, "rights/requests.html", {"waiting": waiting, "answered": answered, "page": page})


@requires(MAY)
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: what to do, its clock, and the answer."""
    mine = DataRequest.objects.visible_to(request.user, may=MAY).with_people()
    found = get_object_or_404(mine, pk=request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_operations.answer_request(found, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Jawaban sudah dicatat.")
            return redirect("rights:requests")
    subject = "child" if found.child_id else "caregiver" if found.caregiver_id else "household"
    key = found.child_id or found.caregiver_id or found.household_id
    audit.record_read(subject, [key] if key else [], by=request.user, purpose="rights")
    context = {
        "line": request_presenters.line(found, clock.now()),
        "facts": request_presenters.facts(found),
        "form": form,
        "years": request_operations.retention_years(found.puskesmas),
        "household": _household_of(found),
    }
    return render(request, "rights/request.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def copy(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The copy itself, for an unanswered request: handed out as it is made, kept nowhere."""
    mine = DataRequest.objects.visible_to(request.user, may=MAY).filter(kind=RequestKind.COPY)
    found = get_object_or_404(mine.with_people(), pk=request_id)
    if hasattr(found, "answer"):
        messages.error(request, "Permintaan ini sudah dijawab. Untuk salinan baru, catat permintaan baru.")
        return redirect("rights:request", found.pk)
    try:
        packed = copying.copy_for(found, by=request.user).as_zip()
    except copying.NotHersError:
        raise Http404 from None
    disposition = f'attachment; filename="{copying.FILENAME}"'
    return HttpResponse(packed, content_type="application/zip", headers={"Content-Disposition": disposition})


def _household_of(found: DataRequest) -> UUID | None:
    if found.child is not None:
        return found.child.household_id
    return found.caregiver.household_id if found.caregiver is not None else found.household_id


@requires(MAY)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Somebody asks about the data of this family."""
    homes = Household.objects.visible_to(request.user, may=MAY).defer("kk", "address")
    home = get_object_or_404(homes, pk=household_id)
    children = _children(request, home)
    form = RequestForm(request.POST or None, now=request.user.now(), people=_people(home, children))
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="rights")
    if request.method == "POST" and form.is_valid():
        try:
            # A family of two puskesmas is answered by the one that it asked.
            here = children[0].puskesmas_id if children else home.puskesmas_id
            draft = replace(form.draft(), received_by=here)
            received = request_operations.receive_request(draft, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Permintaan dicatat. Waktunya 3 x 24 jam sejak diterima.")
            return redirect("rights:request", received.pk)
    context = {"form": form, "home": home}
    return render(request, "rights/request_new.html", context, status=422 if form.errors else 200)


def _children(request: StaffRequest, home: Household) -> list[Child]:
    """A sister who lives at another puskesmas is asked about there."""
    return list(Child.objects.visible_to(request.user, may=MAY).filter(household=home).defer("nik"))


def _people(home: Household, children: list[Child]) -> list[tuple[About, str]]:
    caregivers: list[Caregiver] = list(home.caregivers.defer("nik", "phone").order_by("id"))
    return [
        (home, "Seluruh keluarga"),
        *((each, f"{each.name} (anak)") for each in children),
        *((each, f"{each.name} ({Relation(each.relation).label.lower()})") for each in caregivers),
    ]
